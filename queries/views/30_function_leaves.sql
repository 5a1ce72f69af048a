-- The most detailed functional lines of the expenditure form, each with its whole spending: rows that no other row of
-- the same document refines.  Summing them gives the document's spending once, whether the form prints 类, 款 and 项
-- (Hebei) or 项 alone (Henan), and also where a publisher stops at 款.  Final accounts, and some budgets, print this
-- year's spending (period current) and nothing that holds it: that is their whole then.
CREATE VIEW function_leaves AS
WITH lines AS (
    SELECT *
    FROM amounts
    WHERE form = 'expenditure' AND direction = 'expenditure' AND function_code IS NOT NULL
      AND is_whole(spending) AND is_whole(fund) AND coalesce(period, 'total') IN ('total', 'current')
    QUALIFY is_whole(period) OR NOT bool_or(is_whole(period)) OVER (PARTITION BY document_sha256)
)
SELECT *
FROM lines AS line
WHERE NOT EXISTS (
    SELECT 1
    FROM lines AS finer
    WHERE finer.document_sha256 = line.document_sha256
      AND finer.unit_code IS NOT DISTINCT FROM line.unit_code
      AND len(finer.function_code) > len(line.function_code)
      AND starts_with(finer.function_code, line.function_code)
)
AND NOT EXISTS (
    SELECT 1
    FROM lines AS whole
    WHERE whole.document_sha256 = line.document_sha256
      AND whole.unit_code IS NOT DISTINCT FROM line.unit_code
      AND whole.function_code = line.function_code
      AND is_whole(whole.period) AND line.period = 'current'
);
