-- What each document says in total, one row per document, yuan.  Every figure is read from a row that states a total;
-- nothing is summed here but wages and allowances where the form does not print 人员经费 itself.
-- Documents of whole governments (level 'government') are rows without figures.
--   revenue       收入总计 of the balance form
--   expenditure   total row of the expenditure form, 本年支出合计 where it prints no more (final accounts); where there
--                 is none, 支出总计 of the balance form
--   basic, project                   基本支出 and 项目支出 of the same total row
--   personnel     人员经费 of that row, or 工资福利 + 对个人和家庭的补助; else of the basic-expenditure form
--                 (general_public_basic), which covers general public funds only
--   carried_over  上年结转 of the revenue form's total row; where there is none, of the balance form
--   three_public  “三公”经费 of the three_public form: the row or column of that name; the form's 合计 only where no
--                 such row is printed, because 合计 may also hold 会议费 and 培训费
CREATE VIEW document_totals AS
WITH total_rows AS (
    SELECT
        *, is_whole(fund) OR NOT bool_or(is_whole(fund)) OVER (PARTITION BY document_sha256, form) AS is_whole_of_form
    FROM amounts
    WHERE function_code IS NULL AND economic_code IS NULL AND government_economic_code IS NULL
      AND (is_total OR form IN ('balance', 'three_public'))
),
stated AS (
    SELECT
        document_sha256, province, year, department,
        max(amount) FILTER (form = 'balance' AND direction = 'revenue' AND label IN ('收入总计', '总计')) AS revenue,
        max(amount) FILTER (form = 'balance' AND direction = 'expenditure' AND label IN ('支出总计', '总计'))
            AS balance_expenditure,
        max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND is_whole(period))
            AS expenditure,
        max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND period = 'current')
            AS current_expenditure,
        max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND is_whole(period)) AS basic,
        max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND period = 'current')
            AS current_basic,
        max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND is_whole(period))
            AS project,
        max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND period = 'current')
            AS current_project,
        max(amount) FILTER (form = 'expenditure' AND spending = 'personnel') AS personnel,
        max(amount) FILTER (form = 'expenditure' AND spending = 'wages') AS wages,
        max(amount) FILTER (form = 'expenditure' AND spending = 'individual_family') AS individual_family,
        max(amount) FILTER (form = 'general_public_basic' AND spending = 'personnel') AS basic_form_personnel,
        max(amount) FILTER (form = 'revenue' AND period = 'carried_over' AND is_whole(fund)) AS carried_over,
        max(amount) FILTER (
            form = 'balance' AND direction = 'revenue' AND regexp_matches(label, '^([一二三四五六七八九十]+、)?(上年|年初)结转')
        ) AS balance_carried_over,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'total') AS three_public,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND is_total) AS three_public_form_total
    FROM total_rows
    GROUP BY document_sha256, province, year, department
)
SELECT
    d.sha256 AS document_sha256, d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    s.revenue,
    coalesce(s.expenditure, s.current_expenditure, s.balance_expenditure) AS expenditure,
    CASE WHEN s.expenditure IS NOT NULL THEN s.basic ELSE coalesce(s.basic, s.current_basic) END AS basic,
    CASE WHEN s.expenditure IS NOT NULL THEN s.project ELSE coalesce(s.project, s.current_project) END AS project,
    coalesce(s.personnel, s.wages + coalesce(s.individual_family, 0), s.basic_form_personnel) AS personnel,
    CASE
        WHEN coalesce(s.personnel, s.wages) IS NOT NULL THEN 'expenditure'
        WHEN s.basic_form_personnel IS NOT NULL THEN 'general_public_basic'
    END AS personnel_form,
    coalesce(s.carried_over, s.balance_carried_over) AS carried_over,
    coalesce(s.three_public, s.three_public_form_total) AS three_public,
    d.amounts, d.confirmed, d.checks_held, d.checks_broken, d.issues
FROM documents AS d
LEFT JOIN stated AS s ON s.document_sha256 = d.sha256;
