-- Accounting identities that do not hold
--
-- One row per broken identity, largest difference first: what the total states, what its parts sum to, and what
-- rounding could explain.  These are misprints of the publisher or of this archive's reading; the ids in total and
-- addends lead to the amounts (line_items.line_item_id, claims.claim_id); a missing form has no amounts.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :rule text = ''           identifier of the identity
-- :limit integer = 100      how many rows
--
-- unanswered: break no identity
SELECT
    d.entity, c.year, c.rule, c.scope, c.expected, c.found, c.difference, c.tolerance, c.total, c.addends,
    c.document_sha256
FROM checks AS c
JOIN documents AS d ON d.sha256 = c.document_sha256
WHERE c.outcome = 'broken'
  AND ($rule = '' OR c.rule = $rule)
  AND in_place($place, d.province, d.city, d.county, d.entity)
  AND ($year IS NULL OR c.year = $year)
ORDER BY abs(c.difference) DESC NULLS LAST, c.document_sha256, c.check_index
LIMIT $limit
