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
            '(?:{{establishment_administrative}}|{{establishment_institution}}|{{establishment_workers}}|{{establishment}}'
            || '|{{in_service}}|{{retired}}'
            || '|{{actual}}){{between}}*\d{1,6}{{persons}}'
        ), lambda hit, position: {'words': hit, 'place': position}), recursive := true)
    FROM sections
),
named AS (
    SELECT
        *,
        regexp_extract(words, '(\d{1,6}){{persons}}$', 1)::INTEGER AS persons,
        -- from the front: 有 of 实有 438 人 may also stand between a name and its number
        regexp_extract(
            words,
            '^(?:{{establishment_administrative}}|{{establishment_institution}}|{{establishment_workers}}|{{establishment}}'
            || '|{{in_service}}|{{retired}}'
            || '|{{actual}})'
        ) AS name
    FROM hits
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    CASE
        WHEN regexp_full_match(n.name, '{{establishment_administrative}}') THEN 'establishment_administrative'
        WHEN regexp_full_match(n.name, '{{establishment_institution}}') THEN 'establishment_institution'
        WHEN regexp_full_match(n.name, '{{establishment_workers}}') THEN 'establishment_workers'
        WHEN regexp_full_match(n.name, '{{establishment}}') THEN 'establishment'
        WHEN regexp_full_match(n.name, '{{in_service}}') THEN 'in_service'
        WHEN regexp_full_match(n.name, '{{retired}}') THEN 'retired'
        WHEN regexp_full_match(n.name, '{{actual}}') THEN 'actual'
    END AS kind,
    n.persons, n.words, n.heading, n.page, n.section_index, n.place, n.document_sha256
FROM named AS n
JOIN documents AS d ON d.sha256 = n.document_sha256;
