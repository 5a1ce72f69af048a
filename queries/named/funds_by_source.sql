-- Where the money comes from: revenue by source of funds
--
-- One row per document and source, yuan, with its share of the revenue: the parts of one document add up to its revenue
-- (view revenue_sources).  form says whether they are rows of the balance form or columns of the revenue form; the
-- printed name stands in label, the printed heading in measure.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print no sources of revenue that add up
SELECT
    province, city, county, year, department, entity, level, phase, period, fund, label, measure, amount,
    percent(amount, form_total) AS share_percent, status, form, document_sha256
FROM revenue_sources
WHERE amount <> 0
  AND ($governments OR NOT is_government(level))
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($phase = '' OR phase = $phase)
  AND ($department = '' OR department = $department)
ORDER BY province, city, county, year, entity, document_sha256, amount DESC, row_index, column_index
