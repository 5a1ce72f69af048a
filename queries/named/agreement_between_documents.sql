-- The same money stated in two documents: two years, a narrative and its tables, a department and its units
--
-- One row per figure that two documents of the lake state, yuan, broken ones first, then by the size of the difference:
-- expected as document_sha256 states it, found as other_documents do.  Rules are prior_year, narrative_and_tables,
-- unit_in_department and units_of_department; see docs/lake.md for what each compares, and when it is not assessable.
--
-- :outcome text = ''        holds, broken or not_assessable
-- :rule text = ''           one rule
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :limit integer = 100      how many rows
--
-- unanswered: state nothing that another document held states too
SELECT
    a.rule, a.outcome, a.entity, a.year, a.phase, a.item, a.label, a.function_code, a.expected, a.found, a.difference,
    a.tolerance, a.reason, a.page, a.document_sha256, a.other_documents
FROM agreements AS a
JOIN documents AS d ON d.sha256 = a.document_sha256
WHERE ($outcome = '' OR a.outcome = $outcome)
  AND ($rule = '' OR a.rule = $rule)
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR a.year = $year)
ORDER BY
    CASE a.outcome WHEN 'broken' THEN 0 WHEN 'not_assessable' THEN 1 ELSE 2 END, abs(a.difference) DESC NULLS LAST,
    a.document_sha256, a.rule, a.item, a.label
LIMIT $limit
