-- Where a figure of an answer is not what its document says elsewhere
--
-- One row per figure, largest difference first: the total as views and named queries give it (stated, read in form), and
-- what stands elsewhere (found, in found_in): in the narrative, in the other form that prints it, as the sum of the lines.
-- These are misprints of the publisher or of this archive's reading; the page shows which.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :figure text = ''         revenue, expenditure, basic, project or three_public
-- :limit integer = 100      how many rows
--
-- unanswered: contradict no figure
SELECT
    entity, year, phase, kind, figure, form, stated, found_in, found, difference, tolerance, page, document_sha256
FROM contradictions
WHERE ($figure = '' OR figure = $figure)
  AND in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
ORDER BY abs(difference) DESC, document_sha256, kind, figure
LIMIT $limit
