-- How far documents were understood, counted by portal, department, parser version, ...
--
-- One row per group, the one with most unconfirmed amounts first: documents, tables of a statement form and tables of
-- no known form that hold amounts, amounts interpreted and how far they are confirmed, identities, broken ones by rule
-- and issues by kind.
--
-- :by text = 'portal'       portal, department, province, year, phase, format, parse_status or parser_version
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
WITH grouped AS (
    SELECT
        CASE $by
            WHEN 'portal' THEN portal
            WHEN 'department' THEN department
            WHEN 'province' THEN province
            WHEN 'year' THEN year::VARCHAR
            WHEN 'phase' THEN phase
            WHEN 'format' THEN format
            WHEN 'parse_status' THEN parse_status
            WHEN 'parser_version' THEN parser_version
            ELSE error('by is portal, department, province, year, phase, format, parse_status or parser_version, not ' || $by)
        END AS name,
        *
    FROM document_quality
    WHERE in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
),
rules AS (
    SELECT name, entry.key AS counted, sum(entry.value) AS times
    FROM (SELECT name, unnest(map_entries(broken_by_rule)) AS entry FROM grouped)
    GROUP BY ALL
),
kinds AS (
    SELECT name, entry.key AS counted, sum(entry.value) AS times
    FROM (SELECT name, unnest(map_entries(issues_by_kind)) AS entry FROM grouped)
    GROUP BY ALL
),
maps AS (
    SELECT
        name,
        (
            SELECT map(list(counted ORDER BY times DESC, counted), list(times::INTEGER ORDER BY times DESC, counted))
            FROM rules AS r WHERE r.name IS NOT DISTINCT FROM g.name
        ) AS broken_by_rule,
        (
            SELECT map(list(counted ORDER BY times DESC, counted), list(times::INTEGER ORDER BY times DESC, counted))
            FROM kinds AS k WHERE k.name IS NOT DISTINCT FROM g.name
        ) AS issues_by_kind
    FROM (SELECT DISTINCT name FROM grouped) AS g
)
SELECT
    g.name, count(*) AS documents,
    sum(g.tables_recognised)::BIGINT AS tables_recognised, sum(g.tables_unrecognised)::BIGINT AS tables_unrecognised,
    sum(g.amounts)::BIGINT AS amounts, sum(g.confirmed)::BIGINT AS confirmed,
    percent(sum(g.confirmed), sum(g.amounts)) AS confirmed_percent,
    sum(g.doubtful)::BIGINT AS doubtful, sum(g.unchecked)::BIGINT AS unchecked, sum(g.refused)::BIGINT AS refused,
    sum(g.amounts_unrecognised)::BIGINT AS amounts_unrecognised,
    sum(g.checks_held)::BIGINT AS checks_held, sum(g.checks_broken)::BIGINT AS checks_broken,
    coalesce(any_value(m.broken_by_rule), MAP {}) AS broken_by_rule,
    sum(g.issues)::BIGINT AS issues, coalesce(any_value(m.issues_by_kind), MAP {}) AS issues_by_kind
FROM grouped AS g
JOIN maps AS m ON m.name IS NOT DISTINCT FROM g.name
GROUP BY g.name
ORDER BY sum(g.amounts - g.confirmed + g.amounts_unrecognised) DESC, documents DESC, g.name
