-- Where the narrative 情况说明 contradicts the tables or itself
--
-- One row per broken identity of the narrative, largest difference first: the sentence with its page, what it states,
-- what the table (text_table) or the other numbers of the text (text_change, text_percent, text_sum) say, and the line
-- item it was compared with.  Only claims that differ from every line item they can mean are here.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :item text = ''           one item, for example three_public; values in docs/lake.md
-- :rule text = ''           text_table, text_change, text_direction, text_percent or text_sum
-- :limit integer = 100      how many rows
--
-- unanswered: contradict nothing in their narrative
SELECT
    d.entity, c.year, c.rule, s.item, s.label, s.page, c.expected AS stated, c.found, c.difference, c.tolerance,
    l.form, l.label AS line_label, l.measure, l.page AS table_page, s.sentence, c.document_sha256
FROM checks AS c
JOIN documents AS d ON d.sha256 = c.document_sha256
JOIN claims AS s ON s.document_sha256 = c.document_sha256 AND s.claim_id = c.total[1]
LEFT JOIN line_items AS l ON l.document_sha256 = c.document_sha256 AND l.line_item_id = c.addends[1]
WHERE c.outcome = 'broken' AND starts_with(c.rule, 'text_')
  AND ($item = '' OR s.item = $item)
  AND ($rule = '' OR c.rule = $rule)
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR c.year = $year)
ORDER BY abs(c.difference) DESC, c.document_sha256, c.check_index
LIMIT $limit
