-- The lines of each form, once: of one side of a form (direction) and one way to divide it (divided_by), those rows that
-- no other row breaks down (row_kind line or withheld), in the one column that states the whole: every fund that the
-- form covers, every kind of spending, every period, or this year alone where the form prints nothing that holds it.
--   divided_by   function, economic or government_economic by the codes of the lines; name where they have none
--   form_total   the total that the form prints of them; null where it prints none
--   adds_up      the lines add up to it, within the rounding of so many printed numbers
-- Of several tables of one form, the one whose lines add up is taken, then the one with the largest total.  Amounts
-- whose column is doubtful are no lines, nor is a functional line that a finer one of its column and unit refines, which
-- a page break may have parted from it; “三公” forms, whose items contain each other, have none.  Whole governments,
-- which print one form for each of several scopes, are told by level.
CREATE VIEW form_lines AS
SELECT p.*, c.divided_by, c.form_total, c.adds_up
FROM own_amounts AS p
JOIN (  -- a subquery, since DuckDB reads every column of what is selected beside a WITH
    WITH placed AS (
        SELECT
            document_sha256, line_item_id, form, table_index, column_index, direction, unit_code, function_code, economic_code,
            government_economic_code, is_whole(fund) AS of_all_funds, spending, period, row_kind, is_total, amount, last_digit
        FROM own_amounts
        WHERE direction IS NOT NULL AND form <> 'three_public' AND meaning IS DISTINCT FROM 'doubtful'
    ),
    added AS (
        SELECT *
        FROM placed AS line
        WHERE row_kind IN ('line', 'withheld')
          AND NOT EXISTS (
            SELECT 1
            FROM placed AS finer
            WHERE finer.document_sha256 = line.document_sha256 AND finer.table_index = line.table_index
              AND finer.form = line.form AND finer.direction = line.direction AND finer.column_index = line.column_index
              AND finer.unit_code IS NOT DISTINCT FROM line.unit_code
              AND finer.function_code IS NOT NULL AND len(finer.function_code) > len(line.function_code)
              AND starts_with(finer.function_code, line.function_code)
          )
    ),
    totals AS (
        SELECT
            document_sha256, form, table_index, direction, column_index, amount, last_digit, is_whole(period) AS of_all_periods
        FROM placed
        WHERE row_kind = 'total' AND is_whole(spending) AND coalesce(period, 'total') IN ('total', 'current')
          AND (of_all_funds OR (document_sha256, form) NOT IN (  -- the form prints no total of all funds
                SELECT (document_sha256, form) FROM placed WHERE of_all_funds AND is_total
          ))
    ),
    summed AS (
        SELECT
            document_sha256, form, table_index, direction, column_index, sum(amount) AS lines_total, count(*) AS lines,
            CASE
                WHEN count(function_code) > 0 THEN 'function'
                WHEN count(economic_code) > 0 THEN 'economic'
                WHEN count(government_economic_code) > 0 THEN 'government_economic'
                ELSE 'name'
            END AS divided_by
        FROM added
        GROUP BY ALL
    ),
    columns_of_totals AS (
        SELECT
            s.*, t.amount AS form_total, t.of_all_periods,
            abs(s.lines_total - t.amount) <= t.last_digit * (s.lines + 1) / 2 AS adds_up
        FROM summed AS s
        JOIN totals AS t USING (document_sha256, form, table_index, direction)
        WHERE t.column_index = s.column_index
           -- 支出/功能分类 may stand without a total beside 支出/支出用途, whose total is that of both
           OR NOT EXISTS (
                SELECT 1 FROM placed AS own
                WHERE own.document_sha256 = s.document_sha256 AND own.table_index = s.table_index
                  AND own.direction = s.direction AND own.column_index = s.column_index AND own.row_kind = 'total'
           )
    ),
    chosen AS (
        SELECT *
        FROM columns_of_totals
        QUALIFY row_number() OVER (
            PARTITION BY document_sha256, form, direction, divided_by
            ORDER BY adds_up DESC, of_all_periods DESC, form_total DESC, lines DESC, table_index, column_index
        ) = 1
    )
    SELECT a.document_sha256, a.line_item_id, c.divided_by, c.form_total, c.adds_up
    FROM added AS a
    JOIN chosen AS c USING (document_sha256, form, table_index, direction, column_index)
) AS c USING (document_sha256, line_item_id);

-- Amounts that may be summed: the lines of forms whose lines add up to the printed total, governments left out.  Within one document, fix form,
-- direction and divided_by and the sum is form_total; over documents also year, phase and level, for a department
-- contains its units.  The forms left out, whose lines and total differ, are rows of the view contradictions.
CREATE VIEW addable_amounts AS
SELECT * FROM form_lines WHERE adds_up AND NOT is_government(level);
