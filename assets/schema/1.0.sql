-- The register's file, format 1.0. docs/FORMAT.md explains it; once released, this file is never edited.
--
-- What proves the record (digests, hashes, signatures) is separate from its words: the words of a change can be absent,
-- because they were erased or because this copy may not have them, and the chain is still whole.

CREATE TABLE about (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Only in an agency copy: for which party it was made, how many actions the register had, and the ends of all chains then.
CREATE TABLE copy (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  party TEXT NOT NULL,
  name TEXT NOT NULL,
  actions INTEGER NOT NULL CHECK (actions >= 0),
  tips TEXT NOT NULL
) STRICT;

-- Each copy that writes, with the public half of its key, and the ends of all chains when it began. In an agency copy, the party.
CREATE TABLE origin (
  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 16),
  key BLOB NOT NULL CHECK (length(key) = 32),
  computer TEXT NOT NULL,
  at TEXT NOT NULL,
  known TEXT NOT NULL,
  party TEXT
) STRICT, WITHOUT ROWID;

-- Salt and signature are null in what builds before format 1.0 wrote; all words and the salt where they are withheld.
CREATE TABLE batch (
  id TEXT PRIMARY KEY NOT NULL,
  author TEXT,
  at TEXT,
  meeting TEXT,
  cause TEXT,
  salt BLOB CHECK (length(salt) = 16),
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  signature BLOB CHECK (length(signature) = 64),
  CHECK ((author IS NULL) = (at IS NULL) AND (author IS NULL) = (cause IS NULL))
) STRICT, WITHOUT ROWID;

-- With rowids, because long rows would waste most of the pages of a table without them.
CREATE TABLE change (
  lamport INTEGER NOT NULL CHECK (lamport > 0),
  origin TEXT NOT NULL CHECK (length(origin) = 16),
  seq INTEGER NOT NULL CHECK (seq > 0),
  batch TEXT NOT NULL REFERENCES batch (id),
  body TEXT CHECK (json_valid(body)),
  salt BLOB,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK ((body IS NULL) = (salt IS NULL))
) STRICT;

CREATE UNIQUE INDEX change_by_origin ON change (origin, seq);

CREATE UNIQUE INDEX change_in_order ON change (lamport, origin, seq);

-- The few that erase, so that they are found without reading all.
CREATE INDEX change_that_erases ON change (lamport) WHERE substr(body, 1, 8) = '{"erase"';

-- The changes whose words were erased, each with the last change that erased some of them, and what it now says.
CREATE TABLE erased (
  id TEXT PRIMARY KEY NOT NULL,
  by TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

-- Only in an agency copy: what it may know of a change whose words are withheld from it. No chain covers these words.
CREATE TABLE excerpt (
  id TEXT PRIMARY KEY NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER change_keeps_its_rows BEFORE DELETE ON change
BEGIN SELECT raise(ABORT, 'the log only grows: a change is never deleted'); END;

-- Words go only where an erasure is recorded, and come only where they were withheld.
CREATE TRIGGER change_keeps_its_words BEFORE UPDATE ON change
WHEN new.lamport IS NOT old.lamport OR new.origin IS NOT old.origin OR new.seq IS NOT old.seq
  OR new.batch IS NOT old.batch OR new.digest IS NOT old.digest OR new.hash IS NOT old.hash
  OR (new.body IS NOT NULL AND old.body IS NOT NULL)
  OR (new.body IS NULL) <> EXISTS (SELECT 1 FROM erased WHERE id = old.origin || '.' || old.seq)
BEGIN SELECT raise(ABORT, 'the log only grows: a change is never altered'); END;

CREATE TRIGGER change_has_no_gap BEFORE INSERT ON change
WHEN new.seq IS NOT 1 + (SELECT ifnull(max(seq), 0) FROM change WHERE origin = new.origin)
BEGIN SELECT raise(ABORT, 'the log only grows: a change follows the last one of its origin'); END;

CREATE TRIGGER batch_keeps_its_rows BEFORE DELETE ON batch
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never deleted'); END;

CREATE TRIGGER batch_keeps_its_words BEFORE UPDATE ON batch
WHEN old.author IS NOT NULL OR new.id IS NOT old.id OR new.digest IS NOT old.digest OR new.signature IS NOT old.signature
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never altered'); END;

CREATE TRIGGER batch_is_new BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE id = new.id)
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never replaced'); END;

CREATE TRIGGER origin_keeps_its_rows BEFORE DELETE ON origin
BEGIN SELECT raise(ABORT, 'the log only grows: a copy that wrote is never deleted'); END;

CREATE TRIGGER origin_keeps_its_words BEFORE UPDATE ON origin
BEGIN SELECT raise(ABORT, 'the log only grows: a copy that wrote is never altered'); END;

CREATE TRIGGER origin_is_new BEFORE INSERT ON origin
WHEN EXISTS (SELECT 1 FROM origin WHERE id = new.id) OR EXISTS (SELECT 1 FROM change WHERE origin = new.id)
BEGIN SELECT raise(ABORT, 'the log only grows: a copy that wrote is never replaced'); END;

CREATE TRIGGER erased_keeps_its_rows BEFORE DELETE ON erased
BEGIN SELECT raise(ABORT, 'the log only grows: an erasure is never undone'); END;

-- More words of the same change can be erased later.
CREATE TRIGGER erased_keeps_its_change BEFORE UPDATE ON erased WHEN new.id IS NOT old.id
BEGIN SELECT raise(ABORT, 'the log only grows: an erasure is never altered'); END;

-- Half-typed text; not part of the record.
CREATE TABLE draft (
  key TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What this file received from other copies; not part of the record.
CREATE TABLE merged (
  at TEXT NOT NULL,
  author TEXT NOT NULL,
  source TEXT NOT NULL,
  changes INTEGER NOT NULL
) STRICT;

-- What was last given to whom: the ends of the chains then; not part of the record.
CREATE TABLE shared (
  whom TEXT PRIMARY KEY NOT NULL,
  at TEXT NOT NULL,
  tips TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The folded register, so that a long history opens fast; both tables may be emptied at any time. It is kept in parts, each
-- under the SHA-256 of its bytes, and "parts" names them in order, 32 bytes each.
CREATE TABLE snapshot (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  tips TEXT NOT NULL,
  parts BLOB NOT NULL CHECK (length(parts) % 32 = 0)
) STRICT;

CREATE TABLE snapshot_part (
  digest BLOB PRIMARY KEY NOT NULL CHECK (length(digest) = 32),
  state BLOB NOT NULL
) STRICT;

-- Views for people with sqlite3, Datasette, Excel or Power BI: "select * from action where overdue". Derived from the log;
-- the program itself never reads them. They need SQLite 3.38 or later. Names ending in _ are intermediate steps.

-- Every change as it now reads: one whose words were erased says what is left of it, one that is withheld in part its excerpt.
CREATE VIEW said_ AS
SELECT c.lamport, c.origin, c.seq, c.batch, coalesce(c.body, e.body, x.body) AS body
FROM change c LEFT JOIN erased e ON e.id = c.origin || '.' || c.seq
LEFT JOIN excerpt x ON x.id = c.origin || '.' || c.seq
WHERE coalesce(c.body, e.body, x.body) IS NOT NULL;

-- Every value ever written: of which thing, which field, by which change, in place of which.
CREATE VIEW written_ AS
SELECT c.body ->> '$.on' AS thing, j.key AS field, j.value AS value, j.type AS type, c.lamport AS lamport,
  c.origin AS origin, c.origin || '.' || c.seq AS id, c.batch AS batch, c.body -> '$.replaces' AS replaces
FROM said_ c, json_each(c.body, '$.set') j
UNION ALL
SELECT c.origin || '.' || c.seq, j.key, j.value, j.type, c.lamport, c.origin, c.origin || '.' || c.seq, c.batch, '[]'
FROM said_ c, json_each(c.body, '$.values') j;

-- The value in force of every field: the one written last.
CREATE VIEW field_ AS
SELECT thing, field, value, type, id FROM (
  SELECT *, row_number() OVER (PARTITION BY thing, field ORDER BY lamport DESC, origin DESC) AS place FROM written_)
WHERE place = 1;

-- Everything ever added. A change that adds has the id of what it adds.
CREATE VIEW thing_ AS
SELECT c.origin || '.' || c.seq AS id, j.key AS kind, c.lamport AS lamport, c.origin AS origin, c.batch AS batch,
  j.value ->> '$.plan' AS plan, j.value ->> '$.recommendation' AS recommendation, j.value ->> '$.action' AS action,
  j.value -> '$.said' AS said
FROM said_ c, json_each(c.body, '$.add') j WHERE j.type = 'object'
UNION ALL
SELECT c.origin || '.' || c.seq, c.body ->> '$.add', c.lamport, c.origin, c.batch, NULL, NULL, NULL, NULL
FROM said_ c WHERE json_type(c.body, '$.add') = 'text';

-- Every minute ever written.
CREATE VIEW minute_ AS
SELECT c.origin || '.' || c.seq AS id, c.body ->> '$.add.minute.meeting' AS meeting,
  c.body ->> '$.add.minute.said.action' AS action, c.body ->> '$.add.minute.said.recommendation' AS recommendation,
  c.body ->> '$.add.minute.said.kind' AS kind, c.body ->> '$.add.minute.said.text' AS text, c.lamport, c.origin, c.batch
FROM said_ c WHERE json_type(c.body, '$.add.minute') = 'object';

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

-- What every action is called, its recommendation, and its place in the log. Of actions that separate copies gave one number,
-- the later ones are marked: 7.3′.
CREATE VIEW reference_ AS
WITH field AS MATERIALIZED (SELECT thing, field, value FROM field_ WHERE field IN ('number', 'reference')),
counted AS (
  SELECT id, plan, recommendation, lamport, origin,
    row_number() OVER (PARTITION BY recommendation ORDER BY lamport, origin) AS in_recommendation,
    row_number() OVER (PARTITION BY plan ORDER BY lamport, origin) AS in_plan
  FROM thing_ WHERE kind = 'action'),
hidden AS MATERIALIZED (SELECT thing FROM hidden_),
stored AS MATERIALIZED (SELECT thing, value FROM field WHERE field = 'reference' AND value <> ''),
clash AS MATERIALIZED (
  SELECT c.id, row_number() OVER (PARTITION BY c.plan, s.value ORDER BY c.lamport, c.origin) - 1 AS before
  FROM counted c JOIN stored s ON s.thing = c.id WHERE c.id NOT IN hidden AND c.plan NOT IN hidden),
moved AS MATERIALIZED (SELECT thing, value FROM field_ WHERE field = 'recommendation' AND value IS NOT NULL)
SELECT c.id, c.plan, coalesce(moved.value, c.recommendation) AS recommendation, c.lamport, c.origin,
  coalesce(stored.value || replace(hex(zeroblob(coalesce(clash.before, 0))), '00', '′'),
    CASE WHEN c.recommendation IS NULL THEN coalesce(own.value, c.in_plan)
    ELSE coalesce(rec.value, '') || '.' || c.in_recommendation END) AS ref
FROM counted c LEFT JOIN moved ON moved.thing = c.id LEFT JOIN stored ON stored.thing = c.id LEFT JOIN clash ON clash.id = c.id
LEFT JOIN field own ON own.thing = c.id AND own.field = 'number'
LEFT JOIN field rec ON rec.thing = c.recommendation AND rec.field = 'number';

CREATE VIEW plan AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN ('slug', 'title', 'as_at', 'source', 'review_on', 'dispose_on')),
p AS (
  SELECT thing, max(CASE field WHEN 'slug' THEN value END) AS plan, max(CASE field WHEN 'title' THEN value END) AS title,
    max(CASE field WHEN 'as_at' THEN value END) AS as_at, max(CASE field WHEN 'source' THEN value ->> '$.file' END) AS file,
    max(CASE field WHEN 'review_on' THEN value END) AS review_on, max(CASE field WHEN 'dispose_on' THEN value END) AS dispose_on
  FROM field GROUP BY thing)
SELECT p.plan, coalesce(p.title, p.plan) AS title, p.as_at, p.file, p.review_on, p.dispose_on, t.id
FROM thing_ t JOIN p ON p.thing = t.id
WHERE t.kind = 'plan' AND t.id NOT IN (SELECT thing FROM hidden_) ORDER BY t.lamport, t.origin;

CREATE VIEW party AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN ('name', 'kind', 'agency', 'aliases')),
p AS MATERIALIZED (
  SELECT thing, max(CASE field WHEN 'name' THEN value END) AS name, max(CASE field WHEN 'kind' THEN value END) AS kind,
    max(CASE field WHEN 'agency' THEN value END) AS agency, max(CASE field WHEN 'aliases' THEN value END) AS aliases
  FROM field GROUP BY thing)
SELECT p.name, coalesce(p.kind, 'agency') AS kind, a.name AS agency,
  (SELECT group_concat(value, '; ') FROM json_each(p.aliases)) AS aliases, t.id
FROM thing_ t JOIN p ON p.thing = t.id LEFT JOIN p a ON a.thing = p.agency
WHERE t.kind = 'party' AND t.id NOT IN (SELECT thing FROM hidden_) ORDER BY t.lamport, t.origin;

CREATE VIEW finding AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN ('number', 'text')),
f AS (
  SELECT thing, max(CASE field WHEN 'number' THEN value END) AS number, max(CASE field WHEN 'text' THEN value END) AS text
  FROM field GROUP BY thing)
SELECT p.plan, f.number, f.text, t.id
FROM thing_ t JOIN plan p ON p.id = t.plan LEFT JOIN f ON f.thing = t.id
WHERE t.kind = 'finding' AND t.id NOT IN (SELECT thing FROM hidden_) ORDER BY t.lamport, t.origin;

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

-- Who leads (role "lead") and who oversees (role "via") each action, in the document's order.
CREATE VIEW lead AS
WITH name AS MATERIALIZED (SELECT thing, value AS name FROM field_ WHERE field = 'name'),
kind AS MATERIALIZED (SELECT thing, value AS kind FROM field_ WHERE field = 'kind'),
agency AS MATERIALIZED (SELECT f.thing, n.name AS agency FROM field_ f JOIN name n ON n.thing = f.value WHERE f.field = 'agency'),
leads AS MATERIALIZED (
  SELECT f.thing, CASE f.field WHEN 'via' THEN 'via' ELSE 'lead' END AS role, j.key AS place, j.value ->> '$.party' AS party,
    j.value ->> '$.raw' AS raw
  FROM field_ f, json_each(f.value) j WHERE f.field IN ('leads', 'via'))
SELECT p.plan, r.ref, l.role, n.name AS party, coalesce(k.kind, 'agency') AS kind, a.agency, l.raw, l.place, r.id AS action
FROM reference_ r JOIN plan p ON p.id = r.plan JOIN leads l ON l.thing = r.id
LEFT JOIN name n ON n.thing = l.party LEFT JOIN kind k ON k.thing = l.party LEFT JOIN agency a ON a.thing = l.party
WHERE r.id NOT IN (SELECT thing FROM hidden_)
  AND (r.recommendation IS NULL OR r.recommendation NOT IN (SELECT thing FROM hidden_))
ORDER BY r.lamport, r.origin, l.role, l.place;

-- One row per action that is not withdrawn. A date means its last day: target_last.
CREATE VIEW action AS
WITH field AS MATERIALIZED (SELECT * FROM field_ WHERE field IN
  ('slug', 'scheme', 'name', 'number', 'text', 'leads', 'via', 'targets', 'rating', 'extension', 'closure', 'evidence_at', 'flags')),
hidden AS MATERIALIZED (SELECT thing FROM hidden_),
slug AS MATERIALIZED (SELECT thing, value AS plan FROM field WHERE field = 'slug'),
name AS MATERIALIZED (SELECT thing, value AS name FROM field WHERE field = 'name'),
number AS MATERIALIZED (SELECT thing, value AS number FROM field WHERE field = 'number'),
a AS MATERIALIZED (
  SELECT thing, max(CASE field WHEN 'text' THEN value END) AS text, max(CASE field WHEN 'rating' THEN value END) AS rating,
    max(CASE field WHEN 'closure' THEN value END) AS closure, max(CASE field WHEN 'evidence_at' THEN value END) AS evidence,
    max(CASE field WHEN 'flags' THEN value END) AS flags
  FROM field WHERE field IN ('text', 'rating', 'closure', 'evidence_at', 'flags') GROUP BY thing),
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
    CASE WHEN a.closure LIKE '{"proposed":%' THEN 1 ELSE 0 END AS proposed, coalesce(a.evidence, '') AS evidence,
    coalesce(json_array_length(a.flags), 0) AS flags, x.asked
  FROM reference_ r JOIN slug s ON s.thing = r.plan LEFT JOIN a ON a.thing = r.id LEFT JOIN who w ON w.thing = r.id
  LEFT JOIN due d ON d.thing = r.id LEFT JOIN asked x ON x.thing = r.id
  LEFT JOIN number n ON n.thing = r.recommendation
  LEFT JOIN level l ON l.plan = r.plan AND l.word = a.rating COLLATE NOCASE
  WHERE r.id NOT IN hidden AND r.plan NOT IN hidden AND (r.recommendation IS NULL OR r.recommendation NOT IN hidden))
SELECT slug AS plan, ref, rec AS recommendation, text, leads, via, target, first AS target_first, last AS target_last, rating,
  coalesce(last < date('now', 'localtime'), 0) AND NOT settled AND NOT closed AS overdue, closed,
  proposed AS closure_proposed, evidence AS evidence_at, asked AS extension_requested, flags, id
FROM stand ORDER BY lamport, origin;

-- Progress entries that were not taken back, of actions that were not withdrawn.
CREATE VIEW progress AS
WITH slug AS MATERIALIZED (SELECT thing, value AS plan FROM field_ WHERE field = 'slug'),
hidden AS MATERIALIZED (SELECT thing FROM hidden_)
SELECT s.plan, r.ref, t.said ->> '$.date' AS date, t.said ->> '$.text' AS text, t.said ->> '$.by' AS by,
  t.said ->> '$.origin' AS origin, b.author, b.at, t.id
FROM thing_ t JOIN reference_ r ON r.id = t.action JOIN slug s ON s.thing = r.plan JOIN batch b ON b.id = t.batch
WHERE t.kind = 'entry' AND t.id NOT IN hidden AND r.id NOT IN hidden AND r.plan NOT IN hidden
  AND (r.recommendation IS NULL OR r.recommendation NOT IN hidden)
ORDER BY t.lamport, t.origin;

-- Every rating that was ever set, oldest first, undos included: the last row of an action is the one in force.
CREATE VIEW rating_history AS
WITH slug AS MATERIALIZED (SELECT thing, value AS plan FROM field_ WHERE field = 'slug')
SELECT s.plan, r.ref, b.at, b.author, w.value AS rating,
  lag(w.value) OVER (PARTITION BY w.thing ORDER BY w.lamport, w.origin) AS rating_before,
  b.cause ->> '$.kind' AS cause, w.id
FROM written_ w JOIN reference_ r ON r.id = w.thing JOIN slug s ON s.thing = r.plan JOIN batch b ON b.id = w.batch
WHERE w.field = 'rating' ORDER BY w.lamport, w.origin;

-- Every change ever made, oldest first: who, when, why, to what.
CREATE VIEW audit AS
WITH slug AS MATERIALIZED (SELECT thing, value AS plan FROM field_ WHERE field = 'slug'),
thing AS MATERIALIZED (SELECT id, kind, coalesce(plan, id) AS plan, action FROM thing_),
reference AS MATERIALIZED (SELECT id, plan, ref FROM reference_)
SELECT b.at, b.author, b.meeting, b.cause ->> '$.kind' AS cause, s.plan, r.ref, t.kind AS thing,
  CASE WHEN c.body -> '$.add' IS NOT NULL THEN 'added'
    ELSE (SELECT key FROM json_each(c.body, '$.set')) END AS what,
  coalesce((SELECT value FROM json_each(c.body, '$.set')), c.body -> '$.add.entry.said', c.body -> '$.values') AS value,
  c.origin || '.' || c.seq AS id, c.batch, c.lamport
FROM said_ c JOIN batch b ON b.id = c.batch
LEFT JOIN thing t ON t.id = coalesce(c.body ->> '$.on', c.origin || '.' || c.seq)
LEFT JOIN reference r ON r.id = coalesce(t.action, t.id)
LEFT JOIN slug s ON s.thing = coalesce(r.plan, t.plan)
ORDER BY c.lamport, c.origin;

-- One row per meeting that was not taken back. "items" are on its agenda; "dealt_with" of them were discussed, decided
-- about, carried forward or taken as read.
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
    CASE WHEN n.name IS NULL THEN j.value ->> '$.name' WHEN j.value ->> '$.name' = '' THEN n.name
      ELSE n.name || ' (' || (j.value ->> '$.name') || ')' END AS who
  FROM m, json_each(m.attendance) j LEFT JOIN name n ON n.thing = j.value ->> '$.party')
SELECT b.name AS body, m.day, coalesce(m.chair, '') AS chair, coalesce(m.stage, 'open') AS stage, m.next AS next_meeting,
  (SELECT count(*) FROM item i WHERE i.meeting = t.id) AS items,
  (SELECT count(*) FROM item i WHERE i.meeting = t.id AND EXISTS (
    SELECT 1 FROM said s WHERE s.meeting = t.id AND s.action = i.action AND s.kind IN ('discussed', 'decision', 'carried_forward', 'taken_as_read')))
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
