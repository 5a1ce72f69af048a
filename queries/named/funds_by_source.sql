-- Where the money comes from: revenue by source of funds
--
-- One row per document and column of the revenue form's total row, yuan, with its share of the total.  Columns that
-- only sum others (fund 'total') and those printed as 其中 (of which) are left out, so the parts of one document and
-- period add up to its revenue; the printed header stands in measure.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
WITH cells AS (
    SELECT *
    FROM amounts
    WHERE form = 'revenue' AND is_total AND function_code IS NULL AND is_own_figure(phase, basis)
      AND in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
      AND ($phase = '' OR phase = $phase)
      AND ($department = '' OR department = $department)
),
parts AS (
    SELECT * FROM cells AS c
    WHERE measure NOT LIKE '%其中%'
      AND (
        NOT is_whole(fund)
        -- Hebei prints 上年结转 as one column without funds
        OR (period = 'carried_over' AND NOT EXISTS (
            SELECT 1 FROM cells AS other
            WHERE other.document_sha256 = c.document_sha256 AND other.period = 'carried_over' AND NOT is_whole(other.fund)
        ))
      )
)
SELECT
    p.province, p.city, p.county, p.year, p.department, p.entity, p.level, p.phase,
    p.period, p.fund, p.measure, p.amount, percent(p.amount, t.revenue) AS share_percent, p.status, p.document_sha256
FROM parts AS p
LEFT JOIN document_totals AS t USING (document_sha256)
ORDER BY p.province, p.city, p.county, p.year, p.entity, p.document_sha256, p.amount DESC, p.column_index
