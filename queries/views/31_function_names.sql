-- How often the lake prints each functional code beside each name.
CREATE VIEW function_labels AS
SELECT function_code, label, count(*) AS times
FROM line_items
WHERE function_code IS NOT NULL AND label IS NOT NULL
GROUP BY function_code, label;

-- The name of each functional code that the lake prints: the vocabulary's latest, or the one most often printed where
-- the code is not in the vocabulary.  Henan's forms print items only, and a printed name may be cut by its cell.
CREATE VIEW function_names AS
SELECT function_code, coalesce(code_name(function_code, NULL), arg_max(label, row(times, label))) AS name
FROM function_labels
GROUP BY function_code;
