-- Personnel costs against project spending
--
-- One row per document, yuan: 基本支出 and 项目支出 as the total row of the expenditure form states them, and 人员经费.
-- personnel_form says where 人员经费 was printed: in the expenditure form, or in the basic-expenditure form, which
-- covers general public funds only.  Shares are of the document's total spending.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print neither 基本支出, 项目支出 nor 人员经费
SELECT
    province, city, county, year, department, entity, level, phase,
    expenditure, basic, personnel, project,
    percent(personnel, expenditure) AS personnel_percent,
    percent(project, expenditure) AS project_percent,
    personnel_form, document_sha256
FROM document_totals
WHERE coalesce(basic, project, personnel) IS NOT NULL
  AND ($governments OR NOT is_government(level))
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($phase = '' OR phase = $phase)
  AND ($department = '' OR department = $department)
ORDER BY project_percent DESC NULLS LAST, document_sha256
