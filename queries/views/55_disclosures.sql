-- What one body published of one year and phase: one row per disclosure, whose tables and narrative may be files of their
-- own, and of which a corrected file is one more.  Files are put together by body, place, year, phase and level as they
-- state them; one that does not state its level belongs to the only level there is, one that does not tell all the rest
-- to the disclosure of the article it is linked from, where that is one.
--   documents        all its files (SHA-256)
--   with_amounts     those with interpreted amounts
--   with_narrative   those whose text states amounts (table claims)
--   articles         pages that link them
CREATE VIEW disclosures AS
WITH told AS (
    SELECT
        *, body_name(entity, province) AS body, concat_ws('/', province, city, county) AS place,
        entity IS NOT NULL AND year IS NOT NULL AND phase IS NOT NULL AS is_whole_name,
        EXISTS (SELECT 1 FROM claims AS s WHERE s.document_sha256 = sha256) AS has_narrative
    FROM documents
    WHERE parse_status IN ('parsed', 'partial')
),
named AS (
    SELECT
        * EXCLUDE (level),
        coalesce(level, CASE WHEN min(level) OVER alike = max(level) OVER alike THEN min(level) OVER alike END) AS level
    FROM told
    WHERE is_whole_name
    WINDOW alike AS (PARTITION BY body, place, year, phase)
),
of_article AS (
    SELECT
        article_url, any_value(body) AS body, any_value(place) AS place, any_value(year) AS year, any_value(phase) AS phase,
        any_value(level) AS level
    FROM named
    WHERE article_url IS NOT NULL
    GROUP BY article_url
    HAVING count(DISTINCT (body, place, year, phase, level)) = 1
),
together AS (
    SELECT * FROM named
    UNION ALL BY NAME
    SELECT
        t.* EXCLUDE (body, place, year, phase, level, province, city, county, department, entity),
        a.body, a.place, a.year, a.phase, a.level
    FROM told AS t
    JOIN of_article AS a USING (article_url)
    WHERE NOT t.is_whole_name
)
SELECT
    arg_max(entity, len(entity)) AS entity, max(province) AS province, max(city) AS city, max(county) AS county,
    max(department) AS department, level, year, phase,
    list(sha256 ORDER BY sha256) AS documents,
    coalesce(list(sha256 ORDER BY sha256) FILTER (amounts > 0), []) AS with_amounts,
    coalesce(list(sha256 ORDER BY sha256) FILTER (has_narrative), []) AS with_narrative,
    coalesce(list(DISTINCT article_url ORDER BY article_url) FILTER (article_url IS NOT NULL), []) AS articles,
    sum(amounts)::BIGINT AS amounts, sum(confirmed)::BIGINT AS confirmed, percent(sum(confirmed), sum(amounts))
        AS confirmed_percent,
    sum(checks_broken)::BIGINT AS checks_broken, sum(issues)::BIGINT AS issues
FROM together
GROUP BY body, place, level, year, phase;
