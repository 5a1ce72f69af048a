-- One functional code compared over all documents
--
-- One row per document, yuan: what is spent under the code, basic and project spending apart.  Sums the most detailed
-- lines under the code (view function_leaves), so a 类 or 款 code works also where only 项 are printed.
--
-- :code text = '2080505'    functional code of 3, 5 or 7 digits
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: print no line of that code
WITH leaves AS (
    SELECT * FROM function_leaves WHERE starts_with(function_code, $code)
    UNION ALL BY NAME
    SELECT * FROM government_function_leaves WHERE $governments AND starts_with(function_code, $code)
),
kinds AS (
    SELECT
        a.document_sha256,
        sum(a.amount) FILTER (a.spending = 'basic') AS basic,
        sum(a.amount) FILTER (a.spending = 'project') AS project
    FROM own_amounts AS a
    JOIN leaves USING (document_sha256, table_index, row_index)
    WHERE is_whole(a.fund) AND is_whole(a.period)
    GROUP BY a.document_sha256
)
SELECT
    l.province, l.city, l.county, l.year, l.department, l.entity, l.level, l.phase,
    sum(l.amount) AS amount, any_value(k.basic) AS basic, any_value(k.project) AS project,
    bool_and(l.status = 'confirmed') AS confirmed, l.document_sha256
FROM leaves AS l
LEFT JOIN kinds AS k USING (document_sha256)
WHERE in_place($place, l.province, l.city, l.county, l.entity)
  AND ($year IS NULL OR l.year = $year)
  AND ($phase = '' OR l.phase = $phase)
GROUP BY l.province, l.city, l.county, l.year, l.department, l.entity, l.level, l.phase, l.document_sha256
ORDER BY amount DESC, l.document_sha256
