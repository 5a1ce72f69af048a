-- Performance indicators with their kind: what level 1 means, however it is spelled (产出指标, 一、产出, 产出指标（50分）),
-- beside the printed text.
--   kind   output, benefit, satisfaction, cost or management; null where level 1 is not printed or says none of these
CREATE VIEW indicator_targets AS
SELECT
    CASE
        WHEN regexp_matches(level1, '{{indicator_output}}') THEN 'output'
        WHEN regexp_matches(level1, '{{indicator_satisfaction}}') THEN 'satisfaction'
        WHEN regexp_matches(level1, '{{indicator_benefit}}') THEN 'benefit'
        WHEN regexp_matches(level1, '{{indicator_cost}}') THEN 'cost'
        WHEN regexp_matches(level1, '{{indicator_management}}') THEN 'management'
    END AS kind,
    *
FROM indicators;
