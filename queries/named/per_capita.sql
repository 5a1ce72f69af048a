-- Figures per head: spending, personnel costs and “三公” by people in post
--
-- One row per document that states how many people it has, yuan per head: persons are those in post (在职), else all
-- (实有), else the posts approved (编制), as persons_kind says; a kind that the narrative states with several numbers is
-- left out, for the whole is not told from its parts.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no head count, or one kind with several numbers
WITH counts AS (
    SELECT document_sha256, kind, any_value(persons) AS persons
    FROM head_counts
    WHERE kind IN ('in_service', 'actual', 'establishment') AND persons > 0
    GROUP BY ALL
    HAVING count(DISTINCT persons) = 1
),
chosen AS (
    SELECT *
    FROM counts
    QUALIFY row_number() OVER (
        PARTITION BY document_sha256 ORDER BY CASE kind WHEN 'in_service' THEN 0 WHEN 'actual' THEN 1 ELSE 2 END
    ) = 1
)
SELECT
    t.province, t.city, t.county, t.year, t.department, t.entity, t.level, t.phase, c.persons, c.kind AS persons_kind,
    round(t.expenditure / c.persons, 2)::DECIMAL(20, 2) AS expenditure_per_head,
    round(t.personnel / c.persons, 2)::DECIMAL(20, 2) AS personnel_per_head,
    round(t.three_public / c.persons, 2)::DECIMAL(20, 2) AS three_public_per_head,
    t.expenditure, t.personnel, t.three_public, t.document_sha256
FROM document_totals AS t
JOIN chosen AS c USING (document_sha256)
WHERE coalesce(t.expenditure, t.personnel, t.three_public) IS NOT NULL
  AND ($governments OR NOT is_government(t.level))
  AND in_place($place, t.province, t.city, t.county, t.entity)
  AND ($year IS NULL OR t.year = $year)
  AND ($phase = '' OR t.phase = $phase)
  AND ($department = '' OR t.department = $department)
ORDER BY expenditure_per_head DESC NULLS LAST, t.document_sha256
