-- Where a place's money comes from and what it is for, each yuan once
--
-- One row per place, year, phase and source of funds (direction revenue) or functional category (direction expenditure),
-- yuan, over the departments held: of the documents of place_by_function those whose sources of revenue add up to the
-- same sum as their functional lines, but for the rounding of printed figures.  Which source pays for which function is
-- not published.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = 'approved'  approved 预算 or executed 决算
--
-- unanswered: are no department's, were replaced by a later document, or print no sources and functions of one sum
WITH leaves AS MATERIALIZED (
    SELECT document_sha256, province, city, county, year, phase, function_code, amount, last_digit
    FROM function_leaves
    WHERE adds_up
),
latest AS (
    SELECT sha256
    FROM documents
    WHERE level = 'department' AND entity IS NOT NULL AND year IS NOT NULL
      AND sha256 IN (SELECT document_sha256 FROM leaves)
      AND in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
      AND phase = $phase
    QUALIFY row_number() OVER (
        PARTITION BY body_name(entity, province), province, city, county, year
        ORDER BY first_captured_at DESC NULLS LAST, sha256
    ) = 1
),
lines AS (
    SELECT
        province, city, county, year, phase, document_sha256, 'revenue' AS direction, fund, period,
        NULL AS function_code, amount, last_digit
    FROM revenue_sources
    WHERE document_sha256 IN (FROM latest) AND amount <> 0
    UNION ALL
    SELECT
        province, city, county, year, phase, document_sha256, 'expenditure', NULL, NULL, left(function_code, 3), amount,
        last_digit
    FROM leaves
    WHERE document_sha256 IN (FROM latest) AND amount <> 0
),
sides AS (
    SELECT document_sha256, direction, sum(amount) AS whole, max(last_digit) * (count(*) + 1) / 2 AS rounding
    FROM lines
    GROUP BY ALL
),
of_one_sum AS (
    SELECT document_sha256
    FROM sides AS s
    JOIN sides AS f USING (document_sha256)
    WHERE s.direction = 'revenue' AND f.direction = 'expenditure' AND abs(s.whole - f.whole) <= s.rounding + f.rounding
)
SELECT
    l.province, l.city, l.county, l.year, l.phase, l.direction, l.fund, l.period, function_code, n.name AS function_name,
    sum(l.amount) AS amount, count(DISTINCT l.document_sha256) AS departments,
    list(DISTINCT l.document_sha256 ORDER BY l.document_sha256) AS documents
FROM lines AS l
LEFT JOIN function_names AS n USING (function_code)
WHERE l.document_sha256 IN (FROM of_one_sum)
GROUP BY ALL
ORDER BY
    l.province, l.city, l.county, l.year, l.direction DESC, sum(l.amount) DESC, l.fund, l.period, function_code
