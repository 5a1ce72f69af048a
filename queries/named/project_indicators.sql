-- Performance indicators 绩效指标 of projects
--
-- One row per indicator in printed order, with the project it belongs to; the department's own indicators have no
-- project.  target is the text as printed, comparator, value and value_unit what could be read from it.
--
-- :project text = ''        part of a project's name, or its code
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print no such indicators
SELECT
    d.entity, i.year, i.project_code, i.project_name, i.level1, i.level2, i.level3, i.description,
    i.target, i.comparator, i.value, i.value_unit, i.page, i.document_sha256
FROM indicators AS i
JOIN documents AS d ON d.sha256 = i.document_sha256
WHERE ($project = '' OR contains(i.project_name, $project) OR i.project_code = $project)
  AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR i.year = $year)
  AND ($department = '' OR i.department = $department)
ORDER BY d.entity, i.year, i.document_sha256, i.table_index, i.row_index
