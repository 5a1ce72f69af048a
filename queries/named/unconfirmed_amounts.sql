-- Amounts that no accounting identity confirms
--
-- One row per amount whose status is unchecked or doubtful, doubtful ones first, with the reason where one is recorded
-- for its row, and where it stands in the original.  Zeros are left out unless asked for: a printed 0 is rarely worth
-- a second look.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :status text = ''         doubtful or unchecked
-- :portal text = ''         portal the document was first captured from
-- :zeros boolean = false    also amounts of 0
-- :governments boolean = false   also whole governments, whose figures contain those of their departments
-- :limit integer = 100      how many rows
--
-- unanswered: have no such amount
WITH reasons AS (
    SELECT document_sha256, table_index, row_index, string_agg(DISTINCT reason, '; ' ORDER BY reason) AS reason
    FROM issues
    WHERE row_index IS NOT NULL
    GROUP BY document_sha256, table_index, row_index
)
SELECT
    a.status, a.entity, a.year, a.form, a.label, a.function_code, a.economic_code, a.measure, a.amount, a.printed,
    a.unit, r.reason, a.page, a.line_item_id, a.document_sha256
FROM own_amounts AS a
LEFT JOIN reasons AS r USING (document_sha256, table_index, row_index)
WHERE a.status <> 'confirmed' AND ($governments OR NOT is_government(a.level))
  AND ($status = '' OR a.status = $status)
  AND ($portal = '' OR a.portal = $portal)
  AND ($zeros OR a.amount <> 0)
  AND in_place($place, a.province, a.city, a.county, a.entity)
  AND ($year IS NULL OR a.year = $year)
ORDER BY a.status, a.document_sha256, a.table_index, a.row_index, a.column_index
LIMIT $limit
