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
