-- The units that a department's figures cover, from its table of units or the list in its narrative
--
-- One row per unit, in printed order; listed_in says where (view subordinate_units).  A unit that both list has a row for
-- each.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: list no units
SELECT
    province, city, county, year, department, entity, level, phase, unit_code, unit_name, listed_in, page, document_sha256
FROM subordinate_units
WHERE ($governments OR NOT is_government(level))
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($department = '' OR department = $department)
ORDER BY province, city, county, entity, year, document_sha256, listed_in DESC, page, place
