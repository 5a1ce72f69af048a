-- The same money stated in two documents: one row per figure of a document that another document the lake holds states
-- too, yuan.  It belongs to both, so it is a view over what the lake holds now and not rows of checks, which are made
-- from one document alone and would be stale as soon as the other one is parsed, corrected or gone; for the same reason
-- it confirms no amount.
--   prior_year          last year's figure as the narrative of this year's document states it (or this year's less the
--                       change it states) and last year's document of the same entity.  Any of last year's figures
--                       that the name can mean will do.  A budget that compares with 上年执行数 speaks of a year not
--                       closed yet, and is left out
--   narrative_and_tables  an amount that a file of narrative states and the tables that the same disclosure publishes as
--                       another file (view disclosures).  A total or a functional line with which none of the same funds
--                       agrees is broken; other names are less exact, and not assessable where none agrees
--   unit_in_department  a unit's row in its department's revenue or expenditure form and the unit's own document
--   units_of_department the department's total and those of all units it lists; assessable where each has one document
-- Amounts whose last_digit is not known, as an older version wrote them, are not compared.
-- expected is what document_sha256 states, found what other_documents do; item is of claims, or revenue_total or
-- expenditure_total.
CREATE VIEW agreements AS
WITH held AS (
    SELECT
        sha256, replace(entity, ' ', '') AS name, concat_ws('/', province, city, county) AS place, department, year, phase,
        level, unit_code
    FROM documents
    WHERE entity IS NOT NULL AND year IS NOT NULL AND phase IS NOT NULL AND NOT is_government(level)
),
digits AS (
    SELECT
        document_sha256,
        coalesce(min(last_digit) FILTER (form IN ('balance', 'revenue', 'expenditure')), min(last_digit)) AS digit
    FROM amounts
    WHERE last_digit IS NOT NULL
    GROUP BY document_sha256
),
totals AS (
    SELECT document_sha256, item, figure, digit
    FROM (
        UNPIVOT (
            SELECT
                document_sha256, revenue AS revenue_total, expenditure AS expenditure_total, basic, project,
                three_public
            FROM document_totals
        ) ON revenue_total, expenditure_total, basic, project, three_public INTO NAME item VALUE figure
    )
    JOIN digits USING (document_sha256)
),

-- Last year's figures as this year's narrative states them.
changed AS (
    SELECT
        c.document_sha256, c.claim_id, c.item, c.label, c.function_code, c.economic_code, c.fund, c.compared_with,
        c.page, arg_max(a.amount - c.amount, a.claim_index) AS figure,
        arg_max(c.last_digit + a.last_digit, a.claim_index) AS digit
    FROM claims AS c
    JOIN claims AS a
        ON a.document_sha256 = c.document_sha256 AND a.claim_index < c.claim_index
        AND a.claim_index >= c.claim_index - 3 AND a.role = 'amount' AND a.item = c.item AND a.label = c.label
        AND a.heading IS NOT DISTINCT FROM c.heading
    WHERE c.role = 'change' AND c.amount IS NOT NULL AND c.comparison IN ('increase', 'decrease', 'unchanged')
      AND c.compared_with IN ('prior_year', 'prior_budget', 'prior_actual')
    GROUP BY ALL
),
said AS (
    SELECT
        document_sha256, claim_id, item, label, function_code, economic_code, fund, compared_with, page,
        amount AS figure, last_digit AS digit
    FROM claims
    WHERE role = 'previous' AND amount IS NOT NULL
    UNION ALL BY NAME
    SELECT * FROM changed
),
pairs AS MATERIALIZED (
    SELECT s.*, now.year, now.phase, now.name, before.sha256 AS other,
        now.phase = 'approved' AND s.compared_with = 'prior_year' AS is_vague
    FROM said AS s
    JOIN held AS now ON now.sha256 = s.document_sha256
    JOIN held AS before
        ON before.name = now.name AND before.place = now.place AND before.year = now.year - 1
        AND before.phase = CASE s.compared_with
            WHEN 'prior_budget' THEN 'approved' WHEN 'prior_actual' THEN 'executed' ELSE now.phase
        END
    WHERE NOT (now.phase = 'approved' AND s.compared_with = 'prior_actual')
      AND (s.item <> 'function' OR s.function_code IS NOT NULL)
),
figures AS (
    SELECT
        document_sha256, item, function_code, economic_code, fund, amount AS figure,
        last_digit AS digit
    FROM claims
    WHERE role = 'amount' AND amount IS NOT NULL
    UNION ALL BY NAME
    SELECT document_sha256, item, figure, digit FROM totals
    UNION ALL BY NAME
    SELECT document_sha256, 'function' AS item, function_code, amount AS figure, last_digit AS digit
    FROM amounts
    WHERE function_code IS NOT NULL AND is_whole(spending) AND is_whole(period) AND direction = 'expenditure'
     
),
tried AS (
    SELECT p.*, f.figure AS found, p.digit + f.digit AS tolerance, abs(f.figure - p.figure) <= p.digit + f.digit AS agrees
    FROM pairs AS p
    JOIN figures AS f
        ON f.document_sha256 = p.other AND f.item = p.item
        AND f.function_code IS NOT DISTINCT FROM p.function_code
        AND f.economic_code IS NOT DISTINCT FROM p.economic_code
        AND coalesce(f.fund, p.fund, '') = coalesce(p.fund, f.fund, '')
),
prior_year AS (
    SELECT
        'prior_year' AS rule, document_sha256, list(DISTINCT other ORDER BY other) AS other_documents, name AS entity,
        year, phase, item, label, function_code, claim_id, page, figure AS expected,
        arg_min(found, row(abs(found - figure), tolerance, found)) AS found,
        arg_min(tolerance, row(abs(found - figure), tolerance, found)) AS tolerance,
        CASE WHEN bool_or(agrees) THEN 'holds' WHEN any_value(is_vague) THEN 'not_assessable' ELSE 'broken' END AS outcome,
        CASE
            WHEN NOT bool_or(agrees) AND any_value(is_vague)
            THEN 'a budget compared with the year before may mean another figure of it than its budget'
        END AS reason
    FROM tried
    GROUP BY ALL
),

-- A narrative and the tables of the same disclosure, in files of their own.
parted AS (
    SELECT d.year, d.phase, replace(d.entity, ' ', '') AS name, n.said_in AS document_sha256, t.printed_in AS other
    FROM disclosures AS d, unnest(d.with_narrative) AS n(said_in), unnest(d.with_amounts) AS t(printed_in)
    WHERE NOT list_contains(d.with_amounts, n.said_in)
),
printed AS (
    SELECT document_sha256, item, figure, digit, NULL AS function_code, NULL AS economic_code, NULL AS fund FROM totals
    UNION ALL BY NAME
    SELECT document_sha256, 'balance_total' AS item, figure, digit
    FROM totals WHERE item IN ('revenue_total', 'expenditure_total')
    UNION ALL BY NAME
    SELECT
        document_sha256,
        CASE
            WHEN function_code IS NOT NULL THEN 'function'
            WHEN economic_code IS NOT NULL THEN 'economic'
            WHEN is_total AND spending IN ('basic', 'project', 'personnel', 'public') THEN spending
            WHEN form = 'appropriation_balance' AND is_total THEN 'appropriation_' || direction
            WHEN form = fund AND is_total AND is_whole(spending) THEN fund || '_expenditure'
            WHEN direction = 'revenue' AND form IN ('balance', 'appropriation_balance', 'revenue') THEN fund || '_revenue'
        END AS item,
        function_code, economic_code, fund, amount AS figure, last_digit AS digit
    FROM amounts
    WHERE direction IS NOT NULL AND is_whole(period)
),
quoted AS MATERIALIZED (  -- else claims would be joined with the figures of every document before those are chosen
    SELECT
        n.document_sha256, p.other, p.name, p.year, p.phase, n.item, n.label, n.function_code, n.economic_code, n.fund,
        n.claim_id, n.page, n.amount, n.last_digit
    FROM claims AS n
    JOIN parted AS p USING (document_sha256)
    WHERE n.role = 'amount' AND n.amount IS NOT NULL AND (n.item <> 'function' OR n.function_code IS NOT NULL)
),
narrative_and_tables AS (
    SELECT
        'narrative_and_tables' AS rule, n.document_sha256, list(DISTINCT n.other ORDER BY n.other) AS other_documents,
        n.name AS entity, n.year, n.phase, n.item, n.label, n.function_code, n.claim_id, n.page,
        n.amount AS expected, arg_min(f.figure, row(abs(f.figure - n.amount), f.digit, f.figure)) AS found,
        arg_min(n.last_digit + f.digit / 2, row(abs(f.figure - n.amount), f.digit, f.figure)) AS tolerance,
        CASE
            WHEN min(abs(f.figure - n.amount) - n.last_digit - f.digit / 2) <= 0 THEN 'holds'
            WHEN any_value(n.item) IN ('balance_total', 'revenue_total', 'expenditure_total', 'function')
                AND bool_or(coalesce(n.fund, 'total') = coalesce(f.fund, 'total'))
            THEN 'broken'
            ELSE 'not_assessable'
        END AS outcome
    FROM quoted AS n
    JOIN printed AS f
        ON f.document_sha256 = n.other AND f.item = n.item
        AND f.function_code IS NOT DISTINCT FROM n.function_code
        AND f.economic_code IS NOT DISTINCT FROM n.economic_code
    GROUP BY ALL
),

-- Units and their department.
listed AS (
    SELECT
        d.sha256 AS document_sha256, d.name AS entity, d.place, d.department, d.year, d.phase, u.unit_code,
        replace(u.unit_name, ' ', '') AS unit_name
    FROM held AS d
    JOIN units AS u ON u.document_sha256 = d.sha256
    WHERE d.level = 'department' AND coalesce(u.unit_code, u.unit_name) IS NOT NULL
    GROUP BY ALL
),
own AS (
    SELECT l.*, h.sha256 AS other, t.item, t.figure, t.digit
    FROM listed AS l
    LEFT JOIN held AS h
        ON h.sha256 <> l.document_sha256 AND h.place = l.place AND h.year = l.year AND h.phase = l.phase
        AND (
            h.name = l.unit_name
            OR (h.unit_code = l.unit_code AND h.department IS NOT DISTINCT FROM l.department AND h.level = 'unit')
        )
    LEFT JOIN totals AS t ON t.document_sha256 = h.sha256 AND t.item IN ('revenue_total', 'expenditure_total')
),
rows_of_units AS (
    SELECT
        document_sha256, form || '_total' AS item, unit_code, replace(unit_name, ' ', '') AS unit_name,
        any_value(page) AS page, max(amount) AS figure, max(last_digit) AS digit
    FROM amounts
    WHERE form IN ('revenue', 'expenditure') AND unit_name IS NOT NULL AND label = unit_name AND function_code IS NULL
      AND is_whole(fund) AND is_whole(spending) AND is_whole(period)
      AND last_digit IS NOT NULL
    GROUP BY ALL
    HAVING count(DISTINCT amount) = 1
),
unit_in_department AS (
    SELECT
        'unit_in_department' AS rule, r.document_sha256, [o.other] AS other_documents, o.entity, o.year, o.phase, o.item,
        o.unit_name AS label, r.page, r.figure AS expected, o.figure AS found, (r.digit + o.digit) / 2 AS tolerance,
        CASE WHEN abs(o.figure - r.figure) <= (r.digit + o.digit) / 2 THEN 'holds' ELSE 'broken' END AS outcome
    FROM own AS o
    JOIN rows_of_units AS r ON r.document_sha256 = o.document_sha256 AND r.item = o.item AND r.unit_name = o.unit_name
),
each_unit AS (
    SELECT
        document_sha256, entity, year, phase, item, unit_code, unit_name, min(other) AS other,
        any_value(figure) AS figure, any_value(digit) AS digit, count(DISTINCT other) AS documents
    FROM (
        SELECT
            o.* REPLACE (
                w.item AS item,
                CASE WHEN o.item = w.item THEN o.figure END AS figure,
                CASE WHEN o.item = w.item THEN o.other END AS other
            )
        FROM own AS o CROSS JOIN (VALUES ('revenue_total'), ('expenditure_total')) AS w(item)
    )
    GROUP BY ALL
),
units_of_department AS (
    SELECT
        'units_of_department' AS rule, e.document_sha256,
        list(e.other ORDER BY e.other) FILTER (e.other IS NOT NULL) AS other_documents,
        e.entity, e.year, e.phase, e.item, any_value(t.figure) AS expected, sum(e.figure) AS summed,
        any_value(t.digit) / 2 + sum(e.digit) / 2 AS rounding, count(*) AS units, count(*) FILTER (e.documents = 1) AS single,
        count(*) FILTER (e.documents > 1) AS several
    FROM each_unit AS e
    JOIN totals AS t ON t.document_sha256 = e.document_sha256 AND t.item = e.item
    GROUP BY e.document_sha256, e.entity, e.year, e.phase, e.item
    HAVING count(e.other) > 0
),
told AS (
    SELECT * FROM prior_year
    UNION ALL BY NAME
    SELECT
        *,
        CASE WHEN outcome = 'not_assessable' THEN 'the name can mean another amount than those compared' END AS reason
    FROM narrative_and_tables
    UNION ALL BY NAME
    SELECT * FROM unit_in_department
    UNION ALL BY NAME
    SELECT
        rule, document_sha256, other_documents, entity, year, phase, item, expected,
        CASE WHEN single = units THEN summed END AS found, CASE WHEN single = units THEN rounding END AS tolerance,
        CASE
            WHEN single < units THEN 'not_assessable'
            WHEN abs(summed - expected) <= rounding THEN 'holds'
            ELSE 'broken'
        END AS outcome,
        CASE
            WHEN several > 0 THEN several || ' of the ' || units || ' units it lists have more than one document'
            WHEN single < units THEN 'documents of ' || single || ' of the ' || units || ' units it lists are held'
        END AS reason
    FROM units_of_department
)
SELECT
    t.rule, t.outcome, t.document_sha256, t.other_documents, t.entity, t.year, t.phase, t.item, t.label, t.function_code,
    t.page, t.expected::DECIMAL(20, 2) AS expected, t.found::DECIMAL(20, 2) AS found,
    (t.found - t.expected)::DECIMAL(20, 2) AS difference, t.tolerance::DECIMAL(20, 2) AS tolerance, t.reason, t.claim_id,
    d.province, d.city, d.county, d.department
FROM told AS t
JOIN documents AS d ON d.sha256 = t.document_sha256;
