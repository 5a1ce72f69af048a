-- What was refused or doubtful, counted by kind
--
-- One row per kind of issue, most frequent first, with one reason as an example.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
SELECT
    i.kind, count(*) AS issues, count(DISTINCT i.document_sha256) AS documents, min(i.reason) AS example
FROM issues AS i
LEFT JOIN documents AS d ON d.sha256 = i.document_sha256
WHERE in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR i.year = $year)
GROUP BY i.kind
ORDER BY issues DESC, i.kind
