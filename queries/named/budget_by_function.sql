-- Spending by functional classification 支出功能分类, document by document
--
-- One row per document and code, yuan, with its share of the document's spending.  Sums the most detailed lines only
-- (view function_leaves), cut to the digits of the level asked for, so the printed 类 and 款 rows, which contain them,
-- are never counted twice; spending 'total' holds 基本支出 and 项目支出.  Documents are not added up: a department
-- contains its units.
--
-- :level text = 'category'  category 类 (3 digits), group 款 (5) or item 项 (7)
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print no functional lines of their whole spending
WITH leaves AS (
    SELECT * FROM function_leaves
    UNION ALL BY NAME
    SELECT * FROM government_function_leaves WHERE $governments
),
lines AS (
    SELECT
        document_sha256, province, city, county, year, department, entity, level, phase,
        left(function_code, CASE $level WHEN 'category' THEN 3 WHEN 'group' THEN 5 WHEN 'item' THEN 7
            ELSE error('level must be category, group or item') END) AS function_code,
        sum(amount) AS amount
    FROM leaves
    WHERE in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
      AND ($phase = '' OR phase = $phase)
      AND ($department = '' OR department = $department)
    GROUP BY ALL
)
SELECT
    province, city, county, year, department, entity, level, phase, function_code,
    coalesce(name, code_name(function_code, NULL)) AS function_name, amount,
    percent(amount, sum(amount) OVER (PARTITION BY document_sha256)) AS share_percent,
    document_sha256
FROM lines
LEFT JOIN function_names USING (function_code)
ORDER BY province, city, county, year, entity, document_sha256, amount DESC, function_code
