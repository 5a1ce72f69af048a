-- The units that a department's figures cover: rows of its table of units, and entries of the numbered list in its
-- narrative (listed_in 'table' or 'narrative'), which ends at the first line that has no number.  An entry is left out
-- where its name goes on in the next line, for it is then not known where the name ends.
CREATE VIEW subordinate_units AS
WITH grammar AS (
    SELECT
        (SELECT string_agg(pattern, '|') FROM answer_words WHERE list = 'units_follow') AS heads,
        '(?:' || (SELECT string_agg(pattern, '|') FROM answer_words WHERE list = 'entry_number') || ')' AS numbers
),
blocks AS (
    SELECT
        s.document_sha256, s.page, g.numbers,
        regexp_extract(s.text, '(?:' || g.heads || ')\s*((?:(?:^|\n)?[ \t]*' || g.numbers || '[^\n]+(?:\n|$))+)([^\n]*)', 1)
            AS entries,
        regexp_extract(s.text, '(?:' || g.heads || ')\s*((?:(?:^|\n)?[ \t]*' || g.numbers || '[^\n]+(?:\n|$))+)([^\n]*)', 2)
            AS after
    FROM sections AS s
    CROSS JOIN grammar AS g
    WHERE regexp_matches(s.text, g.heads)
),
entries AS (
    SELECT
        document_sha256, page, numbers, after, unnest(string_split(rtrim(entries, chr(10)), chr(10))) AS line,
        generate_subscripts(string_split(rtrim(entries, chr(10)), chr(10)), 1) AS place,
        len(string_split(rtrim(entries, chr(10)), chr(10))) AS places
    FROM blocks
    WHERE entries <> ''
),
named AS (
    SELECT
        document_sha256, page, place, place = places AND after <> '' AND NOT regexp_matches(line, '[。；;]\s*$') AS may_go_on,
        regexp_replace(regexp_replace(line, '^\s*' || numbers || '\s*|[，,；;。].*$', '', 'g'), '\s', '', 'g') AS unit_name
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
JOIN documents AS d ON d.sha256 = u.document_sha256
WHERE NOT is_government(d.level);
