-- Version 1.2 of the file format adds the column "scope" to the view "recommendation", and writes the register's identity a
-- second time: no chain covers it, and a single damaged bit would turn it into the identity of another register.

INSERT INTO about (name, value) SELECT 'uuid_again', value FROM about WHERE name = 'uuid';

DROP VIEW recommendation;

CREATE VIEW recommendation AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN ('number', 'number_inferred', 'text', 'outcome', 'scope', 'under')),
r AS MATERIALIZED (
  SELECT thing, max(CASE field WHEN 'number' THEN value END) AS number, max(CASE field WHEN 'text' THEN value END) AS text,
    max(CASE field WHEN 'number_inferred' THEN value END) AS number_inferred,
    max(CASE field WHEN 'outcome' THEN value END) AS outcome, max(CASE field WHEN 'scope' THEN value END) AS scope,
    max(CASE field WHEN 'under' THEN value END) AS under
  FROM field GROUP BY thing),
over AS (
  SELECT r.thing, group_concat(f.number, ', ') AS findings
  FROM r, json_each(CASE WHEN r.under LIKE '{%' THEN r.under ELSE '{}' END, '$.findings') j JOIN r f ON f.thing = j.value
  GROUP BY r.thing)
SELECT p.plan, r.number, coalesce(r.number_inferred, 0) AS number_inferred, r.text, r.outcome, r.scope,
  CASE r.under WHEN 'all_findings' THEN 'all' ELSE over.findings END AS findings, t.id
FROM thing_ t JOIN plan p ON p.id = t.plan LEFT JOIN r ON r.thing = t.id LEFT JOIN over ON over.thing = t.id
WHERE t.kind = 'recommendation' AND t.id NOT IN (SELECT thing FROM hidden_) ORDER BY t.lamport, t.origin;
