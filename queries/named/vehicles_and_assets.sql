-- Vehicles, equipment and other assets held or to be bought
--
-- One row per number: of the narrative (stated_in 'narrative': vehicles_held, vehicles_to_buy, equipment_held,
-- equipment_to_buy, as counts) and of the table of fixed assets ('assets': name as printed, quantity, value in yuan).
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
--
-- unanswered: state neither vehicles nor other assets
WITH stated AS (
    SELECT
        document_sha256, 'narrative' AS stated_in, item, quantity, NULL::DECIMAL(20, 2) AS value, unit AS quantity_unit,
        NULL AS as_of, page, claim_index AS place
    FROM claims
    WHERE item IN ('vehicles_held', 'vehicles_to_buy', 'equipment_held', 'equipment_to_buy') AND quantity IS NOT NULL
    UNION ALL
    SELECT document_sha256, 'assets', item, quantity, value, NULL, as_of, page, row_index
    FROM assets
    WHERE coalesce(quantity, value) IS NOT NULL
)
SELECT
    d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase, s.stated_in, s.item, s.quantity,
    s.quantity_unit, s.value, s.as_of, s.page, s.document_sha256
FROM stated AS s
JOIN documents AS d ON d.sha256 = s.document_sha256
WHERE ($governments OR NOT is_government(d.level))
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR d.year = $year)
  AND ($department = '' OR d.department = $department)
ORDER BY d.province, d.city, d.county, d.entity, d.year, s.document_sha256, s.stated_in, s.place, s.item
