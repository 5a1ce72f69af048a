-- Passages of the narrative 情况说明 that hold a text
--
-- One row per section in which the text stands, with the words around its first occurrence.
--
-- :text text = '三公'       what to look for, exactly as written
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :limit integer = 50       how many rows
--
-- unanswered: do not hold the text
SELECT
    d.entity, s.year, s.heading, s.page,
    substring(s.text, greatest(1, position($text IN s.text) - 40), 80 + len($text)) AS passage,
    s.document_sha256
FROM sections AS s
JOIN documents AS d ON d.sha256 = s.document_sha256
WHERE contains(s.text, $text)
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR s.year = $year)
ORDER BY d.entity, s.year, s.document_sha256, s.section_index
LIMIT $limit
