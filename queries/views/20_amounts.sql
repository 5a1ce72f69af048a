-- Every interpreted amount beside the document it stands in: who published it, where, for which year and phase.
-- Blank cells (amount null) are left out.  Amounts of one form contain each other (categories their groups, groups
-- their items, totals their parts): pick one function_level and one value of fund, spending and period before summing.
CREATE VIEW amounts AS
SELECT
    d.entity, d.level, d.phase, d.city, d.county, d.division_code, d.unit_code AS entity_code, d.title, d.portal, d.url,
    l.*
FROM line_items AS l
JOIN documents AS d ON d.sha256 = l.document_sha256
WHERE l.amount IS NOT NULL;
