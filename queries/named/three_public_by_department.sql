-- “三公”经费 of each document: total, going abroad, vehicles, receptions
--
-- One row per document, yuan, largest first.  The total comes from the row or column named “三公”经费; the parts from
-- theirs.  Where columns split funds only the one over all is read, and of the rows of one kind the largest: 公务用车购置及
-- 运维费 contains 购置费 and 运行维护费, which stand beside it in columns of their own.  A department's figure contains
-- those of its units, so do not sum rows of level 'department' and 'unit' together.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no “三公” total
WITH of_form AS (
    SELECT *, bool_or(is_whole(fund)) OVER (PARTITION BY document_sha256) AS splits_funds
    FROM amounts
    WHERE form = 'three_public'
),
parts AS (
    SELECT
        document_sha256,
        max(amount) FILTER (item = 'abroad') AS abroad,
        max(amount) FILTER (item = 'vehicles') AS vehicles,
        max(amount) FILTER (item = 'purchase') AS vehicle_purchase,
        max(amount) FILTER (item = 'running') AS vehicle_operation,
        max(amount) FILTER (item = 'reception') AS reception
    FROM of_form
    WHERE is_whole(fund) OR NOT splits_funds
    GROUP BY document_sha256
)
SELECT
    t.province, t.city, t.county, t.year, t.department, t.entity, t.level, t.phase,
    t.three_public, p.abroad, p.vehicles, p.vehicle_purchase, p.vehicle_operation, p.reception,
    t.document_sha256
FROM document_totals AS t
LEFT JOIN parts AS p USING (document_sha256)
WHERE t.three_public IS NOT NULL
  AND ($governments OR NOT is_government(t.level))
  AND in_place($place, t.province, t.city, t.county, t.entity)
  AND ($year IS NULL OR t.year = $year)
  AND ($phase = '' OR t.phase = $phase)
  AND ($department = '' OR t.department = $department)
ORDER BY t.three_public DESC, t.document_sha256
