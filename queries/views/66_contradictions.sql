-- Where a figure that views and named queries give is not what the document says elsewhere: one row per figure and other
-- place, yuan.  Nothing is chosen silently: figure is what the view gives, found what stands elsewhere (found_in).
--   narrative    a total (document_totals), and the figure of the narrative that comes nearest to it
--   other_form   the totals of a form (of all periods and of this year), and the nearest total of the other form that
--                prints it: the expenditure and revenue forms against both sides of the balance form; “三公” against
--                the sum of its parts
--   lines        the total that a form prints, and the sum of its lines (form_lines): they are not in addable_amounts
--   functions    spending, and the sum of the functional lines (function_leaves) of the expenditure form
-- The tolerance is what rounding can explain, a last digit of either side and half of one for each line summed.
CREATE VIEW contradictions AS
WITH digits AS (
    SELECT document_sha256, max(last_digit) AS digit FROM amounts WHERE form <> 'three_public' GROUP BY document_sha256
),
figures AS (
    SELECT document_sha256, figure, amount, printed_in
    FROM (
        SELECT
            document_sha256,
            unnest([
                {'figure': 'revenue', 'amount': revenue, 'printed_in': revenue_from},
                {'figure': 'expenditure', 'amount': expenditure, 'printed_in': expenditure_from},
                {'figure': 'basic', 'amount': basic, 'printed_in': 'expenditure'},
                {'figure': 'project', 'amount': project, 'printed_in': 'expenditure'},
                {'figure': 'three_public', 'amount': three_public, 'printed_in': three_public_from}
            ], recursive := true)
        FROM document_totals
    )
    WHERE amount IS NOT NULL AND printed_in <> 'narrative'
),
said AS (
    SELECT
        c.document_sha256, unnest(CASE
            -- 收支总计 of final accounts holds what is left at the year's end, their spending does not
            WHEN item = 'balance_total' AND d.phase = 'executed' THEN ['revenue']
            WHEN item = 'balance_total' THEN ['revenue', 'expenditure']
            WHEN item = 'revenue_total' THEN ['revenue']
            WHEN item = 'expenditure_total' THEN ['expenditure']
            ELSE [item]
        END) AS figure,
        amount, last_digit, page
    FROM claims AS c
    JOIN documents AS d ON d.sha256 = c.document_sha256
    WHERE role = 'amount' AND amount IS NOT NULL
      AND (
        item = 'three_public'
        OR (item IN ('balance_total', 'revenue_total', 'expenditure_total') AND is_whole(fund))
        OR (item IN ('basic', 'project') AND fund = 'total')
      )
),
narrative AS (
    SELECT
        f.document_sha256, 'narrative' AS kind, f.figure, f.printed_in AS form, f.amount AS stated,
        arg_min(s.amount, abs(s.amount - f.amount)) AS found, 'narrative' AS found_in,
        max(coalesce(s.last_digit, 0) + coalesce(d.digit, 0)) AS tolerance, arg_min(s.page, abs(s.amount - f.amount)) AS page
    FROM figures AS f
    JOIN said AS s USING (document_sha256, figure)
    LEFT JOIN digits AS d USING (document_sha256)
    GROUP BY ALL
),
printed_totals AS (
    SELECT
        document_sha256, CASE direction WHEN 'revenue' THEN 'revenue' ELSE 'expenditure' END AS figure, form, amount,
        last_digit, page
    FROM amounts
    WHERE form IN ('balance', 'revenue', 'expenditure') AND is_total AND row_kind = 'total' AND is_whole(fund)
      AND is_whole(spending) AND direction IS NOT NULL AND meaning IS DISTINCT FROM 'doubtful'
),
other_form AS (
    SELECT
        f.document_sha256, 'other_form' AS kind, f.figure, f.printed_in AS form,
        arg_min(o.amount, abs(p.amount - o.amount)) AS stated, arg_min(p.amount, abs(p.amount - o.amount)) AS found,
        p.form AS found_in, max(greatest(p.last_digit, o.last_digit)) AS tolerance,
        arg_min(p.page, abs(p.amount - o.amount)) AS page
    FROM figures AS f
    JOIN printed_totals AS o ON o.document_sha256 = f.document_sha256 AND o.figure = f.figure AND o.form = f.printed_in
    JOIN printed_totals AS p ON p.document_sha256 = f.document_sha256 AND p.figure = f.figure AND p.form <> f.printed_in
    GROUP BY ALL
),
three_public_parts AS (
    SELECT
        f.document_sha256, 'other_form' AS kind, f.figure, f.printed_in AS form, f.amount AS stated,
        max(a.amount) FILTER (a.item = 'abroad') + max(a.amount) FILTER (a.item = 'vehicles')
            + max(a.amount) FILTER (a.item = 'reception') AS found,
        'three_public' AS found_in, 2 * max(a.last_digit) AS tolerance, min(a.page) AS page
    FROM figures AS f
    JOIN amounts AS a USING (document_sha256)
    WHERE f.figure = 'three_public' AND a.form = 'three_public' AND f.printed_in = 'three_public'
    GROUP BY ALL
),
lines AS (
    SELECT
        document_sha256, 'lines' AS kind, direction AS figure, form, form_total AS stated, sum(amount) AS found,
        divided_by AS found_in, max(last_digit) * (count(*) + 1) / 2 AS tolerance, min(page) AS page
    FROM form_lines
    WHERE NOT adds_up
    GROUP BY document_sha256, direction, form, form_total, divided_by
),
functions AS (
    SELECT
        t.document_sha256, 'functions' AS kind, 'expenditure' AS figure, t.expenditure_from AS form,
        t.expenditure AS stated, sum(l.amount) AS found, 'function_leaves' AS found_in,
        max(l.last_digit) * (count(*) + 1) / 2 AS tolerance, min(l.page) AS page
    FROM document_totals AS t
    JOIN function_leaves AS l USING (document_sha256)
    WHERE l.form = 'expenditure' AND t.expenditure IS NOT NULL
    GROUP BY ALL
),
compared AS (
    SELECT * FROM narrative
    UNION ALL BY NAME SELECT * FROM other_form
    UNION ALL BY NAME SELECT * FROM three_public_parts
    UNION ALL BY NAME SELECT * FROM lines
    UNION ALL BY NAME SELECT * FROM functions
)
SELECT
    c.kind, c.figure, c.form, c.stated, c.found, (c.found - c.stated)::DECIMAL(20, 2) AS difference, c.found_in,
    c.tolerance::DECIMAL(20, 2) AS tolerance, c.page, d.entity, d.province, d.city, d.county, d.year, d.department, d.level,
    d.phase, c.document_sha256
FROM compared AS c
JOIN documents AS d ON d.sha256 = c.document_sha256
WHERE abs(c.found - c.stated) > c.tolerance AND NOT is_government(d.level);
