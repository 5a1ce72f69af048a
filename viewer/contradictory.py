"""Every contradiction that the lake shows, as one list; and where on its pages each side of one stands.

A contradiction's name, ``contradiction``, is made of what it is about: its rule, the hashes of its documents and the
places in them.  Neither its amounts nor the order of an answer take part, so that it is the same one in the next
publication.
"""

from __future__ import annotations

KINDS = ("text", "years", "units", "sums", "forms")
"""Text against table, year against year, department against units, sums that are broken, form against form."""

INBOX = """
WITH broken AS (
    SELECT
        CASE WHEN starts_with(rule, 'text_') THEN 'text' ELSE 'sums' END AS kind, rule, scope,
        expected AS stated, found, difference, tolerance, NULL::INTEGER AS page, document_sha256,
        []::VARCHAR[] AS other_documents, total AS stated_at, addends AS found_at, NULL AS form, NULL AS found_in,
        concat_ws(
            '|', rule, document_sha256, array_to_string(total, ','), array_to_string(addends, ','),
            CASE WHEN len(total) + len(addends) = 0 THEN scope END
        ) AS made_of
    FROM checks
    WHERE outcome = 'broken' AND ($province IS NULL OR province = $province) AND ($year IS NULL OR year = $year)
),
apart AS (
    SELECT
        CASE rule WHEN 'prior_year' THEN 'years' WHEN 'narrative_and_tables' THEN 'text' ELSE 'units' END AS kind,
        rule, coalesce(label, item) AS scope, expected AS stated, found, difference, tolerance, page,
        document_sha256, other_documents,
        CASE WHEN claim_id IS NULL THEN []::VARCHAR[] ELSE [claim_id] END AS stated_at, []::VARCHAR[] AS found_at,
        NULL AS form, NULL AS found_in,
        concat_ws(
            '|', rule, document_sha256, array_to_string(other_documents, ','), item, label, function_code, claim_id
        ) AS made_of
    FROM agreements
    WHERE outcome = 'broken' AND ($province IS NULL OR province = $province) AND ($year IS NULL OR year = $year)
),
figures AS (
    SELECT
        CASE kind WHEN 'narrative' THEN 'text' WHEN 'other_form' THEN 'forms' ELSE 'sums' END AS kind, kind AS rule,
        figure AS scope, stated, found, difference, tolerance, page, document_sha256,
        []::VARCHAR[] AS other_documents, []::VARCHAR[] AS stated_at, []::VARCHAR[] AS found_at, form, found_in,
        concat_ws('|', kind, document_sha256, figure, form, found_in, page) AS made_of
    FROM contradictions AS c
    WHERE ($province IS NULL OR province = $province) AND ($year IS NULL OR year = $year)
      AND NOT EXISTS (
        SELECT 1 FROM broken AS b
        WHERE b.document_sha256 = c.document_sha256 AND abs(b.difference) = abs(c.difference)
    )
),
every_one AS (
    SELECT * FROM broken
    UNION ALL BY NAME
    SELECT * FROM apart
    UNION ALL BY NAME
    SELECT * FROM figures
),
inbox AS (
    SELECT
        left(sha256(e.made_of), 16) AS contradiction, e.kind, e.rule, d.entity, d.province, d.city, d.county, d.year,
        d.phase, e.scope, e.stated, e.found, e.difference, e.tolerance, e.form, e.found_in, e.page, e.document_sha256,
        e.other_documents, e.stated_at, e.found_at
    FROM every_one AS e
    JOIN documents AS d ON d.sha256 = e.document_sha256
    WHERE ($province IS NULL OR d.province = $province) AND ($year IS NULL OR d.year = $year)
)
SELECT * FROM inbox
WHERE ($kind = '' OR kind = $kind) AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($state = '' OR ($state = 'open') <> list_contains($judged::VARCHAR[], contradiction))
  AND ($contradiction = '' OR contradiction = $contradiction)
ORDER BY abs(difference) DESC NULLS LAST, contradiction
"""

EVERY_ONE = {
    "kind": "",
    "province": None,
    "place": "",
    "year": None,
    "state": "",
    "judged": list[str](),
    "contradiction": "",
}
"""Parameters of ``INBOX`` that leave none out; ``province`` and ``year`` tell which files are read."""

_OF = """document_sha256 = $sha256 AND province IS NOT DISTINCT FROM $province
    AND year IS NOT DISTINCT FROM $year::INTEGER AND department IS NOT DISTINCT FROM $department"""

BY_NAME = f"""
    SELECT
        coalesce(l.label, c.header, c.text) AS label, c.text AS printed, l.amount, c.page, c.table_index, c.row_index,
        c.column_index, c.x0, c.y0, c.x1, c.y1, NULL AS sentence
    FROM (
        SELECT *, concat_ws('-', left(document_sha256, 12), table_index, row_index, column_index) AS place
        FROM cells WHERE {_OF}
    ) AS c
    LEFT JOIN (SELECT line_item_id, label, amount FROM line_items WHERE {_OF}) AS l ON l.line_item_id = c.place
    WHERE list_contains($ids::VARCHAR[], c.place)
    UNION ALL
    SELECT label, printed, amount, page, NULL, NULL, NULL, NULL, NULL, NULL, NULL, sentence
    FROM claims WHERE {_OF} AND list_contains($ids::VARCHAR[], claim_id)
    ORDER BY page, table_index, row_index, column_index
"""  # noqa: S608 - constants of this module
"""Amounts, cells and sentences of a document by their names."""

BY_AMOUNT = f"""
    SELECT label, printed, amount, page, table_index, row_index, column_index, x0, y0, x1, y1, NULL AS sentence
    FROM line_items
    WHERE {_OF} AND amount = $amount::DECIMAL(20, 2) AND ($form = '' OR form = $form)
    QUALIFY is_total >= max(is_total) OVER () AND ($page IS NULL OR NOT bool_or(page = $page) OVER () OR page = $page)
    UNION ALL
    SELECT label, printed, amount, page, NULL, NULL, NULL, NULL, NULL, NULL, NULL, sentence
    FROM claims
    WHERE {_OF} AND amount = $amount::DECIMAL(20, 2) AND $form IN ('', 'narrative') AND role = 'amount'
    ORDER BY table_index NULLS LAST, page, row_index, column_index
"""  # noqa: S608 - constants of this module
"""Where a document states an amount: in a form, or in its text; totals before other lines."""

LINES = f"""
    SELECT label, printed, amount, page, table_index, row_index, column_index, x0, y0, x1, y1, NULL AS sentence
    FROM form_lines
    WHERE {_OF} AND form = $form AND direction = $scope AND divided_by = $divided_by
    ORDER BY page, table_index, row_index, column_index
"""  # noqa: S608 - constants of this module
"""The lines that a form's total is compared with."""
