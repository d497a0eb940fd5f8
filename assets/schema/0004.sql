-- Version 1.3 of the file format: an action can be moved to another recommendation; the view "action" has its number and
-- the extension that is requested, and "meeting" counts what was taken as read.

DROP VIEW reference_;

-- What every action is called, its recommendation, and its place in the log.
CREATE VIEW reference_ AS
WITH field AS MATERIALIZED (SELECT thing, field, value FROM field_ WHERE field IN ('number', 'reference')),
counted AS (
  SELECT id, plan, recommendation, lamport, origin,
    row_number() OVER (PARTITION BY recommendation ORDER BY lamport, origin) AS in_recommendation,
    row_number() OVER (PARTITION BY plan ORDER BY lamport, origin) AS in_plan
  FROM thing_ WHERE kind = 'action'),
moved AS MATERIALIZED (SELECT thing, value FROM field_ WHERE field = 'recommendation' AND value IS NOT NULL)
SELECT c.id, c.plan, coalesce(moved.value, c.recommendation) AS recommendation, c.lamport, c.origin,
  coalesce(nullif(stored.value, ''), CASE WHEN c.recommendation IS NULL THEN coalesce(own.value, c.in_plan)
    ELSE coalesce(rec.value, '') || '.' || c.in_recommendation END) AS ref
FROM counted c LEFT JOIN moved ON moved.thing = c.id LEFT JOIN field stored ON stored.thing = c.id AND stored.field = 'reference'
LEFT JOIN field own ON own.thing = c.id AND own.field = 'number'
LEFT JOIN field rec ON rec.thing = c.recommendation AND rec.field = 'number';

DROP VIEW action;

-- One row per action that is not withdrawn. A date means its last day: target_last.
CREATE VIEW action AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN
  ('slug', 'scheme', 'name', 'number', 'text', 'leads', 'via', 'targets', 'rating', 'extension', 'closure', 'flags')),
hidden AS MATERIALIZED (SELECT thing FROM hidden_),
slug AS MATERIALIZED (SELECT thing, value AS plan FROM field WHERE field = 'slug'),
name AS MATERIALIZED (SELECT thing, value AS name FROM field WHERE field = 'name'),
number AS MATERIALIZED (SELECT thing, value AS number FROM field WHERE field = 'number'),
a AS MATERIALIZED (
  SELECT thing, max(CASE field WHEN 'text' THEN value END) AS text, max(CASE field WHEN 'rating' THEN value END) AS rating,
    max(CASE field WHEN 'closure' THEN value END) AS closure, max(CASE field WHEN 'flags' THEN value END) AS flags
  FROM field WHERE field IN ('text', 'rating', 'closure', 'flags') GROUP BY thing),
who AS MATERIALIZED (
  SELECT f.thing, group_concat(CASE f.field WHEN 'leads' THEN n.name END, '; ') AS leads,
    group_concat(CASE f.field WHEN 'via' THEN n.name END, '; ') AS via
  FROM field f, json_each(f.value) j JOIN name n ON n.thing = j.value ->> '$.party'
  WHERE f.field IN ('leads', 'via') GROUP BY f.thing),
due AS MATERIALIZED (
  SELECT f.thing, group_concat(j.value ->> '$.raw', '; ') AS target, min(j.value ->> '$.span.first') AS first,
    max(j.value ->> '$.span.last') AS last
  FROM field f, json_each(f.value, '$.dates') j WHERE f.field = 'targets' GROUP BY f.thing),
asked AS MATERIALIZED (
  SELECT f.thing, group_concat(j.value ->> '$.raw', '; ') AS asked
  FROM field f, json_each(f.value, '$.dates') j WHERE f.field = 'extension' AND f.type = 'object' GROUP BY f.thing),
level AS MATERIALIZED (
  SELECT f.thing AS plan, j.value ->> '$.word' AS word, j.value ->> '$.settled' AS settled
  FROM field f, json_each(f.value, '$.levels') j WHERE f.field = 'scheme'
  UNION ALL
  SELECT s.thing, brag.column1, brag.column2 FROM slug s, (VALUES ('Red', 0), ('Amber', 0), ('Green', 1), ('Blue', 1)) brag
  WHERE s.thing NOT IN (SELECT thing FROM field WHERE field = 'scheme')),
stand AS (
  SELECT r.*, s.plan AS slug, n.number AS rec, a.text, w.leads, w.via, d.target, d.first, d.last, a.rating,
    coalesce(l.settled, 0) AS settled,
    coalesce(a.closure LIKE '{"closed":%' OR a.closure LIKE '{"not_implemented":%', 0) AS closed,
    CASE WHEN a.closure LIKE '{"proposed":%' THEN 1 ELSE 0 END AS proposed,
    coalesce(json_array_length(a.flags), 0) AS flags, x.asked
  FROM reference_ r JOIN slug s ON s.thing = r.plan LEFT JOIN a ON a.thing = r.id LEFT JOIN who w ON w.thing = r.id
  LEFT JOIN due d ON d.thing = r.id LEFT JOIN asked x ON x.thing = r.id
  LEFT JOIN number n ON n.thing = r.recommendation
  LEFT JOIN level l ON l.plan = r.plan AND l.word = a.rating COLLATE NOCASE
  WHERE r.id NOT IN hidden AND r.plan NOT IN hidden AND (r.recommendation IS NULL OR r.recommendation NOT IN hidden))
SELECT slug AS plan, ref, rec AS recommendation, text, leads, via, target, first AS target_first, last AS target_last, rating,
  coalesce(last < date('now', 'localtime'), 0) AND NOT settled AND NOT closed AS overdue, closed,
  proposed AS closure_proposed, asked AS extension_requested, flags, id
FROM stand ORDER BY lamport, origin;


DROP VIEW meeting;

-- One row per meeting that was not taken back. "items" are on its agenda; "dealt_with" of them were discussed, carried
-- forward or taken as read.
CREATE VIEW meeting AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN
  ('body', 'day', 'chair', 'stage', 'agenda', 'attendance', 'next_meeting')),
name AS MATERIALIZED (SELECT thing, value AS name FROM field_ WHERE field = 'name'),
hidden AS MATERIALIZED (SELECT thing FROM hidden_),
m AS MATERIALIZED (
  SELECT thing, max(CASE field WHEN 'body' THEN value END) AS body, max(CASE field WHEN 'day' THEN value END) AS day,
    max(CASE field WHEN 'chair' THEN value END) AS chair, max(CASE field WHEN 'stage' THEN value END) AS stage,
    max(CASE field WHEN 'agenda' THEN value END) AS agenda, max(CASE field WHEN 'attendance' THEN value END) AS attendance,
    max(CASE field WHEN 'next_meeting' THEN value END) AS next
  FROM field GROUP BY thing),
said AS MATERIALIZED (SELECT meeting, action, kind FROM minute_ WHERE id NOT IN hidden),
item AS MATERIALIZED (SELECT m.thing AS meeting, j.value AS action FROM m, json_each(m.agenda, '$.items') j),
attendee AS MATERIALIZED (
  SELECT m.thing AS meeting, j.value ->> '$.presence' AS presence, j.key AS place,
    n.name || CASE j.value ->> '$.name' WHEN '' THEN '' ELSE ' (' || (j.value ->> '$.name') || ')' END AS who
  FROM m, json_each(m.attendance) j JOIN name n ON n.thing = j.value ->> '$.party')
SELECT b.name AS body, m.day, coalesce(m.chair, '') AS chair, coalesce(m.stage, 'open') AS stage, m.next AS next_meeting,
  (SELECT count(*) FROM item i WHERE i.meeting = t.id) AS items,
  (SELECT count(*) FROM item i WHERE i.meeting = t.id AND EXISTS (
    SELECT 1 FROM said s WHERE s.meeting = t.id AND s.action = i.action AND s.kind IN ('discussed', 'carried_forward', 'taken_as_read')))
    AS dealt_with,
  (SELECT count(*) FROM said s WHERE s.meeting = t.id AND s.kind = 'carried_forward') AS carried_forward,
  (SELECT count(*) FROM said s WHERE s.meeting = t.id AND s.kind = 'taken_as_read') AS taken_as_read,
  (SELECT count(*) FROM said s WHERE s.meeting = t.id AND s.kind = 'decision') AS decisions,
  (SELECT group_concat(who, '; ') FROM (
    SELECT who FROM attendee a WHERE a.meeting = t.id AND a.presence = 'present' ORDER BY a.place)) AS present,
  (SELECT group_concat(who, '; ') FROM (
    SELECT who FROM attendee a WHERE a.meeting = t.id AND a.presence = 'apologies' ORDER BY a.place)) AS apologies,
  t.id
FROM thing_ t JOIN m ON m.thing = t.id LEFT JOIN name b ON b.thing = m.body
WHERE t.kind = 'meeting' AND t.id NOT IN hidden ORDER BY t.lamport, t.origin;
