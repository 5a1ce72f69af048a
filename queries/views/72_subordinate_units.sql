-- The units that a department's figures cover: rows of its table of units, and entries of the numbered list in its
-- narrative (listed_in 'table' or 'narrative'), which ends at the first line that has no number.  An entry is left out
-- where its name goes on in the next line, for it is then not known where the name ends.
CREATE VIEW subordinate_units AS
WITH lists AS (
    SELECT
        document_sha256, page,
        regexp_extract(
            text, '{{units_follow}}\s*((?:(?:^|\n)?[ \t]*{{entry_number}}[^\n]+(?:\n|$))+)([^\n]*)', ['entries', 'after']
        ) AS list
    FROM sections
    WHERE regexp_matches(text, '{{units_follow}}')
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
            regexp_replace(regexp_replace(line, '^\s*{{entry_number}}\s*', ''), '[，,；;。].*$', ''), '\s', '', 'g'
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
