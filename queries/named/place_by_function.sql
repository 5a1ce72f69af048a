-- A city's or county's spending by functional classification, each yuan once
--
-- One row per place, year, phase and functional category, yuan, over the departments held: only documents of level
-- 'department', whose figures contain those of their units; one document for each department, year and phase, the one
-- received last; and only those whose functional lines add up to their printed total.  documents are their hashes.
-- Departments that are not held are not in the sums: it is the spending of `departments` departments, not of the place.
--
-- :level text = 'category'  category 类 (3 digits), group 款 (5) or item 项 (7)
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = 'approved'  approved 预算 or executed 决算
--
-- unanswered: are no department's, were replaced by a later document, or print no functional lines that add up
WITH leaves AS MATERIALIZED (
    SELECT document_sha256, province, city, county, year, phase, function_code, amount
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
        province, city, county, year, phase, document_sha256, amount,
        left(function_code, CASE $level WHEN 'category' THEN 3 WHEN 'group' THEN 5 WHEN 'item' THEN 7
            ELSE error('level must be category, group or item') END) AS function_code
    FROM leaves
    WHERE document_sha256 IN (FROM latest)
)
SELECT
    province, city, county, year, phase, function_code,
    coalesce(n.name, code_name(function_code, NULL)) AS function_name, amount, share_percent, departments, documents
FROM (
    SELECT
        province, city, county, year, phase, function_code, sum(amount) AS amount,
        percent(sum(amount), sum(sum(amount)) OVER (PARTITION BY province, city, county, year, phase)) AS share_percent,
        count(DISTINCT document_sha256) AS departments,
        list(DISTINCT document_sha256 ORDER BY document_sha256) AS documents
    FROM lines
    GROUP BY province, city, county, year, phase, function_code
)
LEFT JOIN function_names AS n USING (function_code)
ORDER BY province, city, county, year, amount DESC, function_code
