-- What each document says in total, one row per document, yuan.  Every figure is read from a row that states a total;
-- nothing is summed here but wages and allowances where the form does not print 人员经费 itself, the three parts of “三公”
-- where it does not print their sum, and this year's money and what was carried over where a form prints them apart.
-- Documents of whole governments (level 'government') are rows without figures.
--   revenue       the total of the balance form's revenue: 收入总计, 总计, 收入合计; where it states this year's alone, that;
--                 where there is none, the total of the revenue form
--   expenditure   total row of the expenditure form; where there is none, the total of the balance form's expenditure
--   basic, project                   基本支出 and 项目支出 of the same total row; 人员经费 + 公用经费 where 基本支出 is not
--                 printed itself; else the rows of the balance form that state them
--   personnel     人员经费 of that row, or 工资福利 + 对个人和家庭的补助; else of the basic-expenditure form
--                 (general_public_basic), which covers general public funds only
--   carried_over  上年结转 of the revenue form's total row; where there is none, of the balance form
--   three_public  “三公”经费 of the three_public form: the row or column of that name; else the sum of 出国, 用车 and 接待
--                 where it prints all three; else the form's 合计 where it holds neither 会议费 nor 培训费; else 0 where the
--                 form is declared empty
-- A revenue, expenditure or “三公” that no table states is taken from the narrative where that states one figure alone;
-- a file of narrative without tables has no figures, for they are those of the file with the tables.
-- The columns that end in _from say which form a figure was read in, 'declared empty' or 'narrative'.
CREATE VIEW document_totals AS
WITH total_rows AS (
    SELECT
        *, is_whole(fund) OR NOT bool_or(is_whole(fund)) OVER (PARTITION BY document_sha256, form) AS is_whole_of_form
    FROM amounts
    WHERE function_code IS NULL AND economic_code IS NULL AND government_economic_code IS NULL
      AND meaning IS DISTINCT FROM 'doubtful' AND (is_total OR form IN ('balance', 'three_public'))
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
        max(amount) FILTER (form = 'revenue' AND is_whole_of_form AND is_whole(period)) AS revenue_form,
        max(amount) FILTER (form = 'revenue' AND is_whole_of_form AND period = 'current') AS revenue_form_this_year,
        max(amount) FILTER (
            form = 'balance' AND spending = 'basic' AND is_whole(fund) AND row_kind IN ('line', 'subtotal')
        ) AS balance_basic,
        max(amount) FILTER (
            form = 'balance' AND spending = 'project' AND is_whole(fund) AND row_kind IN ('line', 'subtotal')
        ) AS balance_project,
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
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'abroad') AS abroad,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'vehicles') AS vehicles,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND item = 'reception') AS reception,
        max(amount) FILTER (form = 'three_public' AND is_whole_of_form AND is_total AND item IS NULL) AS three_public_all,
        bool_or(form = 'three_public' AND item IN ('meetings', 'training')) AS with_meetings
    FROM total_rows
    GROUP BY document_sha256, province, year, department
),

-- Figures of which the narrative states one and no other.
said AS (
    SELECT
        document_sha256,
        any_value(amount) FILTER (item = 'balance_total') AS balance_total,
        any_value(amount) FILTER (item = 'revenue_total') AS revenue,
        any_value(amount) FILTER (item = 'expenditure_total') AS expenditure,
        any_value(amount) FILTER (item = 'three_public') AS three_public
    FROM (
        SELECT document_sha256, item, any_value(amount) AS amount
        FROM claims
        WHERE role = 'amount' AND amount IS NOT NULL
          AND (item = 'three_public' OR (item IN ('balance_total', 'revenue_total', 'expenditure_total') AND is_whole(fund)))
        GROUP BY document_sha256, item
        HAVING count(DISTINCT amount) = 1
    )
    GROUP BY document_sha256
),
empty AS (
    SELECT document_sha256
    FROM checks
    WHERE rule = 'form_empty' AND outcome = 'holds' AND starts_with(scope, 'three_public:')
    GROUP BY document_sha256
),
figures AS (
    SELECT
        d.*, s.* EXCLUDE (document_sha256, province, year, department),
        n.balance_total, n.revenue AS said_revenue, n.expenditure AS said_expenditure, n.three_public AS said_three_public,
        e.document_sha256 IS NOT NULL AS declared_empty
    FROM documents AS d
    LEFT JOIN stated AS s ON s.document_sha256 = d.sha256
    LEFT JOIN said AS n ON n.document_sha256 = d.sha256 AND NOT is_government(d.level) AND d.amounts > 0
    LEFT JOIN empty AS e ON e.document_sha256 = d.sha256 AND NOT is_government(d.level)
)
SELECT
    sha256 AS document_sha256, province, city, county, year, department, entity, level, phase,
    coalesce(revenue, revenue_form, revenue_form_this_year, said_revenue, balance_total) AS revenue,
    CASE
        WHEN revenue IS NOT NULL THEN 'balance'
        WHEN coalesce(revenue_form, revenue_form_this_year) IS NOT NULL THEN 'revenue'
        WHEN coalesce(said_revenue, balance_total) IS NOT NULL THEN 'narrative'
    END AS revenue_from,
    coalesce(expenditure, balance_expenditure, said_expenditure, balance_total) AS expenditure,
    CASE
        WHEN expenditure IS NOT NULL THEN 'expenditure'
        WHEN balance_expenditure IS NOT NULL THEN 'balance'
        WHEN coalesce(said_expenditure, balance_total) IS NOT NULL THEN 'narrative'
    END AS expenditure_from,
    coalesce(basic, personnel + public, balance_basic) AS basic,
    coalesce(project, balance_project) AS project,
    coalesce(personnel, wages + coalesce(individual_family, 0), basic_form_personnel) AS personnel,
    CASE
        WHEN coalesce(personnel, wages) IS NOT NULL THEN 'expenditure'
        WHEN basic_form_personnel IS NOT NULL THEN 'general_public_basic'
    END AS personnel_form,
    coalesce(carried_over, balance_carried_over) AS carried_over,
    CASE three_public_from
        WHEN 'three_public' THEN coalesce(
            three_public, abroad + vehicles + reception, CASE WHEN NOT with_meetings THEN three_public_all END
        )
        WHEN 'declared empty' THEN 0
        WHEN 'narrative' THEN said_three_public
    END AS three_public,
    three_public_from,
    amounts, confirmed, checks_held, checks_broken, issues
FROM (
    SELECT
        *,
        CASE
            WHEN coalesce(three_public, abroad + vehicles + reception) IS NOT NULL THEN 'three_public'
            WHEN NOT with_meetings AND three_public_all IS NOT NULL THEN 'three_public'
            WHEN declared_empty THEN 'declared empty'
            WHEN said_three_public IS NOT NULL THEN 'narrative'
        END AS three_public_from
    FROM figures
);
