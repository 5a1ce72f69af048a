-- The most detailed functional lines of each document's whole spending, each with its amount: summing them gives the
-- document's spending once, whether it prints 类, 款 and 项 or 项 alone, and also where a publisher stops at 款.  They are
-- lines of the expenditure form where that prints functions; else of the form with most functional lines whose total is
-- the document's whole spending (view document_totals): of the balance form, or of a form of one fund where there is no
-- other money.  form tells which, and adds_up whether all lines of that form add up to its printed total.
CREATE VIEW function_leaves AS
SELECT * EXCLUDE (divided_by, form_total, is_whole, is_of_whole, whole_lines)
FROM (
    SELECT
        *, bool_or(is_whole) OVER form AS is_of_whole, count(function_code) FILTER (is_whole) OVER form AS whole_lines
    FROM (
        SELECT
            l.*, l.form = 'expenditure' OR (l.adds_up AND abs(l.form_total - t.expenditure) <= l.last_digit) AS is_whole
        FROM form_lines AS l
        JOIN document_totals AS t USING (document_sha256)
        WHERE l.direction = 'expenditure' AND l.divided_by = 'function' AND NOT is_government(l.level)
    )
    WINDOW form AS (PARTITION BY document_sha256, form)
)
WHERE is_of_whole
QUALIFY function_code IS NOT NULL AND rank() OVER (
    PARTITION BY document_sha256 ORDER BY adds_up DESC, form = 'expenditure' DESC, whole_lines DESC, form
) = 1;

-- The same lines of whole governments: of 一般公共预算支出 alone (form 'general_public'), where its lines add up to a total
-- that is printed.  A document that prints it for the whole area and for its own level gives the larger of the two.
CREATE VIEW government_function_leaves AS
SELECT * EXCLUDE (divided_by, form_total)
FROM form_lines
WHERE is_government(level) AND adds_up AND form = 'general_public' AND direction = 'expenditure'
  AND divided_by = 'function' AND function_code IS NOT NULL;
