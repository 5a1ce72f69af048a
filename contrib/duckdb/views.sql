-- The lake of gongkai for DuckDB alone: a view for each table, then classifications, views, macros and comments.
-- Begin in the folder of the archive:                     duckdb -init views.sql
-- or say where it lies, which may be an s3:// address:    SET VARIABLE archive = '…'; .read views.sql
-- They last as long as the connection; gongkai export duckdb writes a file that keeps them.
SET VARIABLE archive = coalesce(getvariable('archive'), '.');
SET VARIABLE lake_documents = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS sha256, NULL::VARCHAR AS entity, NULL::VARCHAR AS department, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS level, NULL::INTEGER AS year, NULL::VARCHAR AS phase, NULL::VARCHAR AS province, NULL::VARCHAR AS city, NULL::VARCHAR AS county, NULL::VARCHAR AS division_code, NULL::VARCHAR AS title, NULL::VARCHAR AS format, NULL::INTEGER AS pages, NULL::VARCHAR AS parse_status, NULL::VARCHAR AS parser_version, NULL::TIMESTAMPTZ AS first_captured_at, NULL::VARCHAR AS portal, NULL::VARCHAR AS url, NULL::VARCHAR AS article_url, NULL::VARCHAR AS file_name, NULL::VARCHAR AS container_sha256, NULL::INTEGER AS tables, NULL::INTEGER AS cells, NULL::INTEGER AS amounts, NULL::INTEGER AS confirmed, NULL::INTEGER AS checks_held, NULL::INTEGER AS checks_broken, NULL::INTEGER AS issues WHERE false'
    ELSE 'SELECT sha256::VARCHAR AS sha256, entity::VARCHAR AS entity, department::VARCHAR AS department, unit_code::VARCHAR AS unit_code, level::VARCHAR AS level, year::INTEGER AS year, phase::VARCHAR AS phase, province::VARCHAR AS province, city::VARCHAR AS city, county::VARCHAR AS county, division_code::VARCHAR AS division_code, title::VARCHAR AS title, format::VARCHAR AS format, pages::INTEGER AS pages, parse_status::VARCHAR AS parse_status, parser_version::VARCHAR AS parser_version, first_captured_at::TIMESTAMPTZ AS first_captured_at, portal::VARCHAR AS portal, url::VARCHAR AS url, article_url::VARCHAR AS article_url, file_name::VARCHAR AS file_name, container_sha256::VARCHAR AS container_sha256, tables::INTEGER AS tables, cells::INTEGER AS cells, amounts::INTEGER AS amounts, confirmed::INTEGER AS confirmed, checks_held::INTEGER AS checks_held, checks_broken::INTEGER AS checks_broken, issues::INTEGER AS issues FROM (SELECT NULL::VARCHAR AS sha256, NULL::VARCHAR AS entity, NULL::VARCHAR AS department, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS level, NULL::INTEGER AS year, NULL::VARCHAR AS phase, NULL::VARCHAR AS province, NULL::VARCHAR AS city, NULL::VARCHAR AS county, NULL::VARCHAR AS division_code, NULL::VARCHAR AS title, NULL::VARCHAR AS format, NULL::INTEGER AS pages, NULL::VARCHAR AS parse_status, NULL::VARCHAR AS parser_version, NULL::TIMESTAMPTZ AS first_captured_at, NULL::VARCHAR AS portal, NULL::VARCHAR AS url, NULL::VARCHAR AS article_url, NULL::VARCHAR AS file_name, NULL::VARCHAR AS container_sha256, NULL::INTEGER AS tables, NULL::INTEGER AS cells, NULL::INTEGER AS amounts, NULL::INTEGER AS confirmed, NULL::INTEGER AS checks_held, NULL::INTEGER AS checks_broken, NULL::INTEGER AS issues WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/documents/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/documents/*/*/*/data.parquet')
);
CREATE VIEW documents AS FROM query(getvariable('lake_documents'));
SET VARIABLE lake_tables = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS table_index, NULL::VARCHAR AS title, NULL::VARCHAR AS form, NULL::VARCHAR AS unit, NULL::INTEGER AS first_page, NULL::INTEGER AS last_page, NULL::VARCHAR[] AS columns, NULL::INTEGER AS rows, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, table_index::INTEGER AS table_index, title::VARCHAR AS title, form::VARCHAR AS form, unit::VARCHAR AS unit, first_page::INTEGER AS first_page, last_page::INTEGER AS last_page, columns::VARCHAR[] AS columns, rows::INTEGER AS rows, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS table_index, NULL::VARCHAR AS title, NULL::VARCHAR AS form, NULL::VARCHAR AS unit, NULL::INTEGER AS first_page, NULL::INTEGER AS last_page, NULL::VARCHAR[] AS columns, NULL::INTEGER AS rows, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/tables/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/tables/*/*/*/data.parquet')
);
CREATE VIEW tables AS FROM query(getvariable('lake_tables'));
SET VARIABLE lake_cells = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::INTEGER AS row_span, NULL::INTEGER AS column_span, NULL::BOOLEAN AS is_header, NULL::VARCHAR AS header, NULL::VARCHAR AS text, NULL::FLOAT AS ocr_confidence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, column_index::INTEGER AS column_index, row_span::INTEGER AS row_span, column_span::INTEGER AS column_span, is_header::BOOLEAN AS is_header, header::VARCHAR AS header, text::VARCHAR AS text, ocr_confidence::FLOAT AS ocr_confidence, page::INTEGER AS page, x0::FLOAT AS x0, y0::FLOAT AS y0, x1::FLOAT AS x1, y1::FLOAT AS y1, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::INTEGER AS row_span, NULL::INTEGER AS column_span, NULL::BOOLEAN AS is_header, NULL::VARCHAR AS header, NULL::VARCHAR AS text, NULL::FLOAT AS ocr_confidence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/cells/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/cells/*/*/*/data.parquet')
);
CREATE VIEW cells AS FROM query(getvariable('lake_cells'));
SET VARIABLE lake_line_items = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS line_item_id, NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS form, NULL::VARCHAR AS direction, NULL::VARCHAR AS label, NULL::VARCHAR AS function_code, NULL::VARCHAR AS function_level, NULL::VARCHAR AS economic_code, NULL::VARCHAR AS government_economic_code, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::VARCHAR AS fund, NULL::VARCHAR AS spending, NULL::VARCHAR AS period, NULL::VARCHAR AS item, NULL::VARCHAR AS basis, NULL::VARCHAR AS meaning, NULL::BOOLEAN AS is_total, NULL::VARCHAR AS row_kind, NULL::VARCHAR AS measure, NULL::DECIMAL(20,2) AS amount, NULL::VARCHAR AS printed, NULL::VARCHAR AS unit, NULL::DECIMAL(20,2) AS last_digit, NULL::FLOAT AS ocr_confidence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS status, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT line_item_id::VARCHAR AS line_item_id, document_sha256::VARCHAR AS document_sha256, form::VARCHAR AS form, direction::VARCHAR AS direction, label::VARCHAR AS label, function_code::VARCHAR AS function_code, function_level::VARCHAR AS function_level, economic_code::VARCHAR AS economic_code, government_economic_code::VARCHAR AS government_economic_code, unit_code::VARCHAR AS unit_code, unit_name::VARCHAR AS unit_name, fund::VARCHAR AS fund, spending::VARCHAR AS spending, period::VARCHAR AS period, item::VARCHAR AS item, basis::VARCHAR AS basis, meaning::VARCHAR AS meaning, is_total::BOOLEAN AS is_total, row_kind::VARCHAR AS row_kind, measure::VARCHAR AS measure, amount::DECIMAL(20,2) AS amount, printed::VARCHAR AS printed, unit::VARCHAR AS unit, last_digit::DECIMAL(20,2) AS last_digit, ocr_confidence::FLOAT AS ocr_confidence, page::INTEGER AS page, x0::FLOAT AS x0, y0::FLOAT AS y0, x1::FLOAT AS x1, y1::FLOAT AS y1, status::VARCHAR AS status, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, column_index::INTEGER AS column_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS line_item_id, NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS form, NULL::VARCHAR AS direction, NULL::VARCHAR AS label, NULL::VARCHAR AS function_code, NULL::VARCHAR AS function_level, NULL::VARCHAR AS economic_code, NULL::VARCHAR AS government_economic_code, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::VARCHAR AS fund, NULL::VARCHAR AS spending, NULL::VARCHAR AS period, NULL::VARCHAR AS item, NULL::VARCHAR AS basis, NULL::VARCHAR AS meaning, NULL::BOOLEAN AS is_total, NULL::VARCHAR AS row_kind, NULL::VARCHAR AS measure, NULL::DECIMAL(20,2) AS amount, NULL::VARCHAR AS printed, NULL::VARCHAR AS unit, NULL::DECIMAL(20,2) AS last_digit, NULL::FLOAT AS ocr_confidence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS status, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/line_items/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/line_items/*/*/*/data.parquet')
);
CREATE VIEW line_items AS FROM query(getvariable('lake_line_items'));
SET VARIABLE lake_projects = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::DECIMAL(20,2) AS budget, NULL::VARCHAR AS status, NULL::DECIMAL(20,2) AS fiscal_funds, NULL::DECIMAL(20,2) AS other_funds, NULL::DECIMAL(20,2) AS multi_year_total, NULL::VARCHAR AS purpose, NULL::VARCHAR AS goals, NULL::VARCHAR AS in_tables, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, project_code::VARCHAR AS project_code, project_name::VARCHAR AS project_name, unit_code::VARCHAR AS unit_code, unit_name::VARCHAR AS unit_name, budget::DECIMAL(20,2) AS budget, status::VARCHAR AS status, fiscal_funds::DECIMAL(20,2) AS fiscal_funds, other_funds::DECIMAL(20,2) AS other_funds, multi_year_total::DECIMAL(20,2) AS multi_year_total, purpose::VARCHAR AS purpose, goals::VARCHAR AS goals, in_tables::VARCHAR AS in_tables, unit::VARCHAR AS unit, page::INTEGER AS page, table_index::INTEGER AS table_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::DECIMAL(20,2) AS budget, NULL::VARCHAR AS status, NULL::DECIMAL(20,2) AS fiscal_funds, NULL::DECIMAL(20,2) AS other_funds, NULL::DECIMAL(20,2) AS multi_year_total, NULL::VARCHAR AS purpose, NULL::VARCHAR AS goals, NULL::VARCHAR AS in_tables, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/projects/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/projects/*/*/*/data.parquet')
);
CREATE VIEW projects AS FROM query(getvariable('lake_projects'));
SET VARIABLE lake_project_payments = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS period, NULL::VARCHAR AS printed, NULL::DECIMAL(20,2) AS amount, NULL::DECIMAL(20,4) AS share, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, project_code::VARCHAR AS project_code, project_name::VARCHAR AS project_name, period::VARCHAR AS period, printed::VARCHAR AS printed, amount::DECIMAL(20,2) AS amount, share::DECIMAL(20,4) AS share, unit::VARCHAR AS unit, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, column_index::INTEGER AS column_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS period, NULL::VARCHAR AS printed, NULL::DECIMAL(20,2) AS amount, NULL::DECIMAL(20,4) AS share, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::INTEGER AS column_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/project_payments/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/project_payments/*/*/*/data.parquet')
);
CREATE VIEW project_payments AS FROM query(getvariable('lake_project_payments'));
SET VARIABLE lake_indicators = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS level1, NULL::VARCHAR AS level2, NULL::VARCHAR AS level3, NULL::VARCHAR AS description, NULL::VARCHAR AS target, NULL::VARCHAR AS comparator, NULL::DECIMAL(20,4) AS value, NULL::VARCHAR AS value_unit, NULL::VARCHAR AS basis, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, project_code::VARCHAR AS project_code, project_name::VARCHAR AS project_name, level1::VARCHAR AS level1, level2::VARCHAR AS level2, level3::VARCHAR AS level3, description::VARCHAR AS description, target::VARCHAR AS target, comparator::VARCHAR AS comparator, value::DECIMAL(20,4) AS value, value_unit::VARCHAR AS value_unit, basis::VARCHAR AS basis, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_code, NULL::VARCHAR AS project_name, NULL::VARCHAR AS level1, NULL::VARCHAR AS level2, NULL::VARCHAR AS level3, NULL::VARCHAR AS description, NULL::VARCHAR AS target, NULL::VARCHAR AS comparator, NULL::DECIMAL(20,4) AS value, NULL::VARCHAR AS value_unit, NULL::VARCHAR AS basis, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/indicators/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/indicators/*/*/*/data.parquet')
);
CREATE VIEW indicators AS FROM query(getvariable('lake_indicators'));
SET VARIABLE lake_procurement = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_name, NULL::VARCHAR AS item, NULL::VARCHAR AS catalogue_code, NULL::VARCHAR AS quantity_unit, NULL::DECIMAL(20,4) AS quantity, NULL::DECIMAL(20,2) AS unit_price, NULL::DECIMAL(20,2) AS amount, NULL::VARCHAR AS status, NULL::BOOLEAN AS is_subtotal, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, project_name::VARCHAR AS project_name, item::VARCHAR AS item, catalogue_code::VARCHAR AS catalogue_code, quantity_unit::VARCHAR AS quantity_unit, quantity::DECIMAL(20,4) AS quantity, unit_price::DECIMAL(20,2) AS unit_price, amount::DECIMAL(20,2) AS amount, status::VARCHAR AS status, is_subtotal::BOOLEAN AS is_subtotal, unit::VARCHAR AS unit, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS project_name, NULL::VARCHAR AS item, NULL::VARCHAR AS catalogue_code, NULL::VARCHAR AS quantity_unit, NULL::DECIMAL(20,4) AS quantity, NULL::DECIMAL(20,2) AS unit_price, NULL::DECIMAL(20,2) AS amount, NULL::VARCHAR AS status, NULL::BOOLEAN AS is_subtotal, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/procurement/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/procurement/*/*/*/data.parquet')
);
CREATE VIEW procurement AS FROM query(getvariable('lake_procurement'));
SET VARIABLE lake_assets = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS item, NULL::VARCHAR AS as_of, NULL::DECIMAL(20,4) AS quantity, NULL::DECIMAL(20,2) AS value, NULL::VARCHAR AS status, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, item::VARCHAR AS item, as_of::VARCHAR AS as_of, quantity::DECIMAL(20,4) AS quantity, value::DECIMAL(20,2) AS value, status::VARCHAR AS status, unit::VARCHAR AS unit, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS item, NULL::VARCHAR AS as_of, NULL::DECIMAL(20,4) AS quantity, NULL::DECIMAL(20,2) AS value, NULL::VARCHAR AS status, NULL::VARCHAR AS unit, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/assets/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/assets/*/*/*/data.parquet')
);
CREATE VIEW assets AS FROM query(getvariable('lake_assets'));
SET VARIABLE lake_units = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::VARCHAR AS nature, NULL::VARCHAR AS rank, NULL::VARCHAR AS funding, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, unit_code::VARCHAR AS unit_code, unit_name::VARCHAR AS unit_name, nature::VARCHAR AS nature, rank::VARCHAR AS rank, funding::VARCHAR AS funding, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::VARCHAR AS unit_code, NULL::VARCHAR AS unit_name, NULL::VARCHAR AS nature, NULL::VARCHAR AS rank, NULL::VARCHAR AS funding, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/units/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/units/*/*/*/data.parquet')
);
CREATE VIEW units AS FROM query(getvariable('lake_units'));
SET VARIABLE lake_sections = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS section_index, NULL::VARCHAR AS heading, NULL::INTEGER AS level, NULL::VARCHAR AS text, NULL::INTEGER AS page, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, section_index::INTEGER AS section_index, heading::VARCHAR AS heading, level::INTEGER AS level, text::VARCHAR AS text, page::INTEGER AS page, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS section_index, NULL::VARCHAR AS heading, NULL::INTEGER AS level, NULL::VARCHAR AS text, NULL::INTEGER AS page, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/sections/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/sections/*/*/*/data.parquet')
);
CREATE VIEW sections AS FROM query(getvariable('lake_sections'));
SET VARIABLE lake_claims = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS claim_id, NULL::VARCHAR AS document_sha256, NULL::INTEGER AS claim_index, NULL::VARCHAR AS heading, NULL::VARCHAR AS item, NULL::VARCHAR AS label, NULL::VARCHAR AS function_code, NULL::VARCHAR AS economic_code, NULL::VARCHAR AS government_economic_code, NULL::VARCHAR AS fund, NULL::VARCHAR AS role, NULL::DECIMAL(20,2) AS amount, NULL::DECIMAL(20,4) AS percent, NULL::DECIMAL(20,4) AS quantity, NULL::VARCHAR AS printed, NULL::VARCHAR AS unit, NULL::DECIMAL(20,2) AS last_digit, NULL::VARCHAR AS comparison, NULL::VARCHAR AS compared_with, NULL::VARCHAR AS reason, NULL::VARCHAR AS sentence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT claim_id::VARCHAR AS claim_id, document_sha256::VARCHAR AS document_sha256, claim_index::INTEGER AS claim_index, heading::VARCHAR AS heading, item::VARCHAR AS item, label::VARCHAR AS label, function_code::VARCHAR AS function_code, economic_code::VARCHAR AS economic_code, government_economic_code::VARCHAR AS government_economic_code, fund::VARCHAR AS fund, role::VARCHAR AS role, amount::DECIMAL(20,2) AS amount, percent::DECIMAL(20,4) AS percent, quantity::DECIMAL(20,4) AS quantity, printed::VARCHAR AS printed, unit::VARCHAR AS unit, last_digit::DECIMAL(20,2) AS last_digit, comparison::VARCHAR AS comparison, compared_with::VARCHAR AS compared_with, reason::VARCHAR AS reason, sentence::VARCHAR AS sentence, page::INTEGER AS page, x0::FLOAT AS x0, y0::FLOAT AS y0, x1::FLOAT AS x1, y1::FLOAT AS y1, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS claim_id, NULL::VARCHAR AS document_sha256, NULL::INTEGER AS claim_index, NULL::VARCHAR AS heading, NULL::VARCHAR AS item, NULL::VARCHAR AS label, NULL::VARCHAR AS function_code, NULL::VARCHAR AS economic_code, NULL::VARCHAR AS government_economic_code, NULL::VARCHAR AS fund, NULL::VARCHAR AS role, NULL::DECIMAL(20,2) AS amount, NULL::DECIMAL(20,4) AS percent, NULL::DECIMAL(20,4) AS quantity, NULL::VARCHAR AS printed, NULL::VARCHAR AS unit, NULL::DECIMAL(20,2) AS last_digit, NULL::VARCHAR AS comparison, NULL::VARCHAR AS compared_with, NULL::VARCHAR AS reason, NULL::VARCHAR AS sentence, NULL::INTEGER AS page, NULL::FLOAT AS x0, NULL::FLOAT AS y0, NULL::FLOAT AS x1, NULL::FLOAT AS y1, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/claims/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/claims/*/*/*/data.parquet')
);
CREATE VIEW claims AS FROM query(getvariable('lake_claims'));
SET VARIABLE lake_checks = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS check_index, NULL::VARCHAR AS rule, NULL::VARCHAR AS scope, NULL::VARCHAR[] AS total, NULL::VARCHAR[] AS addends, NULL::DECIMAL(20,2) AS expected, NULL::DECIMAL(20,2) AS found, NULL::DECIMAL(20,2) AS difference, NULL::DECIMAL(20,2) AS tolerance, NULL::VARCHAR AS outcome, NULL::VARCHAR AS reason, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, check_index::INTEGER AS check_index, rule::VARCHAR AS rule, scope::VARCHAR AS scope, total::VARCHAR[] AS total, addends::VARCHAR[] AS addends, expected::DECIMAL(20,2) AS expected, found::DECIMAL(20,2) AS found, difference::DECIMAL(20,2) AS difference, tolerance::DECIMAL(20,2) AS tolerance, outcome::VARCHAR AS outcome, reason::VARCHAR AS reason, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS check_index, NULL::VARCHAR AS rule, NULL::VARCHAR AS scope, NULL::VARCHAR[] AS total, NULL::VARCHAR[] AS addends, NULL::DECIMAL(20,2) AS expected, NULL::DECIMAL(20,2) AS found, NULL::DECIMAL(20,2) AS difference, NULL::DECIMAL(20,2) AS tolerance, NULL::VARCHAR AS outcome, NULL::VARCHAR AS reason, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/checks/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/checks/*/*/*/data.parquet')
);
CREATE VIEW checks AS FROM query(getvariable('lake_checks'));
SET VARIABLE lake_issues = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS issue_index, NULL::VARCHAR AS kind, NULL::VARCHAR AS reason, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, issue_index::INTEGER AS issue_index, kind::VARCHAR AS kind, reason::VARCHAR AS reason, page::INTEGER AS page, table_index::INTEGER AS table_index, row_index::INTEGER AS row_index, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS issue_index, NULL::VARCHAR AS kind, NULL::VARCHAR AS reason, NULL::INTEGER AS page, NULL::INTEGER AS table_index, NULL::INTEGER AS row_index, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/issues/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/issues/*/*/*/data.parquet')
);
CREATE VIEW issues AS FROM query(getvariable('lake_issues'));
SET VARIABLE lake_quality = (
    SELECT CASE count(*) WHEN 0 THEN 'SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS tables, NULL::INTEGER AS tables_recognised, NULL::INTEGER AS tables_unrecognised, NULL::INTEGER AS filled_cells, NULL::INTEGER AS amounts, NULL::INTEGER AS confirmed, NULL::INTEGER AS doubtful, NULL::INTEGER AS unchecked, NULL::INTEGER AS refused, NULL::INTEGER AS amounts_unrecognised, NULL::INTEGER AS checks_held, NULL::INTEGER AS checks_broken, NULL::INTEGER AS checks_not_assessable, NULL::MAP(VARCHAR, INTEGER) AS broken_by_rule, NULL::INTEGER AS issues, NULL::MAP(VARCHAR, INTEGER) AS issues_by_kind, NULL::MAP(VARCHAR, INTEGER) AS rows_by_table, NULL::VARCHAR AS reading, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false'
    ELSE 'SELECT document_sha256::VARCHAR AS document_sha256, tables::INTEGER AS tables, tables_recognised::INTEGER AS tables_recognised, tables_unrecognised::INTEGER AS tables_unrecognised, filled_cells::INTEGER AS filled_cells, amounts::INTEGER AS amounts, confirmed::INTEGER AS confirmed, doubtful::INTEGER AS doubtful, unchecked::INTEGER AS unchecked, refused::INTEGER AS refused, amounts_unrecognised::INTEGER AS amounts_unrecognised, checks_held::INTEGER AS checks_held, checks_broken::INTEGER AS checks_broken, checks_not_assessable::INTEGER AS checks_not_assessable, broken_by_rule::MAP(VARCHAR, INTEGER) AS broken_by_rule, issues::INTEGER AS issues, issues_by_kind::MAP(VARCHAR, INTEGER) AS issues_by_kind, rows_by_table::MAP(VARCHAR, INTEGER) AS rows_by_table, reading::VARCHAR AS reading, province::VARCHAR AS province, year::INTEGER AS year, department::VARCHAR AS department FROM (SELECT NULL::VARCHAR AS document_sha256, NULL::INTEGER AS tables, NULL::INTEGER AS tables_recognised, NULL::INTEGER AS tables_unrecognised, NULL::INTEGER AS filled_cells, NULL::INTEGER AS amounts, NULL::INTEGER AS confirmed, NULL::INTEGER AS doubtful, NULL::INTEGER AS unchecked, NULL::INTEGER AS refused, NULL::INTEGER AS amounts_unrecognised, NULL::INTEGER AS checks_held, NULL::INTEGER AS checks_broken, NULL::INTEGER AS checks_not_assessable, NULL::MAP(VARCHAR, INTEGER) AS broken_by_rule, NULL::INTEGER AS issues, NULL::MAP(VARCHAR, INTEGER) AS issues_by_kind, NULL::MAP(VARCHAR, INTEGER) AS rows_by_table, NULL::VARCHAR AS reading, NULL::VARCHAR AS province, NULL::INTEGER AS year, NULL::VARCHAR AS department WHERE false UNION ALL BY NAME SELECT * FROM read_parquet(getvariable(''archive'') || ''/lake/quality/*/*/*/data.parquet'', hive_partitioning = true, hive_types = {''province'': VARCHAR, ''year'': INTEGER, ''department'': VARCHAR}))' END
    FROM glob(getvariable('archive') || '/lake/quality/*/*/*/data.parquet')
);
CREATE VIEW quality AS FROM query(getvariable('lake_quality'));
CREATE TABLE classifications (kind VARCHAR, code VARCHAR, name VARCHAR, parent VARCHAR, level VARCHAR, valid_from INTEGER, valid_to INTEGER, basis VARCHAR, seen INTEGER, first_seen INTEGER, last_seen INTEGER);
INSERT INTO classifications VALUES
('functional', '201', '一般公共服务支出', NULL, 'category', NULL, NULL, NULL, 23, 2017, 2026),
('functional', '20101', '人大事务', '201', 'group', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010101', '行政运行', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010102', '一般行政管理事务', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010103', '机关服务', '20101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010104', '人大会议', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010105', '人大立法', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010106', '人大监督', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010107', '人大代表履职能力提升', '20101', 'item', NULL, NULL, NULL, 3, 2018, 2026),
('functional', '2010108', '代表工作', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2010109', '人大信访工作', '20101', 'item', NULL, NULL, NULL, 3, 2018, 2026),
('functional', '2010150', '事业运行', '20101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010199', '其他人大事务支出', '20101', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '20102', '政协事务', '201', 'group', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2010201', '行政运行', '20102', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2010202', '一般行政管理事务', '20102', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2010203', '机关服务', '20102', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010204', '政协会议', '20102', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2010205', '委员视察', '20102', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2010206', '参政议政', '20102', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010250', '事业运行', '20102', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010299', '其他政协事务支出', '20102', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '20103', '政府办公厅（室）及相关机构事务', '201', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2010301', '行政运行', '20103', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2010302', '一般行政管理事务', '20103', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2010303', '机关服务', '20103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010304', '专项服务', '20103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010305', '专项业务及机关事务管理', '20103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010306', '政务公开审批', '20103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010308', '信访事务', '20103', 'item', NULL, 2023, 'list of 2024', 1, 2021, 2021),
('functional', '2010309', '参事事务', '20103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010350', '事业运行', '20103', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2010399', '其他政府办公厅（室）及相关机构事务支出', '20103', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '20104', '发展与改革事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010401', '行政运行', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010402', '一般行政管理事务', '20104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010403', '机关服务', '20104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010404', '战略规划与实施', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010405', '日常经济运行调节', '20104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010406', '社会事业发展规划', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010407', '经济体制改革研究', '20104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010408', '物价管理', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010450', '事业运行', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010499', '其他发展与改革事务支出', '20104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20105', '统计信息事务', '201', 'group', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2010501', '行政运行', '20105', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010502', '一般行政管理事务', '20105', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2010503', '机关服务', '20105', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010504', '信息事务', '20105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010505', '专项统计业务', '20105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010506', '统计管理', '20105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010507', '专项普查活动', '20105', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2010508', '统计抽样调查', '20105', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010550', '事业运行', '20105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010599', '其他统计信息事务支出', '20105', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20106', '财政事务', '201', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010601', '行政运行', '20106', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010602', '一般行政管理事务', '20106', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010603', '机关服务', '20106', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010604', '预算改革业务', '20106', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010605', '财政国库业务', '20106', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010606', '财政监察', '20106', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010607', '信息化建设', '20106', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2010608', '财政委托业务支出', '20106', 'item', NULL, NULL, NULL, 2, 2024, 2026),
('functional', '2010650', '事业运行', '20106', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010699', '其他财政事务支出', '20106', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20107', '税收事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010701', '行政运行', '20107', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010702', '一般行政管理事务', '20107', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010703', '机关服务', '20107', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010709', '信息化建设', '20107', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010710', '税收业务', '20107', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010750', '事业运行', '20107', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010799', '其他税收事务支出', '20107', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20108', '审计事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010801', '行政运行', '20108', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010802', '一般行政管理事务', '20108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010803', '机关服务', '20108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010804', '审计业务', '20108', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010805', '审计管理', '20108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010806', '信息化建设', '20108', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2010850', '事业运行', '20108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010899', '其他审计事务支出', '20108', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20109', '海关事务', '201', 'group', NULL, NULL, NULL, 3, 2026, 2026),
('functional', '2010901', '行政运行', '20109', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2010902', '一般行政管理事务', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010903', '机关服务', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010905', '缉私办案', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010907', '口岸管理', '20109', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2010908', '信息化建设', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010909', '海关关务', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010910', '关税征管', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010911', '海关监管', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010912', '检验检疫', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010950', '事业运行', '20109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2010999', '其他海关事务支出', '20109', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '20110', '人力资源事务', '201', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20111', '纪检监察事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011101', '行政运行', '20111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011102', '一般行政管理事务', '20111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011103', '机关服务', '20111', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011104', '大案要案查处', '20111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011105', '派驻派出机构', '20111', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011106', '巡视工作', '20111', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011150', '事业运行', '20111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011199', '其他纪检监察事务支出', '20111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20113', '商贸事务', '201', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2011301', '行政运行', '20113', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2011302', '一般行政管理事务', '20113', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2011303', '机关服务', '20113', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011304', '对外贸易管理', '20113', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2011305', '国际经济合作', '20113', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011306', '外资管理', '20113', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011307', '国内贸易管理', '20113', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011308', '招商引资', '20113', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2011350', '事业运行', '20113', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011399', '其他商贸事务支出', '20113', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20114', '知识产权事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011401', '行政运行', '20114', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011402', '一般行政管理事务', '20114', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2011403', '机关服务', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011404', '专利审批', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011405', '产权战略与规划', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011408', '国际合作与交流', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011409', '知识产权宏观管理', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011410', '商标管理', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011411', '原产地地理标志管理', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011450', '事业运行', '20114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2011499', '其他知识产权事务支出', '20114', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20115', '工商行政管理事务', '201', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '20117', '质量技术监督与检验检疫事务', '201', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '20123', '民族事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012301', '行政运行', '20123', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012302', '一般行政管理事务', '20123', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012303', '机关服务', '20123', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012304', '民族工作专项', '20123', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012350', '事业运行', '20123', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012399', '其他民族事务支出', '20123', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20124', '宗教事务', '201', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20125', '港澳台事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012501', '行政运行', '20125', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012502', '一般行政管理事务', '20125', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012503', '机关服务', '20125', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012504', '港澳事务', '20125', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012505', '台湾事务', '20125', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012550', '事业运行', '20125', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012599', '其他港澳台事务支出', '20125', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20126', '档案事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012601', '行政运行', '20126', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012602', '一般行政管理事务', '20126', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012603', '机关服务', '20126', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012604', '档案馆', '20126', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012699', '其他档案事务支出', '20126', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20128', '民主党派及工商联事务', '201', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012801', '行政运行', '20128', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012802', '一般行政管理事务', '20128', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012803', '机关服务', '20128', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012804', '参政议政', '20128', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012850', '事业运行', '20128', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012899', '其他民主党派及工商联事务支出', '20128', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20129', '群众团体事务', '201', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2012901', '行政运行', '20129', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012902', '一般行政管理事务', '20129', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2012903', '机关服务', '20129', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2012906', '工会事务', '20129', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012950', '事业运行', '20129', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2012999', '其他群众团体事务支出', '20129', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20131', '党委办公厅（室）及相关机构事务', '201', 'group', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2013101', '行政运行', '20131', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2013102', '一般行政管理事务', '20131', 'item', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2013103', '机关服务', '20131', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013105', '专项业务', '20131', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013150', '事业运行', '20131', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013199', '其他党委办公厅（室）及相关机构事务支出', '20131', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20132', '组织事务', '201', 'group', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2013201', '行政运行', '20132', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013202', '一般行政管理事务', '20132', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2013203', '机关服务', '20132', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013204', '公务员事务', '20132', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013250', '事业运行', '20132', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013299', '其他组织事务支出', '20132', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20133', '宣传事务', '201', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2013301', '行政运行', '20133', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013302', '一般行政管理事务', '20133', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2013303', '机关服务', '20133', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013304', '宣传管理', '20133', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013350', '事业运行', '20133', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013399', '其他宣传事务支出', '20133', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20134', '统战事务', '201', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2013401', '行政运行', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013402', '一般行政管理事务', '20134', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2013403', '机关服务', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013404', '宗教事务', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013405', '华侨事务', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013450', '事业运行', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013499', '其他统战事务支出', '20134', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20135', '对外联络事务', '201', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013501', '行政运行', '20135', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013502', '一般行政管理事务', '20135', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013503', '机关服务', '20135', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013550', '事业运行', '20135', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013599', '其他对外联络事务支出', '20135', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20136', '其他共产党事务支出', '201', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2013601', '行政运行', '20136', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2013602', '一般行政管理事务', '20136', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013603', '机关服务', '20136', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013650', '事业运行', '20136', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2013699', '其他共产党事务支出', '20136', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20137', '网信事务', '201', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2013701', '行政运行', '20137', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013702', '一般行政管理事务', '20137', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013703', '机关服务', '20137', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013704', '信息安全事务', '20137', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013750', '事业运行', '20137', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013799', '其他网信事务支出', '20137', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20138', '市场监督管理事务', '201', 'group', 2019, NULL, 'list of 2019', 4, 2021, 2026),
('functional', '2013801', '行政运行', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013802', '一般行政管理事务', '20138', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2013803', '机关服务', '20138', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013804', '经营主体管理', '20138', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013805', '市场秩序执法', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013808', '信息化建设', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013810', '质量基础', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013812', '药品事务', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013813', '医疗器械事务', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013814', '化妆品事务', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013815', '质量安全监管', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013816', '食品安全监管', '20138', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2013850', '事业运行', '20138', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2013899', '其他市场监督管理事务', '20138', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20139', '社会工作事务', '201', 'group', 2024, NULL, 'list of 2024', 1, 2026, 2026),
('functional', '2013901', '行政运行', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013902', '一般行政管理事务', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013903', '机关服务', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013904', '专项业务', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013950', '事业运行', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2013999', '其他社会工作事务支出', '20139', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20140', '信访事务', '201', 'group', 2024, NULL, 'list of 2024', 7, 2024, 2026),
('functional', '2014001', '行政运行', '20140', 'item', NULL, NULL, NULL, 8, 2024, 2026),
('functional', '2014002', '一般行政管理事务', '20140', 'item', NULL, NULL, NULL, 4, 2024, 2026),
('functional', '2014003', '机关服务', '20140', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2014004', '信访业务', '20140', 'item', NULL, NULL, NULL, 7, 2024, 2026),
('functional', '2014050', '事业运行', '20140', 'item', NULL, NULL, NULL, 3, 2026, 2026),
('functional', '2014099', '其他信访事务支出', '20140', 'item', NULL, NULL, NULL, 4, 2024, 2026),
('functional', '20141', '数据事务', '201', 'group', 2025, NULL, 'list of 2025', 1, 2026, 2026),
('functional', '2014101', '行政运行', '20141', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2014102', '一般行政管理事务', '20141', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2014103', '机关服务', '20141', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2014150', '事业运行', '20141', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2014199', '其他数据事务支出', '20141', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20199', '其他一般公共服务支出', '201', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2019901', '国家赔偿费用支出', '20199', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2019999', '其他一般公共服务支出', '20199', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '202', '外交支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20201', '外交管理事务', '202', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020101', '行政运行', '20201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020102', '一般行政管理事务', '20201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020103', '机关服务', '20201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020104', '专项业务', '20201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020150', '事业运行', '20201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020199', '其他外交管理事务支出', '20201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20202', '驻外机构', '202', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020201', '驻外使领馆（团、处）', '20202', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020202', '其他驻外机构支出', '20202', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20203', '对外援助', '202', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020304', '援外优惠贷款贴息', '20203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020306', '对外援助', '20203', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20204', '国际组织', '202', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020401', '国际组织会费', '20204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020402', '国际组织捐赠', '20204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020403', '维和摊款', '20204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020404', '国际组织股金及基金', '20204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020499', '其他国际组织支出', '20204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20205', '对外合作与交流', '202', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020503', '在华国际会议', '20205', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020504', '国际交流活动', '20205', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2020505', '对外合作活动', '20205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020599', '其他对外合作与交流支出', '20205', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20206', '对外宣传', '202', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020601', '对外宣传', '20206', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20207', '边界勘界联检', '202', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020701', '边界勘界', '20207', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020702', '边界联检', '20207', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020703', '边界界桩维护', '20207', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020799', '其他支出', '20207', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20208', '国际发展合作', '202', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020801', '行政运行', '20208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020802', '一般行政管理事务', '20208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020803', '机关服务', '20208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020850', '事业运行', '20208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2020899', '其他国际发展合作支出', '20208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20299', '其他外交支出', '202', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2029999', '其他外交支出', '20299', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '203', '国防支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20301', '军费', '203', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030101', '现役部队', '20301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030102', '预备役部队', '20301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030199', '其他军费支出', '20301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20304', '国防科研事业', '203', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030401', '国防科研事业', '20304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20305', '专项工程', '203', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030501', '专项工程', '20305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20306', '国防动员', '203', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030601', '兵役征集', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030602', '经济动员', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030603', '人民防空', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030604', '交通战备', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030607', '民兵', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030608', '边海防', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2030699', '其他国防动员支出', '20306', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20399', '其他国防支出', '203', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2039999', '其他国防支出', '20399', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '204', '公共安全支出', NULL, 'category', NULL, NULL, NULL, 10, 2017, 2026),
('functional', '20401', '武装警察部队', '204', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040101', '武装警察部队', '20401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040199', '其他武装警察部队支出', '20401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20402', '公安', '204', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040201', '行政运行', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040202', '一般行政管理事务', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040203', '机关服务', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040219', '信息化建设', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040220', '执法办案', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040221', '特别业务', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040222', '特勤业务', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040223', '移民事务', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040250', '事业运行', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040299', '其他公安支出', '20402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20403', '国家安全', '204', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040301', '行政运行', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040302', '一般行政管理事务', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040303', '机关服务', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040304', '安全业务', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040350', '事业运行', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040399', '其他国家安全支出', '20403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20404', '检察', '204', 'group', NULL, NULL, NULL, 5, 2017, 2026),
('functional', '2040401', '行政运行', '20404', 'item', NULL, NULL, NULL, 4, 2017, 2026),
('functional', '2040402', '一般行政管理事务', '20404', 'item', NULL, NULL, NULL, 4, 2017, 2026),
('functional', '2040403', '机关服务', '20404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040404', '查办和预防职务犯罪', '20404', 'item', NULL, NULL, NULL, 1, 2017, 2017),
('functional', '2040405', '公诉、审判、侦查、执行等检察监督支出', '20404', 'item', NULL, NULL, NULL, 1, 2018, 2018),
('functional', '2040406', '侦查监督', '20404', 'item', NULL, NULL, NULL, 1, 2017, 2017),
('functional', '2040409', '“两房”建设', '20404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040410', '检察监督', '20404', 'item', NULL, NULL, NULL, 2, 2019, 2026),
('functional', '2040450', '事业运行', '20404', 'item', NULL, NULL, NULL, 2, 2019, 2026),
('functional', '2040499', '其他检察支出', '20404', 'item', NULL, NULL, NULL, 3, 2017, 2026),
('functional', '20405', '法院', '204', 'group', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2040501', '行政运行', '20405', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2040502', '一般行政管理事务', '20405', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2040503', '机关服务', '20405', 'item', NULL, NULL, NULL, 3, 2018, 2026),
('functional', '2040504', '案件审判', '20405', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2040505', '案件执行', '20405', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '2040506', '“两庭”建设', '20405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040550', '事业运行', '20405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040599', '其他法院支出', '20405', 'item', NULL, NULL, NULL, 4, 2018, 2026),
('functional', '20406', '司法', '204', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2040601', '行政运行', '20406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040602', '一般行政管理事务', '20406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040603', '机关服务', '20406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040604', '基层司法业务', '20406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040605', '普法宣传', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040606', '律师管理', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040607', '公共法律服务', '20406', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2040608', '国家统一法律职业资格考试', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040610', '社区矫正', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040612', '法治建设', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040613', '信息化建设', '20406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040650', '事业运行', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040699', '其他司法支出', '20406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20407', '监狱', '204', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040701', '行政运行', '20407', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040702', '一般行政管理事务', '20407', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040703', '机关服务', '20407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040704', '罪犯生活及医疗卫生', '20407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040705', '监狱业务及罪犯改造', '20407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040706', '狱政设施建设', '20407', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040707', '信息化建设', '20407', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040750', '事业运行', '20407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040799', '其他监狱支出', '20407', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20408', '强制隔离戒毒', '204', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2040801', '行政运行', '20408', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2040802', '一般行政管理事务', '20408', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2040803', '机关服务', '20408', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040804', '强制隔离戒毒人员生活', '20408', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040805', '强制隔离戒毒人员教育', '20408', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2040806', '所政设施建设', '20408', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2040807', '信息化建设', '20408', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2040850', '事业运行', '20408', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040899', '其他强制隔离戒毒支出', '20408', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20409', '国家保密', '204', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040901', '行政运行', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040902', '一般行政管理事务', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040903', '机关服务', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040904', '保密技术', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040905', '保密管理', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040950', '事业运行', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2040999', '其他国家保密支出', '20409', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20410', '缉私警察', '204', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2041001', '行政运行', '20410', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2041002', '一般行政管理事务', '20410', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2041006', '信息化建设', '20410', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2041007', '缉私业务', '20410', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2041099', '其他缉私警察支出', '20410', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20499', '其他公共安全支出', '204', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2049902', '国家司法救助支出', '20499', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2049999', '其他公共安全支出', '20499', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '205', '教育支出', NULL, 'category', NULL, NULL, NULL, 14, 2021, 2026),
('functional', '20501', '教育管理事务', '205', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050101', '行政运行', '20501', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050102', '一般行政管理事务', '20501', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2050103', '机关服务', '20501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050199', '其他教育管理事务支出', '20501', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20502', '普通教育', '205', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2050201', '学前教育', '20502', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050202', '小学教育', '20502', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050203', '初中教育', '20502', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050204', '高中教育', '20502', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050205', '高等教育', '20502', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2050299', '其他普通教育支出', '20502', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20503', '职业教育', '205', 'group', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2050301', '初等职业教育', '20503', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050302', '中等职业教育', '20503', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2050303', '技校教育', '20503', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050305', '高等职业教育', '20503', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050399', '其他职业教育支出', '20503', 'item', NULL, NULL, NULL, 3, 2026, 2026),
('functional', '20504', '成人教育', '205', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2050401', '成人初等教育', '20504', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050402', '成人中等教育', '20504', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2050403', '成人高等教育', '20504', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050404', '成人广播电视教育', '20504', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050499', '其他成人教育支出', '20504', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20505', '广播电视教育', '205', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050501', '广播电视学校', '20505', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050502', '教育电视台', '20505', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2050599', '其他广播电视教育支出', '20505', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20506', '留学教育', '205', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050601', '出国留学教育', '20506', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050602', '来华留学教育', '20506', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050699', '其他留学教育支出', '20506', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20507', '特殊教育', '205', 'group', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2050701', '特殊学校教育', '20507', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2050702', '专门学校教育', '20507', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2050799', '其他特殊教育支出', '20507', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20508', '进修及培训', '205', 'group', NULL, NULL, NULL, 7, 2024, 2026),
('functional', '2050801', '教师进修', '20508', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2050802', '干部教育', '20508', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2050803', '培训支出', '20508', 'item', NULL, NULL, NULL, 11, 2021, 2026),
('functional', '2050804', '退役士兵能力提升', '20508', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2050899', '其他进修及培训', '20508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20509', '教育费附加安排的支出', '205', 'group', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2050901', '农村中小学校舍建设', '20509', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050902', '农村中小学教学设施', '20509', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050903', '城市中小学校舍建设', '20509', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050904', '城市中小学教学设施', '20509', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050905', '中等职业学校教学设施', '20509', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2050999', '其他教育费附加安排的支出', '20509', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '20598', '超长期特别国债安排的支出', '205', 'group', 2024, NULL, 'revision of 2024', 1, NULL, NULL),
('functional', '2059801', '基础教育', '20598', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2059802', '高等教育', '20598', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2059803', '职业教育', '20598', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2059804', '特殊教育', '20598', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2059899', '其他教育支出', '20598', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '20599', '其他教育支出', '205', 'group', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2059999', '其他教育支出', '20599', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '206', '科学技术支出', NULL, 'category', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '20601', '科学技术管理事务', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060101', '行政运行', '20601', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060102', '一般行政管理事务', '20601', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060103', '机关服务', '20601', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060199', '其他科学技术管理事务支出', '20601', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20602', '基础研究', '206', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2060201', '机构运行', '20602', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2060203', '自然科学基金', '20602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060204', '实验室及相关设施', '20602', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2060205', '重大科学工程', '20602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060206', '专项基础科研', '20602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060207', '专项技术基础', '20602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060208', '科技人才队伍建设', '20602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060299', '其他基础研究支出', '20602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20603', '应用研究', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060301', '机构运行', '20603', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060302', '社会公益研究', '20603', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060303', '高技术研究', '20603', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060304', '专项科研试制', '20603', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060399', '其他应用研究支出', '20603', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20604', '技术研究与开发', '206', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2060401', '机构运行', '20604', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060404', '科技成果转化与扩散', '20604', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060405', '共性技术研究与开发', '20604', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060499', '其他技术研究与开发支出', '20604', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20605', '科技条件与服务', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060501', '机构运行', '20605', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060502', '技术创新服务体系', '20605', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060503', '科技条件专项', '20605', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060599', '其他科技条件与服务支出', '20605', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20606', '社会科学', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060601', '社会科学研究机构', '20606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060602', '社会科学研究', '20606', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060603', '社科基金支出', '20606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060699', '其他社会科学支出', '20606', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20607', '科学技术普及', '206', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2060701', '机构运行', '20607', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060702', '科普活动', '20607', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2060703', '青少年科技活动', '20607', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060704', '学术交流活动', '20607', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060705', '科技馆站', '20607', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060799', '其他科学技术普及支出', '20607', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20608', '科技交流与合作', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060801', '国际交流与合作', '20608', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060802', '重大科技合作项目', '20608', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2060899', '其他科技交流与合作支出', '20608', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20609', '科技重大项目', '206', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060901', '科技重大专项', '20609', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060902', '重点研发计划', '20609', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2060999', '其他科技重大项目', '20609', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20698', '超长期特别国债安排的支出', '206', 'group', 2024, NULL, 'revision of 2024', 1, NULL, NULL),
('functional', '2069801', '基础研究', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2069802', '应用研究', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2069803', '技术研究与开发', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2069804', '科技条件与服务', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2069805', '科技重大项目', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '2069899', '其他科技支出', '20698', 'item', NULL, NULL, NULL, 1, NULL, NULL),
('functional', '20699', '其他科学技术支出', '206', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2069901', '科技奖励', '20699', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2069902', '核应急', '20699', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2069903', '转制科研机构', '20699', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2069999', '其他科学技术支出', '20699', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '207', '文化体育与传媒支出', NULL, 'category', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '207', '文化旅游体育与传媒支出', NULL, 'category', 2019, NULL, 'list of 2019', 6, 2021, 2026),
('functional', '20701', '文化', '207', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '20701', '文化和旅游', '207', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2070101', '行政运行', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070102', '一般行政管理事务', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070103', '机关服务', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070104', '图书馆', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070105', '文化展示及纪念机构', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070106', '艺术表演场所', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070107', '艺术表演团体', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070108', '文化活动', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070109', '群众文化', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070110', '文化和旅游交流与合作', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070111', '文化创作与保护', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070112', '文化和旅游市场管理', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070113', '旅游宣传', '20701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070114', '文化和旅游管理事务', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070199', '其他文化和旅游支出', '20701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20702', '文物', '207', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2070201', '行政运行', '20702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070202', '一般行政管理事务', '20702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070203', '机关服务', '20702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070204', '文物保护', '20702', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2070205', '博物馆', '20702', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070206', '历史名城与古迹', '20702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070299', '其他文物支出', '20702', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20703', '体育', '207', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2070301', '行政运行', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070302', '一般行政管理事务', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070303', '机关服务', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070304', '运动项目管理', '20703', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070305', '体育竞赛', '20703', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070306', '体育训练', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070307', '体育场馆', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070308', '群众体育', '20703', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2070309', '体育交流与合作', '20703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070399', '其他体育支出', '20703', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20704', '新闻出版广播影视', '207', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '20706', '新闻出版电影', '207', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2070601', '行政运行', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070602', '一般行政管理事务', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070603', '机关服务', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070604', '新闻通讯', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070605', '出版发行', '20706', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070606', '版权管理', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070607', '电影', '20706', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070699', '其他新闻出版电影支出', '20706', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20707', '国家电影事业发展专项资金安排的支出', '207', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070701', '资助国产影片放映', '20707', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070702', '资助影院建设', '20707', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070703', '资助少数民族语电影译制', '20707', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070704', '购买农村电影公益性放映版权服务', '20707', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070799', '其他国家电影事业发展专项资金支出', '20707', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20708', '广播电视', '207', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2070801', '行政运行', '20708', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070802', '一般行政管理事务', '20708', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070803', '机关服务', '20708', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070806', '监测监管', '20708', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070807', '传输发射', '20708', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070808', '广播电视事务', '20708', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2070899', '其他广播电视支出', '20708', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20709', '旅游发展基金支出', '207', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070901', '宣传促销', '20709', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070902', '行业规划', '20709', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070903', '旅游事业补助', '20709', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070904', '地方旅游开发项目补助', '20709', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2070999', '其他旅游发展基金支出', '20709', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20710', '国家电影事业发展专项资金对应专项债务收入安排的支出', '207', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2071001', '资助城市影院', '20710', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2071099', '其他国家电影事业发展专项资金对应专项债务收入支出', '20710', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20798', '超长期特别国债安排的支出', '207', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2079801', '文化和旅游', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2079802', '文物', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2079803', '体育', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2079804', '新闻出版电影', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2079805', '广播电视', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2079899', '其他文化旅游体育与传媒支出', '20798', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20799', '其他文化旅游体育与传媒支出', '207', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2079902', '宣传文化发展专项支出', '20799', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2079903', '文化产业发展专项支出', '20799', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2079999', '其他文化旅游体育与传媒支出', '20799', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '208', '社会保障和就业支出', NULL, 'category', NULL, NULL, NULL, 43, 2017, 2026),
('functional', '20801', '人力资源和社会保障管理事务', '208', 'group', NULL, NULL, NULL, 7, 2021, 2026),
('functional', '2080101', '行政运行', '20801', 'item', NULL, NULL, NULL, 7, 2021, 2026),
('functional', '2080102', '一般行政管理事务', '20801', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2080103', '机关服务', '20801', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080104', '综合业务管理', '20801', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080105', '劳动保障监察', '20801', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2080106', '就业管理事务', '20801', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2080107', '社会保险业务管理事务', '20801', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080108', '信息化建设', '20801', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080109', '社会保险经办机构', '20801', 'item', NULL, NULL, NULL, 6, 2024, 2026),
('functional', '2080110', '劳动关系和维权', '20801', 'item', NULL, NULL, NULL, 2, 2023, 2026),
('functional', '2080111', '公共就业服务和职业技能鉴定机构', '20801', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080112', '劳动人事争议调解仲裁', '20801', 'item', NULL, NULL, NULL, 4, 2023, 2026),
('functional', '2080113', '政府特殊津贴', '20801', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080114', '资助留学回国人员', '20801', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080115', '博士后日常经费', '20801', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080116', '引进人才费用', '20801', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2080150', '事业运行', '20801', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2080199', '其他人力资源和社会保障管理事务支出', '20801', 'item', NULL, NULL, NULL, 7, 2021, 2026),
('functional', '20802', '民政管理事务', '208', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080201', '行政运行', '20802', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080202', '一般行政管理事务', '20802', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2080203', '机关服务', '20802', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080206', '社会组织管理', '20802', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080207', '行政区划和地名管理', '20802', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2080208', '基层政权建设和社区治理', '20802', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080209', '老龄事务', '20802', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2080299', '其他民政管理事务支出', '20802', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20804', '补充全国社会保障基金', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080402', '用一般公共预算补充基金', '20804', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20805', '行政事业单位离退休', '208', 'group', NULL, 2019, 'list of 2020', 14, 2017, 2019),
('functional', '20805', '行政事业单位养老支出', '208', 'group', 2020, NULL, 'list of 2020', 27, 2021, 2026),
('functional', '2080501', '行政单位离退休', '20805', 'item', NULL, NULL, NULL, 22, 2021, 2026),
('functional', '2080502', '事业单位离退休', '20805', 'item', NULL, NULL, NULL, 11, 2021, 2026),
('functional', '2080503', '离退休人员管理机构', '20805', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080504', '未归口管理的行政单位离退休', '20805', 'item', NULL, NULL, NULL, 13, 2017, 2019),
('functional', '2080505', '机关事业单位基本养老保险缴费支出', '20805', 'item', NULL, NULL, NULL, 45, 2018, 2026),
('functional', '2080506', '机关事业单位职业年金缴费支出', '20805', 'item', NULL, NULL, NULL, 40, 2018, 2026),
('functional', '2080507', '对机关事业单位基本养老保险基金的补助', '20805', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2080508', '对机关事业单位职业年金的补助', '20805', 'item', NULL, NULL, NULL, 2, 2023, 2026),
('functional', '2080599', '其他行政事业单位养老支出', '20805', 'item', NULL, NULL, NULL, 9, 2024, 2026),
('functional', '20806', '企业改革补助', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080601', '企业关闭破产补助', '20806', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080602', '厂办大集体改革补助', '20806', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080699', '其他企业改革发展补助', '20806', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20807', '就业补助', '208', 'group', NULL, NULL, NULL, 8, 2021, 2026),
('functional', '2080701', '就业创业服务补助', '20807', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2080702', '职业培训补贴', '20807', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2080704', '社会保险补贴', '20807', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080705', '公益性岗位补贴', '20807', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2080709', '职业技能评价补贴', '20807', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080711', '就业见习补贴', '20807', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2080712', '高技能人才培养补助', '20807', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080713', '求职和创业补贴', '20807', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080799', '其他就业补助支出', '20807', 'item', NULL, NULL, NULL, 7, 2021, 2026),
('functional', '20808', '抚恤', '208', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2080801', '死亡抚恤', '20808', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2080802', '伤残抚恤', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080803', '在乡复员、退伍军人生活补助', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080804', '优抚事业单位支出', '20808', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2080805', '义务兵优待', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080806', '农村籍退役士兵老年生活补助', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080807', '光荣院', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080808', '褒扬纪念', '20808', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080899', '其他优抚支出', '20808', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '20809', '退役安置', '208', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080901', '退役士兵安置', '20809', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2080902', '军队移交政府的离退休人员安置', '20809', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080903', '军队移交政府离退休干部管理机构', '20809', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080904', '退役士兵管理教育', '20809', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080905', '军队转业干部安置', '20809', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2080999', '其他退役安置支出', '20809', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20810', '社会福利', '208', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081001', '儿童福利', '20810', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081002', '老年福利', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081003', '康复辅具', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081004', '殡葬', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081005', '社会福利事业单位', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081006', '养老服务', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081099', '其他社会福利支出', '20810', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20811', '残疾人事业', '208', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081101', '行政运行', '20811', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081102', '一般行政管理事务', '20811', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081103', '机关服务', '20811', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081104', '残疾人康复', '20811', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081105', '残疾人就业', '20811', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081106', '残疾人体育', '20811', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081107', '残疾人生活和护理补贴', '20811', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081199', '其他残疾人事业支出', '20811', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20815', '自然灾害生活救助', '208', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '20816', '红十字事业', '208', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2081601', '行政运行', '20816', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2081602', '一般行政管理事务', '20816', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2081603', '机关服务', '20816', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081650', '事业运行', '20816', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081699', '其他红十字事业支出', '20816', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20819', '最低生活保障', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081901', '城市最低生活保障金支出', '20819', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2081902', '农村最低生活保障金支出', '20819', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20820', '临时救助', '208', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2082001', '临时救助支出', '20820', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082002', '流浪乞讨人员救助支出', '20820', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20821', '特困人员救助供养', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082101', '城市特困人员救助供养支出', '20821', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082102', '农村特困人员救助供养支出', '20821', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20822', '大中型水库移民后期扶持基金支出', '208', 'group', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '2082202', '基础设施建设和经济发展', '20822', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2082299', '其他大中型水库移民后期扶持基金支出', '20822', 'item', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '20823', '小型水库移民扶助基金安排的支出', '208', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20824', '补充道路交通事故社会救助基金', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082401', '交强险增值税补助基金支出', '20824', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082402', '交强险罚款收入补助基金支出', '20824', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20825', '其他生活救助', '208', 'group', NULL, NULL, NULL, 4, 2024, 2026),
('functional', '2082501', '其他城市生活救助', '20825', 'item', NULL, NULL, NULL, 4, 2024, 2026),
('functional', '2082502', '其他农村生活救助', '20825', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20826', '财政对基本养老保险基金的补助', '208', 'group', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2082601', '财政对企业职工基本养老保险基金的补助', '20826', 'item', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2082602', '财政对城乡居民基本养老保险基金的补助', '20826', 'item', NULL, NULL, NULL, 5, 2023, 2026),
('functional', '2082699', '财政对其他基本养老保险基金的补助', '20826', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20827', '财政对其他社会保险基金的补助', '208', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082701', '财政对失业保险基金的补助', '20827', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082702', '财政对工伤保险基金的补助', '20827', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082799', '其他财政对社会保险基金的补助', '20827', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20828', '退役军人管理事务', '208', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2082801', '行政运行', '20828', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2082802', '一般行政管理事务', '20828', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2082803', '机关服务', '20828', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082804', '拥军优属', '20828', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2082805', '军供保障', '20828', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082806', '信息化建设', '20828', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2082850', '事业运行', '20828', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2082899', '其他退役军人事务管理支出', '20828', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '20829', '小型水库移民扶助基金对应专项债务收入安排的支出', '208', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20830', '财政代缴社会保险费支出', '208', 'group', NULL, NULL, NULL, 3, 2025, 2026),
('functional', '2083001', '财政代缴城乡居民基本养老保险费支出', '20830', 'item', NULL, NULL, NULL, 3, 2025, 2026),
('functional', '2083099', '财政代缴其他社会保险费支出', '20830', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20898', '超长期特别国债安排的支出', '208', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2089801', '养老机构及服务设施', '20898', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2089802', '公共就业服务设施', '20898', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2089899', '其他社会保险和就业支出', '20898', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '20899', '其他社会保障和就业支出', '208', 'group', NULL, NULL, NULL, 9, 2021, 2026),
('functional', '2089901', '其他社会保障和就业支出', '20899', 'item', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '2089999', '其他社会保障和就业支出', '20899', 'item', NULL, NULL, NULL, 12, 2021, 2026),
('functional', '209', '社会保险基金支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '20901', '企业职工基本养老保险基金支出', '209', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20902', '失业保险基金支出', '209', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090201', '失业保险金', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090202', '医疗保险费', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090203', '丧葬抚恤补助', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090204', '职业培训和职业介绍补贴', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090205', '技能提升补贴支出', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090206', '稳定岗位补贴支出', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090210', '其他费用支出', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090299', '其他失业保险基金支出', '20902', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '20903', '职工基本医疗保险基金支出', '209', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20904', '工伤保险基金支出', '209', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090401', '工伤保险待遇', '20904', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090402', '劳动能力鉴定支出', '20904', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090403', '工伤预防费用支出', '20904', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2090499', '其他工伤保险基金支出', '20904', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '20910', '城乡居民基本养老保险基金支出', '209', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '20911', '机关事业单位基本养老保险基金支出', '209', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2091101', '基本养老金支出', '20911', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2091199', '其他机关事业单位基本养老保险基金支出', '20911', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '20912', '城乡居民基本医疗保险基金支出', '209', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '210', '医疗卫生支出', NULL, 'category', NULL, 2013, 'list of 2014', 0, NULL, NULL),
('functional', '210', '医疗卫生与计划生育支出', NULL, 'category', 2014, 2018, 'list of 2014', 0, NULL, NULL),
('functional', '210', '卫生健康支出', NULL, 'category', 2019, NULL, 'list of 2019', 29, 2019, 2026),
('functional', '21001', '医疗卫生与计划生育管理事务', '210', 'group', 2014, 2018, 'list of 2014', 0, NULL, NULL),
('functional', '21001', '卫生健康管理事务', '210', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2100101', '行政运行', '21001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100102', '一般行政管理事务', '21001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100103', '机关服务', '21001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100199', '其他卫生健康管理事务支出', '21001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21002', '公立医院', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100201', '综合医院', '21002', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100202', '中医（民族）医院', '21002', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100203', '传染病医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100204', '职业病防治医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100205', '精神病医院', '21002', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100206', '妇幼保健医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100207', '儿童医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100208', '其他专科医院', '21002', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100209', '福利医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100210', '行业医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100211', '处理医疗欠费', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100212', '康复医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100213', '优抚医院', '21002', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100299', '其他公立医院支出', '21002', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21003', '基层医疗卫生机构', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100301', '城市社区卫生机构', '21003', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100302', '乡镇卫生院', '21003', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100399', '其他基层医疗卫生机构支出', '21003', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21004', '公共卫生', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100401', '疾病预防控制机构', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100402', '卫生监督机构', '21004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100403', '妇幼保健机构', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100404', '精神卫生机构', '21004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100405', '应急救治机构', '21004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100406', '采供血机构', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100407', '其他专业公共卫生机构', '21004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100408', '基本公共卫生服务', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100409', '重大公共卫生服务', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100410', '突发公共卫生事件应急处置', '21004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2100499', '其他公共卫生支出', '21004', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21005', '医疗保障', '210', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21006', '中医药', '210', 'group', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2100601', '中医（民族医）药专项', '21006', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '21007', '计划生育事务', '210', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2100716', '计划生育机构', '21007', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2100717', '计划生育服务', '21007', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2100799', '其他计划生育事务支出', '21007', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21010', '食品和药品监督管理事务', '210', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '21011', '行政事业单位医疗', '210', 'group', NULL, NULL, NULL, 26, 2021, 2026),
('functional', '2101101', '行政单位医疗', '21011', 'item', NULL, NULL, NULL, 28, 2019, 2026),
('functional', '2101102', '事业单位医疗', '21011', 'item', NULL, NULL, NULL, 18, 2019, 2026),
('functional', '2101103', '公务员医疗补助', '21011', 'item', NULL, NULL, NULL, 9, 2021, 2026),
('functional', '2101199', '其他行政事业单位医疗支出', '21011', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '21012', '财政对基本医疗保险基金的补助', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101201', '财政对职工基本医疗保险基金的补助', '21012', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101202', '财政对城乡居民基本医疗保险基金的补助', '21012', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101299', '财政对其他基本医疗保险基金的补助', '21012', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21013', '医疗救助', '210', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101301', '城乡医疗救助', '21013', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101302', '疾病应急救助', '21013', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101399', '其他医疗救助支出', '21013', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21014', '优抚对象医疗', '210', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101401', '优抚对象医疗补助', '21014', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101499', '其他优抚对象医疗支出', '21014', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21015', '医疗保障管理事务', '210', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2101501', '行政运行', '21015', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101502', '一般行政管理事务', '21015', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101503', '机关服务', '21015', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101504', '信息化建设', '21015', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101505', '医疗保障政策管理', '21015', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101506', '医疗保障经办事务', '21015', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101550', '事业运行', '21015', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101599', '其他医疗保障管理事务支出', '21015', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21016', '老龄卫生健康事务', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2101601', '老龄卫生健康事务', '21016', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21017', '中医药事务', '210', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101701', '行政运行', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101702', '一般行政管理事务', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101703', '机关服务', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101704', '中医（民族医）药专项', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101750', '事业运行', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101799', '其他中医药事务支出', '21017', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21018', '疾病预防控制事务', '210', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101801', '行政运行', '21018', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101802', '一般行政管理事务', '21018', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101803', '机关服务', '21018', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101899', '其他疾病预防控制事务支出', '21018', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21019', '托育服务', '210', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101901', '托育机构', '21019', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101902', '育儿补贴', '21019', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2101999', '其他托育服务支出', '21019', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21098', '超长期特别国债安排的支出', '210', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2109801', '公立医院', '21098', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2109802', '基层医疗卫生机构', '21098', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2109803', '公共卫生机构', '21098', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2109804', '托育机构', '21098', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2109899', '其他卫生健康支出', '21098', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21099', '其他卫生健康支出', '210', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2109999', '其他卫生健康支出', '21099', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '211', '节能环保支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21101', '环境保护管理事务', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110101', '行政运行', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110102', '一般行政管理事务', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110103', '机关服务', '21101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110104', '生态环境保护宣传', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110105', '环境保护法规、规划及标准', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110106', '生态环境国际合作及履约', '21101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110107', '生态环境保护行政许可', '21101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110108', '应对气候变化管理事务', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110199', '其他环境保护管理事务支出', '21101', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21102', '环境监测与监察', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110203', '建设项目环评审查与监督', '21102', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110204', '核与辐射安全监督', '21102', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110299', '其他环境监测与监察支出', '21102', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21103', '污染防治', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110301', '大气', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110302', '水体', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110303', '噪声', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110304', '固体废弃物与化学品', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110305', '放射源和放射性废物监管', '21103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110306', '辐射', '21103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110307', '土壤', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110399', '其他污染防治支出', '21103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21104', '自然生态保护', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110401', '生态保护', '21104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110402', '农村环境保护', '21104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110404', '生物及物种资源保护', '21104', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110405', '草原生态修复治理', '21104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110406', '自然保护地', '21104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110499', '其他自然生态保护支出', '21104', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21105', '森林保护修复', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110501', '森林管护', '21105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110502', '社会保险补助', '21105', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2110503', '政策性社会性支出补助', '21105', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110506', '天然林保护工程建设', '21105', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110507', '停伐补助', '21105', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110599', '其他森林保护修复支出', '21105', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21106', '退耕还林还草', '211', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21107', '风沙荒漠治理', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110704', '京津风沙源治理工程建设', '21107', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110799', '其他风沙荒漠治理支出', '21107', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21108', '退牧还草', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110804', '退牧还草工程建设', '21108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110899', '其他退牧还草支出', '21108', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21109', '已垦草原退耕还草', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2110901', '已垦草原退耕还草', '21109', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21110', '能源节约利用', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111001', '能源节约利用', '21110', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21111', '污染减排', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111101', '生态环境监测与信息', '21111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111102', '生态环境执法监察', '21111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111103', '减排专项支出', '21111', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111104', '清洁生产专项支出', '21111', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111199', '其他污染减排支出', '21111', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21112', '清洁能源', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111201', '可再生能源', '21112', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111299', '其他清洁能源支出', '21112', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21113', '循环经济', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111301', '循环经济', '21113', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21114', '能源管理事务', '211', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111401', '行政运行', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111402', '一般行政管理事务', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111403', '机关服务', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111406', '能源科技装备', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111407', '能源行业管理', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111408', '能源管理', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111411', '信息化建设', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111413', '农村电网建设', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2111450', '事业运行', '21114', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2111499', '其他能源管理事务支出', '21114', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21160', '可再生能源电价附加收入安排的支出', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116001', '风力发电补助', '21160', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116002', '太阳能发电补助', '21160', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116003', '生物质能发电补助', '21160', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116099', '其他可再生能源电价附加收入安排的支出', '21160', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21161', '废弃电器电子产品处理基金支出', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116101', '回收处理费用补贴', '21161', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116102', '信息系统建设', '21161', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116103', '基金征管经费', '21161', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2116104', '其他废弃电器电子产品处理基金支出', '21161', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21198', '超长期特别国债安排的支出', '211', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2119801', '水污染综合治理', '21198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2119802', '应对气候变化', '21198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2119803', '"三北"工程建设', '21198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2119899', '其他节能环保支出', '21198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21199', '其他节能环保支出', '211', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2119999', '其他节能环保支出', '21199', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '212', '城乡社区支出', NULL, 'category', NULL, NULL, NULL, 8, 2019, 2026),
('functional', '21201', '城乡社区管理事务', '212', 'group', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '2120101', '行政运行', '21201', 'item', NULL, NULL, NULL, 7, 2021, 2026),
('functional', '2120102', '一般行政管理事务', '21201', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2120103', '机关服务', '21201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120104', '城管执法', '21201', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2120105', '工程建设标准规范编制与监管', '21201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2120106', '工程建设管理', '21201', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2120107', '市政公用行业市场监管', '21201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120109', '住宅建设与房地产市场监管', '21201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120110', '执业资格注册、资质审查', '21201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2120199', '其他城乡社区管理事务支出', '21201', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '21202', '城乡社区规划与管理', '212', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2120201', '城乡社区规划与管理', '21202', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '21203', '城乡社区公共设施', '212', 'group', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2120303', '小城镇基础设施建设', '21203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120399', '其他城乡社区公共设施支出', '21203', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '21205', '城乡社区环境卫生', '212', 'group', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2120501', '城乡社区环境卫生', '21205', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '21206', '建设市场管理与监督', '212', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2120601', '建设市场管理与监督', '21206', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21208', '国有土地使用权出让收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120801', '征地和拆迁补偿支出', '21208', 'item', NULL, NULL, NULL, 2, 2019, 2026),
('functional', '2120802', '土地开发支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120803', '城市建设支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120804', '农村基础设施建设支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120805', '补助被征地农民支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120806', '土地出让业务支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120807', '廉租住房支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120809', '支付破产或改制企业职工安置费', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120810', '棚户区改造支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120811', '公共租赁住房支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120813', '保障性住房租金补贴', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120814', '农业生产发展支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120815', '农村社会事业支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120816', '农业农村生态环境支出', '21208', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2120899', '其他国有土地使用权出让收入安排的支出', '21208', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '21210', '国有土地收益基金安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121001', '征地和拆迁补偿支出', '21210', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121002', '土地开发支出', '21210', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121099', '其他国有土地收益基金支出', '21210', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21211', '农业土地开发资金安排的支出', '212', 'group', NULL, NULL, NULL, 2, 2019, 2026),
('functional', '2121100', '农业土地开发资金安排的支出', '21211', 'item', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '21213', '城市基础设施配套费安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121301', '城市公共设施', '21213', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121302', '城市环境卫生', '21213', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121303', '公有房屋', '21213', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121304', '城市防洪', '21213', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121399', '其他城市基础设施配套费安排的支出', '21213', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21214', '污水处理费收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121401', '污水处理设施建设和运营', '21214', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121402', '代征手续费', '21214', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121499', '其他污水处理费安排的支出', '21214', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21215', '土地储备专项债券收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121501', '征地和拆迁补偿支出', '21215', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121502', '土地开发支出', '21215', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121599', '其他土地储备专项债券收入安排的支出', '21215', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21216', '棚户区改造专项债券收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121601', '征地和拆迁补偿支出', '21216', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121602', '土地开发支出', '21216', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121699', '其他棚户区改造专项债券收入安排的支出', '21216', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21217', '城市基础设施配套费对应专项债务收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121701', '城市公共设施', '21217', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121702', '城市环境卫生', '21217', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121703', '公有房屋', '21217', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121704', '城市防洪', '21217', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121799', '其他城市基础设施配套费对应专项债务收入安排的支出', '21217', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21218', '污水处理费对应专项债务收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121801', '污水处理设施建设和运营', '21218', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121899', '其他污水处理费对应专项债务收入安排的支出', '21218', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21219', '国有土地使用权出让收入对应专项债务收入安排的支出', '212', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121901', '征地和拆迁补偿支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121902', '土地开发支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121903', '城市建设支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121904', '农村基础设施建设支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121905', '廉租住房支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121906', '棚户区改造支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121907', '公共租赁住房支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2121999', '其他国有土地使用权出让收入对应专项债务收入安排的支出', '21219', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21298', '超长期特别国债安排的支出', '212', 'group', 2024, NULL, 'revision of 2024', 2, 2026, 2026),
('functional', '2129801', '城乡社区公共设施', '21298', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2129899', '其他城乡社区支出', '21298', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21299', '其他城乡社区支出', '212', 'group', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '2129999', '其他城乡社区支出', '21299', 'item', NULL, NULL, NULL, 6, 2021, 2026),
('functional', '213', '农林水支出', NULL, 'category', NULL, NULL, NULL, 5, 2021, 2026),
('functional', '21301', '农业农村', '213', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2130101', '行政运行', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130102', '一般行政管理事务', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130103', '机关服务', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130104', '事业运行', '21301', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2130105', '农垦运行', '21301', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2130106', '科技转化与推广服务', '21301', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2130108', '病虫害控制', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130109', '农产品质量安全', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130110', '执法监管', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130111', '统计监测与信息服务', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130112', '行业业务管理', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130114', '对外交流与合作', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130119', '防灾救灾', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130120', '稳定农民收入补贴', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130121', '农业结构调整补贴', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130122', '农业生产发展', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130124', '农村合作经济', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130125', '农产品加工与促销', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130126', '农村社会事业', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130135', '农业生态资源保护', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130142', '乡村道路建设', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130148', '渔业发展', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130152', '对高校毕业生到基层任职补助', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130153', '耕地建设与利用', '21301', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130199', '其他农业农村支出', '21301', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21302', '林业', '213', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '21302', '林业和草原', '213', 'group', 2019, NULL, 'list of 2019', 3, 2021, 2026),
('functional', '2130201', '行政运行', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130202', '一般行政管理事务', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130203', '机关服务', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130204', '事业机构', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130205', '森林资源培育', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130206', '技术推广与转化', '21302', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2130207', '森林资源管理', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130209', '森林生态效益补偿', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130210', '自然保护区等管理', '21302', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2130211', '动植物保护', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130212', '湿地保护', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130213', '执法与监督', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130217', '防沙治沙', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130220', '对外合作与交流', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130221', '产业化管理', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130223', '信息管理', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130226', '林区公共支出', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130227', '贷款贴息', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130234', '林业草原防灾减灾', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130235', '国家公园', '21302', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2130236', '草原管理', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130237', '行业业务管理', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130238', '退耕还林还草', '21302', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130299', '其他林业和草原支出', '21302', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21303', '水利', '213', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130301', '行政运行', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130302', '一般行政管理事务', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130303', '机关服务', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130304', '水利行业业务管理', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130305', '水利工程建设', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130306', '水利工程运行与维护', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130307', '长江黄河等流域管理', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130308', '水利前期工作', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130309', '水利执法监督', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130310', '水土保持', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130311', '水资源节约管理与保护', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130312', '水质监测', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130313', '水文测报', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130314', '防汛', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130315', '抗旱', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130316', '农村水利', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130317', '水利技术推广', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130318', '国际河流治理与管理', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130319', '江河湖库水系综合整治', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130321', '大中型水库移民后期扶持专项支出', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130322', '水利安全监督', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130333', '信息管理', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130334', '水利建设征地及移民支出', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130335', '农村供水', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130336', '南水北调工程建设', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130337', '南水北调工程管理', '21303', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130399', '其他水利支出', '21303', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21304', '南水北调', '213', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21305', '巩固脱贫攻坚成果衔接乡村振兴', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130501', '行政运行', '21305', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130502', '一般行政管理事务', '21305', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130503', '机关服务', '21305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130504', '农村基础设施建设', '21305', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130505', '生产发展', '21305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130506', '社会发展', '21305', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130507', '贷款奖补和贴息', '21305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130508', '“三西”农业建设专项补助', '21305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130550', '事业运行', '21305', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130599', '其他巩固脱贫攻坚成果衔接乡村振兴支出', '21305', 'item', NULL, NULL, NULL, 2, 2024, 2026),
('functional', '21306', '农业综合开发', '213', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21307', '农村综合改革', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130701', '对村级公益事业建设的补助', '21307', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130705', '对村民委员会和村党支部的补助', '21307', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130706', '对村集体经济组织的补助', '21307', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130707', '农村综合改革示范试点补助', '21307', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130799', '其他农村综合改革支出', '21307', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21308', '普惠金融发展支出', '213', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2130801', '支持农村金融机构', '21308', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130803', '农业保险保费补贴', '21308', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2130804', '创业担保贷款贴息及奖补', '21308', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '2130805', '补充创业担保贷款基金', '21308', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130899', '其他普惠金融发展支出', '21308', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21309', '目标价格补贴', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130901', '棉花目标价格补贴', '21309', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2130999', '其他目标价格补贴', '21309', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21366', '大中型水库库区基金安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136601', '基础设施建设和经济发展', '21366', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136602', '解决移民遗留问题', '21366', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136603', '库区防护工程维护', '21366', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136699', '其他大中型水库库区基金支出', '21366', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21367', '三峡水库库区基金支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136701', '基础设施建设和经济发展', '21367', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136702', '解决移民遗留问题', '21367', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136703', '库区维护和管理', '21367', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136799', '其他三峡水库库区基金支出', '21367', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21369', '国家重大水利工程建设基金安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136901', '南水北调工程建设', '21369', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136902', '三峡后续工作', '21369', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136903', '地方重大水利工程建设', '21369', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2136999', '其他重大水利工程建设基金支出', '21369', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '21370', '大中型水库库区基金对应专项债务收入安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137001', '基础设施建设和经济发展', '21370', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137099', '其他大中型水库库区基金对应专项债务收入支出', '21370', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21371', '国家重大水利工程建设基金对应专项债务收入安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137101', '南水北调工程建设', '21371', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137102', '三峡工程后续工作', '21371', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137103', '地方重大水利工程建设', '21371', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137199', '其他重大水利工程建设基金对应专项债务收入支出', '21371', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21372', '大中型水库移民后期扶持基金支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137201', '移民补助', '21372', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137202', '基础设施建设和经济发展', '21372', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137299', '其他大中型水库移民后期扶持基金支出', '21372', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21373', '小型水库移民扶助基金安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137301', '移民补助', '21373', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137302', '基础设施建设和经济发展', '21373', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137399', '其他小型水库移民扶助基金支出', '21373', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21374', '小型水库移民扶助基金对应专项债务收入安排的支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137401', '基础设施建设和经济发展', '21374', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2137499', '其他小型水库移民扶助基金对应专项债务收入安排的支出', '21374', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21398', '超长期特别国债安排的支出', '213', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2139801', '农业农村支出', '21398', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2139802', '水利支出', '21398', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2139899', '其他农林水支出', '21398', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21399', '其他农林水支出', '213', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2139901', '化解其他公益性乡村债务支出', '21399', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2139999', '其他农林水支出', '21399', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '214', '交通运输支出', NULL, 'category', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '21401', '公路水路运输', '214', 'group', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2140101', '行政运行', '21401', 'item', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2140102', '一般行政管理事务', '21401', 'item', NULL, NULL, NULL, 2, 2019, 2026),
('functional', '2140103', '机关服务', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140104', '公路建设', '21401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2140106', '公路养护', '21401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2140109', '交通运输信息化建设', '21401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2140110', '公路和运输安全', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140112', '公路运输管理', '21401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2140114', '公路和运输技术标准化建设', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140122', '水运建设', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140123', '航道维护', '21401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2140127', '船舶检验', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140128', '救助打捞', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140129', '内河运输', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140130', '远洋运输', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140131', '海事管理', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140133', '航标事业发展支出', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140136', '水路运输管理支出', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140138', '口岸建设', '21401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140199', '其他公路水路运输支出', '21401', 'item', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '21402', '铁路运输', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140201', '行政运行', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140202', '一般行政管理事务', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140203', '机关服务', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140204', '铁路路网建设', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140205', '铁路还贷专项', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140206', '铁路安全', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140207', '铁路专项运输', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140208', '行业监管', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140299', '其他铁路运输支出', '21402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21403', '民用航空运输', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140301', '行政运行', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140302', '一般行政管理事务', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140303', '机关服务', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140304', '机场建设', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140305', '空管系统建设', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140306', '民航还贷专项支出', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140307', '民用航空安全', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140308', '民航专项运输', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140399', '其他民用航空运输支出', '21403', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21404', '成品油价格改革对交通运输的补贴', '214', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21405', '邮政业支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140501', '行政运行', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140502', '一般行政管理事务', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140503', '机关服务', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140504', '行业监管', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140505', '邮政普遍服务与特殊服务', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2140599', '其他邮政业支出', '21405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21406', '车辆购置税支出', '214', 'group', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2140601', '车辆购置税用于公路等基础设施建设支出', '21406', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '2140699', '车辆购置税其他支出', '21406', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '21460', '海南省高等级公路车辆通行附加费安排的支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146001', '公路建设', '21460', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2146002', '公路养护', '21460', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2146003', '公路还贷', '21460', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2146099', '其他海南省高等级公路车辆通行附加费安排的支出', '21460', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '21462', '车辆通行费安排的支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146201', '公路还贷', '21462', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146202', '政府还贷公路养护', '21462', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146203', '政府还贷公路管理', '21462', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146299', '其他车辆通行费安排的支出', '21462', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21464', '铁路建设基金支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146401', '铁路建设投资', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146402', '购置铁路机车车辆', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146403', '铁路还贷', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146404', '建设项目铺底资金', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146405', '勘测设计', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146406', '注册资本金', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146407', '周转资金', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146499', '其他铁路建设基金支出', '21464', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21468', '船舶油污损害赔偿基金支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146801', '应急处置费用', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146802', '控制清除污染', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146803', '损失补偿', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146804', '生态恢复', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146805', '监视监测', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146899', '其他船舶油污损害赔偿基金支出', '21468', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21469', '民航发展基金支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146901', '民航机场建设', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146902', '空管系统建设', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146903', '民航安全', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146904', '航线和机场补贴', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146906', '民航节能减排', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146907', '通用航空发展', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146908', '征管经费', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146909', '民航科教和信息建设', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2146999', '其他民航发展基金支出', '21469', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21470', '海南省高等级公路车辆通行附加费对应专项债务收入安排的支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2147001', '公路建设', '21470', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2147099', '其他海南省高等级公路车辆通行附加费对应专项债务收入安排的支出', '21470', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21471', '政府收费公路专项债券收入安排的支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2147101', '公路建设', '21471', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2147199', '其他政府收费公路专项债券收入安排的支出', '21471', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21472', '车辆通行费对应专项债务收入安排的支出', '214', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21498', '超长期特别国债安排的支出', '214', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2149801', '公路水路运输', '21498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2149802', '铁路运输', '21498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2149803', '民用航空运输', '21498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2149804', '邮政业支出', '21498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2149899', '其他交通运输支出', '21498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21499', '其他交通运输支出', '214', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2149901', '公共交通运营补助', '21499', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2149999', '其他交通运输支出', '21499', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '215', '资源勘探信息等支出', NULL, 'category', NULL, 2019, 'list of 2020', 0, NULL, NULL),
('functional', '215', '资源勘探工业信息等支出', NULL, 'category', 2020, NULL, 'list of 2020', 4, 2021, 2026),
('functional', '21501', '资源勘探开发', '215', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150101', '行政运行', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150102', '一般行政管理事务', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150103', '机关服务', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150104', '煤炭勘探开采和洗选', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150105', '石油和天然气勘探开采', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150106', '黑色金属矿勘探和采选', '21501', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150107', '有色金属矿勘探和采选', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150108', '非金属矿勘探和采选', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150199', '其他资源勘探业支出', '21501', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21502', '制造业', '215', 'group', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2150201', '行政运行', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150202', '一般行政管理事务', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150203', '机关服务', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150204', '纺织业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150205', '医药制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150206', '非金属矿物制品业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150207', '通信设备、计算机及其他电子设备制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150208', '交通运输设备制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150209', '电气机械及器材制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150210', '工艺品及其他制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150212', '石油加工、炼焦及核燃料加工业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150213', '化学原料及化学制品制造业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150214', '黑色金属冶炼及压延加工业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150215', '有色金属冶炼及压延加工业', '21502', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150299', '其他制造业支出', '21502', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '21503', '建筑业', '215', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150301', '行政运行', '21503', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150302', '一般行政管理事务', '21503', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150303', '机关服务', '21503', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150399', '其他建筑业支出', '21503', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21505', '工业和信息产业', '215', 'group', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2150501', '行政运行', '21505', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2150502', '一般行政管理事务', '21505', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150503', '机关服务', '21505', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150505', '战备应急', '21505', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150507', '专用通信', '21505', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150508', '无线电及信息通信监管', '21505', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150510', '工业和信息产业支持', '21505', 'item', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '2150516', '工程建设及运行维护', '21505', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150517', '产业发展', '21505', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150550', '事业运行', '21505', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2150599', '其他工业和信息产业支出', '21505', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '21506', '安全生产监管', '215', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '2150605', '安全监管监察专项', '21506', 'item', NULL, NULL, NULL, 1, 2019, 2019),
('functional', '21507', '国有资产监管', '215', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150701', '行政运行', '21507', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150702', '一般行政管理事务', '21507', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150703', '机关服务', '21507', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150704', '国有企业监事会专项', '21507', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150705', '中央企业专项管理', '21507', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150799', '其他国有资产监管支出', '21507', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21508', '支持中小企业发展和管理支出', '215', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150801', '行政运行', '21508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150802', '一般行政管理事务', '21508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150803', '机关服务', '21508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150804', '科技型中小企业技术创新基金', '21508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150805', '中小企业发展专项', '21508', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2150806', '减免房租补贴', '21508', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2150899', '其他支持中小企业发展和管理支出', '21508', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21562', '农网还贷资金支出', '215', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2156202', '地方农网还贷资金支出', '21562', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2156299', '其他农网还贷资金支出', '21562', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21598', '超长期特别国债安排的支出', '215', 'group', 2024, NULL, 'revision of 2024', 2, 2026, 2026),
('functional', '2159801', '资源勘探开发', '21598', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159802', '制造业', '21598', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2159803', '工业和信息产业', '21598', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159899', '其他资源勘探工业信息等支出', '21598', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21599', '其他资源勘探工业信息等支出', '215', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159901', '黄金事务', '21599', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159904', '技术改造支出', '21599', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159905', '中药材扶持资金支出', '21599', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159906', '重点产业振兴和技术改造项目贷款贴息', '21599', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2159999', '其他资源勘探工业信息等支出', '21599', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '216', '商业服务业等支出', NULL, 'category', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '21602', '商业流通事务', '216', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2160201', '行政运行', '21602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2160202', '一般行政管理事务', '21602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2160203', '机关服务', '21602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160216', '食品流通安全补贴', '21602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160217', '市场监测及信息管理', '21602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2160218', '民贸企业补贴', '21602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160219', '民贸民品贷款贴息', '21602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160250', '事业运行', '21602', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160299', '其他商业流通事务支出', '21602', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21605', '旅游业管理与服务支出', '216', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '21606', '涉外发展服务支出', '216', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2160601', '行政运行', '21606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160602', '一般行政管理事务', '21606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160603', '机关服务', '21606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160607', '外商投资环境建设补助资金', '21606', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2160699', '其他涉外发展服务支出', '21606', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '21699', '其他商业服务业等支出', '216', 'group', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '2169901', '服务业基础设施建设', '21699', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2169999', '其他商业服务业等支出', '21699', 'item', NULL, NULL, NULL, 2, 2026, 2026),
('functional', '217', '金融支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '21701', '金融部门行政支出', '217', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2170101', '行政运行', '21701', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2170102', '一般行政管理事务', '21701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170103', '机关服务', '21701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170104', '安全防卫', '21701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170150', '事业运行', '21701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170199', '金融部门其他行政支出', '21701', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21702', '金融部门监管支出', '217', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170201', '货币发行', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170202', '金融服务', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170203', '反假币', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170204', '重点金融机构监管', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170205', '金融稽查与案件处理', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170206', '金融行业电子化建设', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170207', '从业人员资格考试', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170208', '反洗钱', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170299', '金融部门其他监管支出', '21702', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21703', '金融发展支出', '217', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170301', '政策性银行亏损补贴', '21703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170302', '利息费用补贴支出', '21703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170303', '补充资本金', '21703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170304', '风险基金补助', '21703', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170399', '其他金融发展支出', '21703', 'item', NULL, NULL, NULL, 2, 2024, 2026),
('functional', '21704', '金融调控支出', '217', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170401', '中央银行亏损补贴', '21704', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170402', '中央特别国债经营基金支出', '21704', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170403', '中央特别国债经营基金财务支出', '21704', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2170404', '中央金融机构注资特别国债支出', '21704', 'item', 2025, NULL, '财预〔2025〕41号', 1, 2026, 2026),
('functional', '2170499', '其他金融调控支出', '21704', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21799', '其他金融支出', '217', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2179902', '重点企业贷款贴息', '21799', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2179999', '其他金融支出', '21799', 'item', NULL, NULL, NULL, 1, 2021, 2021),
('functional', '219', '援助其他地区支出', NULL, 'category', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21901', '一般公共服务', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21902', '教育', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21903', '文化旅游体育与传媒', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21904', '卫生健康', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21905', '节能环保', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21906', '农业农村', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21907', '交通运输', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21908', '住房保障', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '21999', '其他支出', '219', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '220', '国土海洋气象等支出', NULL, 'category', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '220', '自然资源海洋气象等支出', NULL, 'category', 2019, NULL, 'list of 2019', 3, 2021, 2026),
('functional', '22001', '国土资源事务', '220', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '22001', '自然资源事务', '220', 'group', 2019, NULL, 'list of 2019', 3, 2021, 2026),
('functional', '2200101', '行政运行', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200102', '一般行政管理事务', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200103', '机关服务', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200104', '自然资源规划及管理', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200106', '自然资源利用与保护', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200107', '自然资源社会公益服务', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200108', '自然资源行业业务管理', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200109', '自然资源调查与确权登记', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200112', '土地资源储备支出', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200113', '地质矿产资源与环境调查', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200114', '地质勘查与矿产资源管理', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200115', '地质转产项目财政贴息', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200116', '国外风险勘查', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200119', '地质勘查基金（周转金）支出', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200120', '海域与海岛管理', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200121', '自然资源国际合作与海洋权益维护', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200122', '自然资源卫星', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200123', '极地考察', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200124', '深海调查与资源开发', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200125', '海港航标维护', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200126', '海水淡化', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200127', '无居民海岛使用金支出', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200128', '海洋战略规划与预警监测', '22001', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2200129', '基础测绘与地理信息监管', '22001', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200150', '事业运行', '22001', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2200199', '其他自然资源事务支出', '22001', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '22002', '海洋管理事务', '220', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '22003', '测绘事务', '220', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '22004', '地震事务', '220', 'group', NULL, 2018, 'list of 2019', 0, NULL, NULL),
('functional', '22005', '气象事务', '220', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200501', '行政运行', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200502', '一般行政管理事务', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200503', '机关服务', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200504', '气象事业机构', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200506', '气象探测', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200507', '气象信息传输及管理', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200508', '气象预报预测', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200509', '气象服务', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200510', '气象装备保障维护', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200511', '气象基础设施建设与维修', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200512', '气象卫星', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200513', '气象法规与标准', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200514', '气象资金审计稽查', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2200599', '其他气象事务支出', '22005', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22006', '耕地保护考核奖惩基金支出', '220', 'group', 2024, NULL, 'notice of 2024-03-29', 1, 2026, 2026),
('functional', '2200601', '耕地保护', '22006', 'item', 2024, NULL, 'notice of 2024-03-29', 1, 2026, 2026),
('functional', '2200602', '补充耕地', '22006', 'item', 2024, NULL, 'notice of 2024-03-29', 1, 2026, 2026),
('functional', '22099', '其他自然资源海洋气象等支出', '220', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2209999', '其他自然资源海洋气象等支出', '22099', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '221', '住房保障支出', NULL, 'category', NULL, NULL, NULL, 42, 2017, 2026),
('functional', '22101', '保障性安居工程支出', '221', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210102', '沉陷区治理', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210103', '棚户区改造', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210104', '少数民族地区游牧民定居工程', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210105', '农村危房改造', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210106', '公共租赁住房', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210107', '保障性住房租金补贴', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210108', '老旧小区改造', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210110', '保障性租赁住房', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210111', '配租型住房保障', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210112', '配售型保障性住房', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210113', '城中村改造', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210199', '其他保障性安居工程支出', '22101', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22102', '住房改革支出', '221', 'group', NULL, NULL, NULL, 39, 2017, 2026),
('functional', '2210201', '住房公积金', '22102', 'item', NULL, NULL, NULL, 46, 2017, 2026),
('functional', '2210202', '提租补贴', '22102', 'item', NULL, NULL, NULL, 22, 2017, 2026),
('functional', '2210203', '购房补贴', '22102', 'item', NULL, NULL, NULL, 23, 2021, 2026),
('functional', '22103', '城乡社区住宅', '221', 'group', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2210301', '公有住房建设和维修改造支出', '22103', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2210302', '住房公积金管理', '22103', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2210399', '其他城乡社区住宅支出', '22103', 'item', NULL, NULL, NULL, 3, 2024, 2026),
('functional', '22198', '超长期特别国债安排的支出', '221', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2219801', '保障性租赁住房', '22198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2219899', '其他住房保障支出', '22198', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '222', '粮油物资储备支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '22201', '粮油物资事务', '222', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220101', '行政运行', '22201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220102', '一般行政管理事务', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220103', '机关服务', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220104', '财务与审计支出', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220105', '信息统计', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220106', '专项业务活动', '22201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220107', '国家粮油差价补贴', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220112', '粮食财务挂账利息补贴', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220113', '粮食财务挂账消化款', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220114', '处理陈化粮补贴', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220115', '粮食风险基金', '22201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220118', '粮油市场调控专项资金', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220119', '设施建设', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220120', '设施安全', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220121', '物资保管保养', '22201', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220150', '事业运行', '22201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220199', '其他粮油物资事务支出', '22201', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '22203', '能源储备', '222', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220301', '石油储备', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220303', '天然铀能源储备', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220304', '煤炭储备', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220305', '成品油储备', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220306', '天然气储备', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220399', '其他能源储备支出', '22203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22204', '粮油储备', '222', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220401', '储备粮油补贴', '22204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220402', '储备粮油差价补贴', '22204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220403', '储备粮（油）库建设', '22204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220404', '最低收购价政策支出', '22204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220499', '其他粮油储备支出', '22204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22205', '重要商品储备', '222', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220501', '棉花储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220502', '食糖储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220503', '肉类储备', '22205', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2220504', '化肥储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220505', '农药储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220506', '边销茶储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220507', '羊毛储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220508', '医药储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220509', '食盐储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220510', '战略物资储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220511', '应急物资储备', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2220599', '其他重要商品储备支出', '22205', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22298', '超长期特别国债安排的支出', '222', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2229801', '设施建设', '22298', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2229899', '其他粮油物资储备支出', '22298', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '223', '国有资本经营预算支出', NULL, 'category', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '22301', '解决历史遗留问题及改革成本支出', '223', 'group', NULL, NULL, NULL, 3, 2021, 2025),
('functional', '2230103', '国有企业办职教幼教补助支出', '22301', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2230105', '国有企业退休人员社会化管理补助支出', '22301', 'item', NULL, NULL, NULL, 3, 2021, 2025),
('functional', '2230107', '国有企业改革成本支出', '22301', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '22302', '国有资本金注入', '223', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2230201', '国有经济结构调整支出', '22302', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '22303', '国有企业政策性补贴', '223', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '22304', '金融国有资本经营预算支出', '223', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '22399', '其他国有资本经营预算支出', '223', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2239901', '其他国有资本经营预算支出', '22399', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '224', '灾害防治及应急管理支出', NULL, 'category', 2019, NULL, 'list of 2019', 4, 2019, 2026),
('functional', '22401', '应急管理事务', '224', 'group', 2019, NULL, 'list of 2019', 3, 2021, 2026),
('functional', '2240101', '行政运行', '22401', 'item', NULL, NULL, NULL, 4, 2019, 2026),
('functional', '2240102', '一般行政管理事务', '22401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240103', '机关服务', '22401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240104', '灾害风险防治', '22401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240105', '国务院安委会专项', '22401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240106', '安全监管', '22401', 'item', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2240108', '应急救援', '22401', 'item', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2240109', '应急管理', '22401', 'item', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2240150', '事业运行', '22401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240199', '其他应急管理支出', '22401', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '22402', '消防救援事务', '224', 'group', 2019, NULL, 'list of 2019', 1, 2026, 2026),
('functional', '2240201', '行政运行', '22402', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240202', '一般行政管理事务', '22402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240203', '机关服务', '22402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240204', '消防应急救援', '22402', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240250', '事业运行', '22402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240299', '其他消防救援事务支出', '22402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22404', '矿山安全', '224', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240401', '行政运行', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240402', '一般行政管理事务', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240403', '机关服务', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240404', '矿山安全监察事务', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240405', '矿山应急救援事务', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240450', '事业运行', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240499', '其他矿山安全支出', '22404', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22405', '地震事务', '224', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2240501', '行政运行', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240502', '一般行政管理事务', '22405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240503', '机关服务', '22405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240504', '地震监测', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240505', '地震预测预报', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240506', '地震灾害预防', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240507', '地震应急救援', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240508', '地震环境探察', '22405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240509', '防震减灾信息管理', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240510', '防震减灾基础管理', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240550', '地震事业机构', '22405', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2240599', '其他地震事务支出', '22405', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22406', '自然灾害防治', '224', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2240601', '地质灾害防治', '22406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240602', '森林草原防灾减灾', '22406', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240699', '其他自然灾害防治支出', '22406', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '22407', '自然灾害救灾及恢复重建支出', '224', 'group', 2019, NULL, 'list of 2019', 1, 2026, 2026),
('functional', '2240703', '自然灾害救灾补助', '22407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240704', '自然灾害灾后重建补助', '22407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2240799', '其他自然灾害救灾及恢复重建支出', '22407', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22498', '超长期特别国债安排的支出', '224', 'group', 2024, NULL, 'revision of 2024', 1, 2026, 2026),
('functional', '2249801', '自然灾害防治', '22498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2249802', '自然灾害恢复重建支出', '22498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2249899', '其他灾害防治及应急管理支出', '22498', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22499', '其他灾害防治及应急管理支出', '224', 'group', 2019, NULL, 'list of 2019', 2, 2021, 2026),
('functional', '2249999', '其他灾害防治及应急管理支出', '22499', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '227', '预备费', NULL, 'category', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '228', '国债还本付息支出', NULL, 'category', NULL, 2014, 'list of 2015', 0, NULL, NULL),
('functional', '229', '其他支出', NULL, 'category', NULL, NULL, NULL, 6, 2019, 2026),
('functional', '22902', '年初预留', '229', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22904', '其他政府性基金及对应专项债务收入安排的支出', '229', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290401', '其他政府性基金安排的支出', '22904', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290402', '其他地方自行试点项目收益专项债券收入安排的支出', '22904', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290403', '其他政府性基金债务收入安排的支出', '22904', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22908', '彩票发行销售机构业务费安排的支出', '229', 'group', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2290802', '福利彩票发行机构的业务费支出', '22908', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290803', '体育彩票发行机构的业务费支出', '22908', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290804', '福利彩票销售机构的业务费支出', '22908', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2290805', '体育彩票销售机构的业务费支出', '22908', 'item', NULL, NULL, NULL, 4, 2019, 2026),
('functional', '2290806', '彩票兑奖周转金支出', '22908', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290807', '彩票发行销售风险基金支出', '22908', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290808', '彩票市场调控资金支出', '22908', 'item', NULL, NULL, NULL, 4, 2019, 2026),
('functional', '2290899', '其他彩票发行销售机构业务费安排的支出', '22908', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22909', '抗疫特别国债财务基金支出', '229', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2290901', '抗疫特别国债财务基金支出', '22909', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22910', '超长期特别国债财务基金支出', '229', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2291001', '超长期特别国债财务基金支出', '22910', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22911', '中央金融机构注资特别国债财务基金支出', '229', 'group', 2025, NULL, '财预〔2025〕41号', 0, NULL, NULL),
('functional', '22960', '彩票公益金安排的支出', '229', 'group', NULL, NULL, NULL, 3, 2019, 2026),
('functional', '2296001', '用于补充全国社会保障基金的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296002', '用于社会福利的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 4, 2021, 2026),
('functional', '2296003', '用于体育事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 4, 2019, 2026),
('functional', '2296004', '用于教育事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296005', '用于红十字事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296006', '用于残疾人事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2296010', '用于文化事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296011', '用于扶贫的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296012', '用于法律援助的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296013', '用于城乡医疗救助的的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2296099', '用于其他社会公益事业的彩票公益金支出', '22960', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22998', '超长期特别国债安排的其他支出', '229', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2299899', '其他支出', '22998', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '22999', '其他支出', '229', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2299999', '其他支出', '22999', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '230', '转移性支出', NULL, 'category', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '23001', '返还性支出', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23002', '一般性转移支付', '230', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23003', '专项转移支付', '230', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23004', '政府性基金转移支付', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2300401', '政府性基金补助支出', '23004', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23005', '国有资本经营预算转移支付', '230', 'group', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '23006', '上解支出', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23008', '调出资金', '230', 'group', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2300803', '国有资本经营预算调出资金', '23008', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '23009', '年终结余', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23011', '地方政府专项债务转贷支出', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2301101', '地方政府一般债务转贷支出', '23011', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23015', '安排预算稳定调节基金', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23016', '补充预算周转金', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23017', '社会保险基金转移支出', '230', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '2301702', '失业保险基金转移支出', '23017', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2301705', '机关事业单位基本养老保险基金转移支出', '23017', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '23018', '社会保险基金补助支出', '230', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '2301802', '失业保险基金补助支出', '23018', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2301804', '工伤保险基金补助支出', '23018', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '23019', '社会保险基金上解支出', '230', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '2301902', '失业保险基金上解支出', '23019', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '23021', '区域间转移性支出', '230', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '231', '债务还本支出', NULL, 'category', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23101', '中央政府国内债务还本支出', '231', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23102', '中央政府国外债务还本支出', '231', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23103', '地方政府一般债务还本支出', '231', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23104', '地方政府专项债务还本支出', '231', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23107', '中央金融机构注资特别国债还本支出', '231', 'group', 2025, NULL, '财预〔2025〕41号', 0, NULL, NULL),
('functional', '232', '债务付息支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '23201', '中央政府国内债务付息支出', '232', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23202', '中央政府国外债务付息支出', '232', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23203', '地方政府一般债务付息支出', '232', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2320301', '地方政府一般债券付息支出', '23203', 'item', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '2320302', '地方政府向外国政府借款付息支出', '23203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320303', '地方政府向国际组织借款付息支出', '23203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320399', '地方政府其他一般债务付息支出', '23203', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23204', '地方政府专项债务付息支出', '232', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320401', '海南省高等级公路车辆通行附加费债务付息支出', '23204', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2320405', '国家电影事业发展专项资金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320411', '国有土地使用权出让金债务付息支出', '23204', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2320413', '农业土地开发资金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320414', '大中型水库库区基金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320416', '城市基础设施配套费债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320417', '小型水库移民扶助基金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320418', '国家重大水利工程建设基金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320419', '车辆通行费债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320420', '污水处理费债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320431', '土地储备专项债券付息支出', '23204', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2320432', '政府收费公路专项债券付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320433', '棚户区改造专项债券付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2320498', '其他地方自行试点项目收益专项债券付息支出', '23204', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2320499', '其他政府性基金债务付息支出', '23204', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '233', '债务发行费用支出', NULL, 'category', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '23301', '中央政府国内债务发行费用支出', '233', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23302', '中央政府国外债务发行费用支出', '233', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('functional', '23303', '地方政府一般债务发行费用支出', '233', 'group', NULL, NULL, NULL, 2, 2021, 2026),
('functional', '23304', '地方政府专项债务发行费用支出', '233', 'group', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330401', '海南省高等级公路车辆通行附加费债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2330405', '国家电影事业发展专项资金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330411', '国有土地使用权出让金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 3, 2021, 2026),
('functional', '2330413', '农业土地开发资金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330414', '大中型水库库区基金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330416', '城市基础设施配套费债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330417', '小型水库移民扶助基金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330418', '国家重大水利工程建设基金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330419', '车辆通行费债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330420', '污水处理费债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330431', '土地储备专项债券发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330432', '政府收费公路专项债券发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330433', '棚户区改造专项债券发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2330498', '其他地方自行试点项目收益专项债券发行费用支出', '23304', 'item', NULL, NULL, NULL, 2, 2021, 2021),
('functional', '2330499', '其他政府性基金债务发行费用支出', '23304', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '234', '抗疫特别国债安排的支出', NULL, 'category', 2020, NULL, 'list of 2020', 1, 2026, 2026),
('functional', '23401', '基础设施建设', '234', 'group', 2020, NULL, 'list of 2020', 1, 2026, 2026),
('functional', '2340101', '公共卫生体系建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340102', '重大疫情防控救治体系建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340103', '粮食安全', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340104', '能源安全', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340105', '应急物资保障', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340106', '产业链改造升级', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340107', '城镇老旧小区改造', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340108', '生态环境治理', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340109', '交通基础设施建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340110', '市政设施建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340111', '重大区域规划基础设施建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340199', '其他基础设施建设', '23401', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '23402', '抗疫相关支出', '234', 'group', 2020, NULL, 'list of 2020', 1, 2026, 2026),
('functional', '2340201', '减免房租补贴', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340202', '重点企业贷款贴息', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340203', '创业担保贷款贴息', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340204', '援企稳岗补贴', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340205', '困难群众基本生活补助', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('functional', '2340299', '其他抗疫相关支出', '23402', 'item', NULL, NULL, NULL, 1, 2026, 2026),
('economic', '301', '工资福利支出', NULL, 'category', NULL, NULL, NULL, 48, 2017, 2026),
('economic', '30101', '基本工资', '301', 'group', NULL, NULL, NULL, 53, 2017, 2026),
('economic', '30102', '津贴补贴', '301', 'group', NULL, NULL, NULL, 52, 2017, 2026),
('economic', '30103', '奖金', '301', 'group', NULL, NULL, NULL, 44, 2017, 2026),
('economic', '30104', '其他社会保障缴费', '301', 'group', NULL, 2017, '财预〔2017〕98号', 2, 2017, 2017),
('economic', '30106', '伙食补助费', '301', 'group', NULL, NULL, NULL, 9, 2019, 2026),
('economic', '30107', '绩效工资', '301', 'group', NULL, NULL, NULL, 36, 2017, 2026),
('economic', '30108', '机关事业单位基本养老保险缴费', '301', 'group', NULL, NULL, NULL, 50, 2018, 2026),
('economic', '30109', '职业年金缴费', '301', 'group', NULL, NULL, NULL, 41, 2018, 2026),
('economic', '30110', '职工基本医疗保险缴费', '301', 'group', 2018, NULL, '财预〔2017〕98号', 39, 2019, 2026),
('economic', '30111', '公务员医疗补助缴费', '301', 'group', 2018, NULL, '财预〔2017〕98号', 18, 2019, 2026),
('economic', '30112', '其他社会保障缴费', '301', 'group', 2018, NULL, '财预〔2017〕98号', 47, 2018, 2026),
('economic', '30113', '住房公积金', '301', 'group', 2018, NULL, '财预〔2017〕98号', 49, 2018, 2026),
('economic', '30114', '医疗费', '301', 'group', 2018, NULL, '财预〔2017〕98号', 22, 2018, 2026),
('economic', '30199', '其他工资福利支出', '301', 'group', NULL, NULL, NULL, 41, 2017, 2026),
('economic', '302', '商品和服务支出', NULL, 'category', NULL, NULL, NULL, 47, 2017, 2026),
('economic', '30201', '办公费', '302', 'group', NULL, NULL, NULL, 51, 2017, 2026),
('economic', '30202', '印刷费', '302', 'group', NULL, NULL, NULL, 29, 2017, 2026),
('economic', '30203', '咨询费', '302', 'group', NULL, NULL, NULL, 6, 2019, 2024),
('economic', '30204', '手续费', '302', 'group', NULL, NULL, NULL, 18, 2019, 2026),
('economic', '30205', '水费', '302', 'group', NULL, NULL, NULL, 35, 2017, 2026),
('economic', '30206', '电费', '302', 'group', NULL, NULL, NULL, 35, 2017, 2026),
('economic', '30207', '邮电费', '302', 'group', NULL, NULL, NULL, 44, 2017, 2026),
('economic', '30208', '取暖费', '302', 'group', NULL, NULL, NULL, 10, 2017, 2026),
('economic', '30209', '物业管理费', '302', 'group', NULL, NULL, NULL, 22, 2017, 2026),
('economic', '30211', '差旅费', '302', 'group', NULL, NULL, NULL, 40, 2017, 2026),
('economic', '30212', '因公出国（境）费用', '302', 'group', NULL, NULL, NULL, 11, 2019, 2026),
('economic', '30213', '维修（护）费', '302', 'group', NULL, NULL, NULL, 37, 2017, 2026),
('economic', '30214', '租赁费', '302', 'group', NULL, NULL, NULL, 18, 2019, 2026),
('economic', '30215', '会议费', '302', 'group', NULL, NULL, NULL, 33, 2017, 2026),
('economic', '30216', '培训费', '302', 'group', NULL, NULL, NULL, 40, 2017, 2026),
('economic', '30217', '公务接待费', '302', 'group', NULL, NULL, NULL, 44, 2017, 2026),
('economic', '30218', '专用材料费', '302', 'group', NULL, NULL, NULL, 15, 2017, 2026),
('economic', '30224', '被装购置费', '302', 'group', NULL, NULL, NULL, 5, 2019, 2024),
('economic', '30225', '专用燃料费', '302', 'group', NULL, NULL, NULL, 5, 2019, 2024),
('economic', '30226', '劳务费', '302', 'group', NULL, NULL, NULL, 25, 2019, 2026),
('economic', '30227', '委托业务费', '302', 'group', NULL, NULL, NULL, 25, 2019, 2026),
('economic', '30228', '工会经费', '302', 'group', NULL, NULL, NULL, 49, 2017, 2026),
('economic', '30229', '福利费', '302', 'group', NULL, NULL, NULL, 24, 2017, 2026),
('economic', '30231', '公务用车运行维护费', '302', 'group', NULL, NULL, NULL, 40, 2017, 2026),
('economic', '30239', '其他交通费用', '302', 'group', NULL, NULL, NULL, 48, 2017, 2026),
('economic', '30240', '税金及附加费用', '302', 'group', NULL, NULL, NULL, 7, 2019, 2024),
('economic', '30299', '其他商品和服务支出', '302', 'group', NULL, NULL, NULL, 48, 2017, 2026),
('economic', '303', '对个人和家庭的补助', NULL, 'category', NULL, NULL, NULL, 46, 2017, 2026),
('economic', '30301', '离休费', '303', 'group', NULL, NULL, NULL, 29, 2017, 2026),
('economic', '30302', '退休费', '303', 'group', NULL, NULL, NULL, 48, 2017, 2026),
('economic', '30303', '退职（役）费', '303', 'group', NULL, NULL, NULL, 6, 2019, 2026),
('economic', '30304', '抚恤金', '303', 'group', NULL, NULL, NULL, 9, 2019, 2026),
('economic', '30305', '生活补助', '303', 'group', NULL, NULL, NULL, 19, 2018, 2026),
('economic', '30306', '救济费', '303', 'group', NULL, NULL, NULL, 5, 2019, 2026),
('economic', '30307', '医疗费', '303', 'group', NULL, 2017, '财预〔2017〕98号', 3, 2017, 2017),
('economic', '30307', '医疗费补助', '303', 'group', 2018, NULL, '财预〔2017〕98号', 11, 2018, 2026),
('economic', '30308', '助学金', '303', 'group', NULL, NULL, NULL, 6, 2019, 2024),
('economic', '30309', '奖励金', '303', 'group', NULL, NULL, NULL, 29, 2017, 2026),
('economic', '30310', '个人农业生产补贴', '303', 'group', 2018, NULL, '财预〔2017〕98号', 5, 2019, 2024),
('economic', '30311', '住房公积金', '303', 'group', NULL, 2017, '财预〔2017〕98号', 3, 2017, 2017),
('economic', '30311', '代缴社会保险费', '303', 'group', 2018, NULL, '财预〔2017〕98号', 4, 2024, 2024),
('economic', '30312', '提租补贴', '303', 'group', NULL, 2017, '财预〔2017〕98号', 3, 2017, 2017),
('economic', '30313', '购房补贴', '303', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30314', '采暖补贴', '303', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30315', '物业服务补贴', '303', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30399', '其他对个人和家庭的补助', '303', 'group', NULL, NULL, NULL, 23, 2019, 2026),
('economic', '304', '对企事业单位的补贴', NULL, 'category', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30401', '企业政策性补贴', '304', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30402', '事业单位补贴', '304', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30403', '财政贴息', '304', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30499', '其他对企事业单位的补贴', '304', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '305', '转移性支出', NULL, 'category', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30501', '不同级政府间转移性支出', '305', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30502', '同级政府间转移性支出', '305', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '307', '债务利息支出', NULL, 'category', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '307', '债务利息及费用支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 4, 2026, 2026),
('economic', '30701', '国内债务付息', '307', 'group', 2018, NULL, '财预〔2017〕98号', 2, 2024, 2024),
('economic', '30702', '国外债务付息', '307', 'group', 2018, NULL, '财预〔2017〕98号', 2, 2024, 2024),
('economic', '30703', '国内债务发行费用', '307', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30704', '国外债务发行费用', '307', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '30707', '国外债务付息', '307', 'group', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '309', '基本建设支出', NULL, 'category', NULL, 2017, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '309', '资本性支出（基本建设）', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 2, 2026, 2026),
('economic', '30901', '房屋建筑物购建', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30902', '办公设备购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30903', '专用设备购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30905', '基础设施建设', '309', 'group', NULL, NULL, NULL, 1, NULL, NULL),
('economic', '30906', '大型修缮', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30907', '信息网络及软件购置更新', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30908', '物资储备', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30913', '公务用车购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30919', '其他交通工具购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30921', '文物和陈列品购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30922', '无形资产购置', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '30999', '其他基本建设支出', '309', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '310', '其他资本性支出', NULL, 'category', NULL, 2017, '财预〔2017〕98号', 3, 2017, 2017),
('economic', '310', '资本性支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 20, 2019, 2026),
('economic', '31001', '房屋建筑物购建', '310', 'group', NULL, NULL, NULL, 5, 2024, 2024),
('economic', '31002', '办公设备购置', '310', 'group', NULL, NULL, NULL, 23, 2017, 2026),
('economic', '31003', '专用设备购置', '310', 'group', NULL, NULL, NULL, 10, 2019, 2026),
('economic', '31005', '基础设施建设', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31006', '大型修缮', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31007', '信息网络及软件购置更新', '310', 'group', NULL, NULL, NULL, 9, 2019, 2026),
('economic', '31008', '物资储备', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31009', '土地补偿', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31010', '安置补助', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31011', '地上附着物和青苗补偿', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31012', '拆迁补偿', '310', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '31013', '公务用车购置', '310', 'group', NULL, NULL, NULL, 5, 2024, 2024),
('economic', '31019', '其他交通工具购置', '310', 'group', NULL, NULL, NULL, 5, 2024, 2024),
('economic', '31021', '文物和陈列品购置', '310', 'group', NULL, NULL, NULL, 5, 2024, 2024),
('economic', '31022', '无形资产购置', '310', 'group', NULL, NULL, NULL, 6, 2024, 2024),
('economic', '31099', '其他资本性支出', '310', 'group', NULL, NULL, NULL, 8, 2024, 2026),
('economic', '311', '对企业补助（基本建设）', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 2, 2026, 2026),
('economic', '31101', '资本金注入', '311', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '31199', '其他对企业补助', '311', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '312', '对企业补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 3, 2026, 2026),
('economic', '31201', '资本金注入', '312', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '31203', '政府投资基金股权投资', '312', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '31204', '费用补贴', '312', 'group', 2018, NULL, '财预〔2017〕98号', 2, 2024, 2026),
('economic', '31205', '利息补贴', '312', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('economic', '31206', '其他资本性补助', '312', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '31299', '其他对企业补助', '312', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('economic', '313', '对社会保障基金补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 2, 2026, 2026),
('economic', '31302', '对社会保险基金补助', '313', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '31303', '补充全国社会保障基金', '313', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('economic', '31304', '对机关事业单位职业年金的补助', '313', 'group', NULL, NULL, NULL, 0, NULL, NULL),
('economic', '399', '其他支出', NULL, 'category', NULL, NULL, NULL, 5, 2026, 2026),
('economic', '39906', '赠与', '399', 'group', NULL, NULL, NULL, 1, NULL, NULL),
('economic', '39907', '国家赔偿费用支出', '399', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '39908', '对民间非营利组织和群众性自治组织补贴', '399', 'group', NULL, NULL, NULL, 2, NULL, NULL),
('economic', '39909', '经常性赠与', '399', 'group', NULL, NULL, NULL, 1, NULL, NULL),
('economic', '39910', '资本性赠与', '399', 'group', NULL, NULL, NULL, 1, NULL, NULL),
('economic', '39999', '其他支出', '399', 'group', NULL, NULL, NULL, 3, NULL, NULL),
('government_economic', '501', '机关工资福利支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 1, 2026, 2026),
('government_economic', '50101', '工资奖金津补贴', '501', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '50102', '社会保障缴费', '501', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '50103', '住房公积金', '501', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '50199', '其他工资福利支出', '501', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '502', '机关商品和服务支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 1, 2026, 2026),
('government_economic', '50201', '办公经费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 8, 2019, 2026),
('government_economic', '50202', '会议费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 6, 2019, 2026),
('government_economic', '50203', '培训费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 8, 2019, 2026),
('government_economic', '50204', '专用材料购置费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50205', '委托业务费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 8, 2019, 2026),
('government_economic', '50206', '公务接待费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '50207', '因公出国（境）费用', '502', 'group', 2018, NULL, '财预〔2017〕98号', 4, 2026, 2026),
('government_economic', '50208', '公务用车运行维护费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 5, 2019, 2024),
('government_economic', '50209', '维修（护）费', '502', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2024, 2026),
('government_economic', '50299', '其他商品和服务支出', '502', 'group', 2018, NULL, '财预〔2017〕98号', 8, 2019, 2026),
('government_economic', '503', '机关资本性支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 1, 2026, 2026),
('government_economic', '50301', '房屋建筑物购建', '503', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50302', '基础设施建设', '503', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50303', '公务用车购置', '503', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50305', '土地征迁补偿和安置支出', '503', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50306', '设备购置', '503', 'group', 2018, NULL, '财预〔2017〕98号', 5, 2026, 2026),
('government_economic', '50307', '大型修缮', '503', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50399', '其他资本性支出', '503', 'group', 2018, NULL, '财预〔2017〕98号', 1, NULL, NULL),
('government_economic', '504', '机关资本性支出（基本建设）', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50401', '房屋建筑物购建', '504', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50402', '基础设施建设', '504', 'group', 2018, NULL, '财预〔2017〕98号', 1, NULL, NULL),
('government_economic', '50403', '公务用车购置', '504', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50404', '设备购置', '504', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50405', '大型修缮', '504', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50499', '其他资本性支出', '504', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '505', '对事业单位经常性补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 1, 2026, 2026),
('government_economic', '50501', '工资福利支出', '505', 'group', 2018, NULL, '财预〔2017〕98号', 4, 2019, 2026),
('government_economic', '50502', '商品和服务支出', '505', 'group', 2018, NULL, '财预〔2017〕98号', 4, 2019, 2026),
('government_economic', '50599', '其他对事业单位补助', '505', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '506', '对事业单位资本性补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50601', '资本性支出', '506', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50602', '资本性支出（基本建设）', '506', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '507', '对企业补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50701', '费用补贴', '507', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('government_economic', '50702', '利息补贴', '507', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('government_economic', '50799', '其他对企业补助', '507', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('government_economic', '508', '对企业资本性支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50801', '对企业资本性支出（一）', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50802', '对企业资本性支出（二）', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50803', '资本金注入', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50804', '资本金注入（基本建设）', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50805', '政府投资基金股权投资', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50899', '其他对企业资本性支出', '508', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '509', '对个人和家庭的补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 1, 2026, 2026),
('government_economic', '50901', '社会福利和救助', '509', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2019, 2026),
('government_economic', '50902', '助学金', '509', 'group', 2018, NULL, '财预〔2017〕98号', 1, 2024, 2024),
('government_economic', '50903', '个人农业生产补贴', '509', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '50905', '离退休费', '509', 'group', 2018, NULL, '财预〔2017〕98号', 7, 2024, 2026),
('government_economic', '50999', '其他对个人和家庭补助', '509', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '510', '对社会保障基金补助', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51002', '对社会保险基金补助', '510', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51003', '补充全国社会保障基金', '510', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51004', '对机关事业单位职业年金的补助', '510', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '511', '债务利息及费用支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51101', '国内债务付息', '511', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51102', '国外债务付息', '511', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51103', '国内债务发行费用', '511', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51104', '国外债务发行费用', '511', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '512', '债务还本支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51201', '国内债务还本', '512', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51202', '国外债务还本', '512', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '513', '转移性支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51301', '上下级政府间转移性支出', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51302', '援助其他地区支出', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51303', '债务转贷', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51304', '调出资金', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51305', '安排预算稳定调节基金', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51306', '补充预算周转金', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51307', '区域间转移性支出', '513', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '514', '预备费及预留', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51401', '预备费', '514', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '51402', '预留', '514', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '599', '其他支出', NULL, 'category', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59906', '赠与', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59907', '国家赔偿费用支出', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59908', '对民间非营利组织和群众性自治组织补贴', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59909', '经常性赠与', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59910', '资本性赠与', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL),
('government_economic', '59999', '其他支出', '599', 'group', 2018, NULL, '财预〔2017〕98号', 0, NULL, NULL);
CREATE TABLE glossary (term VARCHAR, columns VARCHAR[], chinese VARCHAR, meaning VARCHAR, chinese_meaning VARCHAR, source VARCHAR);
INSERT INTO glossary VALUES
('abroad', ['column'], '因公出国（境）', NULL, NULL, NULL),
('actual', ['column'], '实有人数', NULL, NULL, NULL),
('addends', ['column'], '加数', NULL, NULL, NULL),
('addresses', ['column'], '地址数', NULL, NULL, NULL),
('adds_up', ['column'], '能否加总', NULL, NULL, NULL),
('after', ['column'], '之后', NULL, NULL, NULL),
('amount', ['column'], '金额', NULL, NULL, NULL),
('amounts', ['column'], '金额数', NULL, NULL, NULL),
('amounts_unrecognised', ['column'], '未知表式中的金额数', NULL, NULL, NULL),
('article_url', ['column'], '文章地址', NULL, NULL, NULL),
('articles', ['column'], '文章', NULL, NULL, NULL),
('as_of', ['column'], '截止时间', NULL, NULL, NULL),
('basic', ['column'], '基本支出', NULL, NULL, NULL),
('basis', ['column'], '数据口径', NULL, NULL, NULL),
('before', ['column'], '之前', NULL, NULL, NULL),
('broken_by_rule', ['column'], '不成立（按规则）', NULL, NULL, NULL),
('budget', ['column'], '预算数', NULL, NULL, NULL),
('budget_basis', ['column'], '预算口径', NULL, NULL, NULL),
('budget_document', ['column'], '预算文件', NULL, NULL, NULL),
('bytes', ['column'], '字节数', NULL, NULL, NULL),
('carried_over', ['column'], '上年结转', NULL, NULL, NULL),
('catalogue_code', ['column'], '采购目录代码', NULL, NULL, NULL),
('cells', ['column'], '单元格数', NULL, NULL, NULL),
('change', ['column'], '增减额', NULL, NULL, NULL),
('change_percent', ['column'], '增减百分比', NULL, NULL, NULL),
('check_index', ['column'], '检查序号', NULL, NULL, NULL),
('checks_broken', ['column'], '不成立关系数', NULL, NULL, NULL),
('checks_held', ['column'], '成立关系数', NULL, NULL, NULL),
('checks_not_assessable', ['column'], '无法判断关系数', NULL, NULL, NULL),
('city', ['column'], '市', NULL, NULL, NULL),
('claim_id', ['column'], '文字数字编号', NULL, NULL, NULL),
('claim_index', ['column'], '文字数字序号', NULL, NULL, NULL),
('code', ['column'], '科目代码', NULL, NULL, NULL),
('column', ['column'], '字段', NULL, NULL, NULL),
('column_index', ['column'], '列号', NULL, NULL, NULL),
('column_span', ['column'], '所占列数', NULL, NULL, NULL),
('columns', ['column'], '各列表头', NULL, NULL, NULL),
('comment', ['column'], '说明', NULL, NULL, NULL),
('comparator', ['column'], '比较符', NULL, NULL, NULL),
('compared_with', ['column'], '比较对象', NULL, NULL, NULL),
('comparison', ['column'], '增减方向', NULL, NULL, NULL),
('completion_percent', ['column'], '完成比例', NULL, NULL, NULL),
('confirmed', ['column'], '已印证', NULL, NULL, NULL),
('confirmed_percent', ['column'], '印证比重', NULL, NULL, NULL),
('container_sha256', ['column'], '所在原件哈希', NULL, NULL, NULL),
('contradicted_by', ['column'], '另一地址', NULL, NULL, NULL),
('count', ['column'], '数目', NULL, NULL, NULL),
('county', ['column'], '县', NULL, NULL, NULL),
('department', ['column'], '部门', NULL, NULL, NULL),
('departments', ['column'], '部门数', NULL, NULL, NULL),
('description', ['column'], '描述', NULL, NULL, NULL),
('detail', ['column'], '详情', NULL, NULL, NULL),
('difference', ['column'], '差额', NULL, NULL, NULL),
('direction', ['column'], '收支方向', NULL, NULL, NULL),
('divided_by', ['column'], '划分方式', NULL, NULL, NULL),
('division_code', ['column'], '区划代码', NULL, NULL, NULL),
('document', ['column'], '文件', NULL, NULL, NULL),
('document_sha256', ['column'], '文件哈希', NULL, NULL, NULL),
('documents', ['column'], '所含文件', NULL, NULL, NULL),
('doubtful', ['column'], '存疑', NULL, NULL, NULL),
('economic_code', ['column'], '部门经济科目代码', NULL, NULL, NULL),
('entity', ['column'], '公开单位', NULL, NULL, NULL),
('entity_code', ['column'], '公开单位代码', NULL, NULL, NULL),
('example', ['column'], '示例', NULL, NULL, NULL),
('expected', ['column'], '应为', NULL, NULL, NULL),
('expenditure', ['column'], '支出', NULL, NULL, NULL),
('expenditure_from', ['column'], '支出取自', NULL, NULL, NULL),
('expenditure_per_head', ['column'], '人均支出', NULL, NULL, NULL),
('family', ['column'], '门户类型', NULL, NULL, NULL),
('figure', ['column'], '数字', NULL, NULL, NULL),
('file_name', ['column'], '文件名', NULL, NULL, NULL),
('files', ['column'], '文件数', NULL, NULL, NULL),
('filled_cells', ['column'], '有文字的单元格数', NULL, NULL, NULL),
('first_captured_at', ['column'], '首次抓取时间', NULL, NULL, NULL),
('first_page', ['column'], '首页', NULL, NULL, NULL),
('first_seen', ['column'], '最早年度', NULL, NULL, NULL),
('fiscal_funds', ['column'], '财政资金', NULL, NULL, NULL),
('form', ['column'], '表式', NULL, NULL, NULL),
('form_total', ['column'], '表内合计', NULL, NULL, NULL),
('format', ['column'], '格式', NULL, NULL, NULL),
('found', ['column'], '实为', NULL, NULL, NULL),
('found_in', ['column'], '另一处', NULL, NULL, NULL),
('function_code', ['column'], '功能科目代码', NULL, NULL, NULL),
('function_level', ['column'], '功能科目级别', NULL, NULL, NULL),
('function_name', ['column'], '功能科目', NULL, NULL, NULL),
('fund', ['column'], '资金来源', NULL, NULL, NULL),
('funding', ['column'], '经费保障形式', NULL, NULL, NULL),
('goals', ['column'], '绩效目标', NULL, NULL, NULL),
('goods', ['column'], '货物', NULL, NULL, NULL),
('government_economic_code', ['column'], '政府经济科目代码', NULL, NULL, NULL),
('header', ['column'], '列表头', NULL, NULL, NULL),
('heading', ['column'], '标题', NULL, NULL, NULL),
('http_status', ['column'], 'HTTP 状态码', NULL, NULL, NULL),
('in_tables', ['column'], '列于何表', NULL, NULL, NULL),
('indicators', ['column'], '指标数', NULL, NULL, NULL),
('invariant', ['column'], '应成立的关系', NULL, NULL, NULL),
('is_header', ['column'], '是否表头', NULL, NULL, NULL),
('is_subtotal', ['column'], '是否小计', NULL, NULL, NULL),
('is_total', ['column'], '是否合计', NULL, NULL, NULL),
('issue_index', ['column'], '问题序号', NULL, NULL, NULL),
('issues', ['column'], '问题数', NULL, NULL, NULL),
('issues_by_kind', ['column'], '问题（按种类）', NULL, NULL, NULL),
('item', ['column'], '事项', NULL, NULL, NULL),
('key', ['column'], '对象', NULL, NULL, NULL),
('kind', ['column'], '种类', NULL, NULL, NULL),
('known_as', ['column'], '已知名称', NULL, NULL, NULL),
('label', ['column'], '印出的名称', NULL, NULL, NULL),
('last', ['column'], '最近时间', NULL, NULL, NULL),
('last_digit', ['column'], '末位单位', NULL, NULL, NULL),
('last_page', ['column'], '末页', NULL, NULL, NULL),
('last_seen', ['column'], '最晚年度', NULL, NULL, NULL),
('last_year', ['column'], '上年数', NULL, NULL, NULL),
('last_year_basis', ['column'], '上年口径', NULL, NULL, NULL),
('last_year_document', ['column'], '上年文件', NULL, NULL, NULL),
('level', ['column'], '级次', NULL, NULL, NULL),
('level1', ['column'], '一级指标', NULL, NULL, NULL),
('level2', ['column'], '二级指标', NULL, NULL, NULL),
('level3', ['column'], '三级指标', NULL, NULL, NULL),
('line_item_id', ['column'], '金额编号', NULL, NULL, NULL),
('line_label', ['column'], '金额名称', NULL, NULL, NULL),
('listed_goods', ['column'], '表列货物', NULL, NULL, NULL),
('listed_in', ['column'], '列于', NULL, NULL, NULL),
('listed_services', ['column'], '表列服务', NULL, NULL, NULL),
('listed_works', ['column'], '表列工程', NULL, NULL, NULL),
('meaning', ['column'], '含义依据', NULL, NULL, NULL),
('measure', ['column'], '栏目', NULL, NULL, NULL),
('meetings', ['column'], '会议费', NULL, NULL, NULL),
('meetings_from', ['column'], '会议费取自', NULL, NULL, NULL),
('multi_year_total', ['column'], '多年合计', NULL, NULL, NULL),
('name', ['column'], '名称', NULL, NULL, NULL),
('nature', ['column'], '单位性质', NULL, NULL, NULL),
('ocr_confidence', ['column'], 'OCR 置信度', NULL, NULL, NULL),
('other_documents', ['column'], '另一方文件', NULL, NULL, NULL),
('other_funds', ['column'], '其他资金', NULL, NULL, NULL),
('outcome', ['column'], '结果', NULL, NULL, NULL),
('page', ['column'], '页', NULL, NULL, NULL),
('pages', ['column'], '页面', NULL, NULL, NULL),
('parameters', ['column'], '参数', NULL, NULL, NULL),
('parent', ['column'], '上级代码', NULL, NULL, NULL),
('parse_status', ['column'], '解析结果', NULL, NULL, NULL),
('parser_version', ['column'], '解析器版本', NULL, NULL, NULL),
('passage', ['column'], '段落', NULL, NULL, NULL),
('percent', ['column'], '百分比', NULL, NULL, NULL),
('period', ['column'], '期间', NULL, NULL, NULL),
('personnel', ['column'], '人员经费', NULL, NULL, NULL),
('personnel_form', ['column'], '人员经费取自', NULL, NULL, NULL),
('personnel_per_head', ['column'], '人均人员经费', NULL, NULL, NULL),
('personnel_percent', ['column'], '人员经费比重', NULL, NULL, NULL),
('persons', ['column'], '人数', NULL, NULL, NULL),
('persons_kind', ['column'], '人数种类', NULL, NULL, NULL),
('phase', ['column'], '阶段', NULL, NULL, NULL),
('place', ['column'], '地方', NULL, NULL, NULL),
('portal', ['column'], '门户', NULL, NULL, NULL),
('printed', ['column'], '原文', NULL, NULL, NULL),
('printed_as', ['column'], '印作', NULL, NULL, NULL),
('printed_in', ['column'], '印于', NULL, NULL, NULL),
('problem', ['column'], '毛病', NULL, NULL, NULL),
('procurement', ['column'], '政府采购', NULL, NULL, NULL),
('project', ['column'], '项目支出', NULL, NULL, NULL),
('project_code', ['column'], '项目代码', NULL, NULL, NULL),
('project_name', ['column'], '项目名称', NULL, NULL, NULL),
('project_percent', ['column'], '项目支出比重', NULL, NULL, NULL),
('promised', ['column'], '承诺的表', NULL, NULL, NULL),
('province', ['column'], '省', NULL, NULL, NULL),
('purpose', ['column'], '用途', NULL, NULL, NULL),
('quantity', ['column'], '数量', NULL, NULL, NULL),
('quantity_unit', ['column'], '计量单位', NULL, NULL, NULL),
('rank', ['column'], '单位规格', NULL, NULL, NULL),
('reading', ['column'], '读法标记', NULL, NULL, NULL),
('reason', ['column'], '原因', NULL, NULL, NULL),
('reasons', ['column'], '各项原因', NULL, NULL, NULL),
('received_at', ['column'], '收到时间', NULL, NULL, NULL),
('reception', ['column'], '公务接待', NULL, NULL, NULL),
('refused', ['column'], '被拒绝', NULL, NULL, NULL),
('relation', ['column'], '关系', NULL, NULL, NULL),
('revenue', ['column'], '收入', NULL, NULL, NULL),
('revenue_from', ['column'], '收入取自', NULL, NULL, NULL),
('role', ['column'], '数字角色', NULL, NULL, NULL),
('row_index', ['column'], '行号', NULL, NULL, NULL),
('row_kind', ['column'], '行类别', NULL, NULL, NULL),
('row_span', ['column'], '所占行数', NULL, NULL, NULL),
('rows', ['column'], '行数', NULL, NULL, NULL),
('rows_by_table', ['column'], '行数（按表）', NULL, NULL, NULL),
('rule', ['column'], '规则', NULL, NULL, NULL),
('scope', ['column'], '应用位置', NULL, NULL, NULL),
('section_index', ['column'], '节序号', NULL, NULL, NULL),
('seen', ['column'], '出现文件数', NULL, NULL, NULL),
('sentence', ['column'], '句子', NULL, NULL, NULL),
('services', ['column'], '服务', NULL, NULL, NULL),
('sha256', ['column'], 'SHA-256', NULL, NULL, NULL),
('share', ['column'], '比例', NULL, NULL, NULL),
('share_percent', ['column'], '占比', NULL, NULL, NULL),
('since', ['column'], '起始日期', NULL, NULL, NULL),
('source', ['column'], '来源', NULL, NULL, NULL),
('spending', ['column'], '支出种类', NULL, NULL, NULL),
('state', ['column'], '登记状态', NULL, NULL, NULL),
('stated', ['column'], '所写金额', NULL, NULL, NULL),
('stated_in', ['column'], '写于', NULL, NULL, NULL),
('status', ['column'], '状态', NULL, NULL, NULL),
('table_index', ['column'], '表序号', NULL, NULL, NULL),
('table_page', ['column'], '表所在页', NULL, NULL, NULL),
('tables', ['column'], '表数', NULL, NULL, NULL),
('tables_recognised', ['column'], '已识别表数', NULL, NULL, NULL),
('tables_unrecognised', ['column'], '未识别表数', NULL, NULL, NULL),
('target', ['column'], '指标值', NULL, NULL, NULL),
('term', ['column'], '术语', NULL, NULL, NULL),
('chinese', ['column'], '中文', NULL, NULL, NULL),
('chinese_meaning', ['column'], '中文释义', NULL, NULL, NULL),
('text', ['column'], '文字', NULL, NULL, NULL),
('three_public', ['column'], '“三公”经费', NULL, NULL, NULL),
('three_public_from', ['column'], '“三公”取自', NULL, NULL, NULL),
('three_public_per_head', ['column'], '人均“三公”', NULL, NULL, NULL),
('times', ['column'], '次数', NULL, NULL, NULL),
('title', ['column'], '题目', NULL, NULL, NULL),
('to_settle', ['column'], '待解决数', NULL, NULL, NULL),
('tolerance', ['column'], '允许误差', NULL, NULL, NULL),
('topic', ['column'], '类目', NULL, NULL, NULL),
('total', ['column'], '合计', NULL, NULL, NULL),
('training', ['column'], '培训费', NULL, NULL, NULL),
('training_from', ['column'], '培训费取自', NULL, NULL, NULL),
('type', ['column'], '类型', NULL, NULL, NULL),
('unchecked', ['column'], '未核对', NULL, NULL, NULL),
('unit', ['column'], '金额单位', NULL, NULL, NULL),
('unit_code', ['column'], '预算单位代码', NULL, NULL, NULL),
('unit_name', ['column'], '预算单位', NULL, NULL, NULL),
('unit_price', ['column'], '单价', NULL, NULL, NULL),
('url', ['column'], '网址', NULL, NULL, NULL),
('valid_from', ['column'], '起始年度', NULL, NULL, NULL),
('valid_to', ['column'], '终止年度', NULL, NULL, NULL),
('value', ['column'], '数值', NULL, NULL, NULL),
('value_unit', ['column'], '数值单位', NULL, NULL, NULL),
('vehicle_operation', ['column'], '公务用车运行维护', NULL, NULL, NULL),
('vehicle_purchase', ['column'], '公务用车购置', NULL, NULL, NULL),
('vehicles', ['column'], '公务用车购置及运行', NULL, NULL, NULL),
('verdict', ['column'], '结论', NULL, NULL, NULL),
('verified', ['column'], '核实日期', NULL, NULL, NULL),
('version', ['column'], '版本', NULL, NULL, NULL),
('with_amounts', ['column'], '有金额的文件', NULL, NULL, NULL),
('with_file', ['column'], '有门户文件', NULL, NULL, NULL),
('with_narrative', ['column'], '有文字说明的文件', NULL, NULL, NULL),
('with_number', ['column'], '目标为数字的指标数', NULL, NULL, NULL),
('word', ['column'], '词', NULL, NULL, NULL),
('words', ['column'], '前后文字', NULL, NULL, NULL),
('works', ['column'], '工程', NULL, NULL, NULL),
('x0', ['column'], '左', NULL, NULL, NULL),
('x1', ['column'], '右', NULL, NULL, NULL),
('y0', ['column'], '上', NULL, NULL, NULL),
('y1', ['column'], '下', NULL, NULL, NULL),
('year', ['column'], '年度', NULL, NULL, NULL),
('places', ['column'], '地方数', NULL, NULL, NULL),
('unverified', ['column'], '未核实', NULL, NULL, NULL),
('broken', ['column'], '已失效', NULL, NULL, NULL),
('firewalled', ['column'], '被防火墙拦截', NULL, NULL, NULL),
('none_known', ['column'], '地址不明', NULL, NULL, NULL),
('host', ['column'], '主机', NULL, NULL, NULL),
('next_in', ['column'], '下次请求', NULL, NULL, NULL),
('revenue', ['direction'], '收入', 'money a body takes in', '单位取得的各项收入', '预算法'),
('expenditure', ['direction'], '支出', 'money a body spends', '单位的各项支出', '预算法'),
('balance', ['form'], '收支总表', 'revenue and expenditure of the whole body', '全部收入和支出的总表', '部门预算、决算公开表式'),
('revenue', ['form'], '收入总表', 'revenue by source', '按来源列示的收入', '部门预算、决算公开表式'),
('general_public_revenue', ['form'], '一般公共预算收入表', 'revenue of the general public budget', '一般公共预算的收入', '政府预算公开表式'),
('government_fund_revenue', ['form'], '政府性基金预算收入表', 'revenue of government-managed funds', '政府性基金预算的收入', '政府预算公开表式'),
('state_capital_revenue', ['form'], '国有资本经营预算收入表', 'revenue of the state capital operations budget', '国有资本经营预算的收入', '政府预算公开表式'),
('expenditure', ['form'], '支出总表', 'all expenditure, by function', '按功能分类列示的全部支出', '部门预算、决算公开表式'),
('appropriation_balance', ['form'], '财政拨款收支总表', 'fiscal appropriations and what they pay for', '财政拨款的收入和支出', '部门预算、决算公开表式'),
('appropriation_expenditure', ['form'], '财政拨款支出表', 'expenditure from fiscal appropriations', '财政拨款安排的支出', '部门预算、决算公开表式'),
('general_public', ['form'], '一般公共预算支出表', 'expenditure from the general public budget', '一般公共预算安排的支出', '部门预算、决算公开表式'),
('general_public_basic', ['form'], '一般公共预算基本支出表', 'basic expenditure from the general public budget, by economic class', '一般公共预算基本支出，按经济分类', '部门预算、决算公开表式'),
('appropriation_basic', ['form'], '财政拨款基本支出表', 'basic expenditure from fiscal appropriations, by economic class', '财政拨款基本支出，按经济分类', '部门预算、决算公开表式'),
('basic_expenditure', ['form'], '基本支出总表', 'all basic expenditure, by economic class', '全部基本支出，按经济分类', NULL),
('government_fund', ['form'], '政府性基金预算支出表', 'expenditure from government-managed funds', '政府性基金预算安排的支出', '部门预算、决算公开表式'),
('state_capital', ['form'], '国有资本经营预算支出表', 'expenditure from the state capital operations budget', '国有资本经营预算安排的支出', '部门预算、决算公开表式'),
('fiscal_account', ['form'], '财政专户管理资金支出表', 'expenditure from funds kept in special fiscal accounts', '财政专户管理资金安排的支出', NULL),
('three_public', ['form'], '“三公”经费表', 'official travel abroad, official vehicles, official receptions', '因公出国（境）、公务用车购置及运行、公务接待', '部门预算、决算公开表式'),
('economic_summary', ['form'], '支出经济分类汇总表', 'expenditure by economic class', '按经济分类汇总的支出', NULL),
('project_expenditure', ['form'], '项目支出表', 'expenditure on projects, one row each', '逐项列示的项目支出', NULL),
('operating_expenses', ['form'], '机关运行经费表', 'cost of running the office', '为保障机关运行的公用经费', NULL),
('purchased_services', ['form'], '政府购买服务表', 'services bought for the public or the office', '向社会力量购买的公共服务和政府履职辅助性服务', '政府购买服务管理办法'),
('performance_department', ['form'], '部门整体绩效目标表', 'performance targets of the whole department', '部门整体支出的绩效目标', '预算绩效管理办法'),
('performance_project', ['form'], '项目绩效目标表', 'performance targets of a project', '单个项目的绩效目标', '预算绩效管理办法'),
('procurement', ['form'], '政府采购预算表', 'purchases planned', '计划的政府采购', '政府采购法'),
('assets', ['form'], '固定资产占用情况表', 'fixed assets held', '占用的固定资产', NULL),
('units', ['form'], '机构设置情况表', 'units of the department', '部门所属单位', NULL),
('transfers', ['form'], '税收返还和转移支付表', 'tax rebates and transfers, of a whole government', '一级政府的税收返还和转移支付', '政府预算公开表式'),
('debt', ['form'], '政府债务表', 'debt and bonds, of a whole government', '一级政府的债务和债券', '政府预算公开表式'),
('social_insurance_fund', ['form'], '社会保险基金收支表', 'social insurance funds, of a whole government', '一级政府的社会保险基金', '政府预算公开表式'),
('narrative', ['form', 'kind', 'listed_in', 'stated_in'], '文字说明', 'the text beside the tables', '表格之外的情况说明', NULL),
('declared empty', ['form', 'found'], '声明为空', 'a form of which the document says that it holds nothing', '文件声明没有内容的表', NULL),
('category', ['function_level', 'level'], '类', 'functional class of 3 digits', '3 位代码的功能分类', '政府收支分类科目'),
('group', ['function_level', 'level'], '款', 'functional class of 5 digits', '5 位代码的功能分类', '政府收支分类科目'),
('item', ['function_level', 'level'], '项', 'functional class of 7 digits', '7 位代码的功能分类', '政府收支分类科目'),
('total', ['fund'], '全部资金', 'all funds that the form covers', '该表涵盖的全部资金', NULL),
('fiscal_appropriation', ['fund'], '财政拨款', 'all appropriations from the budgets of the government', '各本政府预算安排的拨款合计', '预算法'),
('general_public', ['fund'], '一般公共预算', 'the budget of taxes and other general revenue', '以税收为主体的一般公共预算', '预算法第六条'),
('government_fund', ['fund'], '政府性基金预算', 'the budget of funds raised for a stated purpose', '专项用于特定公共事业的基金预算', '预算法第九条'),
('state_capital', ['fund'], '国有资本经营预算', 'the budget of returns on state capital', '国有资本收益的收支预算', '预算法第十条'),
('fiscal_account', ['fund'], '财政专户管理资金', 'fees kept in a special fiscal account, such as for education', '纳入财政专户管理的收费，如教育收费', NULL),
('unit_funds', ['fund', 'item'], '单位资金', 'a unit''s own funds beside appropriations', '财政拨款和财政专户之外的单位资金', NULL),
('business', ['fund'], '事业收入', 'earned by public institutions for their services', '事业单位开展专业业务取得的收入', '事业单位财务规则'),
('operating', ['fund'], '事业单位经营收入', 'earned by public institutions beside their services', '事业单位非独立核算的经营收入', '事业单位财务规则'),
('superior_subsidy', ['fund', 'item'], '上级补助收入', 'non-fiscal money from the superior unit', '从主管部门和上级单位取得的非财政补助', '事业单位财务规则'),
('subordinate_remittance', ['fund', 'item'], '附属单位上缴收入', 'paid up by subordinate units', '附属单位按规定上缴的收入', '事业单位财务规则'),
('non_fiscal_surplus', ['fund', 'item'], '使用非财政拨款结余', 'surplus of other years that is not fiscal', '以前年度的非财政拨款结余', '事业单位财务规则'),
('other', ['fund'], '其他收入', 'whatever else', '上述以外的收入', '事业单位财务规则'),
('total', ['spending'], '支出合计', 'all kinds of spending', '各类支出的合计', NULL),
('basic', ['spending', 'item'], '基本支出', 'to keep the body running and do its daily work', '保障机构正常运转、完成日常工作任务的支出', '事业单位财务规则'),
('personnel', ['spending', 'item'], '人员经费', 'wages, welfare and allowances', '工资福利和个人家庭补助', NULL),
('wages', ['spending', 'item'], '工资福利支出', 'economic class 301', '经济分类 301', '政府收支分类科目'),
('individual_family', ['spending', 'item'], '对个人和家庭的补助', 'economic class 303', '经济分类 303', '政府收支分类科目'),
('public', ['spending', 'item'], '公用经费', 'goods and services for running the body', '维持机构运转的商品和服务支出', NULL),
('project', ['spending', 'item'], '项目支出', 'beyond basic spending, for a stated task', '基本支出之外，为完成特定任务的支出', '事业单位财务规则'),
('project_operating', ['spending'], '其他运转类项目', 'projects that keep something running', '其他运转类的项目支出', '预算管理一体化规范'),
('project_specific', ['spending'], '特定目标类项目', 'projects for a stated goal', '特定目标类的项目支出', '预算管理一体化规范'),
('operating', ['spending'], '经营支出', 'of public institutions'' operations beside their services', '事业单位经营活动的支出', '事业单位财务规则'),
('remitted_up', ['spending', 'item'], '上缴上级支出', 'paid to the superior unit', '按规定上缴上级单位的支出', '事业单位财务规则'),
('subsidies_down', ['spending', 'item'], '对附属单位补助支出', 'non-fiscal money given to subordinate units', '用非财政资金补助附属单位的支出', '事业单位财务规则'),
('reserve', ['spending'], '单位预留', 'kept back by the unit', '单位预留的机动经费', NULL),
('total', ['period'], '各期合计', 'this year''s money and what was carried over', '本年与上年结转之和', NULL),
('current', ['period'], '本年', 'this year''s', '本年的收入或支出', NULL),
('carried_over', ['period', 'item', 'rule'], '上年结转', 'brought over from the year before', '上年结转到本年使用的资金', '预算法'),
('opening', ['period'], '年初结转和结余', 'balance at the year''s beginning', '年初的结转和结余', NULL),
('closing', ['period'], '年末结转和结余', 'balance at the year''s end', '年末的结转和结余', NULL),
('budget', ['basis', 'role'], '年初预算数', 'the first budget of the year', '年初批复的预算', NULL),
('adjusted_budget', ['basis', 'role'], '调整预算数', 'the budget as adjusted during the year', '年中调整后的全年预算', '预算法'),
('outcome', ['basis'], '决算数', 'what was received or spent', '实际收入或支出', '预算法'),
('prior_budget', ['basis'], '上年预算数', 'last year''s budget', '上年的预算', NULL),
('prior_outcome', ['basis'], '上年决算数', 'last year''s outcome', '上年的决算或执行数', NULL),
('change', ['basis', 'role'], '增减额', 'the difference from another figure', '与另一数相比的差额', NULL),
('total', ['item'], '“三公”经费合计', 'all of 三公', '“三公”经费各部分之和', NULL),
('three_public', ['item'], '“三公”经费', 'travel abroad, vehicles and receptions paid by appropriations', '财政拨款安排的因公出国（境）费、公务用车购置及运行费、公务接待费', '党政机关厉行节约反对浪费条例'),
('abroad', ['item'], '因公出国（境）费', 'travel abroad on duty', '公务出国（境）的费用', NULL),
('vehicles', ['item'], '公务用车购置及运行费', 'buying and running official vehicles', '公务用车购置费与运行费', NULL),
('purchase', ['item'], '公务用车购置费', 'buying official vehicles', '购置公务用车的费用', NULL),
('running', ['item'], '公务用车运行费', 'running official vehicles', '公务用车运行维护的费用', NULL),
('vehicle_purchase', ['item'], '公务用车购置费', 'buying official vehicles', '购置公务用车的费用', NULL),
('vehicle_running', ['item'], '公务用车运行费', 'running official vehicles', '公务用车运行维护的费用', NULL),
('reception', ['item'], '公务接待费', 'official receptions', '按规定开支的公务接待费用', '党政机关国内公务接待管理规定'),
('meetings', ['item'], '会议费', 'meetings', '会议的费用', NULL),
('training', ['item'], '培训费', 'training', '培训的费用', NULL),
('balance_total', ['item'], '收支总计', 'both sides of the balance', '收支两方的总计', NULL),
('revenue_total', ['item'], '收入总计', 'revenue with what was carried over', '含上年结转的收入', NULL),
('revenue_current', ['item'], '本年收入合计', 'this year''s revenue', '本年的收入', NULL),
('expenditure_total', ['item'], '支出总计', 'expenditure with what is left', '含年末结转结余的支出', NULL),
('expenditure_current', ['item'], '本年支出合计', 'this year''s expenditure', '本年的支出', NULL),
('appropriation_balance_total', ['item'], '财政拨款收支总计', 'both sides of the appropriations', '财政拨款收支两方的总计', NULL),
('appropriation_revenue', ['item'], '财政拨款收入', 'appropriations received', '取得的财政拨款', NULL),
('appropriation_expenditure', ['item'], '财政拨款支出', 'spending from appropriations', '财政拨款安排的支出', NULL),
('general_public', ['item'], '一般公共预算拨款', 'of the general public budget, the direction not said', '一般公共预算，未说明收支方向', NULL),
('general_public_revenue', ['item'], '一般公共预算收入', NULL, NULL, NULL),
('general_public_expenditure', ['item'], '一般公共预算支出', NULL, NULL, NULL),
('government_fund', ['item'], '政府性基金预算拨款', 'of government-managed funds, the direction not said', '政府性基金预算，未说明收支方向', NULL),
('government_fund_revenue', ['item'], '政府性基金预算收入', NULL, NULL, NULL),
('government_fund_expenditure', ['item'], '政府性基金预算支出', NULL, NULL, NULL),
('state_capital', ['item'], '国有资本经营预算拨款', 'of the state capital operations budget, the direction not said', '国有资本经营预算，未说明收支方向', NULL),
('state_capital_revenue', ['item'], '国有资本经营预算收入', NULL, NULL, NULL),
('state_capital_expenditure', ['item'], '国有资本经营预算支出', NULL, NULL, NULL),
('fiscal_account_revenue', ['item'], '财政专户管理资金收入', NULL, NULL, NULL),
('business_revenue', ['item'], '事业收入', NULL, NULL, NULL),
('operating_revenue', ['item'], '事业单位经营收入', NULL, NULL, NULL),
('other_revenue', ['item'], '其他收入', NULL, NULL, NULL),
('goods_services', ['item'], '商品和服务支出', 'economic class 302', '经济分类 302', '政府收支分类科目'),
('capital', ['item'], '资本性支出', 'economic classes 309 and 310', '经济分类 309、310', '政府收支分类科目'),
('operating_expenditure', ['item'], '经营支出', NULL, NULL, NULL),
('reserve', ['item'], '单位预留经费', NULL, NULL, NULL),
('distribution', ['item'], '结余分配', 'surplus distributed at the year''s end', '年末对结余的分配', '事业单位财务规则'),
('carried_forward', ['item'], '年末结转和结余', 'left for the next year', '留待下年使用的结转和结余', NULL),
('operating_expenses', ['item'], '机关运行经费', 'the cost of running an office', '为保障机关运行的公用经费', NULL),
('entrusted_services', ['item'], '委托业务费', 'work given to others', '委托外单位办理业务的费用', '政府收支分类科目'),
('procurement', ['item', 'invariant'], '政府采购', 'purchases by public bodies', '使用财政性资金的采购', '政府采购法'),
('procurement_goods', ['item'], '政府采购货物', NULL, NULL, NULL),
('procurement_works', ['item'], '政府采购工程', NULL, NULL, NULL),
('procurement_services', ['item'], '政府采购服务', NULL, NULL, NULL),
('procurement_sme', ['item'], '授予中小企业合同', 'contracts awarded to small and medium enterprises, of all purchases', '政府采购中授予中小企业的合同', '政府采购促进中小企业发展管理办法'),
('procurement_small', ['item'], '授予小微企业合同', 'contracts awarded to small and micro enterprises, a part of procurement_sme', '其中授予小微企业的合同', '政府采购促进中小企业发展管理办法'),
('vehicles_held', ['item'], '现有车辆', 'vehicles held, a count', '现有的车辆数', NULL),
('vehicles_to_buy', ['item'], '拟购车辆', 'vehicles to be bought, a count', '拟购置的车辆数', NULL),
('equipment_held', ['item'], '现有大型设备', 'large equipment held, a count', '现有的大型设备数', NULL),
('equipment_to_buy', ['item'], '拟购大型设备', 'large equipment to be bought, a count', '拟购置的大型设备数', NULL),
('function', ['item'], '功能科目', 'a functional class, by its code', '由代码指明的功能分类科目', NULL),
('economic', ['item'], '部门经济科目', 'a department economic class, by its code', '由代码指明的部门经济分类科目', NULL),
('government_economic', ['item'], '政府经济科目', 'a government economic class, by its code', '由代码指明的政府经济分类科目', NULL),
('stated', ['meaning'], '写明', 'every dimension is stated by words', '各维度都有文字写明', NULL),
('implied', ['meaning'], '推定', 'one dimension follows from the form', '有一个维度由表式得出', NULL),
('doubtful', ['meaning', 'status'], '存疑', 'a heading is missing, unknown or shared', '表头缺少、未知或不唯一', NULL),
('performance', ['in_tables'], '绩效目标表', 'a table of targets alone lists the project', '只有绩效目标表列出该项目', NULL),
('expenditure', ['in_tables'], '项目支出表', 'the form of projects alone lists it', '只有项目支出表列出', NULL),
('both', ['in_tables'], '两表', 'both list it: it stands here once', '两者都列出：此处只有一行', NULL),
('unsettled', ['in_tables'], '未定', 'another row of its document may be the same project', '同一文件的另一行可能是同一项目', NULL),
('line', ['row_kind'], '明细行', 'no other row breaks it down', '没有其他行再细分它', NULL),
('withheld', ['row_kind'], '涉密行', 'a line whose purpose is not disclosed', '不公开用途的明细行', NULL),
('of_which', ['row_kind'], '其中', 'part of the row above, never added', '上面一行的一部分，不再相加', NULL),
('unit', ['row_kind'], '单位行', 'a unit''s sum', '一个单位的合计', NULL),
('subtotal', ['row_kind'], '小计', 'a sum of lines', '若干明细行之和', NULL),
('total', ['row_kind', 'rule'], '合计', 'the sum of the form', '全表之和', NULL),
('confirmed', ['status'], '已印证', 'an identity with the amount holds', '有含该金额的勾稽关系成立', NULL),
('unchecked', ['status'], '未核对', 'no identity could be applied', '没有勾稽关系可用', NULL),
('department', ['level'], '部门', 'a department with all its units', '部门，含所属全部单位', NULL),
('unit', ['level'], '单位', 'one budget unit', '一个预算单位', NULL),
('government', ['level'], '政府', 'a whole city, county or province', '整个市、县或省', NULL),
('province', ['level'], '省级', NULL, NULL, NULL),
('prefecture', ['level'], '地级', NULL, NULL, NULL),
('county', ['level'], '县级', NULL, NULL, NULL),
('approved', ['phase'], '预算', 'the budget as approved', '批复的预算', '预算法'),
('executed', ['phase'], '决算', 'the final accounts', '年度决算', '预算法'),
('parsed', ['parse_status'], '已解析', 'read without refusal', '读完，没有被拒绝的内容', NULL),
('partial', ['parse_status'], '部分解析', 'something was refused or doubted', '有被拒绝或存疑的内容', NULL),
('unrelated', ['parse_status'], '不是预算', 'not a budget', '内容不是预算', NULL),
('unreadable', ['parse_status', 'problem'], '无法读取', 'nothing could be read', '什么也读不出', NULL),
('container', ['parse_status'], '压缩包', 'an archive file whose members are documents', '其成员为各份文件的压缩包', NULL),
('waiting', ['parse_status'], '待解析', 'not read yet', '还没有读', NULL),
('holds', ['outcome'], '成立', 'the identity holds', '勾稽关系成立', NULL),
('broken', ['outcome'], '不成立', 'the identity does not hold', '勾稽关系不成立', NULL),
('not_assessable', ['outcome'], '无法判断', 'the identity cannot be applied', '勾稽关系无法应用', NULL),
('captured', ['outcome'], '已抓取', 'new bytes were received and kept', '收到新的字节并存档', NULL),
('unchanged', ['outcome'], '未变', 'the bytes of last time', '与上次字节相同', NULL),
('not_modified', ['outcome'], '未修改', 'the server says so (304)', '服务器答复未修改（304）', NULL),
('gone', ['outcome', 'verdict'], '消失', 'no longer there', '已不存在', NULL),
('http_error', ['outcome'], 'HTTP 错误', 'status 400 or above', '状态码 400 及以上', NULL),
('timeout', ['outcome'], '超时', 'no whole answer in time', '没有及时收完应答', NULL),
('tls_error', ['outcome'], '证书或握手错误', NULL, NULL, NULL),
('connection_error', ['outcome'], '连接错误', NULL, NULL, NULL),
('challenged', ['outcome'], '反爬虫页面', 'an anti-bot page, never bypassed', '出现反爬虫页面，从不绕过', NULL),
('robots_denied', ['outcome'], 'robots.txt 禁止', NULL, NULL, NULL),
('soft_404', ['outcome'], '实为不存在', 'status 200, but nothing is there', '状态码 200，但页面称没有内容', NULL),
('wrong_type', ['outcome'], '类型不符', 'HTML where a file was promised', '应为文件，实为 HTML', NULL),
('truncated', ['outcome'], '不完整', NULL, NULL, NULL),
('too_large', ['outcome'], '过大', NULL, NULL, NULL),
('listing_empty', ['outcome'], '列表为空', NULL, NULL, NULL),
('listing_repeated', ['outcome'], '列表重复', NULL, NULL, NULL),
('unsafe_address', ['outcome'], '不安全地址', NULL, NULL, NULL),
('amount', ['role'], '当年数', 'the document''s own year and phase', '文件所属年度和阶段的数', NULL),
('previous', ['role'], '上年数', 'the other year''s', '另一年度的数', NULL),
('change_percent', ['role'], '增减百分比', NULL, NULL, NULL),
('completion', ['role'], '完成比例', NULL, NULL, NULL),
('share', ['role'], '占比', NULL, NULL, NULL),
('listing', ['role'], '列表页', NULL, NULL, NULL),
('article', ['role'], '文章', NULL, NULL, NULL),
('attachment', ['role'], '附件', NULL, NULL, NULL),
('picture', ['role'], '图片页', NULL, NULL, NULL),
('file', ['role'], '本地文件', NULL, NULL, NULL),
('requisite', ['role'], '页面附属内容', NULL, NULL, NULL),
('increase', ['comparison'], '增加', NULL, NULL, NULL),
('decrease', ['comparison'], '减少', NULL, NULL, NULL),
('unchanged', ['comparison'], '持平', NULL, NULL, NULL),
('about_unchanged', ['comparison'], '基本持平', NULL, NULL, NULL),
('prior_year', ['compared_with'], '上年', NULL, NULL, NULL),
('prior_budget', ['compared_with'], '上年预算', NULL, NULL, NULL),
('prior_actual', ['compared_with'], '上年决算或执行数', NULL, NULL, NULL),
('own_budget', ['compared_with'], '年初预算', NULL, NULL, NULL),
('adjusted_budget', ['compared_with'], '调整预算', NULL, NULL, NULL),
('row', ['rule'], '行内合计', NULL, NULL, NULL),
('hierarchy', ['rule'], '科目级次', NULL, NULL, NULL),
('units', ['rule'], '单位汇总', NULL, NULL, NULL),
('numbering', ['rule'], '编号层次', NULL, NULL, NULL),
('group', ['rule'], '小计', NULL, NULL, NULL),
('roll_forward', ['rule'], '结转结余', NULL, NULL, NULL),
('balance', ['rule'], '收支平衡', NULL, NULL, NULL),
('three_public', ['rule'], '三公构成', NULL, NULL, NULL),
('revenue_total', ['rule'], '收入总计一致', NULL, NULL, NULL),
('expenditure_total', ['rule'], '支出总计一致', NULL, NULL, NULL),
('basic_total', ['rule'], '基本支出一致', NULL, NULL, NULL),
('economic_total', ['rule'], '经济分类合计一致', NULL, NULL, NULL),
('project_total', ['rule'], '项目支出一致', NULL, NULL, NULL),
('fund_total', ['rule'], '单项资金合计一致', NULL, NULL, NULL),
('funds_total', ['rule'], '各项资金合计一致', NULL, NULL, NULL),
('function_line', ['rule'], '功能科目一致', NULL, NULL, NULL),
('category', ['rule'], '功能类一致', NULL, NULL, NULL),
('project_budgets', ['rule'], '项目预算汇总', NULL, NULL, NULL),
('project_line', ['rule'], '项目金额一致', NULL, NULL, NULL),
('procurement', ['rule'], '采购合计', NULL, NULL, NULL),
('assets', ['rule'], '资产合计', NULL, NULL, NULL),
('form_empty', ['rule'], '空表声明', NULL, NULL, NULL),
('text_change', ['rule'], '文字增减额', NULL, NULL, NULL),
('text_direction', ['rule'], '文字增减方向', NULL, NULL, NULL),
('text_percent', ['rule'], '文字百分比', NULL, NULL, NULL),
('text_sum', ['rule'], '文字合计', NULL, NULL, NULL),
('text_table', ['rule'], '文字与表格一致', NULL, NULL, NULL),
('promised_form_present', ['rule'], '承诺的表', NULL, NULL, NULL),
('prior_year', ['rule'], '与上年一致', NULL, NULL, NULL),
('narrative_and_tables', ['rule'], '文字与表格文件一致', NULL, NULL, NULL),
('unit_in_department', ['rule'], '单位在部门中', NULL, NULL, NULL),
('units_of_department', ['rule'], '部门所列单位汇总', NULL, NULL, NULL),
('three_public', ['invariant'], '三公', NULL, NULL, NULL),
('functions', ['invariant'], '功能分类', NULL, NULL, NULL),
('sources', ['invariant'], '资金来源', NULL, NULL, NULL),
('projects', ['invariant'], '项目', NULL, NULL, NULL),
('missing', ['found'], '缺少', NULL, NULL, NULL),
('present', ['found'], '有', NULL, NULL, NULL),
('unclear', ['found'], '不明', NULL, NULL, NULL),
('establishment', ['kind'], '编制', NULL, NULL, NULL),
('establishment_administrative', ['kind'], '行政编制', NULL, NULL, NULL),
('establishment_institution', ['kind'], '事业编制', NULL, NULL, NULL),
('establishment_workers', ['kind'], '工勤编制', NULL, NULL, NULL),
('actual', ['kind'], '实有', NULL, NULL, NULL),
('in_service', ['kind'], '在职', NULL, NULL, NULL),
('retired', ['kind'], '离退休', NULL, NULL, NULL),
('output', ['kind'], '产出', NULL, NULL, NULL),
('benefit', ['kind'], '效益', NULL, NULL, NULL),
('satisfaction', ['kind'], '满意度', NULL, NULL, NULL),
('cost', ['kind'], '成本', NULL, NULL, NULL),
('management', ['kind'], '管理', NULL, NULL, NULL),
('functional', ['kind'], '功能分类', NULL, NULL, NULL),
('economic', ['kind', 'divided_by'], '部门经济分类', NULL, NULL, NULL),
('government_economic', ['kind', 'divided_by'], '政府经济分类', NULL, NULL, NULL),
('other_form', ['kind'], '另一张表', NULL, NULL, NULL),
('lines', ['kind'], '各行之和', NULL, NULL, NULL),
('functions', ['kind'], '功能分类各行', NULL, NULL, NULL),
('table', ['kind'], '表', NULL, NULL, NULL),
('view', ['kind'], '视图', NULL, NULL, NULL),
('vocabulary', ['kind'], '代码表', NULL, NULL, NULL),
('macro', ['kind'], '宏', NULL, NULL, NULL),
('empty', ['kind'], '空文件', NULL, NULL, NULL),
('truncated', ['kind'], '文件不完整', NULL, NULL, NULL),
('encrypted', ['kind'], '文件已加密', NULL, NULL, NULL),
('corrupt', ['kind'], '文件已损坏', NULL, NULL, NULL),
('mangled', ['kind'], '文件已变形', NULL, NULL, NULL),
('too_large', ['kind'], '文件过大', NULL, NULL, NULL),
('bomb', ['kind'], '压缩炸弹', NULL, NULL, NULL),
('nested_too_deep', ['kind'], '嵌套过深', NULL, NULL, NULL),
('unsupported_format', ['kind'], '不支持的格式', NULL, NULL, NULL),
('no_text_layer', ['kind'], '没有文字层', NULL, NULL, NULL),
('garbled_text_layer', ['kind'], '文字层乱码', NULL, NULL, NULL),
('corrupt_page', ['kind'], '页面损坏', NULL, NULL, NULL),
('overfull_page', ['kind'], '页面内容过多', NULL, NULL, NULL),
('too_many_rules', ['kind'], '线条过多', NULL, NULL, NULL),
('too_many_pages', ['kind'], '页数过多', NULL, NULL, NULL),
('pages_missing', ['kind'], '缺页', NULL, NULL, NULL),
('read_by_ocr', ['kind'], '由 OCR 读出', NULL, NULL, NULL),
('uncertain_text', ['kind'], '文字不确定', NULL, NULL, NULL),
('illegible_text', ['kind'], '文字无法辨认', NULL, NULL, NULL),
('ocr_text_layer', ['kind'], '附带 OCR 文字层', NULL, NULL, NULL),
('watermark_set_aside', ['kind'], '水印未读', NULL, NULL, NULL),
('field_value_differs', ['kind'], '表单域值不一致', NULL, NULL, NULL),
('text_crosses_rule', ['kind'], '文字越过框线', NULL, NULL, NULL),
('undecodable_text', ['kind'], '文字无法解码', NULL, NULL, NULL),
('no_content', ['kind'], '没有内容', NULL, NULL, NULL),
('too_deep', ['kind'], '层次过深', NULL, NULL, NULL),
('hidden_sheet', ['kind'], '隐藏工作表', NULL, NULL, NULL),
('hidden_cells', ['kind'], '隐藏单元格', NULL, NULL, NULL),
('struck_out', ['kind'], '划去的文字', NULL, NULL, NULL),
('formula_without_value', ['kind'], '公式没有值', NULL, NULL, NULL),
('nested_table', ['kind'], '嵌套表格', NULL, NULL, NULL),
('ragged_table', ['kind'], '表格不齐', NULL, NULL, NULL),
('unread_objects', ['kind'], '未读的对象', NULL, NULL, NULL),
('unread_part', ['kind'], '未读的部分', NULL, NULL, NULL),
('parser_failed', ['kind'], '解析失败', NULL, NULL, NULL),
('too_slow', ['kind'], '解析过慢', NULL, NULL, NULL),
('too_much_memory', ['kind'], '内存不足', NULL, NULL, NULL),
('parser_died', ['kind'], '解析进程中断', NULL, NULL, NULL),
('original_unreadable', ['kind'], '原件读不出', NULL, NULL, NULL),
('not_a_budget', ['kind'], '不是预算', NULL, NULL, NULL),
('no_statement_forms', ['kind'], '没有官方表式', NULL, NULL, NULL),
('form_unknown', ['kind'], '表式未知', NULL, NULL, NULL),
('form_not_interpreted', ['kind'], '表未解读', NULL, NULL, NULL),
('form_empty', ['kind'], '表为空', NULL, NULL, NULL),
('unit_unknown', ['kind'], '金额单位未知', NULL, NULL, NULL),
('heading_differs', ['kind'], '表头不一致', NULL, NULL, NULL),
('heading_missing', ['kind'], '表头缺少', NULL, NULL, NULL),
('amount_unreadable', ['kind'], '金额读不出', NULL, NULL, NULL),
('declared_empty', ['kind'], '声明为空', NULL, NULL, NULL),
('project_unnamed', ['kind'], '项目没有名称', NULL, NULL, NULL),
('project_unsettled', ['kind'], '项目是否同一未定', NULL, NULL, NULL),
('projects_unread', ['kind'], '项目支出表未读作项目', NULL, NULL, NULL),
('row_slid', ['kind'], '行错位已归位', NULL, NULL, NULL),
('row_undecided', ['kind'], '行错位未定', NULL, NULL, NULL),
('name_contradicts_code', ['kind'], '名称与代码矛盾', NULL, NULL, NULL),
('classification_unknown', ['kind'], '科目未知', NULL, NULL, NULL),
('code_malformed', ['kind'], '代码格式不对', NULL, NULL, NULL),
('entity_from_file_name', ['kind'], '单位取自文件名', NULL, NULL, NULL),
('year_from_file_name', ['kind'], '年度取自文件名', NULL, NULL, NULL),
('told_otherwise', ['kind'], '与存入时所说不同', NULL, NULL, NULL),
('entity_unknown', ['kind'], '单位未知', NULL, NULL, NULL),
('department_unknown', ['kind'], '部门未知', NULL, NULL, NULL),
('place_unknown', ['kind'], '地方未知', NULL, NULL, NULL),
('place_ambiguous', ['kind'], '地方有歧义', NULL, NULL, NULL),
('year_unknown', ['kind'], '年度未知', NULL, NULL, NULL),
('phase_unknown', ['kind'], '阶段未知', NULL, NULL, NULL),
('level_unknown', ['kind'], '级次未知', NULL, NULL, NULL),
('site_changed', ['kind'], '网站已变', NULL, NULL, NULL),
('listing_shrunk', ['kind'], '列表变短', NULL, NULL, NULL),
('below_minimum', ['kind'], '少于下限', NULL, NULL, NULL),
('above_maximum', ['kind'], '多于上限', NULL, NULL, NULL),
('table', ['listed_in'], '表格', NULL, NULL, NULL),
('assets', ['stated_in'], '固定资产表', NULL, NULL, NULL),
('one document', ['printed_in'], '同一文件', NULL, NULL, NULL),
('two documents', ['printed_in'], '两份文件', NULL, NULL, NULL),
('function', ['divided_by'], '功能分类', NULL, NULL, NULL),
('name', ['divided_by'], '名称', NULL, NULL, NULL),
('function_leaves', ['divided_by'], '功能分类各行', NULL, NULL, NULL),
('missing', ['problem'], '缺失', NULL, NULL, NULL),
('altered', ['problem'], '被改动', NULL, NULL, NULL),
('misplaced', ['problem'], '放错位置', NULL, NULL, NULL),
('unexpected', ['problem'], '意外的对象', NULL, NULL, NULL),
('unfinished', ['problem'], '未完成', NULL, NULL, NULL),
('failing', ['state'], '有故障', 'the last crawl could not trust the listing', '上次抓取的列表不可信', NULL),
('never-read-whole', ['state'], '从未读完整', 'no crawl could trust the listing', '没有一次抓取的列表可信', NULL),
('due', ['state'], '到期', 'a crawl is due', '按日程应抓取', NULL),
('fresh', ['state'], '正常', 'all is well', '一切正常', NULL),
('unverified', ['state'], '未核实', 'somebody named the address', '有人提供了地址', NULL),
('verified', ['state'], '已核实', 'rows were seen there', '看到了行', NULL),
('broken', ['state'], '已失效', 'no rows were seen there', '没有看到行', NULL),
('firewalled', ['state'], '被防火墙拦截', 'no answer, or an anti-bot page', '没有应答，或是反爬虫页面', NULL),
('none_known', ['state'], '地址不明', 'nobody named an address', '没有人提供地址', NULL),
('receiving', ['state'], '接收中', NULL, NULL, NULL),
('left alone', ['state'], '不再访问', NULL, NULL, NULL),
('waiting', ['state'], '等待中', NULL, NULL, NULL),
('worse', ['verdict'], '变差', NULL, NULL, NULL),
('changed', ['verdict'], '改变', NULL, NULL, NULL),
('better', ['verdict'], '变好', NULL, NULL, NULL),
('new', ['verdict'], '新增', NULL, NULL, NULL),
('code_unknown', ['relation'], '代码未知', NULL, NULL, NULL),
('name_unknown', ['relation'], '名称未知', NULL, NULL, NULL),
('contradicts', ['relation'], '与代码矛盾', NULL, NULL, NULL),
('damage', ['topic'], '损坏', NULL, NULL, NULL),
('portals', ['topic'], '门户', NULL, NULL, NULL),
('freshness', ['topic'], '新旧', NULL, NULL, NULL),
('failures', ['topic'], '失败', NULL, NULL, NULL),
('drift', ['topic'], '偏离', NULL, NULL, NULL),
('captures', ['topic'], '抓取', NULL, NULL, NULL),
('originals', ['topic'], '原件', NULL, NULL, NULL),
('runs', ['topic'], '运行', NULL, NULL, NULL),
('documents', ['topic'], '文件', NULL, NULL, NULL),
('amounts', ['topic'], '金额', NULL, NULL, NULL),
('issues', ['topic'], '问题', NULL, NULL, NULL),
('lake', ['topic'], '数据湖', NULL, NULL, NULL),
('title', ['kind'], '标题', NULL, NULL, NULL),
('project', ['kind'], '项目', NULL, NULL, NULL),
('indicator', ['kind'], '绩效指标', NULL, NULL, NULL),
('cell', ['kind'], '单元格', NULL, NULL, NULL),
('statement', ['column'], '声明', NULL, NULL, NULL),
('signed_at', ['column'], '签署时间', NULL, NULL, NULL),
('stamped_at', ['column'], '时间戳时间', NULL, NULL, NULL),
('signing_key', ['column'], '签名密钥', NULL, NULL, NULL),
('originals', ['column'], '原件数', NULL, NULL, NULL),
('capture_files', ['column'], '抓取记录文件数', NULL, NULL, NULL),
('verification', ['column'], '核验', NULL, NULL, NULL),
('began', ['column'], '开始时间', NULL, NULL, NULL),
('ended', ['column'], '结束时间', NULL, NULL, NULL),
('end', ['column'], '如何结束', NULL, NULL, NULL),
('asked', ['column'], '要求', NULL, NULL, NULL),
('parts_read', ['column'], '读完的部分', NULL, NULL, NULL),
('objects', ['column'], '对象数', NULL, NULL, NULL),
('findings', ['column'], '发现数', NULL, NULL, NULL),
('written', ['column'], '写入时间', NULL, NULL, NULL),
('last_read', ['column'], '上次读取时间', NULL, NULL, NULL),
('whole', ['end'], '读完', NULL, NULL, NULL),
('time', ['end'], '时间到', NULL, NULL, NULL),
('stopped', ['end'], '被中止', NULL, NULL, NULL),
('became', ['column'], '去向', NULL, NULL, NULL),
('last_observed_at', ['column'], '最后看到时间', NULL, NULL, NULL),
('replaced_by', ['column'], '取代者', NULL, NULL, NULL),
('moved_to', ['column'], '现在的网址', NULL, NULL, NULL),
('observed_at', ['column'], '看到时间', NULL, NULL, NULL),
('gone_since', ['column'], '何时起撤下', NULL, NULL, NULL),
('index_number', ['column'], '索引号', NULL, NULL, NULL),
('gone', ['became'], '已撤下', NULL, NULL, NULL),
('moved', ['became'], '已移动', NULL, NULL, NULL),
('replaced', ['became'], '被取代', NULL, NULL, NULL),
('bytes_change', ['column'], '字节增减', NULL, NULL, NULL),
('amounts_changed', ['column'], '变动金额数', NULL, NULL, NULL),
('lines_changed', ['column'], '变动文字行数', NULL, NULL, NULL),
('amount_before', ['column'], '变动前金额', NULL, NULL, NULL),
('amount_after', ['column'], '变动后金额', NULL, NULL, NULL);
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
-- Every interpreted amount beside the document it stands in, whatever kind of figure it is (column basis): those that
-- the document was published for, last year's, the budget beside the outcome, and changes.  Blank cells (amount null)
-- are left out.
CREATE VIEW amounts_of_every_basis AS
SELECT
    d.entity, d.level, d.phase, d.city, d.county, d.division_code, d.unit_code AS entity_code, d.title, d.portal, d.url,
    l.*
FROM line_items AS l
JOIN documents AS d ON d.sha256 = l.document_sha256
WHERE l.amount IS NOT NULL;

-- Both following views in one, told apart by level: what named queries read that are asked for governments too.
CREATE VIEW own_amounts AS
SELECT * FROM amounts_of_every_basis WHERE is_own_figure(phase, basis);

-- The amounts that documents were published for: the budget of a budget, the outcome of final accounts.  Amounts of one
-- form contain each other (categories their groups, groups their items, totals their parts): pick one function_level
-- and one value of fund, spending and period before summing.  Those of whole governments are left out: they contain
-- every department's, and stand in the view government_amounts.
CREATE VIEW amounts AS
SELECT * FROM own_amounts WHERE NOT is_government(level);

-- The same of whole governments (level 'government'), which print several scopes, years and estimates side by side.
CREATE VIEW government_amounts AS
SELECT * FROM own_amounts WHERE is_government(level);
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
-- How often the lake prints each functional code beside each name.
CREATE VIEW function_labels AS
SELECT function_code, label, count(*) AS times
FROM line_items
WHERE function_code IS NOT NULL AND label IS NOT NULL
GROUP BY function_code, label;

-- The name of each functional code that the lake prints: the vocabulary's latest, or the one most often printed where
-- the code is not in the vocabulary.  Henan's forms print items only, and a printed name may be cut by its cell.
CREATE VIEW function_names AS
SELECT function_code, coalesce(code_name(function_code, NULL), arg_max(label, row(times, label))) AS name
FROM function_labels
GROUP BY function_code;
-- What each document says in total, one row per document, yuan.  Every figure is read from a row that states a total;
-- nothing is summed here but wages and allowances where the form does not print 人员经费 itself, the three parts of “三公”
-- where it does not print their sum, and this year's money and what was carried over where a form prints them apart.
-- Documents of whole governments (level 'government') are rows without figures.
--   revenue       the total of the balance form's revenue: 收入总计, 总计, 收入合计; where it states this year's alone, that;
--                 where there is none, the total of the revenue form
--   expenditure   total row of the expenditure form; where there is none, the total of the balance form's expenditure
--   basic, project                   基本支出 and 项目支出 of the same total row; 人员经费 + 公用经费 where 基本支出 is not
--                 printed itself; else the rows of the balance form that state them
--   personnel     人员经费 of that row, or 工资福利 + 对个人和家庭的补助; else of the basic-expenditure form
--                 (general_public_basic), which covers general public funds only
--   carried_over  上年结转 of the revenue form's total row; where there is none, of the balance form
--   three_public  “三公”经费 of the three_public form: the row or column of that name; else the sum of 出国, 用车 and 接待
--                 where it prints all three; else the form's 合计 where it holds neither 会议费 nor 培训费; else 0 where the
--                 form is declared empty
-- A revenue, expenditure or “三公” that no table states is taken from the narrative where that states one figure alone;
-- a file of narrative without tables has no figures, for they are those of the file with the tables.
-- The columns that end in _from say which form a figure was read in, 'declared empty' or 'narrative'.
CREATE VIEW document_totals AS
WITH total_rows AS (
    SELECT
        *, is_whole(fund) OR NOT bool_or(is_whole(fund)) OVER (PARTITION BY document_sha256, form) AS is_whole_of_form
    FROM amounts
    WHERE function_code IS NULL AND economic_code IS NULL AND government_economic_code IS NULL
      AND meaning IS DISTINCT FROM 'doubtful' AND (is_total OR form IN ('balance', 'three_public'))
),
stated AS (
    SELECT
        document_sha256, province, year, department,
        coalesce(
            max(amount) FILTER (
                form = 'balance' AND direction = 'revenue' AND is_total AND is_whole_of_form AND is_whole(period)
            ),
            max(amount) FILTER (
                form = 'balance' AND direction = 'revenue' AND is_total AND is_whole_of_form AND period = 'current'
            )
        ) AS revenue,
        coalesce(
            max(amount) FILTER (
                form = 'balance' AND direction = 'expenditure' AND is_total AND is_whole_of_form AND is_whole(spending)
                AND is_whole(period)
            ),
            max(amount) FILTER (
                form = 'balance' AND direction = 'expenditure' AND is_total AND is_whole_of_form AND is_whole(spending)
                AND period = 'current'
            )
        ) AS balance_expenditure,
        max(amount) FILTER (form = 'revenue' AND is_whole_of_form AND is_whole(period)) AS revenue_form,
        max(amount) FILTER (form = 'revenue' AND is_whole_of_form AND period = 'current') AS revenue_form_this_year,
        max(amount) FILTER (
            form = 'balance' AND spending = 'basic' AND is_whole(fund) AND row_kind IN ('line', 'subtotal')
        ) AS balance_basic,
        max(amount) FILTER (
            form = 'balance' AND spending = 'project' AND is_whole(fund) AND row_kind IN ('line', 'subtotal')
        ) AS balance_project,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND period = 'carried_over')
        ) AS expenditure,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND period = 'carried_over')
        ) AS basic,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND period = 'carried_over')
        ) AS project,
        max(amount) FILTER (form = 'expenditure' AND spending = 'public' AND is_whole(fund)) AS public,
        max(amount) FILTER (form = 'expenditure' AND spending = 'personnel') AS personnel,
        max(amount) FILTER (form = 'expenditure' AND spending = 'wages') AS wages,
        max(amount) FILTER (form = 'expenditure' AND spending = 'individual_family') AS individual_family,
        max(amount) FILTER (form = 'general_public_basic' AND spending = 'personnel') AS basic_form_personnel,
        max(amount) FILTER (form = 'revenue' AND period = 'carried_over' AND is_whole(fund)) AS carried_over,
        max(amount) FILTER (
            form = 'balance' AND direction = 'revenue' AND is_whole(fund) AND period IN ('carried_over', 'opening')
        ) AS balance_carried_over,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'total') AS three_public,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'abroad') AS abroad,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'vehicles') AS vehicles,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'reception') AS reception,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND is_total AND item IS NULL) AS three_public_all,
        bool_or(form = 'three_public' AND item IN ('meetings', 'training')) AS with_meetings
    FROM total_rows
    GROUP BY document_sha256, province, year, department
),

-- Figures of which the narrative states one and no other.
said AS (
    SELECT
        document_sha256,
        any_value(amount) FILTER (item = 'balance_total') AS balance_total,
        any_value(amount) FILTER (item = 'revenue_total') AS revenue,
        any_value(amount) FILTER (item = 'expenditure_total') AS expenditure,
        any_value(amount) FILTER (item = 'three_public') AS three_public
    FROM (
        SELECT document_sha256, item, any_value(amount) AS amount
        FROM claims
        WHERE role = 'amount' AND amount IS NOT NULL
          AND (item = 'three_public' OR (item IN ('balance_total', 'revenue_total', 'expenditure_total') AND is_whole(fund)))
        GROUP BY document_sha256, item
        HAVING count(DISTINCT amount) = 1
    )
    GROUP BY document_sha256
),
empty AS (
    SELECT document_sha256
    FROM checks
    WHERE rule = 'form_empty' AND outcome = 'holds' AND starts_with(scope, 'three_public:')
    GROUP BY document_sha256
),
figures AS (
    SELECT
        d.*, s.* EXCLUDE (document_sha256, province, year, department),
        n.balance_total, n.revenue AS said_revenue, n.expenditure AS said_expenditure, n.three_public AS said_three_public,
        e.document_sha256 IS NOT NULL AS declared_empty
    FROM documents AS d
    LEFT JOIN stated AS s ON s.document_sha256 = d.sha256
    LEFT JOIN said AS n ON n.document_sha256 = d.sha256 AND NOT is_government(d.level) AND d.amounts > 0
    LEFT JOIN empty AS e ON e.document_sha256 = d.sha256 AND NOT is_government(d.level)
)
SELECT
    sha256 AS document_sha256, province, city, county, year, department, entity, level, phase,
    coalesce(revenue, revenue_form, revenue_form_this_year, said_revenue, balance_total) AS revenue,
    CASE
        WHEN revenue IS NOT NULL THEN 'balance'
        WHEN coalesce(revenue_form, revenue_form_this_year) IS NOT NULL THEN 'revenue'
        WHEN coalesce(said_revenue, balance_total) IS NOT NULL THEN 'narrative'
    END AS revenue_from,
    coalesce(expenditure, balance_expenditure, said_expenditure, balance_total) AS expenditure,
    CASE
        WHEN expenditure IS NOT NULL THEN 'expenditure'
        WHEN balance_expenditure IS NOT NULL THEN 'balance'
        WHEN coalesce(said_expenditure, balance_total) IS NOT NULL THEN 'narrative'
    END AS expenditure_from,
    coalesce(basic, personnel + public, balance_basic) AS basic,
    coalesce(project, balance_project) AS project,
    coalesce(personnel, wages + coalesce(individual_family, 0), basic_form_personnel) AS personnel,
    CASE
        WHEN coalesce(personnel, wages) IS NOT NULL THEN 'expenditure'
        WHEN basic_form_personnel IS NOT NULL THEN 'general_public_basic'
    END AS personnel_form,
    coalesce(carried_over, balance_carried_over) AS carried_over,
    CASE three_public_from
        WHEN 'three_public' THEN coalesce(
            three_public, abroad + vehicles + reception, CASE WHEN NOT with_meetings THEN three_public_all END
        )
        WHEN 'declared empty' THEN 0
        WHEN 'narrative' THEN said_three_public
    END AS three_public,
    three_public_from,
    amounts, confirmed, checks_held, checks_broken, issues
FROM (
    SELECT
        *,
        CASE
            WHEN coalesce(three_public, abroad + vehicles + reception) IS NOT NULL THEN 'three_public'
            WHEN NOT with_meetings AND three_public_all IS NOT NULL THEN 'three_public'
            WHEN declared_empty THEN 'declared empty'
            WHEN said_three_public IS NOT NULL THEN 'narrative'
        END AS three_public_from
    FROM figures
);
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
-- How far each document was understood, beside who published it and what read it: one row per document, every count of
-- the table quality.  confirmed_percent is the share of its amounts; null where it has none.
CREATE VIEW document_quality AS
SELECT
    q.document_sha256, d.file_name, d.entity, q.province, d.city, d.county, q.year, q.department, d.phase, d.level,
    d.portal, d.format, d.pages,
    d.parse_status, d.parser_version,
    percent(q.confirmed, q.amounts) AS confirmed_percent,
    q.* EXCLUDE (document_sha256, province, year, department)
FROM quality AS q
JOIN documents AS d ON d.sha256 = q.document_sha256;
-- What one body published of one year and phase: one row per disclosure, whose tables and narrative may be files of their
-- own, and of which a corrected file is one more.  Files are put together by body, place, year, phase and level as they
-- state them; one that does not state its level belongs to the only level there is, one that does not tell all the rest
-- to the disclosure of the article it is linked from, where that is one.
--   documents        all its files (SHA-256)
--   with_amounts     those with interpreted amounts
--   with_narrative   those whose text states amounts (table claims)
--   articles         pages that link them
CREATE VIEW disclosures AS
WITH told AS (
    SELECT
        *, body_name(entity, province) AS body, concat_ws('/', province, city, county) AS place,
        entity IS NOT NULL AND year IS NOT NULL AND phase IS NOT NULL AS is_whole_name,
        EXISTS (SELECT 1 FROM claims AS s WHERE s.document_sha256 = sha256) AS has_narrative
    FROM documents
    WHERE parse_status IN ('parsed', 'partial')
),
named AS (
    SELECT
        * EXCLUDE (level),
        coalesce(level, CASE WHEN min(level) OVER alike = max(level) OVER alike THEN min(level) OVER alike END) AS level
    FROM told
    WHERE is_whole_name
    WINDOW alike AS (PARTITION BY body, place, year, phase)
),
of_article AS (
    SELECT
        article_url, any_value(body) AS body, any_value(place) AS place, any_value(year) AS year, any_value(phase) AS phase,
        any_value(level) AS level
    FROM named
    WHERE article_url IS NOT NULL
    GROUP BY article_url
    HAVING count(DISTINCT (body, place, year, phase, level)) = 1
),
together AS (
    SELECT * FROM named
    UNION ALL BY NAME
    SELECT
        t.* EXCLUDE (body, place, year, phase, level, province, city, county, department, entity),
        a.body, a.place, a.year, a.phase, a.level
    FROM told AS t
    JOIN of_article AS a USING (article_url)
    WHERE NOT t.is_whole_name
)
SELECT
    arg_max(entity, len(entity)) AS entity, max(province) AS province, max(city) AS city, max(county) AS county,
    max(department) AS department, level, year, phase,
    list(sha256 ORDER BY sha256) AS documents,
    coalesce(list(sha256 ORDER BY sha256) FILTER (amounts > 0), []) AS with_amounts,
    coalesce(list(sha256 ORDER BY sha256) FILTER (has_narrative), []) AS with_narrative,
    coalesce(list(DISTINCT article_url ORDER BY article_url) FILTER (article_url IS NOT NULL), []) AS articles,
    sum(amounts)::BIGINT AS amounts, sum(confirmed)::BIGINT AS confirmed, percent(sum(confirmed), sum(amounts))
        AS confirmed_percent,
    sum(checks_broken)::BIGINT AS checks_broken, sum(issues)::BIGINT AS issues
FROM together
GROUP BY body, place, level, year, phase;
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
-- Head counts as the narrative states them: 编制 44 人, 实有 59 人, 离退休 42 人.  One row per number; the words that name a
-- kind are lists of the vocabulary (answers.csv).  A document that states one kind several times, of its units for
-- example, has several rows: which is the whole is not guessed.
--   kind      establishment, establishment_administrative, establishment_institution, establishment_workers,
--             actual, in_service or retired
--   words     the number with the words before it, white space removed
CREATE VIEW head_counts AS
WITH hits AS (
    SELECT
        document_sha256, section_index, heading, page,
        unnest(list_transform(regexp_extract_all(
            regexp_replace(text, '\s', '', 'g'),
            '(?:(?:(?:机关)?行政编制|政法(?:专项)?编制|公务员编制)|(?:(?:锁定|全额|差额|参公|其他)?(?:拨款|管理)?事业(?:单位)?编制|行政附属编制)|(?:(?:机关|后勤)?(?:工勤|工人|后勤服务|后勤)(?:服务)?(?:人员)?(?:事业)?编制)|(?:(?:人员|机关|核定|单位|部门)?编制)'
            || '|(?:(?:实有|现有)?(?:在职在编|在职|在编)(?:人员|职工|干部职工))|(?:离退休(?:人员|干部|职工)?|退休(?:人员|干部|职工))'
            || '|(?:(?:实有|现有)(?:人员|职工|编制人员)?))(?:总数|人数|数|总计|共计|合计|共有|共|为|有|是|核定|[:：])*\d{1,6}(?:人|名|个)'
        ), lambda hit, position: {'words': hit, 'place': position}), recursive := true)
    FROM sections
),
named AS (
    SELECT
        *,
        regexp_extract(words, '(\d{1,6})(?:人|名|个)$', 1)::INTEGER AS persons,
        -- from the front: 有 of 实有 438 人 may also stand between a name and its number
        regexp_extract(
            words,
            '^(?:(?:(?:机关)?行政编制|政法(?:专项)?编制|公务员编制)|(?:(?:锁定|全额|差额|参公|其他)?(?:拨款|管理)?事业(?:单位)?编制|行政附属编制)|(?:(?:机关|后勤)?(?:工勤|工人|后勤服务|后勤)(?:服务)?(?:人员)?(?:事业)?编制)|(?:(?:人员|机关|核定|单位|部门)?编制)'
            || '|(?:(?:实有|现有)?(?:在职在编|在职|在编)(?:人员|职工|干部职工))|(?:离退休(?:人员|干部|职工)?|退休(?:人员|干部|职工))'
            || '|(?:(?:实有|现有)(?:人员|职工|编制人员)?))'
        ) AS name
    FROM hits
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    CASE
        WHEN regexp_full_match(n.name, '(?:(?:机关)?行政编制|政法(?:专项)?编制|公务员编制)') THEN 'establishment_administrative'
        WHEN regexp_full_match(n.name, '(?:(?:锁定|全额|差额|参公|其他)?(?:拨款|管理)?事业(?:单位)?编制|行政附属编制)') THEN 'establishment_institution'
        WHEN regexp_full_match(n.name, '(?:(?:机关|后勤)?(?:工勤|工人|后勤服务|后勤)(?:服务)?(?:人员)?(?:事业)?编制)') THEN 'establishment_workers'
        WHEN regexp_full_match(n.name, '(?:(?:人员|机关|核定|单位|部门)?编制)') THEN 'establishment'
        WHEN regexp_full_match(n.name, '(?:(?:实有|现有)?(?:在职在编|在职|在编)(?:人员|职工|干部职工))') THEN 'in_service'
        WHEN regexp_full_match(n.name, '(?:离退休(?:人员|干部|职工)?|退休(?:人员|干部|职工))') THEN 'retired'
        WHEN regexp_full_match(n.name, '(?:(?:实有|现有)(?:人员|职工|编制人员)?)') THEN 'actual'
    END AS kind,
    n.persons, n.words, n.heading, n.page, n.section_index, n.place, n.document_sha256
FROM named AS n
JOIN documents AS d ON d.sha256 = n.document_sha256;
-- Performance indicators with their kind: what level 1 means, however it is spelled (产出指标, 一、产出, 产出指标（50分）),
-- beside the printed text.
--   kind   output, benefit, satisfaction, cost or management; null where level 1 is not printed or says none of these
CREATE VIEW indicator_targets AS
SELECT
    CASE
        WHEN regexp_matches(level1, '(?:产出)') THEN 'output'
        WHEN regexp_matches(level1, '(?:满意)') THEN 'satisfaction'
        WHEN regexp_matches(level1, '(?:效益|效果)') THEN 'benefit'
        WHEN regexp_matches(level1, '(?:成本)') THEN 'cost'
        WHEN regexp_matches(level1, '(?:投入|管理|过程|决策)') THEN 'management'
    END AS kind,
    *
FROM indicators;
-- The units that a department's figures cover: rows of its table of units, and entries of the numbered list in its
-- narrative (listed_in 'table' or 'narrative'), which ends at the first line that has no number.  An entry is left out
-- where its name goes on in the next line, for it is then not known where the name ends.
CREATE VIEW subordinate_units AS
WITH lists AS (
    SELECT
        document_sha256, page,
        regexp_extract(
            text, '(?:(?:纳入|列入)[^。:：]{0,80}(?:预算|决算)[^。:：]{0,30}(?:单位|机构)[^。:：]{0,30}[:：])\s*((?:(?:^|\n)?[ \t]*(?:[0-9]{1,3}[.、．]|[（(][0-9]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、)[^\n]+(?:\n|$))+)([^\n]*)', ['entries', 'after']
        ) AS list
    FROM sections
    WHERE regexp_matches(text, '(?:(?:纳入|列入)[^。:：]{0,80}(?:预算|决算)[^。:：]{0,30}(?:单位|机构)[^。:：]{0,30}[:：])')
),
entries AS (
    SELECT
        document_sha256, page, list.after AS after, unnest(lines) AS line, generate_subscripts(lines, 1) AS place,
        len(lines) AS places
    FROM (SELECT *, string_split(rtrim(list.entries, chr(10)), chr(10)) AS lines FROM lists WHERE list.entries <> '')
),
named AS (
    SELECT
        document_sha256, page, place,
        place = places AND after <> '' AND NOT regexp_matches(line, '[。；;]\s*$') AS may_go_on,
        regexp_replace(
            regexp_replace(regexp_replace(line, '^\s*(?:[0-9]{1,3}[.、．]|[（(][0-9]{1,3}[)）]、?|[一二三四五六七八九十]{1,3}、)\s*', ''), '[，,；;。].*$', ''), '\s', '', 'g'
        ) AS unit_name
    FROM entries
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase, u.unit_code, u.unit_name, u.listed_in,
    u.page, u.place, u.document_sha256
FROM (
    SELECT document_sha256, unit_code, unit_name, 'table' AS listed_in, page, row_index AS place
    FROM units
    WHERE unit_name IS NOT NULL
    UNION ALL
    SELECT document_sha256, NULL, unit_name, 'narrative', page, place
    FROM named
    WHERE unit_name <> '' AND NOT may_go_on
) AS u
JOIN documents AS d ON d.sha256 = u.document_sha256;
COMMENT ON VIEW addable_amounts IS 'a line of form_lines of forms whose lines add up to the total that they print: rows that can be summed without counting a yuan twice';
COMMENT ON VIEW agreements IS 'a figure that two documents state: this year''s and last year''s, a narrative and its tables, a department and its units';
COMMENT ON VIEW amounts IS 'a line item that is not blank and states what its document was published for (the budget, or the outcome in final accounts), with entity, place, level, phase and address of the document; not of whole governments';
COMMENT ON VIEW amounts_of_every_basis IS 'amounts and government_amounts with last year''s figures, budgets beside outcomes and changes, told apart by basis';
COMMENT ON VIEW assets IS 'one row of a table of fixed assets held 固定资产占用情况';
COMMENT ON MACRO body_name IS 'a body''s name without the ways in which its files spell it differently';
COMMENT ON VIEW cells IS 'one cell of any table, verbatim; a merged cell stands once, at its top left';
COMMENT ON VIEW checks IS 'one accounting identity applied';
COMMENT ON VIEW claims IS 'one number that the narrative states of a named item';
COMMENT ON TABLE classifications IS 'a code of the functional or an economic classification under one name, with its years';
COMMENT ON MACRO code_name IS 'the official name of a functional or economic code in a fiscal year; in the latest where the year is null';
COMMENT ON VIEW contradictions IS 'a figure of views and named queries that is not what the document says elsewhere';
COMMENT ON VIEW disclosures IS 'what a body published of a year and phase: all files of it, those with tables, those with narrative';
COMMENT ON VIEW document_quality IS 'a document: what was recognised, interpreted, confirmed, broken and doubted, by portal and parser version';
COMMENT ON VIEW document_totals IS 'a document: revenue, expenditure, basic, project, personnel, carried over, “三公”';
COMMENT ON VIEW documents IS 'one parsed original';
COMMENT ON VIEW form_lines IS 'a line of a form, once: of one side of it and one way to divide it, a row that no other row breaks down, in the column that states the whole';
COMMENT ON VIEW function_labels IS 'a functional code and a name that the lake prints beside it, with how often';
COMMENT ON VIEW function_leaves IS 'a functional line that no finer line of its document refines; not of whole governments';
COMMENT ON VIEW function_names IS 'a functional code of the lake with its latest official name, or the one most often printed beside it';
COMMENT ON TABLE glossary IS 'a term of values and columns in Chinese, with what it means';
COMMENT ON VIEW government_amounts IS 'the same as amounts of whole governments (level government), which amounts leaves out, and every named query that is not asked for them';
COMMENT ON VIEW government_function_leaves IS 'the same of whole governments, of general public spending whose lines add up to a printed total';
COMMENT ON VIEW head_counts IS 'a number of persons that the narrative states, as 编制 44 人';
COMMENT ON MACRO in_place IS 'whether a document belongs to a place';
COMMENT ON VIEW indicator_targets IS 'a performance indicator with its kind and target';
COMMENT ON VIEW indicators IS 'one performance indicator of a project or of the department';
COMMENT ON VIEW invariants IS 'what must be true of every document: “三公” of tables and narrative, functional lines and spending, sources and revenue, procurement lines and their total, projects and 项目支出; with expected, found, tolerance, outcome and reason';
COMMENT ON MACRO is_government IS 'whether a document is that of a whole government, whose figures contain those of its departments';
COMMENT ON MACRO is_own_figure IS 'whether a column states the figure the document was published for, not the budget beside the outcome';
COMMENT ON MACRO is_whole IS 'whether a value of fund, spending or period is the whole, not a part';
COMMENT ON VIEW issues IS 'anything refused or doubtful';
COMMENT ON VIEW line_items IS 'one amount position of an official statement form, interpreted; blank cells are rows with a null amount';
COMMENT ON MACRO of_all_periods IS 'an amount over all periods: whole, or what is printed apart for this year and carried over';
COMMENT ON VIEW own_amounts IS 'amounts and government_amounts together, told apart by level';
COMMENT ON MACRO percent IS 'a share, two decimals';
COMMENT ON VIEW procurement IS 'one row of a government procurement budget 政府采购预算';
COMMENT ON VIEW project_payments IS 'one planned payment of a project 资金支出计划, as its card prints it; plans are often cumulative';
COMMENT ON VIEW projects IS 'one project';
COMMENT ON VIEW quality IS 'how far one document was understood';
COMMENT ON VIEW revenue_sources IS 'a part of a document''s revenue by source of funds; the parts add up to the revenue';
COMMENT ON VIEW sections IS 'narrative text under one heading';
COMMENT ON VIEW subordinate_units IS 'a unit that a department''s figures cover';
COMMENT ON VIEW tables IS 'one logical table, joined over its pages';
COMMENT ON VIEW units IS 'one budget unit of the department 机构设置情况';
COMMENT ON MACRO wan IS 'yuan in 万元, exactly';
COMMENT ON COLUMN addable_amounts.entity IS 'who published it, as printed';
COMMENT ON COLUMN addable_amounts.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN addable_amounts.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN addable_amounts.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN addable_amounts.county IS 'county-level division';
COMMENT ON COLUMN addable_amounts.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN addable_amounts.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN addable_amounts.title IS 'title of the disclosure';
COMMENT ON COLUMN addable_amounts.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN addable_amounts.url IS 'address it was first captured from';
COMMENT ON COLUMN addable_amounts.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN addable_amounts.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN addable_amounts.form IS 'statement form';
COMMENT ON COLUMN addable_amounts.direction IS 'revenue or expenditure';
COMMENT ON COLUMN addable_amounts.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN addable_amounts.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN addable_amounts.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN addable_amounts.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN addable_amounts.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN addable_amounts.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN addable_amounts.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN addable_amounts.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN addable_amounts.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN addable_amounts.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN addable_amounts.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN addable_amounts.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN addable_amounts.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN addable_amounts.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN addable_amounts.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN addable_amounts.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN addable_amounts.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN addable_amounts.printed IS 'text as printed';
COMMENT ON COLUMN addable_amounts.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN addable_amounts.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN addable_amounts.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN addable_amounts.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN addable_amounts.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN addable_amounts.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN addable_amounts.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN addable_amounts.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN addable_amounts.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN addable_amounts.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN addable_amounts.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN addable_amounts.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN addable_amounts.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN addable_amounts.year IS 'fiscal year; partition key';
COMMENT ON COLUMN addable_amounts.department IS 'controlled department name; partition key';
COMMENT ON COLUMN addable_amounts.divided_by IS 'the way the form is divided: function, economic or government_economic by the codes of its lines; name where they have none';
COMMENT ON COLUMN addable_amounts.form_total IS 'the total that the form prints of these lines, yuan; null where it prints none';
COMMENT ON COLUMN addable_amounts.adds_up IS 'true where the lines add up to the form''s total within the rounding of so many printed numbers';
COMMENT ON COLUMN agreements.rule IS 'prior_year, narrative_and_tables, unit_in_department or units_of_department';
COMMENT ON COLUMN agreements.outcome IS 'holds, broken or not_assessable';
COMMENT ON COLUMN agreements.document_sha256 IS 'SHA-256 of the document that states expected';
COMMENT ON COLUMN agreements.other_documents IS 'SHA-256 of the documents that state found';
COMMENT ON COLUMN agreements.entity IS 'who published it, as printed';
COMMENT ON COLUMN agreements.year IS 'fiscal year; partition key';
COMMENT ON COLUMN agreements.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN agreements.item IS 'item of claims, or revenue_total or expenditure_total';
COMMENT ON COLUMN agreements.label IS 'name of the item as printed';
COMMENT ON COLUMN agreements.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN agreements.page IS 'page of the claim; null where a table states it';
COMMENT ON COLUMN agreements.expected IS 'yuan; what the one side states';
COMMENT ON COLUMN agreements.found IS 'yuan; what the other side states';
COMMENT ON COLUMN agreements.difference IS 'yuan; found minus expected';
COMMENT ON COLUMN agreements.tolerance IS 'yuan; what rounding of the printed units can explain';
COMMENT ON COLUMN agreements.reason IS 'why it is not assessable; null otherwise';
COMMENT ON COLUMN agreements.claim_id IS 'the claim that states it; null where a table does';
COMMENT ON COLUMN agreements.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN agreements.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN agreements.county IS 'county-level division';
COMMENT ON COLUMN agreements.department IS 'controlled department name; partition key';
COMMENT ON COLUMN amounts.entity IS 'who published it, as printed';
COMMENT ON COLUMN amounts.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN amounts.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN amounts.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN amounts.county IS 'county-level division';
COMMENT ON COLUMN amounts.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN amounts.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN amounts.title IS 'title of the disclosure';
COMMENT ON COLUMN amounts.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN amounts.url IS 'address it was first captured from';
COMMENT ON COLUMN amounts.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN amounts.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN amounts.form IS 'statement form';
COMMENT ON COLUMN amounts.direction IS 'revenue or expenditure';
COMMENT ON COLUMN amounts.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN amounts.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN amounts.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN amounts.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN amounts.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN amounts.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN amounts.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN amounts.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN amounts.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN amounts.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN amounts.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN amounts.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN amounts.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN amounts.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN amounts.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN amounts.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN amounts.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN amounts.printed IS 'text as printed';
COMMENT ON COLUMN amounts.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN amounts.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN amounts.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN amounts.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN amounts.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN amounts.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN amounts.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN amounts.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN amounts.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN amounts.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN amounts.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN amounts.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN amounts.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN amounts.year IS 'fiscal year; partition key';
COMMENT ON COLUMN amounts.department IS 'controlled department name; partition key';
COMMENT ON COLUMN amounts_of_every_basis.entity IS 'who published it, as printed';
COMMENT ON COLUMN amounts_of_every_basis.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN amounts_of_every_basis.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN amounts_of_every_basis.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN amounts_of_every_basis.county IS 'county-level division';
COMMENT ON COLUMN amounts_of_every_basis.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN amounts_of_every_basis.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN amounts_of_every_basis.title IS 'title of the disclosure';
COMMENT ON COLUMN amounts_of_every_basis.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN amounts_of_every_basis.url IS 'address it was first captured from';
COMMENT ON COLUMN amounts_of_every_basis.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN amounts_of_every_basis.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN amounts_of_every_basis.form IS 'statement form';
COMMENT ON COLUMN amounts_of_every_basis.direction IS 'revenue or expenditure';
COMMENT ON COLUMN amounts_of_every_basis.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN amounts_of_every_basis.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN amounts_of_every_basis.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN amounts_of_every_basis.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN amounts_of_every_basis.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN amounts_of_every_basis.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN amounts_of_every_basis.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN amounts_of_every_basis.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN amounts_of_every_basis.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN amounts_of_every_basis.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN amounts_of_every_basis.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN amounts_of_every_basis.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN amounts_of_every_basis.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN amounts_of_every_basis.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN amounts_of_every_basis.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN amounts_of_every_basis.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN amounts_of_every_basis.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN amounts_of_every_basis.printed IS 'text as printed';
COMMENT ON COLUMN amounts_of_every_basis.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN amounts_of_every_basis.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN amounts_of_every_basis.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN amounts_of_every_basis.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN amounts_of_every_basis.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN amounts_of_every_basis.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN amounts_of_every_basis.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN amounts_of_every_basis.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN amounts_of_every_basis.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN amounts_of_every_basis.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN amounts_of_every_basis.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN amounts_of_every_basis.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN amounts_of_every_basis.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN amounts_of_every_basis.year IS 'fiscal year; partition key';
COMMENT ON COLUMN amounts_of_every_basis.department IS 'controlled department name; partition key';
COMMENT ON COLUMN assets.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN assets.item IS 'as printed, white space removed';
COMMENT ON COLUMN assets.as_of IS '截止时间 as printed';
COMMENT ON COLUMN assets.quantity IS 'as printed; the item''s name carries its unit';
COMMENT ON COLUMN assets.value IS 'yuan';
COMMENT ON COLUMN assets.status IS 'of the value, as in line_items; null where none is printed';
COMMENT ON COLUMN assets.unit IS 'unit of the value as printed';
COMMENT ON COLUMN assets.page IS 'page';
COMMENT ON COLUMN assets.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN assets.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN assets.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN assets.year IS 'fiscal year; partition key';
COMMENT ON COLUMN assets.department IS 'controlled department name; partition key';
COMMENT ON COLUMN cells.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN cells.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN cells.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN cells.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN cells.row_span IS 'rows it covers';
COMMENT ON COLUMN cells.column_span IS 'columns it covers';
COMMENT ON COLUMN cells.is_header IS 'part of the heading rows';
COMMENT ON COLUMN cells.header IS 'header path of its column, levels joined by /';
COMMENT ON COLUMN cells.text IS 'text as printed';
COMMENT ON COLUMN cells.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN cells.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN cells.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN cells.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN cells.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN cells.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN cells.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN cells.year IS 'fiscal year; partition key';
COMMENT ON COLUMN cells.department IS 'controlled department name; partition key';
COMMENT ON COLUMN checks.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN checks.check_index IS 'order in the document, from 0';
COMMENT ON COLUMN checks.rule IS 'identifier of the identity';
COMMENT ON COLUMN checks.scope IS 'where it was applied: form, row or column, in words';
COMMENT ON COLUMN checks.total IS 'line_item_id or claim_id of the side that states the total';
COMMENT ON COLUMN checks.addends IS 'line_item_id or claim_id of the side that is summed or compared';
COMMENT ON COLUMN checks.expected IS 'yuan; what the total states';
COMMENT ON COLUMN checks.found IS 'yuan; what the addends sum to';
COMMENT ON COLUMN checks.difference IS 'yuan; found minus expected';
COMMENT ON COLUMN checks.tolerance IS 'yuan; what rounding of the printed unit can explain';
COMMENT ON COLUMN checks.outcome IS 'holds, broken or not_assessable';
COMMENT ON COLUMN checks.reason IS 'why it is not assessable, or what was found of a promised form; null otherwise';
COMMENT ON COLUMN checks.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN checks.year IS 'fiscal year; partition key';
COMMENT ON COLUMN checks.department IS 'controlled department name; partition key';
COMMENT ON COLUMN claims.claim_id IS 'first 12 hex of the document and s with claim_index, joined by -';
COMMENT ON COLUMN claims.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN claims.claim_index IS 'order in the document, from 0';
COMMENT ON COLUMN claims.heading IS 'nearest heading above it as printed; null before the first';
COMMENT ON COLUMN claims.item IS 'item it is stated of; values in this document';
COMMENT ON COLUMN claims.label IS 'the words that name the item, as printed';
COMMENT ON COLUMN claims.function_code IS 'functional classification of a function, digits only; null where not known';
COMMENT ON COLUMN claims.economic_code IS 'department economic classification of an economic class';
COMMENT ON COLUMN claims.government_economic_code IS 'government economic classification of such a class';
COMMENT ON COLUMN claims.fund IS 'source of funds that the words or the heading name; total over all; null where neither does';
COMMENT ON COLUMN claims.role IS 'amount, budget, adjusted_budget, previous, change, change_percent, completion or share';
COMMENT ON COLUMN claims.amount IS 'yuan; a decrease is negative; null for percentages, counts and 基本持平';
COMMENT ON COLUMN claims.percent IS 'per cent; a decrease is negative; null for amounts and counts';
COMMENT ON COLUMN claims.quantity IS 'vehicles or pieces of equipment; null otherwise';
COMMENT ON COLUMN claims.printed IS 'number, or the words that state it (持平, 无…), as printed';
COMMENT ON COLUMN claims.unit IS 'unit as printed: 元, 万元, 亿元, %, 辆, ...; null where words state it';
COMMENT ON COLUMN claims.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; a fen where words state the amount; null where amount is';
COMMENT ON COLUMN claims.comparison IS 'increase, decrease, unchanged or about_unchanged; null where no change is stated';
COMMENT ON COLUMN claims.compared_with IS 'prior_year, prior_budget, prior_actual, own_budget or adjusted_budget; null where not said';
COMMENT ON COLUMN claims.reason IS 'the reason stated for the change with all its numbered parts (一是…；二是…), white space removed';
COMMENT ON COLUMN claims.sentence IS 'the sentence as printed, line breaks removed';
COMMENT ON COLUMN claims.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN claims.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN claims.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN claims.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN claims.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN claims.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN claims.year IS 'fiscal year; partition key';
COMMENT ON COLUMN claims.department IS 'controlled department name; partition key';
COMMENT ON COLUMN classifications.kind IS 'functional, economic or government_economic';
COMMENT ON COLUMN classifications.code IS 'the code, without spaces';
COMMENT ON COLUMN classifications.name IS 'its name';
COMMENT ON COLUMN classifications.parent IS 'the code above; null for a category 类';
COMMENT ON COLUMN classifications.level IS 'category 类, group 款 or item 项';
COMMENT ON COLUMN classifications.valid_from IS 'first fiscal year of the pair of code and name; null where open or not known';
COMMENT ON COLUMN classifications.valid_to IS 'last fiscal year of the pair of code and name; null where open or not known';
COMMENT ON COLUMN classifications.basis IS 'the ministry''s act behind those years; null where neither is known';
COMMENT ON COLUMN classifications.seen IS 'published documents in which code and name were found together; 0 where only the ministry''s lists are known to have them';
COMMENT ON COLUMN classifications.first_seen IS 'earliest fiscal year of those documents';
COMMENT ON COLUMN classifications.last_seen IS 'latest fiscal year of those documents';
COMMENT ON COLUMN contradictions.kind IS 'where the two stand: narrative, other_form, lines of the same form, or functions';
COMMENT ON COLUMN contradictions.figure IS 'the figure that the view gives: revenue, expenditure, basic, project, three_public, or a form''s total';
COMMENT ON COLUMN contradictions.form IS 'statement form';
COMMENT ON COLUMN contradictions.stated IS 'the amount that the view gives, yuan';
COMMENT ON COLUMN contradictions.found IS 'yuan; what the other side states';
COMMENT ON COLUMN contradictions.difference IS 'yuan; found minus expected';
COMMENT ON COLUMN contradictions.found_in IS 'the other place: narrative, a form, or the lines of the form';
COMMENT ON COLUMN contradictions.tolerance IS 'yuan; what rounding of the printed units can explain';
COMMENT ON COLUMN contradictions.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN contradictions.entity IS 'who published it, as printed';
COMMENT ON COLUMN contradictions.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN contradictions.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN contradictions.county IS 'county-level division';
COMMENT ON COLUMN contradictions.year IS 'fiscal year; partition key';
COMMENT ON COLUMN contradictions.department IS 'controlled department name; partition key';
COMMENT ON COLUMN contradictions.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN contradictions.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN contradictions.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN disclosures.entity IS 'who published it, as printed';
COMMENT ON COLUMN disclosures.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN disclosures.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN disclosures.county IS 'county-level division';
COMMENT ON COLUMN disclosures.department IS 'controlled department name; partition key';
COMMENT ON COLUMN disclosures.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN disclosures.year IS 'fiscal year; partition key';
COMMENT ON COLUMN disclosures.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN disclosures.documents IS 'SHA-256 of all its files';
COMMENT ON COLUMN disclosures.with_amounts IS 'SHA-256 of those with interpreted amounts';
COMMENT ON COLUMN disclosures.with_narrative IS 'SHA-256 of those whose text states amounts (table claims)';
COMMENT ON COLUMN disclosures.articles IS 'addresses of the pages that link them';
COMMENT ON COLUMN disclosures.amounts IS 'amounts of all its files interpreted and not blank';
COMMENT ON COLUMN disclosures.confirmed IS 'amounts of all its files confirmed by an identity that holds';
COMMENT ON COLUMN disclosures.confirmed_percent IS 'confirmed as a share of amounts, two decimals; null where there are no amounts';
COMMENT ON COLUMN disclosures.checks_broken IS 'broken identities of all its files';
COMMENT ON COLUMN disclosures.issues IS 'issues of all its files';
COMMENT ON COLUMN document_quality.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN document_quality.file_name IS 'file name as given by the portal or the local path; in an archive file its own';
COMMENT ON COLUMN document_quality.entity IS 'who published it, as printed';
COMMENT ON COLUMN document_quality.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN document_quality.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN document_quality.county IS 'county-level division';
COMMENT ON COLUMN document_quality.year IS 'fiscal year; partition key';
COMMENT ON COLUMN document_quality.department IS 'controlled department name; partition key';
COMMENT ON COLUMN document_quality.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN document_quality.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN document_quality.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN document_quality.format IS 'format detected from the bytes: pdf, docx, xlsx, xls, html, text, ...';
COMMENT ON COLUMN document_quality.pages IS 'pages; null for formats without';
COMMENT ON COLUMN document_quality.parse_status IS 'parsed, partial (something refused, see issues), unrelated, unreadable, container';
COMMENT ON COLUMN document_quality.parser_version IS 'version of the parsing stage that made these rows';
COMMENT ON COLUMN document_quality.confirmed_percent IS 'confirmed as a share of amounts, two decimals; null where there are no amounts';
COMMENT ON COLUMN document_quality.tables IS 'logical tables found';
COMMENT ON COLUMN document_quality.tables_recognised IS 'tables of a statement form';
COMMENT ON COLUMN document_quality.tables_unrecognised IS 'tables of no known form that hold amounts, of documents that have statement forms';
COMMENT ON COLUMN document_quality.filled_cells IS 'cells that hold a text';
COMMENT ON COLUMN document_quality.amounts IS 'amounts of forms and of lists interpreted and not blank';
COMMENT ON COLUMN document_quality.confirmed IS 'amounts confirmed by an identity that holds';
COMMENT ON COLUMN document_quality.doubtful IS 'amounts with which identities are broken only, or whose reading was chosen among several';
COMMENT ON COLUMN document_quality.unchecked IS 'amounts to which no identity could be applied';
COMMENT ON COLUMN document_quality.refused IS 'texts in columns of amounts that are no amount';
COMMENT ON COLUMN document_quality.amounts_unrecognised IS 'numbers with decimals in the tables counted by tables_unrecognised';
COMMENT ON COLUMN document_quality.checks_held IS 'identities that hold';
COMMENT ON COLUMN document_quality.checks_broken IS 'identities that are broken';
COMMENT ON COLUMN document_quality.checks_not_assessable IS 'identities that could not be applied';
COMMENT ON COLUMN document_quality.broken_by_rule IS 'broken identities by rule';
COMMENT ON COLUMN document_quality.issues IS 'rows in issues';
COMMENT ON COLUMN document_quality.issues_by_kind IS 'issues by kind';
COMMENT ON COLUMN document_quality.rows_by_table IS 'rows of claims, sections, projects, indicators and inventories, by table';
COMMENT ON COLUMN document_quality.reading IS '12 hex digits that change whenever an amount, its dimensions or its status is read otherwise';
COMMENT ON COLUMN document_totals.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN document_totals.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN document_totals.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN document_totals.county IS 'county-level division';
COMMENT ON COLUMN document_totals.year IS 'fiscal year; partition key';
COMMENT ON COLUMN document_totals.department IS 'controlled department name; partition key';
COMMENT ON COLUMN document_totals.entity IS 'who published it, as printed';
COMMENT ON COLUMN document_totals.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN document_totals.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN document_totals.revenue IS 'yuan; the total of the balance form''s revenue';
COMMENT ON COLUMN document_totals.revenue_from IS 'the form that revenue was read in, or narrative';
COMMENT ON COLUMN document_totals.expenditure IS 'yuan; the total row of the expenditure form, else the total of the balance form''s expenditure';
COMMENT ON COLUMN document_totals.expenditure_from IS 'the form that expenditure was read in, or narrative';
COMMENT ON COLUMN document_totals.basic IS 'yuan; 基本支出 of the total row that gives expenditure';
COMMENT ON COLUMN document_totals.project IS 'yuan; 项目支出 of the total row that gives expenditure';
COMMENT ON COLUMN document_totals.personnel IS 'yuan; 人员经费, or wages and allowances where it is not printed itself';
COMMENT ON COLUMN document_totals.personnel_form IS 'form that personnel is read from; general_public_basic covers general public funds only';
COMMENT ON COLUMN document_totals.carried_over IS 'yuan; 上年结转 of the revenue form''s total row, else of the balance form';
COMMENT ON COLUMN document_totals.three_public IS 'yuan; “三公”经费 of the three_public form';
COMMENT ON COLUMN document_totals.three_public_from IS 'the form that “三公” was read in, narrative, or declared empty';
COMMENT ON COLUMN document_totals.amounts IS 'amounts of forms and of lists interpreted and not blank';
COMMENT ON COLUMN document_totals.confirmed IS 'amounts confirmed by an identity that holds';
COMMENT ON COLUMN document_totals.checks_held IS 'identities that hold';
COMMENT ON COLUMN document_totals.checks_broken IS 'identities that are broken';
COMMENT ON COLUMN document_totals.issues IS 'rows in issues';
COMMENT ON COLUMN documents.sha256 IS 'SHA-256 of the original';
COMMENT ON COLUMN documents.entity IS 'who published it, as printed';
COMMENT ON COLUMN documents.department IS 'controlled department name; partition key';
COMMENT ON COLUMN documents.unit_code IS 'code of the department or unit as printed, for example 323003';
COMMENT ON COLUMN documents.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN documents.year IS 'fiscal year; partition key';
COMMENT ON COLUMN documents.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN documents.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN documents.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN documents.county IS 'county-level division';
COMMENT ON COLUMN documents.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN documents.title IS 'title of the disclosure';
COMMENT ON COLUMN documents.format IS 'format detected from the bytes: pdf, docx, xlsx, xls, html, text, ...';
COMMENT ON COLUMN documents.pages IS 'pages; null for formats without';
COMMENT ON COLUMN documents.parse_status IS 'parsed, partial (something refused, see issues), unrelated, unreadable, container';
COMMENT ON COLUMN documents.parser_version IS 'version of the parsing stage that made these rows';
COMMENT ON COLUMN documents.first_captured_at IS 'when the original was first received';
COMMENT ON COLUMN documents.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN documents.url IS 'address it was first captured from';
COMMENT ON COLUMN documents.article_url IS 'page that links it; the files of one article are one disclosure';
COMMENT ON COLUMN documents.file_name IS 'file name as given by the portal or the local path; in an archive file its own';
COMMENT ON COLUMN documents.container_sha256 IS 'SHA-256 of the archive file (zip, ...) or Word document it was published in; null for others';
COMMENT ON COLUMN documents.tables IS 'logical tables found';
COMMENT ON COLUMN documents.cells IS 'cells found';
COMMENT ON COLUMN documents.amounts IS 'amounts of forms and of lists interpreted and not blank';
COMMENT ON COLUMN documents.confirmed IS 'amounts confirmed by an identity that holds';
COMMENT ON COLUMN documents.checks_held IS 'identities that hold';
COMMENT ON COLUMN documents.checks_broken IS 'identities that are broken';
COMMENT ON COLUMN documents.issues IS 'rows in issues';
COMMENT ON COLUMN form_lines.entity IS 'who published it, as printed';
COMMENT ON COLUMN form_lines.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN form_lines.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN form_lines.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN form_lines.county IS 'county-level division';
COMMENT ON COLUMN form_lines.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN form_lines.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN form_lines.title IS 'title of the disclosure';
COMMENT ON COLUMN form_lines.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN form_lines.url IS 'address it was first captured from';
COMMENT ON COLUMN form_lines.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN form_lines.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN form_lines.form IS 'statement form';
COMMENT ON COLUMN form_lines.direction IS 'revenue or expenditure';
COMMENT ON COLUMN form_lines.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN form_lines.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN form_lines.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN form_lines.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN form_lines.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN form_lines.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN form_lines.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN form_lines.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN form_lines.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN form_lines.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN form_lines.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN form_lines.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN form_lines.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN form_lines.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN form_lines.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN form_lines.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN form_lines.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN form_lines.printed IS 'text as printed';
COMMENT ON COLUMN form_lines.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN form_lines.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN form_lines.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN form_lines.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN form_lines.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN form_lines.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN form_lines.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN form_lines.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN form_lines.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN form_lines.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN form_lines.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN form_lines.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN form_lines.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN form_lines.year IS 'fiscal year; partition key';
COMMENT ON COLUMN form_lines.department IS 'controlled department name; partition key';
COMMENT ON COLUMN form_lines.divided_by IS 'the way the form is divided: function, economic or government_economic by the codes of its lines; name where they have none';
COMMENT ON COLUMN form_lines.form_total IS 'the total that the form prints of these lines, yuan; null where it prints none';
COMMENT ON COLUMN form_lines.adds_up IS 'true where the lines add up to the form''s total within the rounding of so many printed numbers';
COMMENT ON COLUMN function_labels.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN function_labels.label IS 'name as printed';
COMMENT ON COLUMN function_labels.times IS 'line items of the code that print the name';
COMMENT ON COLUMN function_leaves.entity IS 'who published it, as printed';
COMMENT ON COLUMN function_leaves.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN function_leaves.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN function_leaves.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN function_leaves.county IS 'county-level division';
COMMENT ON COLUMN function_leaves.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN function_leaves.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN function_leaves.title IS 'title of the disclosure';
COMMENT ON COLUMN function_leaves.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN function_leaves.url IS 'address it was first captured from';
COMMENT ON COLUMN function_leaves.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN function_leaves.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN function_leaves.form IS 'statement form';
COMMENT ON COLUMN function_leaves.direction IS 'revenue or expenditure';
COMMENT ON COLUMN function_leaves.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN function_leaves.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN function_leaves.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN function_leaves.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN function_leaves.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN function_leaves.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN function_leaves.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN function_leaves.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN function_leaves.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN function_leaves.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN function_leaves.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN function_leaves.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN function_leaves.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN function_leaves.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN function_leaves.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN function_leaves.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN function_leaves.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN function_leaves.printed IS 'text as printed';
COMMENT ON COLUMN function_leaves.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN function_leaves.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN function_leaves.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN function_leaves.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN function_leaves.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN function_leaves.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN function_leaves.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN function_leaves.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN function_leaves.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN function_leaves.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN function_leaves.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN function_leaves.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN function_leaves.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN function_leaves.year IS 'fiscal year; partition key';
COMMENT ON COLUMN function_leaves.department IS 'controlled department name; partition key';
COMMENT ON COLUMN function_leaves.adds_up IS 'true where the lines add up to the form''s total within the rounding of so many printed numbers';
COMMENT ON COLUMN function_names.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN function_names.name IS 'official name, or the one most often printed beside the code';
COMMENT ON COLUMN glossary.term IS 'the value or the name of a column';
COMMENT ON COLUMN glossary.columns IS 'the columns that hold the value; column where the term is the name of one';
COMMENT ON COLUMN glossary.chinese IS 'its Chinese';
COMMENT ON COLUMN glossary.meaning IS 'what it means; null for rules, kinds of issues and names of columns';
COMMENT ON COLUMN glossary.chinese_meaning IS 'what it means, in Chinese';
COMMENT ON COLUMN glossary.source IS 'the law or standard that the Chinese is taken from';
COMMENT ON COLUMN government_amounts.entity IS 'who published it, as printed';
COMMENT ON COLUMN government_amounts.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN government_amounts.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN government_amounts.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN government_amounts.county IS 'county-level division';
COMMENT ON COLUMN government_amounts.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN government_amounts.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN government_amounts.title IS 'title of the disclosure';
COMMENT ON COLUMN government_amounts.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN government_amounts.url IS 'address it was first captured from';
COMMENT ON COLUMN government_amounts.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN government_amounts.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN government_amounts.form IS 'statement form';
COMMENT ON COLUMN government_amounts.direction IS 'revenue or expenditure';
COMMENT ON COLUMN government_amounts.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN government_amounts.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN government_amounts.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN government_amounts.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN government_amounts.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN government_amounts.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN government_amounts.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN government_amounts.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN government_amounts.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN government_amounts.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN government_amounts.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN government_amounts.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN government_amounts.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN government_amounts.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN government_amounts.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN government_amounts.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN government_amounts.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN government_amounts.printed IS 'text as printed';
COMMENT ON COLUMN government_amounts.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN government_amounts.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN government_amounts.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN government_amounts.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN government_amounts.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN government_amounts.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN government_amounts.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN government_amounts.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN government_amounts.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN government_amounts.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN government_amounts.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN government_amounts.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN government_amounts.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN government_amounts.year IS 'fiscal year; partition key';
COMMENT ON COLUMN government_amounts.department IS 'controlled department name; partition key';
COMMENT ON COLUMN government_function_leaves.entity IS 'who published it, as printed';
COMMENT ON COLUMN government_function_leaves.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN government_function_leaves.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN government_function_leaves.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN government_function_leaves.county IS 'county-level division';
COMMENT ON COLUMN government_function_leaves.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN government_function_leaves.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN government_function_leaves.title IS 'title of the disclosure';
COMMENT ON COLUMN government_function_leaves.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN government_function_leaves.url IS 'address it was first captured from';
COMMENT ON COLUMN government_function_leaves.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN government_function_leaves.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN government_function_leaves.form IS 'statement form';
COMMENT ON COLUMN government_function_leaves.direction IS 'revenue or expenditure';
COMMENT ON COLUMN government_function_leaves.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN government_function_leaves.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN government_function_leaves.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN government_function_leaves.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN government_function_leaves.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN government_function_leaves.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN government_function_leaves.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN government_function_leaves.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN government_function_leaves.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN government_function_leaves.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN government_function_leaves.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN government_function_leaves.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN government_function_leaves.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN government_function_leaves.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN government_function_leaves.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN government_function_leaves.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN government_function_leaves.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN government_function_leaves.printed IS 'text as printed';
COMMENT ON COLUMN government_function_leaves.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN government_function_leaves.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN government_function_leaves.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN government_function_leaves.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN government_function_leaves.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN government_function_leaves.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN government_function_leaves.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN government_function_leaves.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN government_function_leaves.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN government_function_leaves.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN government_function_leaves.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN government_function_leaves.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN government_function_leaves.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN government_function_leaves.year IS 'fiscal year; partition key';
COMMENT ON COLUMN government_function_leaves.department IS 'controlled department name; partition key';
COMMENT ON COLUMN government_function_leaves.adds_up IS 'true where the lines add up to the form''s total within the rounding of so many printed numbers';
COMMENT ON COLUMN head_counts.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN head_counts.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN head_counts.county IS 'county-level division';
COMMENT ON COLUMN head_counts.year IS 'fiscal year; partition key';
COMMENT ON COLUMN head_counts.department IS 'controlled department name; partition key';
COMMENT ON COLUMN head_counts.entity IS 'who published it, as printed';
COMMENT ON COLUMN head_counts.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN head_counts.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN head_counts.kind IS 'establishment, establishment_administrative, establishment_institution, establishment_workers, actual, in_service or retired';
COMMENT ON COLUMN head_counts.persons IS 'the number stated';
COMMENT ON COLUMN head_counts.words IS 'the number with the words before it, white space removed';
COMMENT ON COLUMN head_counts.heading IS 'the heading of the section it stands in';
COMMENT ON COLUMN head_counts.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN head_counts.section_index IS 'the section of the document it stands in, from 0';
COMMENT ON COLUMN head_counts.place IS 'its position among the numbers of the section, from 1';
COMMENT ON COLUMN head_counts.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN indicator_targets.kind IS 'output, benefit, satisfaction, cost or management; null where level 1 is not printed or says none of these';
COMMENT ON COLUMN indicator_targets.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN indicator_targets.project_code IS 'code of the project; null for the department''s own or where none is printed';
COMMENT ON COLUMN indicator_targets.project_name IS 'name of the project; null for the department''s own';
COMMENT ON COLUMN indicator_targets.level1 IS '一级指标';
COMMENT ON COLUMN indicator_targets.level2 IS '二级指标';
COMMENT ON COLUMN indicator_targets.level3 IS '三级指标';
COMMENT ON COLUMN indicator_targets.description IS '绩效指标描述';
COMMENT ON COLUMN indicator_targets.target IS '指标值 as printed, white space removed';
COMMENT ON COLUMN indicator_targets.comparator IS '≥, ≤, >, <, = or - (a range); null where none can be told';
COMMENT ON COLUMN indicator_targets.value IS 'number in the target; null where it is not a number';
COMMENT ON COLUMN indicator_targets.value_unit IS 'what stands behind the number: %, 人, 天, 万元, ...';
COMMENT ON COLUMN indicator_targets.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN indicator_targets.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN indicator_targets.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN indicator_targets.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN indicator_targets.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN indicator_targets.year IS 'fiscal year; partition key';
COMMENT ON COLUMN indicator_targets.department IS 'controlled department name; partition key';
COMMENT ON COLUMN indicators.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN indicators.project_code IS 'code of the project; null for the department''s own or where none is printed';
COMMENT ON COLUMN indicators.project_name IS 'name of the project; null for the department''s own';
COMMENT ON COLUMN indicators.level1 IS '一级指标';
COMMENT ON COLUMN indicators.level2 IS '二级指标';
COMMENT ON COLUMN indicators.level3 IS '三级指标';
COMMENT ON COLUMN indicators.description IS '绩效指标描述';
COMMENT ON COLUMN indicators.target IS '指标值 as printed, white space removed';
COMMENT ON COLUMN indicators.comparator IS '≥, ≤, >, <, = or - (a range); null where none can be told';
COMMENT ON COLUMN indicators.value IS 'number in the target; null where it is not a number';
COMMENT ON COLUMN indicators.value_unit IS 'what stands behind the number: %, 人, 天, 万元, ...';
COMMENT ON COLUMN indicators.basis IS '指标值确定依据';
COMMENT ON COLUMN indicators.page IS 'page';
COMMENT ON COLUMN indicators.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN indicators.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN indicators.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN indicators.year IS 'fiscal year; partition key';
COMMENT ON COLUMN indicators.department IS 'controlled department name; partition key';
COMMENT ON COLUMN invariants.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN invariants.entity IS 'who published it, as printed';
COMMENT ON COLUMN invariants.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN invariants.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN invariants.county IS 'county-level division';
COMMENT ON COLUMN invariants.year IS 'fiscal year; partition key';
COMMENT ON COLUMN invariants.department IS 'controlled department name; partition key';
COMMENT ON COLUMN invariants.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN invariants.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN invariants.invariant IS 'identifier of what must be true';
COMMENT ON COLUMN invariants.expected IS 'yuan; what the one side states';
COMMENT ON COLUMN invariants.found IS 'yuan; what the other side states';
COMMENT ON COLUMN invariants.difference IS 'yuan; found minus expected';
COMMENT ON COLUMN invariants.tolerance IS 'yuan; what rounding of the printed units can explain';
COMMENT ON COLUMN invariants.outcome IS 'holds, broken or not_assessable';
COMMENT ON COLUMN invariants.reason IS 'why it is broken or not assessable; null where it holds';
COMMENT ON COLUMN issues.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN issues.issue_index IS 'order in the document, from 0';
COMMENT ON COLUMN issues.kind IS 'short stable identifier';
COMMENT ON COLUMN issues.reason IS 'one sentence';
COMMENT ON COLUMN issues.page IS 'page; null where it concerns the whole document';
COMMENT ON COLUMN issues.table_index IS 'logical table; null where it concerns none';
COMMENT ON COLUMN issues.row_index IS 'row; null where it concerns none';
COMMENT ON COLUMN issues.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN issues.year IS 'fiscal year; partition key';
COMMENT ON COLUMN issues.department IS 'controlled department name; partition key';
COMMENT ON COLUMN line_items.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN line_items.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN line_items.form IS 'statement form';
COMMENT ON COLUMN line_items.direction IS 'revenue or expenditure';
COMMENT ON COLUMN line_items.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN line_items.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN line_items.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN line_items.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN line_items.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN line_items.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN line_items.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN line_items.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN line_items.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN line_items.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN line_items.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN line_items.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN line_items.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN line_items.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN line_items.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN line_items.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN line_items.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN line_items.printed IS 'text as printed';
COMMENT ON COLUMN line_items.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN line_items.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN line_items.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN line_items.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN line_items.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN line_items.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN line_items.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN line_items.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN line_items.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN line_items.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN line_items.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN line_items.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN line_items.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN line_items.year IS 'fiscal year; partition key';
COMMENT ON COLUMN line_items.department IS 'controlled department name; partition key';
COMMENT ON COLUMN own_amounts.entity IS 'who published it, as printed';
COMMENT ON COLUMN own_amounts.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN own_amounts.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN own_amounts.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN own_amounts.county IS 'county-level division';
COMMENT ON COLUMN own_amounts.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN own_amounts.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN own_amounts.title IS 'title of the disclosure';
COMMENT ON COLUMN own_amounts.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN own_amounts.url IS 'address it was first captured from';
COMMENT ON COLUMN own_amounts.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN own_amounts.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN own_amounts.form IS 'statement form';
COMMENT ON COLUMN own_amounts.direction IS 'revenue or expenditure';
COMMENT ON COLUMN own_amounts.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN own_amounts.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN own_amounts.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN own_amounts.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN own_amounts.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN own_amounts.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN own_amounts.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN own_amounts.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN own_amounts.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN own_amounts.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN own_amounts.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN own_amounts.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN own_amounts.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN own_amounts.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN own_amounts.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN own_amounts.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN own_amounts.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN own_amounts.printed IS 'text as printed';
COMMENT ON COLUMN own_amounts.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN own_amounts.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN own_amounts.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN own_amounts.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN own_amounts.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN own_amounts.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN own_amounts.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN own_amounts.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN own_amounts.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN own_amounts.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN own_amounts.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN own_amounts.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN own_amounts.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN own_amounts.year IS 'fiscal year; partition key';
COMMENT ON COLUMN own_amounts.department IS 'controlled department name; partition key';
COMMENT ON COLUMN procurement.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN procurement.project_name IS 'project as printed';
COMMENT ON COLUMN procurement.item IS '采购物品名称';
COMMENT ON COLUMN procurement.catalogue_code IS '政府采购目录序号';
COMMENT ON COLUMN procurement.quantity_unit IS '计量单位';
COMMENT ON COLUMN procurement.quantity IS '数量';
COMMENT ON COLUMN procurement.unit_price IS 'yuan; publishers round it to the printed unit, so 0.00 is common';
COMMENT ON COLUMN procurement.amount IS 'yuan, all funds';
COMMENT ON COLUMN procurement.status IS 'of the amount, as in line_items; null where none is printed';
COMMENT ON COLUMN procurement.is_subtotal IS 'a total or subtotal row';
COMMENT ON COLUMN procurement.unit IS 'unit of the amounts as printed';
COMMENT ON COLUMN procurement.page IS 'page';
COMMENT ON COLUMN procurement.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN procurement.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN procurement.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN procurement.year IS 'fiscal year; partition key';
COMMENT ON COLUMN procurement.department IS 'controlled department name; partition key';
COMMENT ON COLUMN project_payments.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN project_payments.project_code IS 'code of the project; null where none is printed';
COMMENT ON COLUMN project_payments.project_name IS 'name of the project; null for the department''s own card';
COMMENT ON COLUMN project_payments.period IS 'when it is to be paid, as printed, white space removed: 3月底, 一季度, 12月, ...';
COMMENT ON COLUMN project_payments.printed IS 'text as printed';
COMMENT ON COLUMN project_payments.amount IS 'yuan; null where a share is printed, and where the text is neither';
COMMENT ON COLUMN project_payments.share IS 'per cent of the project''s budget; null where an amount is printed';
COMMENT ON COLUMN project_payments.unit IS 'unit of the amounts as printed';
COMMENT ON COLUMN project_payments.page IS 'page';
COMMENT ON COLUMN project_payments.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN project_payments.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN project_payments.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN project_payments.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN project_payments.year IS 'fiscal year; partition key';
COMMENT ON COLUMN project_payments.department IS 'controlled department name; partition key';
COMMENT ON COLUMN projects.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN projects.project_code IS 'code as printed, white space removed; null where none is printed';
COMMENT ON COLUMN projects.project_name IS 'name as printed, white space removed';
COMMENT ON COLUMN projects.unit_code IS 'code of the budget unit the project belongs to';
COMMENT ON COLUMN projects.unit_name IS 'name of the budget unit the project belongs to';
COMMENT ON COLUMN projects.budget IS 'yuan, of the year; null where none is printed';
COMMENT ON COLUMN projects.status IS 'of the budget, as in line_items; null where none is printed';
COMMENT ON COLUMN projects.fiscal_funds IS 'of which 财政资金, yuan';
COMMENT ON COLUMN projects.other_funds IS 'of which 其他资金, yuan';
COMMENT ON COLUMN projects.multi_year_total IS 'yuan over several years (总投资, 实施期资金总额, 三年合计), where printed; never part of the budget';
COMMENT ON COLUMN projects.purpose IS 'what the money is for, as printed';
COMMENT ON COLUMN projects.goals IS '绩效目标 as printed';
COMMENT ON COLUMN projects.in_tables IS 'performance: 绩效目标表, expenditure: 项目支出表, both, or unsettled: it may be another row of its document';
COMMENT ON COLUMN projects.unit IS 'unit of the amounts as printed';
COMMENT ON COLUMN projects.page IS 'page it starts on, in 项目支出表 where that lists it';
COMMENT ON COLUMN projects.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN projects.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN projects.year IS 'fiscal year; partition key';
COMMENT ON COLUMN projects.department IS 'controlled department name; partition key';
COMMENT ON COLUMN quality.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN quality.tables IS 'logical tables found';
COMMENT ON COLUMN quality.tables_recognised IS 'tables of a statement form';
COMMENT ON COLUMN quality.tables_unrecognised IS 'tables of no known form that hold amounts, of documents that have statement forms';
COMMENT ON COLUMN quality.filled_cells IS 'cells that hold a text';
COMMENT ON COLUMN quality.amounts IS 'amounts interpreted and not blank: confirmed + doubtful + unchecked';
COMMENT ON COLUMN quality.confirmed IS 'amounts with which an identity holds';
COMMENT ON COLUMN quality.doubtful IS 'amounts with which identities are broken only, or whose reading was chosen among several';
COMMENT ON COLUMN quality.unchecked IS 'amounts to which no identity could be applied';
COMMENT ON COLUMN quality.refused IS 'texts in columns of amounts that are no amount';
COMMENT ON COLUMN quality.amounts_unrecognised IS 'numbers with decimals in the tables counted by tables_unrecognised';
COMMENT ON COLUMN quality.checks_held IS 'identities that hold';
COMMENT ON COLUMN quality.checks_broken IS 'identities that are broken';
COMMENT ON COLUMN quality.checks_not_assessable IS 'identities that could not be applied';
COMMENT ON COLUMN quality.broken_by_rule IS 'broken identities by rule';
COMMENT ON COLUMN quality.issues IS 'rows in issues';
COMMENT ON COLUMN quality.issues_by_kind IS 'issues by kind';
COMMENT ON COLUMN quality.rows_by_table IS 'rows of claims, sections, projects, indicators and inventories, by table';
COMMENT ON COLUMN quality.reading IS '12 hex digits that change whenever an amount, its dimensions or its status is read otherwise';
COMMENT ON COLUMN quality.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN quality.year IS 'fiscal year; partition key';
COMMENT ON COLUMN quality.department IS 'controlled department name; partition key';
COMMENT ON COLUMN revenue_sources.entity IS 'who published it, as printed';
COMMENT ON COLUMN revenue_sources.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN revenue_sources.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN revenue_sources.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN revenue_sources.county IS 'county-level division';
COMMENT ON COLUMN revenue_sources.division_code IS 'six-digit GB/T 2260 code of the lowest division known';
COMMENT ON COLUMN revenue_sources.entity_code IS 'code of the department or unit as printed on the document, for example 323003';
COMMENT ON COLUMN revenue_sources.title IS 'title of the disclosure';
COMMENT ON COLUMN revenue_sources.portal IS 'portal it was first captured from; local for files given by hand';
COMMENT ON COLUMN revenue_sources.url IS 'address it was first captured from';
COMMENT ON COLUMN revenue_sources.line_item_id IS 'first 12 hex of the document, table, row and column, joined by -';
COMMENT ON COLUMN revenue_sources.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN revenue_sources.form IS 'statement form';
COMMENT ON COLUMN revenue_sources.direction IS 'revenue or expenditure';
COMMENT ON COLUMN revenue_sources.label IS 'name of the row as printed, white space removed';
COMMENT ON COLUMN revenue_sources.function_code IS 'functional classification 支出功能分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN revenue_sources.function_level IS 'category 类, group 款, item 项';
COMMENT ON COLUMN revenue_sources.economic_code IS 'department economic classification 部门预算支出经济分类, digits only; where names stand alone, the code a name implies';
COMMENT ON COLUMN revenue_sources.government_economic_code IS 'government economic classification 政府预算支出经济分类, digits only';
COMMENT ON COLUMN revenue_sources.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN revenue_sources.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN revenue_sources.fund IS 'source of funds; total over all the form covers; null where the form has no such axis';
COMMENT ON COLUMN revenue_sources.spending IS 'kind of spending; null where the form has no such axis';
COMMENT ON COLUMN revenue_sources.period IS 'total, current 本年, carried_over 上年结转, opening 年初 or closing 年末 balance';
COMMENT ON COLUMN revenue_sources.item IS 'which part of 三公 the row of a “三公” form is; null in other forms';
COMMENT ON COLUMN revenue_sources.basis IS 'what kind of figure the column states; null where neither it nor the document says';
COMMENT ON COLUMN revenue_sources.meaning IS 'stated: recognised headings, rows and titles give the dimensions; implied: the form itself gives one; doubtful: a heading is missing, unknown or not the column''s alone';
COMMENT ON COLUMN revenue_sources.is_total IS 'the row, or the column where rows have no names, states its form''s total (合计, 支出总计, ...); null, which is taken for no, in rows of older parsers';
COMMENT ON COLUMN revenue_sources.row_kind IS 'line: nothing below it breaks it down, so that lines and withheld 涉密 rows of a column add up; of_which 其中: part of a row above; unit, subtotal, total: sums of lines; null where rows do not tell';
COMMENT ON COLUMN revenue_sources.measure IS 'printed header path of the column, levels joined by /';
COMMENT ON COLUMN revenue_sources.amount IS 'yuan; null where the cell is blank or unreadable, 0 where a zero is printed';
COMMENT ON COLUMN revenue_sources.printed IS 'text as printed';
COMMENT ON COLUMN revenue_sources.unit IS 'unit as printed: 元, 万元, 亿元';
COMMENT ON COLUMN revenue_sources.last_digit IS 'yuan: one unit of the last digit printed, 100 for 万元 with two decimals; null where amount is';
COMMENT ON COLUMN revenue_sources.ocr_confidence IS 'likelihood (0 to 1) of the text where OCR read it, an empty text with one being illegible; null where not by OCR';
COMMENT ON COLUMN revenue_sources.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN revenue_sources.x0 IS 'left edge, PDF points from the left of the page, to a 64th';
COMMENT ON COLUMN revenue_sources.y0 IS 'top edge, PDF points from the top of the page, to a 64th';
COMMENT ON COLUMN revenue_sources.x1 IS 'right edge, PDF points, to a 64th';
COMMENT ON COLUMN revenue_sources.y1 IS 'bottom edge, PDF points, to a 64th';
COMMENT ON COLUMN revenue_sources.status IS 'confirmed, unchecked or doubtful';
COMMENT ON COLUMN revenue_sources.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN revenue_sources.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN revenue_sources.column_index IS 'column in the logical table, from 0';
COMMENT ON COLUMN revenue_sources.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN revenue_sources.year IS 'fiscal year; partition key';
COMMENT ON COLUMN revenue_sources.department IS 'controlled department name; partition key';
COMMENT ON COLUMN revenue_sources.form_total IS 'the total that the form prints of these lines, yuan; null where it prints none';
COMMENT ON COLUMN sections.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN sections.section_index IS 'order in the document, from 0';
COMMENT ON COLUMN sections.heading IS 'heading as printed; null for what stands before the first';
COMMENT ON COLUMN sections.level IS 'depth of the heading, 1 = highest';
COMMENT ON COLUMN sections.text IS 'text as printed, lines joined by line feeds';
COMMENT ON COLUMN sections.page IS 'page the section starts on';
COMMENT ON COLUMN sections.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN sections.year IS 'fiscal year; partition key';
COMMENT ON COLUMN sections.department IS 'controlled department name; partition key';
COMMENT ON COLUMN subordinate_units.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN subordinate_units.city IS 'prefecture-level division, or one directly under a province';
COMMENT ON COLUMN subordinate_units.county IS 'county-level division';
COMMENT ON COLUMN subordinate_units.year IS 'fiscal year; partition key';
COMMENT ON COLUMN subordinate_units.department IS 'controlled department name; partition key';
COMMENT ON COLUMN subordinate_units.entity IS 'who published it, as printed';
COMMENT ON COLUMN subordinate_units.level IS 'department 部门, unit 单位 or government (a whole city, county or province)';
COMMENT ON COLUMN subordinate_units.phase IS 'approved 预算 or executed 决算';
COMMENT ON COLUMN subordinate_units.unit_code IS 'code of the budget unit the row belongs to';
COMMENT ON COLUMN subordinate_units.unit_name IS 'name of the budget unit the row belongs to';
COMMENT ON COLUMN subordinate_units.listed_in IS 'table or narrative';
COMMENT ON COLUMN subordinate_units.page IS 'page in the original, from 1; null for formats without pages';
COMMENT ON COLUMN subordinate_units.place IS 'its position in the list or table';
COMMENT ON COLUMN subordinate_units.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN tables.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN tables.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN tables.title IS 'title as printed';
COMMENT ON COLUMN tables.form IS 'statement form; null where not recognised';
COMMENT ON COLUMN tables.unit IS 'unit of its amounts as printed: 元, 万元, 亿元';
COMMENT ON COLUMN tables.first_page IS 'first page; null for formats without pages';
COMMENT ON COLUMN tables.last_page IS 'last page';
COMMENT ON COLUMN tables.columns IS 'header paths in column order, levels joined by /';
COMMENT ON COLUMN tables.rows IS 'rows, headers included';
COMMENT ON COLUMN tables.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN tables.year IS 'fiscal year; partition key';
COMMENT ON COLUMN tables.department IS 'controlled department name; partition key';
COMMENT ON COLUMN units.document_sha256 IS 'SHA-256 of the original, key of documents.sha256';
COMMENT ON COLUMN units.unit_code IS 'code as printed';
COMMENT ON COLUMN units.unit_name IS 'name as printed, white space removed';
COMMENT ON COLUMN units.nature IS '单位性质: 行政, 事业, ...';
COMMENT ON COLUMN units.rank IS '单位规格';
COMMENT ON COLUMN units.funding IS '经费保障形式';
COMMENT ON COLUMN units.page IS 'page';
COMMENT ON COLUMN units.table_index IS 'logical table in the document, from 0';
COMMENT ON COLUMN units.row_index IS 'row in the logical table, from 0, headers included';
COMMENT ON COLUMN units.province IS 'province as named in GB/T 2260; partition key';
COMMENT ON COLUMN units.year IS 'fiscal year; partition key';
COMMENT ON COLUMN units.department IS 'controlled department name; partition key';
