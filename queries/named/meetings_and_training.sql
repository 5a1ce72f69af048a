-- 会议费 and 培训费 of each document
--
-- One row per document, yuan, largest first: as the “三公” form prints them (meetings_from, training_from 'three_public'),
-- else as the narrative states them under the heading under which it states “三公” ('narrative'), where that is one figure.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state neither 会议费 nor 培训费
WITH of_form AS (
    SELECT *, bool_or(is_whole(fund)) OVER (PARTITION BY document_sha256) AS splits_funds
    FROM own_amounts
    WHERE form = 'three_public'
),
printed AS (
    SELECT
        document_sha256,
        max(amount) FILTER (item = 'meetings') AS meetings, max(amount) FILTER (item = 'training') AS training
    FROM of_form
    WHERE is_whole(fund) OR NOT splits_funds
    GROUP BY document_sha256
),
said AS (
    SELECT
        document_sha256, any_value(amount) FILTER (item = 'meetings') AS meetings,
        any_value(amount) FILTER (item = 'training') AS training
    FROM (
        SELECT c.document_sha256, c.item, any_value(c.amount) AS amount
        FROM claims AS c
        WHERE c.item IN ('meetings', 'training') AND c.role = 'amount' AND c.amount IS NOT NULL
          AND EXISTS (
            SELECT 1 FROM claims AS t
            WHERE t.document_sha256 = c.document_sha256 AND t.item = 'three_public' AND t.heading = c.heading
          )
        GROUP BY ALL
        HAVING count(DISTINCT c.amount) = 1
    )
    GROUP BY document_sha256
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    coalesce(p.meetings, s.meetings) AS meetings, coalesce(p.training, s.training) AS training,
    CASE WHEN p.meetings IS NOT NULL THEN 'three_public' WHEN s.meetings IS NOT NULL THEN 'narrative' END AS meetings_from,
    CASE WHEN p.training IS NOT NULL THEN 'three_public' WHEN s.training IS NOT NULL THEN 'narrative' END AS training_from,
    d.sha256 AS document_sha256
FROM documents AS d
LEFT JOIN printed AS p ON p.document_sha256 = d.sha256
LEFT JOIN said AS s ON s.document_sha256 = d.sha256
WHERE coalesce(p.meetings, p.training, s.meetings, s.training) IS NOT NULL AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($phase = '' OR d.phase = $phase)
  AND ($department = '' OR d.department = $department)
ORDER BY coalesce(p.meetings, s.meetings, 0) + coalesce(p.training, s.training, 0) DESC, d.sha256
