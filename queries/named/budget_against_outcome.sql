-- Budget against outcome of a department
--
-- One row per figure, yuan: from final accounts that print the budget beside the outcome (printed_in 'one document'),
-- and from the budget and the final accounts of one body and year where both are held ('two documents', whose budget
-- stands in budget_document).  budget_basis tells the first budget of the year from the adjusted one.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
-- :limit integer = 200      how many rows
--
-- unanswered: do not state both, in one document or in two that are held
WITH beside AS (
    SELECT
        'one document' AS printed_in, a.form, a.label AS figure, a.direction, a.spending, a.item, b.basis AS budget_basis,
        b.amount AS budget, a.amount AS outcome, a.page, a.document_sha256, NULL AS budget_document
    FROM own_amounts AS a
    JOIN amounts_of_every_basis AS b
        ON b.document_sha256 = a.document_sha256 AND b.table_index = a.table_index AND b.row_index = a.row_index
        AND b.form = a.form AND b.direction IS NOT DISTINCT FROM a.direction AND b.fund IS NOT DISTINCT FROM a.fund
        AND b.spending IS NOT DISTINCT FROM a.spending AND b.period IS NOT DISTINCT FROM a.period
        AND b.item IS NOT DISTINCT FROM a.item
    WHERE a.basis = 'outcome' AND b.basis IN ('budget', 'adjusted_budget') AND a.meaning IS DISTINCT FROM 'doubtful'
      AND b.meaning IS DISTINCT FROM 'doubtful' AND (a.is_total OR a.item IS NOT NULL)
    QUALIFY count(*) OVER (PARTITION BY a.line_item_id, b.basis) = 1
),
named AS (
    SELECT
        document_sha256, body_name(entity, province) AS body, concat_ws('/', province, city, county) AS place, year,
        level, phase, revenue, expenditure, basic, project, three_public
    FROM document_totals
    WHERE entity IS NOT NULL AND year IS NOT NULL
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
        'two documents' AS printed_in, o.figure, 'budget' AS budget_basis, b.amount AS budget, o.amount AS outcome,
        o.document_sha256, b.document_sha256 AS budget_document
    FROM figures AS o
    JOIN figures AS b
        ON b.body = o.body AND b.place = o.place AND b.year = o.year AND b.figure = o.figure
        AND (
            b.level IS NOT DISTINCT FROM o.level OR b.level_of_body IS NOT DISTINCT FROM o.level_of_body
        )
    WHERE o.phase = 'executed' AND b.phase = 'approved'
),
figures_of_both AS (
    SELECT * FROM beside
    UNION ALL BY NAME
    SELECT * FROM apart
)
SELECT
    d.entity, d.year, d.level, b.printed_in, b.form, b.figure, b.direction, b.spending, b.item, b.budget_basis, b.budget,
    b.outcome, b.outcome - b.budget AS difference, percent(b.outcome, b.budget) AS completion_percent, b.page,
    b.document_sha256, b.budget_document
FROM figures_of_both AS b
JOIN documents AS d ON d.sha256 = b.document_sha256
WHERE ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($department = '' OR d.department = $department)
ORDER BY d.entity, d.year, b.document_sha256, b.printed_in, b.form, b.direction, b.figure, b.budget_basis
LIMIT $limit
