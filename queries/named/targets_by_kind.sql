-- Performance targets by kind of indicator
--
-- One row per document and kind: how many indicators, how many whose target is a number, and how level 1 is spelled
-- there.  kind is output, benefit, satisfaction, cost or management, however level 1 is printed, and null where it says
-- none of these (view indicator_targets).
--
-- :kind text = ''           output, benefit, satisfaction, cost or management
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print no such indicators
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase, t.kind, count(*) AS indicators,
    count(t.value) AS with_number, list(DISTINCT t.level1 ORDER BY t.level1) AS printed_as, t.document_sha256
FROM indicator_targets AS t
JOIN documents AS d ON d.sha256 = t.document_sha256
WHERE ($kind = '' OR t.kind = $kind) AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($department = '' OR d.department = $department)
GROUP BY ALL
ORDER BY d.entity, d.year, t.document_sha256, indicators DESC
