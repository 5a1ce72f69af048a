-- What each department plans to spend, or spent
--
-- One row per document, yuan: the total row of its expenditure form, split into 基本支出 and 项目支出, with the share of
-- projects and “三公”经费.  A department contains its units: do not sum rows of level 'department' and 'unit' together.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :portal text = ''         portal the document was first captured from
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no total
SELECT
    t.province, t.city, t.county, t.year, t.department, t.entity, t.level, t.phase,
    t.expenditure, t.basic, t.project, percent(t.project, t.expenditure) AS project_percent, t.three_public,
    t.document_sha256
FROM document_totals AS t
JOIN documents AS d ON d.sha256 = t.document_sha256
WHERE coalesce(t.expenditure, t.revenue) IS NOT NULL
  AND ($governments OR NOT is_government(t.level))
  AND in_place($place, t.province, t.city, t.county, t.entity)
  AND ($year IS NULL OR t.year = $year)
  AND ($phase = '' OR t.phase = $phase)
  AND ($department = '' OR t.department = $department)
  AND ($portal = '' OR d.portal = $portal)
ORDER BY t.expenditure DESC NULLS LAST, t.document_sha256
