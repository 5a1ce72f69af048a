-- Posts and people: 编制, 实有, 离退休 as the narrative states them
--
-- One row per number, in printed order, with the words it stands behind (view head_counts).  A narrative may state one
-- kind for the whole and for each unit: read the words and the page.
--
-- :kind text = ''           establishment, establishment_administrative, establishment_institution, establishment_workers, actual, in_service or retired
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no head counts in their narrative
SELECT
    province, city, county, year, department, entity, level, phase, kind, persons, words, heading, page, document_sha256
FROM head_counts
WHERE ($kind = '' OR kind = $kind)
  AND ($governments OR NOT is_government(level))
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($department = '' OR department = $department)
ORDER BY province, city, county, entity, year, document_sha256, section_index, place
