-- How many amounts of each document its own arithmetic confirms
--
-- One row per document that has amounts, least confirmed first: amounts interpreted, those that take part in an
-- accounting identity that holds, the identities that hold and those that are broken, and its issues.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :portal text = ''         portal the document was first captured from
--
-- unanswered: have no amounts
SELECT
    entity, year, format, amounts, confirmed, percent(confirmed, amounts) AS confirmed_percent,
    checks_held, checks_broken, issues, sha256 AS document_sha256
FROM documents
WHERE amounts > 0
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($department = '' OR department = $department)
  AND ($portal = '' OR portal = $portal)
ORDER BY confirmed_percent, entity, sha256
