-- Where to look next: the documents with most amounts that are not confirmed
--
-- One row per document.  to_settle is what it is ordered by: amounts doubtful, unchecked or refused, and amounts in
-- tables of no known form; then broken identities, then issues.  reasons counts the issues by kind and the broken rules,
-- most frequent first; pages are where they and the doubtful amounts stand.  A file that
-- cannot be read at all has no amounts and comes last: gongkai documents --status unreadable lists them.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :portal text = ''         portal the document was first captured from
-- :limit integer = 20       how many rows
--
-- unanswered: leave nothing to settle
WITH worst AS (
    SELECT *, doubtful + unchecked + refused + amounts_unrecognised AS to_settle
    FROM document_quality
    WHERE doubtful + unchecked + refused + amounts_unrecognised + checks_broken + issues > 0
      AND parse_status <> 'unrelated'
      AND in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year)
      AND ($department = '' OR department = $department)
      AND ($portal = '' OR portal = $portal)
    ORDER BY to_settle DESC, checks_broken DESC, issues DESC, document_sha256
    LIMIT $limit
),
counted AS (
    SELECT document_sha256, unnest(list_concat(map_entries(issues_by_kind), map_entries(broken_by_rule))) AS entry
    FROM worst
),
reasons AS (
    SELECT document_sha256, string_agg(entry.key || ' ' || entry.value, ', ' ORDER BY entry.value DESC, entry.key) AS reasons
    FROM counted
    GROUP BY document_sha256
),
broken AS (
    SELECT document_sha256, unnest(list_concat(total, addends)) AS id
    FROM checks
    WHERE outcome = 'broken' AND document_sha256 IN (SELECT document_sha256 FROM worst)
),
places AS (
    SELECT document_sha256, page FROM issues
    UNION
    SELECT document_sha256, page FROM line_items WHERE status = 'doubtful'
    UNION
    SELECT l.document_sha256, l.page
    FROM line_items AS l JOIN broken AS b ON b.document_sha256 = l.document_sha256 AND b.id = l.line_item_id
    UNION
    SELECT s.document_sha256, s.page
    FROM claims AS s JOIN broken AS b ON b.document_sha256 = s.document_sha256 AND b.id = s.claim_id
),
pages AS (
    SELECT document_sha256, list(page ORDER BY page) AS pages
    FROM places
    WHERE page IS NOT NULL AND document_sha256 IN (SELECT document_sha256 FROM worst)
    GROUP BY document_sha256
)
SELECT
    w.to_settle, w.amounts, w.confirmed_percent, w.doubtful, w.unchecked, w.refused, w.amounts_unrecognised,
    w.checks_broken, r.reasons, p.pages, w.file_name, w.entity, w.year, w.portal, w.parser_version, w.document_sha256
FROM worst AS w
LEFT JOIN reasons AS r USING (document_sha256)
LEFT JOIN pages AS p USING (document_sha256)
ORDER BY w.to_settle DESC, w.checks_broken DESC, w.issues DESC, w.document_sha256
