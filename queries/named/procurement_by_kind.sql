-- Government procurement 政府采购 by goods, works and services
--
-- One row per document, yuan.  The narrative's figures, of all funds where it states them, each null where the narrative
-- states it in several ways; beside them (listed_…) the sums of the procurement list's lines by the first letter of their
-- catalogue codes (A goods, B works, C services), null where a line with an amount has no code.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state no procurement by kind
WITH said AS (
    SELECT
        document_sha256,
        any_value(amount) FILTER (item = 'procurement') AS procurement,
        any_value(amount) FILTER (item = 'procurement_goods') AS goods,
        any_value(amount) FILTER (item = 'procurement_works') AS works,
        any_value(amount) FILTER (item = 'procurement_services') AS services
    FROM (
        SELECT document_sha256, item, any_value(amount) AS amount
        FROM (
            SELECT document_sha256, item, amount
            FROM claims
            WHERE role = 'amount' AND amount IS NOT NULL AND starts_with(item, 'procurement')
            QUALIFY coalesce(fund, 'total') = 'total'
                OR NOT bool_or(coalesce(fund, 'total') = 'total') OVER (PARTITION BY document_sha256, item)
        )
        GROUP BY ALL
        HAVING count(DISTINCT amount) = 1
    )
    GROUP BY document_sha256
),
listed AS (
    SELECT
        document_sha256,
        coalesce(sum(amount) FILTER (starts_with(catalogue_code, 'A')), 0) AS listed_goods,
        coalesce(sum(amount) FILTER (starts_with(catalogue_code, 'B')), 0) AS listed_works,
        coalesce(sum(amount) FILTER (starts_with(catalogue_code, 'C')), 0) AS listed_services
    FROM procurement
    WHERE NOT is_subtotal AND amount IS NOT NULL
    GROUP BY document_sha256
    HAVING bool_and(coalesce(left(catalogue_code, 1) IN ('A', 'B', 'C'), false))
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    s.procurement, s.goods, s.works, s.services, l.listed_goods, l.listed_works, l.listed_services,
    d.sha256 AS document_sha256
FROM documents AS d
LEFT JOIN said AS s ON s.document_sha256 = d.sha256
LEFT JOIN listed AS l ON l.document_sha256 = d.sha256
WHERE coalesce(s.procurement, s.goods, s.works, s.services, l.listed_goods) IS NOT NULL AND ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($phase = '' OR d.phase = $phase)
  AND ($department = '' OR d.department = $department)
ORDER BY coalesce(s.procurement, s.services, l.listed_services) DESC NULLS LAST, d.sha256
