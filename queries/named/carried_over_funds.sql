-- Money carried over from the year before 上年结转
--
-- One row per document, yuan, largest share first.  Read from the total row of the revenue form (period
-- 'carried_over', all funds); where a document has none, from the 上年结转 row of its balance form.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no 上年结转
SELECT
    province, city, county, year, department, entity, level, phase,
    carried_over, revenue, percent(carried_over, revenue) AS share_percent, document_sha256
FROM document_totals
WHERE carried_over IS NOT NULL
  AND ($governments OR NOT is_government(level))
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($phase = '' OR phase = $phase)
  AND ($department = '' OR department = $department)
ORDER BY share_percent DESC NULLS LAST, document_sha256
