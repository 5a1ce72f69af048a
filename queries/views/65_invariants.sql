-- What must be true of every document, whatever its forms look like: one row per document and invariant, yuan.  It is
-- asked of the rows that the lake holds, after all reading, so that what readers and forms do not notice shows here.
--   three_public  “三公” of the tables (expected) and the figure of the narrative that comes nearest to it; where it
--                 states none, the sum of its 出国, 用车 and 接待
--   functions     spending, and the sum of the functional lines of the expenditure form (view form_lines); where
--                 a form prints functions for all units and for each, the sum of either
--   sources       收入总计 or the total of the revenue form, and the sum of its sources, as checks found it
--   procurement   合计 of the procurement lists (the largest of each), and the sum of their lines
--   projects      项目支出, and the budgets of all projects, each once, which may be less but never more
-- outcome is holds, broken or not_assessable, and then reason says what is missing.  The tolerance is what rounding of
-- so many printed numbers can explain, half a last digit for each; 0.01 万元 where the last digit is not known.
CREATE VIEW invariants AS
WITH budgets AS (
    SELECT d.*, t.three_public, t.expenditure, t.project
    FROM documents AS d
    JOIN document_totals AS t ON t.document_sha256 = d.sha256
    WHERE d.parse_status IN ('parsed', 'partial')
),
digits AS (
    SELECT document_sha256, max(last_digit) AS digit FROM amounts GROUP BY document_sha256
),
parts_said AS (
    SELECT
        document_sha256, item, arg_min(amount, claim_index) AS amount
    FROM claims
    WHERE item IN ('abroad', 'vehicles', 'reception') AND role = 'amount' AND amount IS NOT NULL
    GROUP BY document_sha256, item
),
figures_said AS (
    SELECT document_sha256, amount
    FROM claims
    WHERE item = 'three_public' AND role = 'amount' AND amount IS NOT NULL
    UNION ALL
    SELECT document_sha256, sum(amount)
    FROM parts_said
    WHERE document_sha256 NOT IN (
        SELECT document_sha256 FROM claims WHERE item = 'three_public' AND role = 'amount' AND amount IS NOT NULL
    )
    GROUP BY document_sha256
    HAVING count(*) = 3
),
said AS (
    SELECT c.document_sha256, arg_min(c.amount, abs(c.amount - b.three_public)) AS found
    FROM figures_said AS c
    JOIN budgets AS b ON b.sha256 = c.document_sha256
    WHERE b.three_public IS NOT NULL
    GROUP BY c.document_sha256
),
leaves AS (
    SELECT document_sha256, unit_code IS NULL AS of_all_units, sum(amount) AS found, count(*) AS parts
    FROM form_lines
    WHERE form = 'expenditure' AND direction = 'expenditure' AND divided_by = 'function' AND function_code IS NOT NULL
    GROUP BY ALL
),
functions AS (
    SELECT
        l.document_sha256, arg_min(l.found, abs(l.found - b.expenditure)) AS found,
        arg_min(l.parts, abs(l.found - b.expenditure)) AS parts
    FROM leaves AS l
    JOIN budgets AS b ON b.sha256 = l.document_sha256
    GROUP BY l.document_sha256
),
sources AS (
    SELECT
        c.document_sha256, arg_max(c.expected, abs(c.expected)) AS expected, arg_max(c.found, abs(c.expected)) AS found,
        arg_max(c.tolerance, abs(c.expected)) AS tolerance
    FROM checks AS c
    JOIN amounts AS l ON l.document_sha256 = c.document_sha256 AND l.line_item_id = c.total[1]
    WHERE c.rule IN ('row', 'total') AND c.outcome <> 'not_assessable' AND l.is_total AND l.direction = 'revenue'
      AND l.form IN ('revenue', 'balance') AND is_whole(l.fund) AND is_whole(l.period)
    GROUP BY c.document_sha256
),
lists AS (
    SELECT
        document_sha256, table_index, max(amount) FILTER (is_subtotal) AS expected,
        sum(amount) FILTER (NOT is_subtotal) AS found, count(*) FILTER (NOT is_subtotal) AS parts
    FROM procurement
    GROUP BY document_sha256, table_index
),
procured AS (
    SELECT
        document_sha256, CASE WHEN bool_and(expected IS NOT NULL) THEN sum(expected) END AS expected,
        coalesce(sum(found), 0) AS found, sum(parts) AS parts
    FROM lists
    GROUP BY document_sha256
),
planned AS (
    SELECT document_sha256, sum(budget) AS found, count(budget) AS parts
    FROM projects
    WHERE in_tables IS DISTINCT FROM 'unsettled'
    GROUP BY document_sha256
),
asked AS (
    SELECT
        b.sha256 AS document_sha256, 'three_public' AS invariant, b.three_public AS expected, s.found,
        2 * d.digit AS tolerance, 'the tables state no 三公' AS without_expected,
        'the narrative states no 三公' AS without_found
    FROM budgets AS b
    LEFT JOIN said AS s ON s.document_sha256 = b.sha256
    LEFT JOIN digits AS d ON d.document_sha256 = b.sha256
    UNION ALL
    SELECT
        b.sha256, 'functions', b.expenditure, f.found, d.digit * (f.parts + 1) / 2, 'no form states the expenditure',
        'the expenditure form has no functional lines'
    FROM budgets AS b
    LEFT JOIN functions AS f ON f.document_sha256 = b.sha256
    LEFT JOIN digits AS d ON d.document_sha256 = b.sha256
    UNION ALL
    SELECT
        b.sha256, 'sources', s.expected, s.found, s.tolerance, 'no total of the revenue is broken down into sources', NULL
    FROM budgets AS b
    LEFT JOIN sources AS s ON s.document_sha256 = b.sha256
    UNION ALL
    SELECT
        b.sha256, 'procurement', p.expected, p.found, d.digit * (p.parts + 1) / 2,
        'no procurement list, or one without a total', NULL
    FROM budgets AS b
    LEFT JOIN procured AS p ON p.document_sha256 = b.sha256
    LEFT JOIN digits AS d ON d.document_sha256 = b.sha256
    UNION ALL
    SELECT
        b.sha256, 'projects', b.project, p.found, d.digit * (p.parts + 1) / 2, 'no form states 项目支出',
        'no project prints its budget'
    FROM budgets AS b
    LEFT JOIN planned AS p ON p.document_sha256 = b.sha256
    LEFT JOIN digits AS d ON d.document_sha256 = b.sha256
)
SELECT
    a.document_sha256, b.entity, b.province, b.city, b.county, b.year, b.department, b.level, b.phase, a.invariant,
    a.expected, a.found, a.found - a.expected AS difference,
    coalesce(a.tolerance, 100) AS tolerance,
    CASE
        WHEN a.expected IS NULL OR a.found IS NULL THEN 'not_assessable'
        WHEN a.found - a.expected <= coalesce(a.tolerance, 100)
         AND (a.invariant = 'projects' OR a.expected - a.found <= coalesce(a.tolerance, 100)) THEN 'holds'
        ELSE 'broken'
    END AS outcome,
    CASE WHEN a.expected IS NULL THEN a.without_expected WHEN a.found IS NULL THEN a.without_found END AS reason
FROM asked AS a
JOIN budgets AS b ON b.sha256 = a.document_sha256;
