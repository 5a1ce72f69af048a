-- Head counts as the narrative states them: 编制 44 人, 实有 59 人, 离退休 42 人.  One row per number; the words that name a
-- kind are the list `answers.csv` of the vocabulary.  A document that states one kind several times, of its units for
-- example, has several rows: which is the whole is not guessed.
--   kind      establishment, establishment_administrative, establishment_institution, actual, in_service or retired
--   words     the number with the words before it, white space removed
CREATE VIEW head_counts AS
WITH kinds AS (
    SELECT list AS kind, pattern, list_position AS rank
    FROM answer_words
    WHERE list IN (
        'establishment', 'establishment_administrative', 'establishment_institution', 'actual', 'in_service', 'retired'
    )
),
grammar AS (
    SELECT
        '(' || (SELECT string_agg(pattern, '|' ORDER BY rank) FROM kinds) || ')(?:'
        || (SELECT string_agg(pattern, '|') FROM answer_words WHERE list = 'between') || ')*(\d{1,6})(?:'
        || (SELECT string_agg(pattern, '|') FROM answer_words WHERE list = 'persons') || ')' AS said
),
hits AS (
    SELECT
        s.document_sha256, s.section_index, s.heading, s.page, g.said,
        unnest(regexp_extract_all(regexp_replace(s.text, '\s', '', 'g'), g.said)) AS words
    FROM sections AS s
    CROSS JOIN grammar AS g
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    (
        SELECT arg_min(k.kind, k.rank) FROM kinds AS k
        WHERE regexp_full_match(regexp_extract(h.words, h.said, 1), k.pattern)
    ) AS kind,
    regexp_extract(h.words, h.said, 2)::INTEGER AS persons, h.words, h.heading, h.page, h.section_index,
    h.document_sha256
FROM hits AS h
JOIN documents AS d ON d.sha256 = h.document_sha256
WHERE NOT is_government(d.level);
