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

-- It also stores what an action is called, which its position alone said before.
DROP VIEW reference_;

CREATE VIEW reference_ AS
WITH field AS MATERIALIZED (SELECT thing, field, value FROM field_ WHERE field IN ('number', 'reference')),
counted AS (
  SELECT id, plan, recommendation, lamport, origin,
    row_number() OVER (PARTITION BY recommendation ORDER BY lamport, origin) AS in_recommendation,
    row_number() OVER (PARTITION BY plan ORDER BY lamport, origin) AS in_plan
  FROM thing_ WHERE kind = 'action')
SELECT c.id, c.plan, c.recommendation, c.lamport, c.origin,
  coalesce(stored.value, CASE WHEN c.recommendation IS NULL THEN coalesce(own.value, c.in_plan)
    ELSE coalesce(rec.value, '') || '.' || c.in_recommendation END) AS ref
FROM counted c LEFT JOIN field stored ON stored.thing = c.id AND stored.field = 'reference'
LEFT JOIN field own ON own.thing = c.id AND own.field = 'number'
LEFT JOIN field rec ON rec.thing = c.recommendation AND rec.field = 'number';
