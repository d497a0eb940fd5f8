-- Version 1.1 of the file format adds the views "meeting" and "minute". A withdrawn meeting is seen again where somebody had
-- written a minute that the person who withdrew it had not seen; and what will not be implemented counts as closed.

-- Every minute ever written.
CREATE VIEW minute_ AS
SELECT c.origin || '.' || c.seq AS id, c.body ->> '$.add.minute.meeting' AS meeting,
  c.body ->> '$.add.minute.said.action' AS action, c.body ->> '$.add.minute.said.recommendation' AS recommendation,
  c.body ->> '$.add.minute.said.kind' AS kind, c.body ->> '$.add.minute.said.text' AS text, c.lamport, c.origin, c.batch
FROM change c WHERE json_type(c.body, '$.add.minute') = 'object';

DROP VIEW hidden_;

-- What is withdrawn, and has no value that the person who withdrew it had not seen.
CREATE VIEW hidden_ AS
WITH withdrawn AS MATERIALIZED (
  SELECT thing, value FROM field_ WHERE field = 'withdrawn' AND type = 'object'),
own AS MATERIALIZED (SELECT w.* FROM written_ w WHERE w.thing IN (SELECT thing FROM withdrawn)),
replaced AS MATERIALIZED (SELECT o.thing, o.field, r.value AS id FROM own o, json_each(o.replaces) r),
head AS (
  SELECT o.thing, o.id FROM own o
  WHERE o.field NOT IN ('withdrawn', 'raw', 'kind', 'name', 'aliases', 'agency')
    AND (o.field <> 'source' OR (SELECT kind FROM thing_ WHERE id = o.thing) = 'plan')
    AND NOT EXISTS (SELECT 1 FROM replaced r WHERE r.thing = o.thing AND r.field = o.field AND r.id = o.id)
  UNION ALL SELECT t.action, t.id FROM thing_ t WHERE t.kind = 'entry'
  UNION ALL SELECT m.meeting, m.id FROM minute_ m)
SELECT w.thing FROM withdrawn w
WHERE NOT EXISTS (
  SELECT 1 FROM head h WHERE h.thing = w.thing
    AND h.id NOT IN (SELECT seen.value FROM json_each(w.value, '$.seen') seen));

DROP VIEW action;

-- One row per action that is not withdrawn. A date means its last day: target_last.
CREATE VIEW action AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN
  ('slug', 'scheme', 'name', 'text', 'leads', 'via', 'targets', 'rating', 'closure', 'flags')),
hidden AS MATERIALIZED (SELECT thing FROM hidden_),
slug AS MATERIALIZED (SELECT thing, value AS plan FROM field WHERE field = 'slug'),
name AS MATERIALIZED (SELECT thing, value AS name FROM field WHERE field = 'name'),
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
level AS MATERIALIZED (
  SELECT f.thing AS plan, j.value ->> '$.word' AS word, j.value ->> '$.settled' AS settled
  FROM field f, json_each(f.value, '$.levels') j WHERE f.field = 'scheme'
  UNION ALL
  SELECT s.thing, brag.column1, brag.column2 FROM slug s, (VALUES ('Red', 0), ('Amber', 0), ('Green', 1), ('Blue', 1)) brag
  WHERE s.thing NOT IN (SELECT thing FROM field WHERE field = 'scheme')),
stand AS (
  SELECT r.*, s.plan AS slug, a.text, w.leads, w.via, d.target, d.first, d.last, a.rating,
    coalesce(l.settled, 0) AS settled,
    coalesce(a.closure LIKE '{"closed":%' OR a.closure LIKE '{"not_implemented":%', 0) AS closed,
    CASE WHEN a.closure LIKE '{"proposed":%' THEN 1 ELSE 0 END AS proposed,
    coalesce(json_array_length(a.flags), 0) AS flags
  FROM reference_ r JOIN slug s ON s.thing = r.plan LEFT JOIN a ON a.thing = r.id LEFT JOIN who w ON w.thing = r.id
  LEFT JOIN due d ON d.thing = r.id
  LEFT JOIN level l ON l.plan = r.plan AND l.word = a.rating COLLATE NOCASE
  WHERE r.id NOT IN hidden AND r.plan NOT IN hidden AND (r.recommendation IS NULL OR r.recommendation NOT IN hidden))
SELECT slug AS plan, ref, text, leads, via, target, first AS target_first, last AS target_last, rating,
  coalesce(last < date('now', 'localtime'), 0) AND NOT settled AND NOT closed AS overdue, closed,
  proposed AS closure_proposed, flags, id
FROM stand ORDER BY lamport, origin;

-- One row per meeting that was not taken back. "items" are on its agenda; "dealt_with" of them were discussed or carried
-- forward.
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
    SELECT 1 FROM said s WHERE s.meeting = t.id AND s.action = i.action AND s.kind IN ('discussed', 'carried_forward')))
    AS dealt_with,
  (SELECT count(*) FROM said s WHERE s.meeting = t.id AND s.kind = 'carried_forward') AS carried_forward,
  (SELECT count(*) FROM said s WHERE s.meeting = t.id AND s.kind = 'decision') AS decisions,
  (SELECT group_concat(who, '; ') FROM (
    SELECT who FROM attendee a WHERE a.meeting = t.id AND a.presence = 'present' ORDER BY a.place)) AS present,
  (SELECT group_concat(who, '; ') FROM (
    SELECT who FROM attendee a WHERE a.meeting = t.id AND a.presence = 'apologies' ORDER BY a.place)) AS apologies,
  t.id
FROM thing_ t JOIN m ON m.thing = t.id LEFT JOIN name b ON b.thing = m.body
WHERE t.kind = 'meeting' AND t.id NOT IN hidden ORDER BY t.lamport, t.origin;

-- What meetings said of actions and recommendations, oldest first: discussed, carried forward, decided, raised.
CREATE VIEW minute AS
WITH hidden AS MATERIALIZED (SELECT thing FROM hidden_),
held AS MATERIALIZED (SELECT id, body, day FROM meeting),
slug AS MATERIALIZED (SELECT thing, value AS plan FROM field_ WHERE field = 'slug'),
number AS MATERIALIZED (SELECT thing, value AS number FROM field_ WHERE field = 'number'),
reference AS MATERIALIZED (SELECT id, plan, ref FROM reference_)
SELECT h.body, h.day, s.plan, r.ref, n.number AS recommendation, m.kind, m.text, b.author, b.at, m.meeting, m.id
FROM minute_ m JOIN held h ON h.id = m.meeting JOIN batch b ON b.id = m.batch
LEFT JOIN reference r ON r.id = m.action LEFT JOIN number n ON n.thing = m.recommendation
LEFT JOIN slug s ON s.thing = coalesce(r.plan, (SELECT t.plan FROM thing_ t WHERE t.id = m.recommendation))
WHERE m.id NOT IN hidden ORDER BY m.lamport, m.origin;
