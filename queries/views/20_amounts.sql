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
