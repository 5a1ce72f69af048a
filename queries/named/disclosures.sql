-- What each body published of a year: the files of one disclosure together, tables and narrative
--
-- One row per body, year, phase and level.  documents are all its files, with_amounts those whose tables were read,
-- with_narrative those whose text states amounts.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :phase text = ''          approved 预算 or executed 决算
-- :only_parted boolean = false   only disclosures in several files: tables and narrative apart, or a corrected one
-- :limit integer = 100      how many rows
--
-- unanswered: do not tell whose disclosure they are
SELECT
    entity, level, year, phase, province, city, county, department, len(documents) AS files, amounts, confirmed_percent,
    checks_broken, issues, documents, with_amounts, with_narrative, articles
FROM disclosures
WHERE in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($phase = '' OR phase = $phase)
  AND (NOT $only_parted OR len(documents) > 1)
ORDER BY province, city, county, entity, year, phase, level
LIMIT $limit
