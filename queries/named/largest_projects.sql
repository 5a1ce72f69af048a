-- The largest projects by budget
--
-- One row per project of 项目支出表 and of tables of targets, yuan.  Projects without a printed budget are not listed.  A
-- project that is `unsettled` in `in_tables` may be another row of its document, and a unit's may stand in its
-- department's document too: compare names before adding rows up.  Documents of whole governments are left out.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :least decimal = 0        only budgets of at least so many yuan
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
-- :limit integer = 20       how many rows
--
-- unanswered: list no project with a budget
SELECT
    p.budget, p.project_name, p.project_code, p.fiscal_funds, p.other_funds, p.in_tables, p.unit_name,
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, p.page, p.document_sha256
FROM projects AS p
JOIN documents AS d ON d.sha256 = p.document_sha256
WHERE p.budget >= $least AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR p.year = $year)
  AND ($department = '' OR p.department = $department)
ORDER BY p.budget DESC, p.document_sha256, p.project_code, p.project_name
LIMIT $limit
