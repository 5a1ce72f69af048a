-- Macros over the columns of the lake.

-- Is this value of fund, spending or period the whole rather than a part?  Null means that the form has no such axis,
-- so its only column is the whole.
CREATE MACRO is_whole(axis) AS coalesce(axis, 'total') = 'total';

-- An amount over all periods, where a form may print this year's money and what was carried over apart.
CREATE MACRO of_all_periods(whole, this_year, carried) AS coalesce(whole, this_year + coalesce(carried, 0));

-- Does a column state the figure the document was published for?  Final accounts print the budget beside the outcome,
-- and many forms last year's figure and the change.
CREATE MACRO is_own_figure(published_phase, column_basis) AS
    column_basis IS NULL
    OR column_basis = CASE published_phase WHEN 'executed' THEN 'outcome' WHEN 'approved' THEN 'budget' ELSE column_basis END;

-- Is a document that of a whole government, whose figures contain those of its departments?
CREATE MACRO is_government(published_level) AS coalesce(published_level, '') = 'government';

-- Does a document belong to a place?  The text may be part of any name of it; an empty text or NULL is everywhere.
CREATE MACRO in_place(wanted, province_name, city_name, county_name, entity_name) AS
    coalesce(wanted, '') = ''
    OR contains(concat_ws('/', province_name, city_name, county_name, entity_name), wanted);

-- Yuan in 万元, exactly: division would leave the decimals for floating point.
CREATE MACRO wan(yuan) AS CAST(yuan * 0.0001 AS DECIMAL(24, 6));

-- A part of a whole in per cent, two decimals; null where the whole is nothing.
CREATE MACRO percent(part, whole) AS CAST(round(100 * CAST(part AS DOUBLE) / nullif(CAST(whole AS DOUBLE), 0), 2) AS DECIMAL(18, 2));

-- The official name of a functional or economic code in a fiscal year; of the latest year where the year is null.  Null
-- where the vocabulary has none for that year.
CREATE MACRO code_name(wanted, fiscal_year) AS (
    SELECT any_value(c.name)
    FROM classifications AS c
    WHERE c.code = wanted
      AND coalesce(fiscal_year, 9999) BETWEEN coalesce(c.valid_from, 0) AND coalesce(c.valid_to, 9999)
);

-- A body's name as its documents may spell it, within one place: without spaces, 中国共产党 (中共) and the province before
-- it, 委员会 as 委.  中共江苏省委办公厅, 江苏省委办公厅 and 省委办公厅 are one body of 江苏省.
CREATE MACRO body_name(entity_name, province_name) AS regexp_replace(
    replace(replace(replace(replace(entity_name, ' ', ''), '中国共产党', ''), '中共', ''), '委员会', '委'),
    '^' || coalesce(regexp_replace(province_name, '[省市]$', ''), ''),
    ''
);
