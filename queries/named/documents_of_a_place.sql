-- Documents of a place, with how far their amounts are confirmed
--
-- One row per parsed original; `gongkai documents` runs this query.  confirmed_percent is the share of its interpreted
-- amounts that take part in an accounting identity that holds; null where it has none.
--
-- :place text = ''          part of a province, city, county or entity name
-- :year integer = null      fiscal year
-- :department text = ''     controlled department name
-- :phase text = ''          approved 预算 or executed 决算
-- :level text = ''          department 部门 or unit 单位
-- :status text = ''         parse status: parsed, partial, unrelated or unreadable
--
-- unanswered: are not listed
SELECT
    left(sha256, 12) AS document, province, city, county, year, department, entity, level, phase, format, pages,
    parse_status, amounts, percent(confirmed, amounts) AS confirmed_percent, issues, file_name, sha256
FROM documents
WHERE in_place($place, province, city, county, entity)
  AND ($year IS NULL OR year = $year)
  AND ($department = '' OR department = $department)
  AND ($phase = '' OR phase = $phase)
  AND ($level = '' OR level = $level)
  AND ($status = '' OR parse_status = $status)
ORDER BY province, city, county, year, department, entity, sha256
