-- The most detailed functional lines of each document's whole spending, each with its amount: summing them gives the
-- document's spending once, whether it prints 类, 款 and 项 or 项 alone, and also where a publisher stops at 款.  They are
-- lines of the expenditure form where that prints functions; else of the form with most functional lines whose total is
-- the document's whole spending (view document_totals): of the balance form, or of a form of one fund where there is no
-- other money.  form tells which, and adds_up whether all lines of that form add up to its printed total.
CREATE VIEW function_leaves AS
WITH lines AS (
    SELECT *
    FROM form_lines
    WHERE direction = 'expenditure' AND divided_by = 'function' AND NOT is_government(level)
),
functional AS (
    SELECT l.document_sha256, l.form, any_value(l.adds_up) AS adds_up, count(l.function_code) AS lines
    FROM lines AS l
    JOIN document_totals AS t USING (document_sha256)
    WHERE (l.form = 'expenditure' OR (l.adds_up AND abs(l.form_total - t.expenditure) <= l.last_digit))
    GROUP BY ALL
),
chosen AS (
    SELECT document_sha256, form
    FROM functional
    QUALIFY row_number() OVER (
        PARTITION BY document_sha256 ORDER BY adds_up DESC, form = 'expenditure' DESC, lines DESC, form
    ) = 1
)
SELECT l.* EXCLUDE (divided_by, form_total)
FROM lines AS l
JOIN chosen AS c USING (document_sha256, form)
WHERE l.function_code IS NOT NULL;

-- The same lines of whole governments: of 一般公共预算支出 alone (form 'general_public'), where its lines add up to a total
-- that is printed.  A document that prints it for the whole area and for its own level gives the larger of the two.
CREATE VIEW government_function_leaves AS
SELECT * EXCLUDE (divided_by, form_total)
FROM form_lines
WHERE is_government(level) AND adds_up AND form = 'general_public' AND direction = 'expenditure'
  AND divided_by = 'function' AND function_code IS NOT NULL;
