-- Where each document's money comes from: the parts of its revenue by source of funds, which add up to it.  They are the
-- lines of the balance form (收入总计), else the columns of the revenue form's total row, of which those that hold others
-- (财政拨款 beside 一般公共预算, 单位资金 beside 事业收入) are left out.  Documents whose parts do not add up to their
-- total have no rows here; they are rows of the view contradictions.
CREATE VIEW revenue_sources AS
WITH of_balance AS (
    SELECT * EXCLUDE (divided_by, adds_up) FROM addable_amounts WHERE form = 'balance' AND direction = 'revenue'
),
cells AS (
    SELECT *
    FROM amounts
    WHERE form = 'revenue' AND is_total AND row_kind = 'total' AND function_code IS NULL
      AND meaning IS DISTINCT FROM 'doubtful'
    QUALIFY dense_rank() OVER (PARTITION BY document_sha256 ORDER BY table_index, row_index) = 1
),
periods AS (
    SELECT
        document_sha256, period,
        bool_or(fund IN ('general_public', 'government_fund', 'state_capital')) AS splits_appropriation,
        bool_or(fund IN ('business', 'operating', 'superior_subsidy', 'subordinate_remittance', 'other')) AS splits_units,
        bool_or(NOT is_whole(fund)) AS splits_funds
    FROM cells
    GROUP BY ALL
),
columns_of_parts AS (
    SELECT c.*
    FROM cells AS c
    JOIN periods AS p ON p.document_sha256 = c.document_sha256 AND p.period IS NOT DISTINCT FROM c.period
    WHERE CASE
        WHEN is_whole(c.fund) THEN c.period IN ('carried_over', 'opening') AND NOT p.splits_funds
        WHEN c.fund = 'fiscal_appropriation' THEN NOT p.splits_appropriation
        WHEN c.fund = 'unit_funds' THEN NOT p.splits_units
        ELSE true
    END
),
wholes AS (
    SELECT
        document_sha256,
        coalesce(
            max(amount) FILTER (is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (is_whole(fund) AND period = 'current')
        ) AS form_total
    FROM cells
    GROUP BY document_sha256
),
adding AS (
    SELECT p.document_sha256, w.form_total
    FROM columns_of_parts AS p
    JOIN wholes AS w USING (document_sha256)
    GROUP BY p.document_sha256, w.form_total
    HAVING abs(sum(p.amount) - w.form_total) <= max(p.last_digit) * (count(*) + 1) / 2
)
SELECT * FROM of_balance
UNION ALL BY NAME
SELECT p.*, a.form_total
FROM columns_of_parts AS p
JOIN adding AS a USING (document_sha256)
WHERE p.document_sha256 NOT IN (SELECT document_sha256 FROM of_balance);
