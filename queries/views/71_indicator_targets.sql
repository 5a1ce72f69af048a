-- Performance indicators with their kind: what level 1 means, however it is spelled (产出指标, 一、产出, 产出指标（50分）),
-- beside the printed text.
--   kind   output, benefit, satisfaction, cost or management; null where level 1 is not printed or says none of these
CREATE VIEW indicator_targets AS
SELECT
    (
        SELECT arg_min(replace(w.list, 'indicator_', ''), position(regexp_extract(i.level1, w.pattern) IN i.level1))
        FROM answer_words AS w
        WHERE starts_with(w.list, 'indicator_') AND regexp_matches(i.level1, w.pattern)
    ) AS kind,
    i.*
FROM indicators AS i;
