-- Changes that narratives state, with the reason they give
--
-- One row per stated change of an item, yuan (a decrease is negative), largest first: what it is compared with and the
-- reason as printed.  A percentage stated beside it is in change_percent.
--
-- :item text = 'operating_expenses'  one item; values in docs/lake.md
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
-- :limit integer = 100      how many rows
--
-- unanswered: state no change of the item
SELECT
    d.entity, s.year, d.phase, s.label, s.amount AS change, p.percent AS change_percent, s.compared_with, s.reason,
    s.page, s.document_sha256
FROM claims AS s
JOIN documents AS d ON d.sha256 = s.document_sha256
LEFT JOIN claims AS p
    ON p.document_sha256 = s.document_sha256 AND p.claim_index = s.claim_index + 1
    AND p.role = 'change_percent' AND p.item = s.item AND p.label = s.label
WHERE s.role = 'change' AND s.item = $item AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR s.year = $year)
  AND ($department = '' OR s.department = $department)
ORDER BY abs(s.amount) DESC NULLS LAST, s.document_sha256, s.claim_index
LIMIT $limit
