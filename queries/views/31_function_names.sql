-- The name most often printed beside each functional code, over the whole lake: Henan's forms print items only, so
-- the names of their categories and groups come from documents that print them.
CREATE VIEW function_names AS
SELECT function_code, mode(label) AS name
FROM line_items
WHERE function_code IS NOT NULL AND label IS NOT NULL
GROUP BY function_code;
