-- What each document says in total, one row per document, yuan.  Every figure is read from a row that states a total;
-- nothing is summed here but wages and allowances where the form does not print 人员经费 itself, and this year's money and
-- what was carried over where a form prints them apart.
-- Documents of whole governments (level 'government') are rows without figures.
--   revenue       the total of the balance form's revenue: 收入总计, 总计, 收入合计; where it states this year's alone, that
--   expenditure   total row of the expenditure form; where there is none, the total of the balance form's expenditure
--   basic, project                   基本支出 and 项目支出 of the same total row; 人员经费 + 公用经费 where 基本支出 is not
--                 printed itself
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
        coalesce(
            max(amount) FILTER (
                form = 'balance' AND direction = 'revenue' AND is_total AND is_whole_of_form AND is_whole(period)
            ),
            max(amount) FILTER (
                form = 'balance' AND direction = 'revenue' AND is_total AND is_whole_of_form AND period = 'current'
            )
        ) AS revenue,
        coalesce(
            max(amount) FILTER (
                form = 'balance' AND direction = 'expenditure' AND is_total AND is_whole_of_form AND is_whole(spending)
                AND is_whole(period)
            ),
            max(amount) FILTER (
                form = 'balance' AND direction = 'expenditure' AND is_total AND is_whole_of_form AND is_whole(spending)
                AND period = 'current'
            )
        ) AS balance_expenditure,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND is_whole(spending) AND is_whole(fund) AND period = 'carried_over')
        ) AS expenditure,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND spending = 'basic' AND is_whole(fund) AND period = 'carried_over')
        ) AS basic,
        of_all_periods(
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND is_whole(period)),
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND period = 'current'),
            max(amount) FILTER (form = 'expenditure' AND spending = 'project' AND is_whole(fund) AND period = 'carried_over')
        ) AS project,
        max(amount) FILTER (form = 'expenditure' AND spending = 'public' AND is_whole(fund)) AS public,
        max(amount) FILTER (form = 'expenditure' AND spending = 'personnel') AS personnel,
        max(amount) FILTER (form = 'expenditure' AND spending = 'wages') AS wages,
        max(amount) FILTER (form = 'expenditure' AND spending = 'individual_family') AS individual_family,
        max(amount) FILTER (form = 'general_public_basic' AND spending = 'personnel') AS basic_form_personnel,
        max(amount) FILTER (form = 'revenue' AND period = 'carried_over' AND is_whole(fund)) AS carried_over,
        max(amount) FILTER (
            form = 'balance' AND direction = 'revenue' AND is_whole(fund) AND period IN ('carried_over', 'opening')
        ) AS balance_carried_over,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'total') AS three_public,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND is_total) AS three_public_form_total
    FROM total_rows
    GROUP BY document_sha256, province, year, department
)
SELECT
    d.sha256 AS document_sha256, d.province, d.city, d.county, d.year, d.department, d.entity, d.level, d.phase,
    s.revenue,
    coalesce(s.expenditure, s.balance_expenditure) AS expenditure,
    coalesce(s.basic, s.personnel + s.public) AS basic,
    s.project,
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
