-- Forms that documents promise: present, declared empty, missing
--
-- One row per form that a document's contents (or the template for final accounts) lists, missing ones first.
-- found is missing, declared empty, present or unclear; reason says where, or why it is unclear.
--
-- :found text = 'missing'   missing, declared empty, present or unclear; '' for all
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
--
-- unanswered: promise no such form
WITH promised AS (
    SELECT
        *,
        CASE
            WHEN outcome = 'broken' THEN 'missing'
            WHEN outcome = 'not_assessable' THEN 'unclear'
            WHEN starts_with(reason, 'declared empty') THEN 'declared empty'
            ELSE 'present'
        END AS found_as
    FROM checks
    WHERE rule = 'promised_form_present'
)
SELECT d.entity, p.year, d.phase, p.scope AS promised, p.found_as AS found, p.reason, p.document_sha256
FROM promised AS p
JOIN documents AS d ON d.sha256 = p.document_sha256
WHERE ($found = '' OR p.found_as = $found)
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR p.year = $year)
ORDER BY p.found_as = 'missing' DESC, d.entity, p.document_sha256, p.check_index
