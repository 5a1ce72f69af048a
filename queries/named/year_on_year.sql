-- This year against last year, as tables print both
--
-- One row per amount and last year's, yuan, largest change first: printed beside or below it in one table (printed_in
-- 'one document': totals and the items of “三公”), or the totals of two documents of one body, phase and level
-- ('two documents', the earlier one in last_year_document).  last_year_basis says whether last year's budget
-- (prior_budget) or outcome (prior_outcome) is printed.  Where two columns can be last year's, none is taken.
--
-- :form text = ''           one form; values in docs/lake.md
-- :lines boolean = false    also the other rows, by their names and codes
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
-- :limit integer = 100      how many rows
--
-- unanswered: print no figures of last year, and last year's document is not held
WITH candidates AS (
    SELECT
        a.*, b.amount AS last_year, b.basis AS last_year_basis,
        b.meaning = 'doubtful' AS is_doubtful
    FROM own_amounts AS a
    JOIN amounts_of_every_basis AS b
        ON b.document_sha256 = a.document_sha256 AND b.table_index = a.table_index
        AND (b.row_index = a.row_index OR (b.column_index = a.column_index AND a.item IS NOT NULL))
        AND b.form = a.form AND b.direction IS NOT DISTINCT FROM a.direction AND b.fund IS NOT DISTINCT FROM a.fund
        AND b.spending IS NOT DISTINCT FROM a.spending AND b.period IS NOT DISTINCT FROM a.period
        AND b.item IS NOT DISTINCT FROM a.item
    WHERE b.basis IN ('prior_budget', 'prior_outcome') AND a.meaning IS DISTINCT FROM 'doubtful'
      AND ($lines OR a.is_total OR a.item IS NOT NULL)
),
pairs AS (
    SELECT
        'one document' AS printed_in, form, label AS figure, function_code, item, spending, fund, amount, last_year,
        last_year_basis, page, document_sha256, NULL AS last_year_document
    FROM candidates
    QUALIFY count(*) OVER (PARTITION BY line_item_id, last_year_basis) = 1 AND NOT is_doubtful
),
named AS (
    SELECT
        document_sha256, body_name(entity, province) AS body, concat_ws('/', province, city, county) AS place, year,
        level, phase, revenue, expenditure, basic, project, three_public
    FROM document_totals
    WHERE entity IS NOT NULL AND year IS NOT NULL AND phase IS NOT NULL
),
figures AS (
    UNPIVOT (  -- a file of tables without a level is of the only one that the body states, as in disclosures
        SELECT
            *,
            coalesce(level, CASE WHEN min(level) OVER alike = max(level) OVER alike THEN min(level) OVER alike END)
                AS level_of_body
        FROM named
        WINDOW alike AS (PARTITION BY body, place, year, phase)
    ) ON revenue, expenditure, basic, project, three_public INTO NAME figure VALUE amount
),
apart AS (
    SELECT
        'two documents' AS printed_in, t.figure, t.amount, l.amount AS last_year, t.document_sha256,
        l.document_sha256 AS last_year_document
    FROM figures AS t
    JOIN figures AS l
        ON l.body = t.body AND l.place = t.place AND l.year = t.year - 1 AND l.figure = t.figure AND l.phase = t.phase
        AND (
            l.level IS NOT DISTINCT FROM t.level OR l.level_of_body IS NOT DISTINCT FROM t.level_of_body
        )
),
compared AS (
    SELECT * FROM pairs
    UNION ALL BY NAME
    SELECT * FROM apart WHERE $form = ''
)
SELECT
    d.entity, d.year, d.phase, c.printed_in, c.form, c.figure, c.function_code, c.item, c.spending, c.fund, c.amount,
    c.last_year, c.last_year_basis, c.amount - c.last_year AS change,
    percent(c.amount - c.last_year, c.last_year) AS change_percent, c.page, c.document_sha256, c.last_year_document
FROM compared AS c
JOIN documents AS d ON d.sha256 = c.document_sha256
WHERE ($form = '' OR c.form = $form) AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($department = '' OR d.department = $department)
ORDER BY abs(c.amount - c.last_year) DESC, c.document_sha256, c.printed_in, c.form, c.figure, c.item, c.fund, c.amount
LIMIT $limit
