-- The hub's views: those of a register's file (assets/schema/1.0.sql), over all boards that the role that asks may read, with
-- the board first. Derived from the log; the program itself never reads them. docs/HUB.md says which types differ from SQLite's.
--
-- Each view works through one board after the other (LATERAL): a view that is asked for one board reads that board's rows and
-- no others, and one that is asked for all never holds or sorts more than one board's. What each first makes of the log is the
-- same text, put together below. Their rows are in the order of boards, then as in a register's file.
--
-- They belong to arising_owner, whom the row policies bind too (FORCE), and current_user in a policy is the role that asks: so
-- a view shows nobody more than the tables do. This needs no security_invoker, which PostgreSQL has from version 15.

-- A plan for one board's rows is run sooner than compiled. Nobody makes tables here, not even for a session, where they would
-- fill the disk unseen.
RESET ROLE;

DO $do$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $do$;

SET LOCAL ROLE arising_owner;

-- The boards of which the role that asks may read anything.
CREATE OR REPLACE VIEW arising.boards_ AS
SELECT w.board FROM arising.whole_ w UNION SELECT a.board FROM arising.agency_ a;

-- Every change as it now reads for the role that asks: an erased one says what is left of it, and one that is withheld from an
-- agency in part its newest excerpt.
CREATE OR REPLACE VIEW arising.said_ AS
SELECT c.board, c.lamport, c.origin, c.seq, c.batch, coalesce(w.body, e.body, g.excerpt) AS body
FROM arising.change c
LEFT JOIN arising.change_words w ON w.board = c.board AND w.origin = c.origin AND w.seq = c.seq
LEFT JOIN arising.erased e ON e.board = c.board AND e.origin = c.origin AND e.seq = c.seq
LEFT JOIN (
  SELECT DISTINCT ON (p.board, p.origin, p.seq) p.board, p.origin, p.seq, p.excerpt
  FROM arising.agency_ a JOIN arising.grant_ p ON p.board = a.board AND p.party = a.party
  ORDER BY p.board, p.origin, p.seq, p.known DESC) g
  ON g.board = c.board AND g.origin = c.origin AND g.seq = c.seq
WHERE coalesce(w.body, e.body, g.excerpt) IS NOT NULL;

-- A text as a day, or null where it is none.
CREATE OR REPLACE FUNCTION arising.day_(said text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN said >= '0001' AND said ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    AND substr(said, 9, 2)::int <= date_part('day', (substr(said, 1, 8) || '01')::date + interval '1 month - 1 day')
    THEN said::date END
$$;

GRANT EXECUTE ON FUNCTION arising.day_ TO arising_laptop, arising_reader;

DO $do$
DECLARE
  -- Where a kind is asked for by CASE and not by =, the planner takes it for half of all and not for a handful, and hashes.
  -- Every change of the board, taken apart once. Not with json_each, which keeps some memory for every call until the query ends.
  said text := $$
    WITH said AS MATERIALIZED (
      SELECT s.lamport, s.origin COLLATE "C" AS origin, (s.origin || '.' || s.seq) COLLATE "C" AS id, s.batch, j."on", j."set",
        j."add", j."values", j.replaces
      FROM arising.said_ s
      -- No text of PostgreSQL's can hold a zero.
      CROSS JOIN LATERAL json_to_record(
          CASE WHEN strpos(s.body, '\u0000') > 0 THEN replace(s.body, '\u0000', '\ufffd') ELSE s.body END::json)
        AS j("on" text, "set" json, "add" json, "values" json, replaces json)
      WHERE s.board = b.board),
    -- Every value ever written: of which thing, which field, by which change, in place of which.
    written AS MATERIALIZED (
      SELECT s."on" COLLATE "C" AS thing, k.key COLLATE "C" AS field, s."set" -> k.key AS value, s.lamport, s.origin, s.id, s.batch,
        s.replaces
      FROM said s, json_object_keys(CASE json_typeof(s."set") WHEN 'object' THEN s."set" END) k(key)
      UNION ALL
      SELECT s.id, k.key, s."values" -> k.key, s.lamport, s.origin, s.id, s.batch, NULL
      FROM said s, json_object_keys(CASE json_typeof(s."values") WHEN 'object' THEN s."values" END) k(key)),
    -- The value in force of every field: the one written last.
    field AS MATERIALIZED (
      SELECT DISTINCT ON (w.thing, w.field) w.thing, w.field, w.value, w.value #>> '{}' AS text, w.id
      FROM written w ORDER BY w.thing, w.field, w.lamport DESC, w.origin DESC),
    -- Everything ever added. A change that adds has the id of what it adds.
    thing AS MATERIALIZED (
      SELECT s.id, k.key AS kind, s.lamport, s.origin, s.batch, f.plan COLLATE "C" AS plan,
        f.recommendation COLLATE "C" AS recommendation, f.action COLLATE "C" AS action, f.meeting COLLATE "C" AS meeting, f.said
      FROM said s, json_object_keys(CASE json_typeof(s."add") WHEN 'object' THEN s."add" END) k(key),
        json_to_record(CASE json_typeof(s."add" -> k.key) WHEN 'object' THEN s."add" -> k.key END)
          AS f(plan text, recommendation text, action text, meeting text, said json)
      WHERE json_typeof(s."add" -> k.key) = 'object'
      UNION ALL
      SELECT s.id, s."add" #>> '{}', s.lamport, s.origin, s.batch, NULL, NULL, NULL, NULL, NULL
      FROM said s WHERE json_typeof(s."add") = 'string'),
    minute AS (
      SELECT t.id, t.meeting, (t.said ->> 'action') COLLATE "C" AS action,
        (t.said ->> 'recommendation') COLLATE "C" AS recommendation, t.said ->> 'kind' AS kind, t.said ->> 'text' AS text,
        t.lamport, t.origin, t.batch
      FROM thing t WHERE CASE t.kind WHEN 'minute' THEN true ELSE false END),
    -- What is withdrawn, and has no value that the person who withdrew it had not seen.
    withdrawn AS MATERIALIZED (
      SELECT f.thing, f.value FROM field f WHERE f.field = 'withdrawn' AND json_typeof(f.value) = 'object' AND f.thing IS NOT NULL),
    own AS MATERIALIZED (SELECT w.* FROM written w WHERE w.thing IN (SELECT thing FROM withdrawn)),
    replaced AS MATERIALIZED (
      SELECT o.thing, o.field, r.id
      FROM own o, json_array_elements_text(CASE json_typeof(o.replaces) WHEN 'array' THEN o.replaces END) r(id)),
    seen AS MATERIALIZED (
      SELECT w.thing, s.id
      FROM withdrawn w, json_array_elements_text(CASE json_typeof(w.value -> 'seen') WHEN 'array' THEN w.value -> 'seen' END) s(id)),
    head AS (
      SELECT o.thing, o.id FROM own o
      WHERE o.field NOT IN ('withdrawn', 'raw', 'kind', 'name', 'aliases', 'agency')
        AND (o.field <> 'source' OR EXISTS (SELECT 1 FROM thing t WHERE t.id = o.thing AND t.kind = 'plan'))
        AND NOT EXISTS (SELECT 1 FROM replaced r WHERE r.thing = o.thing AND r.field = o.field AND r.id = o.id)
      UNION ALL SELECT t.action, t.id FROM thing t WHERE t.kind = 'entry' AND t.action IN (SELECT thing FROM withdrawn)
      UNION ALL SELECT m.meeting, m.id FROM minute m WHERE m.meeting IN (SELECT thing FROM withdrawn)),
    hidden AS MATERIALIZED (
      SELECT w.thing FROM withdrawn w
      WHERE NOT EXISTS (
        SELECT 1 FROM head h WHERE h.thing = w.thing
          AND NOT EXISTS (SELECT 1 FROM seen s WHERE s.thing = h.thing AND s.id = h.id))) $$;
  -- What every action is called, its recommendation, and its place in the log. Of actions that separate copies gave one number,
  -- the later ones are marked: 7.3′.
  reference text := said || $$,
    counted AS MATERIALIZED (
      SELECT t.id, t.plan, t.recommendation, t.lamport, t.origin,
        row_number() OVER (PARTITION BY t.recommendation ORDER BY t.lamport, t.origin) AS in_recommendation,
        row_number() OVER (PARTITION BY t.plan ORDER BY t.lamport, t.origin) AS in_plan
      FROM thing t WHERE CASE t.kind WHEN 'action' THEN true ELSE false END),
    stored AS MATERIALIZED (SELECT f.thing, f.text AS value FROM field f WHERE f.field = 'reference' AND f.text <> ''),
    clash AS MATERIALIZED (
      SELECT c.id, row_number() OVER (PARTITION BY c.plan, s.value ORDER BY c.lamport, c.origin) - 1 AS before
      FROM counted c JOIN stored s ON s.thing = c.id
      WHERE c.id NOT IN (SELECT thing FROM hidden) AND c.plan NOT IN (SELECT thing FROM hidden)),
    moved AS MATERIALIZED (
      SELECT f.thing, f.text COLLATE "C" AS value FROM field f WHERE f.field = 'recommendation' AND f.text IS NOT NULL),
    number AS MATERIALIZED (SELECT f.thing, f.text AS number FROM field f WHERE f.field = 'number'),
    slug AS MATERIALIZED (SELECT f.thing, f.text AS plan FROM field f WHERE f.field = 'slug'),
    reference AS MATERIALIZED (
      SELECT c.id, c.plan, coalesce(moved.value, c.recommendation) AS recommendation, c.lamport, c.origin,
        coalesce(stored.value || repeat('′', coalesce(clash.before, 0)::int),
          CASE WHEN c.recommendation IS NULL THEN coalesce(own.number, c.in_plan::text)
          ELSE coalesce(rec.number, '') || '.' || c.in_recommendation END) AS ref
      FROM counted c LEFT JOIN moved ON moved.thing = c.id LEFT JOIN stored ON stored.thing = c.id
      LEFT JOIN clash ON clash.id = c.id LEFT JOIN number own ON own.thing = c.id
      LEFT JOIN number rec ON rec.thing = c.recommendation) $$;
  -- Each board in turn. The WITH keeps the planner from taking a view apart that is joined with another: it would then work out
  -- the one anew for every row of the other. A condition on the board still reaches it.
  begins text := ' AS WITH b AS NOT MATERIALIZED (SELECT board FROM arising.boards_ ORDER BY board)
    SELECT b.board, x.* FROM b CROSS JOIN LATERAL (';
  ends text := ') x';
BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW arising.plan' || begins || said || $$,
    p AS (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'slug') AS plan, max(f.text) FILTER (WHERE f.field = 'title') AS title,
        max(f.text) FILTER (WHERE f.field = 'as_at') AS as_at,
        max(f.value ->> 'file') FILTER (WHERE f.field = 'source') AS file,
        max(f.text) FILTER (WHERE f.field = 'review_on') AS review_on,
        max(f.text) FILTER (WHERE f.field = 'dispose_on') AS dispose_on
      FROM field f WHERE f.field IN ('slug', 'title', 'as_at', 'source', 'review_on', 'dispose_on') GROUP BY f.thing)
    SELECT p.plan, coalesce(p.title, p.plan) AS title, arising.day_(p.as_at) AS as_at, p.file,
      arising.day_(p.review_on) AS review_on, arising.day_(p.dispose_on) AS dispose_on, t.id
    FROM thing t JOIN p ON p.thing = t.id
    WHERE t.kind = 'plan' AND t.id NOT IN (SELECT thing FROM hidden) ORDER BY t.lamport, t.origin $$ || ends;

  EXECUTE 'CREATE OR REPLACE VIEW arising.party' || begins || said || $$,
    p AS MATERIALIZED (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'name') AS name, max(f.text) FILTER (WHERE f.field = 'kind') AS kind,
        max(f.text) FILTER (WHERE f.field = 'agency') AS agency
      FROM field f WHERE f.field IN ('name', 'kind', 'agency', 'aliases') GROUP BY f.thing),
    alias AS (
      SELECT f.thing, string_agg(j.alias, '; ' ORDER BY j.place) AS aliases
      FROM field f, json_array_elements_text(CASE json_typeof(f.value) WHEN 'array' THEN f.value END)
        WITH ORDINALITY AS j(alias, place)
      WHERE f.field = 'aliases' GROUP BY f.thing)
    SELECT p.name, coalesce(p.kind, 'agency') AS kind, a.name AS agency, alias.aliases, t.id
    FROM thing t JOIN p ON p.thing = t.id LEFT JOIN p a ON a.thing = p.agency LEFT JOIN alias ON alias.thing = t.id
    WHERE t.kind = 'party' AND t.id NOT IN (SELECT thing FROM hidden) ORDER BY t.lamport, t.origin $$ || ends;

  EXECUTE 'CREATE OR REPLACE VIEW arising.finding' || begins || said || $$,
    plans AS MATERIALIZED (
      SELECT t.id, f.text AS plan FROM thing t LEFT JOIN field f ON f.thing = t.id AND f.field = 'slug'
      WHERE t.kind = 'plan' AND t.id NOT IN (SELECT thing FROM hidden)
        AND t.id IN (SELECT thing FROM field WHERE field IN ('slug', 'title', 'as_at', 'source', 'review_on', 'dispose_on'))),
    f AS (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'number') AS number,
        max(f.text) FILTER (WHERE f.field = 'text') AS text
      FROM field f WHERE f.field IN ('number', 'text') GROUP BY f.thing)
    SELECT p.plan, f.number, f.text, t.id
    FROM thing t JOIN plans p ON p.id = t.plan LEFT JOIN f ON f.thing = t.id
    WHERE CASE t.kind WHEN 'finding' THEN true ELSE false END AND t.id NOT IN (SELECT thing FROM hidden) ORDER BY t.lamport, t.origin $$ || ends;

  EXECUTE 'CREATE OR REPLACE VIEW arising.recommendation' || begins || said || $$,
    plans AS MATERIALIZED (
      SELECT t.id, f.text AS plan FROM thing t LEFT JOIN field f ON f.thing = t.id AND f.field = 'slug'
      WHERE t.kind = 'plan' AND t.id NOT IN (SELECT thing FROM hidden)
        AND t.id IN (SELECT thing FROM field WHERE field IN ('slug', 'title', 'as_at', 'source', 'review_on', 'dispose_on'))),
    r AS MATERIALIZED (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'number') AS number,
        max(f.text) FILTER (WHERE f.field = 'text') AS text,
        max(f.text) FILTER (WHERE f.field = 'number_inferred') AS inferred,
        max(f.text) FILTER (WHERE f.field = 'outcome') AS outcome, max(f.text) FILTER (WHERE f.field = 'scope') AS scope,
        max(f.text) FILTER (WHERE f.field = 'under') AS under
      FROM field f WHERE f.field IN ('number', 'number_inferred', 'text', 'outcome', 'scope', 'under') GROUP BY f.thing),
    over AS (
      SELECT u.thing, string_agg(f.number, ', ' ORDER BY j.place) AS findings
      FROM field u
      CROSS JOIN LATERAL json_array_elements_text(
        CASE WHEN json_typeof(u.value) = 'object' AND json_typeof(u.value -> 'findings') = 'array' THEN u.value -> 'findings' END)
        WITH ORDINALITY AS j(finding, place)
      JOIN r f ON f.thing = j.finding
      WHERE u.field = 'under' GROUP BY u.thing)
    SELECT p.plan, r.number, coalesce(r.inferred = 'true', false) AS number_inferred, r.text, r.outcome, r.scope,
      CASE r.under WHEN 'all_findings' THEN 'all' ELSE over.findings END AS findings, t.id
    FROM thing t JOIN plans p ON p.id = t.plan LEFT JOIN r ON r.thing = t.id LEFT JOIN over ON over.thing = t.id
    WHERE CASE t.kind WHEN 'recommendation' THEN true ELSE false END AND t.id NOT IN (SELECT thing FROM hidden) ORDER BY t.lamport, t.origin $$ || ends;

  -- Who leads (role "lead") and who oversees (role "via") each action, in the document's order.
  EXECUTE 'CREATE OR REPLACE VIEW arising.lead' || begins || reference || $$,
    plans AS MATERIALIZED (
      SELECT t.id FROM thing t
      WHERE t.kind = 'plan' AND t.id NOT IN (SELECT thing FROM hidden)
        AND t.id IN (SELECT thing FROM field WHERE field IN ('slug', 'title', 'as_at', 'source', 'review_on', 'dispose_on'))),
    name AS MATERIALIZED (SELECT f.thing, f.text AS name FROM field f WHERE f.field = 'name'),
    kind AS (SELECT f.thing, f.text AS kind FROM field f WHERE f.field = 'kind'),
    agency AS (SELECT f.thing, n.name AS agency FROM field f JOIN name n ON n.thing = f.text WHERE f.field = 'agency'),
    leads AS MATERIALIZED (
      SELECT f.thing, CASE f.field WHEN 'via' THEN 'via' ELSE 'lead' END AS role, j.place - 1 AS place,
        (j.lead ->> 'party') COLLATE "C" AS party, j.lead ->> 'raw' AS raw
      FROM field f, json_array_elements(CASE json_typeof(f.value) WHEN 'array' THEN f.value END) WITH ORDINALITY AS j(lead, place)
      WHERE f.field IN ('leads', 'via'))
    SELECT s.plan, r.ref, l.role, n.name AS party, coalesce(k.kind, 'agency') AS kind, a.agency, l.raw, l.place, r.id AS action
    FROM reference r JOIN plans p ON p.id = r.plan LEFT JOIN slug s ON s.thing = r.plan JOIN leads l ON l.thing = r.id
    LEFT JOIN name n ON n.thing = l.party LEFT JOIN kind k ON k.thing = l.party LEFT JOIN agency a ON a.thing = l.party
    WHERE r.id NOT IN (SELECT thing FROM hidden)
      AND (r.recommendation IS NULL OR r.recommendation NOT IN (SELECT thing FROM hidden))
    ORDER BY r.lamport, r.origin, l.role COLLATE "C", l.place $$ || ends;

  -- One row per action that is not withdrawn. A date means its last day: target_last. Today is the day in London.
  EXECUTE 'CREATE OR REPLACE VIEW arising.action' || begins || reference || $$,
    name AS MATERIALIZED (SELECT f.thing, f.text AS name FROM field f WHERE f.field = 'name'),
    a AS MATERIALIZED (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'text') AS text, max(f.text) FILTER (WHERE f.field = 'rating') AS rating,
        max(f.text) FILTER (WHERE f.field = 'closure') AS closure,
        max(f.text) FILTER (WHERE f.field = 'evidence_at') AS evidence,
        max(CASE json_typeof(f.value) WHEN 'array' THEN json_array_length(f.value) END) FILTER (WHERE f.field = 'flags') AS flags
      FROM field f WHERE f.field IN ('text', 'rating', 'closure', 'evidence_at', 'flags') GROUP BY f.thing),
    who AS MATERIALIZED (
      SELECT f.thing, string_agg(n.name, '; ' ORDER BY j.place) FILTER (WHERE f.field = 'leads') AS leads,
        string_agg(n.name, '; ' ORDER BY j.place) FILTER (WHERE f.field = 'via') AS via
      FROM field f
      CROSS JOIN LATERAL json_array_elements(CASE json_typeof(f.value) WHEN 'array' THEN f.value END)
        WITH ORDINALITY AS j(lead, place)
      JOIN name n ON n.thing = j.lead ->> 'party'
      WHERE f.field IN ('leads', 'via') GROUP BY f.thing),
    dates AS MATERIALIZED (
      SELECT f.thing, f.field, j.date, j.place
      FROM field f, json_array_elements(
        CASE WHEN json_typeof(f.value) = 'object' AND json_typeof(f.value -> 'dates') = 'array' THEN f.value -> 'dates' END)
        WITH ORDINALITY AS j(date, place)
      WHERE f.field IN ('targets', 'extension')),
    due AS MATERIALIZED (
      SELECT d.thing, string_agg(d.date ->> 'raw', '; ' ORDER BY d.place) AS target,
        arising.day_(min((d.date #>> '{span,first}') COLLATE "C")) AS first,
        arising.day_(max((d.date #>> '{span,last}') COLLATE "C")) AS last
      FROM dates d WHERE d.field = 'targets' GROUP BY d.thing),
    asked AS MATERIALIZED (
      SELECT d.thing, string_agg(d.date ->> 'raw', '; ' ORDER BY d.place) AS asked
      FROM dates d WHERE d.field = 'extension' GROUP BY d.thing),
    level AS MATERIALIZED (
      SELECT f.thing AS plan, j.level ->> 'word' AS word, (j.level ->> 'settled') = 'true' AS settled
      FROM field f, json_array_elements(
        CASE WHEN json_typeof(f.value) = 'object' AND json_typeof(f.value -> 'levels') = 'array' THEN f.value -> 'levels' END) j(level)
      WHERE f.field = 'scheme'
      UNION ALL
      SELECT s.thing, brag.word, brag.settled
      FROM slug s, (VALUES ('Red', false), ('Amber', false), ('Green', true), ('Blue', true)) brag(word, settled)
      WHERE s.thing NOT IN (SELECT thing FROM field WHERE field = 'scheme' AND thing IS NOT NULL)),
    stand AS (
      SELECT r.*, s.plan AS slug, n.number AS rec, a.text, w.leads, w.via, d.target, d.first, d.last, a.rating,
        coalesce(l.settled, false) AS settled,
        coalesce(a.closure LIKE '{"closed":%' OR a.closure LIKE '{"not\_implemented":%', false) AS closed,
        coalesce(a.closure LIKE '{"proposed":%', false) AS proposed, coalesce(a.evidence, '') AS evidence,
        coalesce(a.flags, 0) AS flags, x.asked
      FROM reference r JOIN slug s ON s.thing = r.plan LEFT JOIN a ON a.thing = r.id LEFT JOIN who w ON w.thing = r.id
      LEFT JOIN due d ON d.thing = r.id LEFT JOIN asked x ON x.thing = r.id
      LEFT JOIN number n ON n.thing = r.recommendation
      LEFT JOIN level l ON l.plan = r.plan AND lower(l.word COLLATE "C") = lower(a.rating COLLATE "C")
      WHERE r.id NOT IN (SELECT thing FROM hidden) AND r.plan NOT IN (SELECT thing FROM hidden)
        AND (r.recommendation IS NULL OR r.recommendation NOT IN (SELECT thing FROM hidden)))
    SELECT slug AS plan, ref, rec AS recommendation, text, leads, via, target, first AS target_first, last AS target_last, rating,
      coalesce(last < (now() AT TIME ZONE 'Europe/London')::date, false) AND NOT settled AND NOT closed AS overdue, closed,
      proposed AS closure_proposed, evidence AS evidence_at, asked AS extension_requested, flags, id
    FROM stand ORDER BY lamport, origin $$ || ends;

  -- Progress entries that were not taken back, of actions that were not withdrawn.
  EXECUTE 'CREATE OR REPLACE VIEW arising.progress' || begins || reference || $$
    SELECT s.plan, r.ref, t.said ->> 'date' AS date, t.said ->> 'text' AS text, t.said ->> 'by' AS by,
      t.said ->> 'origin' AS origin, w.author, w.at, t.id
    FROM thing t JOIN reference r ON r.id = t.action JOIN slug s ON s.thing = r.plan
    LEFT JOIN arising.batch_words w ON w.board = b.board AND w.id = t.batch
    WHERE CASE t.kind WHEN 'entry' THEN true ELSE false END AND t.id NOT IN (SELECT thing FROM hidden) AND r.id NOT IN (SELECT thing FROM hidden)
      AND r.plan NOT IN (SELECT thing FROM hidden)
      AND (r.recommendation IS NULL OR r.recommendation NOT IN (SELECT thing FROM hidden))
    ORDER BY t.lamport, t.origin $$ || ends;

  -- Every rating that was ever set, oldest first, undos included: the last row of an action is the one in force.
  EXECUTE 'CREATE OR REPLACE VIEW arising.rating_history' || begins || reference || $$
    SELECT s.plan, r.ref, h.at, h.author, w.value #>> '{}' AS rating,
      lag(w.value #>> '{}') OVER (PARTITION BY w.thing ORDER BY w.lamport, w.origin) AS rating_before,
      replace(h.cause, '\u0000', '\ufffd')::json ->> 'kind' AS cause, w.id
    FROM written w JOIN reference r ON r.id = w.thing JOIN slug s ON s.thing = r.plan
    LEFT JOIN arising.batch_words h ON h.board = b.board AND h.id = w.batch
    WHERE w.field = 'rating' ORDER BY w.lamport, w.origin $$ || ends;

  -- Every change ever made, oldest first: who, when, why, to what. "set" has one member.
  EXECUTE 'CREATE OR REPLACE VIEW arising.audit' || begins || reference || $$,
    -- The slug is that of the plan of an action, else of what the change is about, else of itself.
    place AS MATERIALIZED (SELECT t.id, t.kind, coalesce(t.plan, t.id) AS plan, t.action FROM thing t)
    SELECT h.at, h.author, h.meeting, replace(h.cause, '\u0000', '\ufffd')::json ->> 'kind' AS cause, s.plan, r.ref, t.kind AS thing,
      CASE WHEN c."add" IS NOT NULL THEN 'added' ELSE k.key END AS what,
      coalesce(CASE json_typeof(c."set" -> k.key) WHEN 'boolean' THEN (CASE c."set" ->> k.key WHEN 'true' THEN '1' ELSE '0' END)
        ELSE c."set" ->> k.key END, (c."add" #> '{entry,said}')::text, c."values"::text) AS value,
      c.id, c.batch, c.lamport
    FROM said c
    LEFT JOIN LATERAL (
      SELECT e.key FROM json_object_keys(CASE json_typeof(c."set") WHEN 'object' THEN c."set" END) e(key) LIMIT 1) k ON true
    LEFT JOIN place t ON t.id = coalesce(c."on", c.id) LEFT JOIN reference r ON r.id = coalesce(t.action, t.id)
    LEFT JOIN slug s ON s.thing = coalesce(r.plan, t.plan)
    LEFT JOIN arising.batch_words h ON h.board = b.board AND h.id = c.batch
    ORDER BY c.lamport, c.origin $$ || ends;

  -- One row per meeting that was not taken back. "items" are on its agenda; "dealt_with" of them were discussed, decided
  -- about, carried forward or taken as read.
  EXECUTE 'CREATE OR REPLACE VIEW arising.meeting' || begins || said || $$,
    name AS MATERIALIZED (SELECT f.thing, f.text AS name FROM field f WHERE f.field = 'name'),
    m AS MATERIALIZED (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'body') AS body, max(f.text) FILTER (WHERE f.field = 'day') AS day,
        max(f.text) FILTER (WHERE f.field = 'chair') AS chair, max(f.text) FILTER (WHERE f.field = 'stage') AS stage,
        max(f.text) FILTER (WHERE f.field = 'next_meeting') AS next
      FROM field f WHERE f.field IN ('body', 'day', 'chair', 'stage', 'agenda', 'attendance', 'next_meeting') GROUP BY f.thing),
    spoken AS MATERIALIZED (SELECT n.meeting, n.action, n.kind FROM minute n WHERE n.id NOT IN (SELECT thing FROM hidden)),
    item AS MATERIALIZED (
      SELECT f.thing AS meeting, j.action
      FROM field f, json_array_elements_text(
        CASE WHEN json_typeof(f.value) = 'object' AND json_typeof(f.value -> 'items') = 'array' THEN f.value -> 'items' END) j(action)
      WHERE f.field = 'agenda'),
    items AS (
      SELECT i.meeting, count(*) AS items, count(*) FILTER (WHERE (i.meeting, i.action) IN (
        SELECT n.meeting, n.action FROM spoken n
        WHERE n.kind IN ('discussed', 'decision', 'carried_forward', 'taken_as_read') AND n.action IS NOT NULL)) AS dealt_with
      FROM item i GROUP BY i.meeting),
    spoke AS (
      SELECT n.meeting, count(*) FILTER (WHERE n.kind = 'carried_forward') AS carried_forward,
        count(*) FILTER (WHERE n.kind = 'taken_as_read') AS taken_as_read, count(*) FILTER (WHERE n.kind = 'decision') AS decisions
      FROM spoken n GROUP BY n.meeting),
    attendee AS (
      SELECT f.thing AS meeting, j.who ->> 'presence' AS presence, j.place,
        CASE WHEN n.name IS NULL THEN j.who ->> 'name' WHEN j.who ->> 'name' = '' THEN n.name
          ELSE n.name || ' (' || (j.who ->> 'name') || ')' END AS who
      FROM field f CROSS JOIN LATERAL json_array_elements(CASE json_typeof(f.value) WHEN 'array' THEN f.value END)
        WITH ORDINALITY AS j(who, place)
      LEFT JOIN name n ON n.thing = j.who ->> 'party'
      WHERE f.field = 'attendance'),
    there AS (
      SELECT a.meeting, string_agg(a.who, '; ' ORDER BY a.place) FILTER (WHERE a.presence = 'present') AS present,
        string_agg(a.who, '; ' ORDER BY a.place) FILTER (WHERE a.presence = 'apologies') AS apologies
      FROM attendee a GROUP BY a.meeting)
    SELECT n.name AS body, arising.day_(m.day) AS day, coalesce(m.chair, '') AS chair, coalesce(m.stage, 'open') AS stage,
      arising.day_(m.next) AS next_meeting, coalesce(i.items, 0) AS items, coalesce(i.dealt_with, 0) AS dealt_with,
      coalesce(s.carried_forward, 0) AS carried_forward, coalesce(s.taken_as_read, 0) AS taken_as_read,
      coalesce(s.decisions, 0) AS decisions, w.present, w.apologies, t.id
    FROM thing t JOIN m ON m.thing = t.id LEFT JOIN name n ON n.thing = m.body LEFT JOIN items i ON i.meeting = t.id
    LEFT JOIN spoke s ON s.meeting = t.id LEFT JOIN there w ON w.meeting = t.id
    WHERE t.kind = 'meeting' AND t.id NOT IN (SELECT thing FROM hidden) ORDER BY t.lamport, t.origin $$ || ends;

  -- What meetings said of actions and recommendations, oldest first: discussed, carried forward, decided, raised.
  EXECUTE 'CREATE OR REPLACE VIEW arising.minute' || begins || reference || $$,
    m AS MATERIALIZED (
      SELECT f.thing, max(f.text) FILTER (WHERE f.field = 'body') AS body, max(f.text) FILTER (WHERE f.field = 'day') AS day
      FROM field f WHERE f.field IN ('body', 'day', 'chair', 'stage', 'agenda', 'attendance', 'next_meeting') GROUP BY f.thing),
    held AS MATERIALIZED (
      SELECT t.id, n.text AS body, m.day
      FROM thing t JOIN m ON m.thing = t.id LEFT JOIN field n ON n.thing = m.body AND n.field = 'name'
      WHERE t.kind = 'meeting' AND t.id NOT IN (SELECT thing FROM hidden))
    SELECT h.body, arising.day_(h.day) AS day, s.plan, r.ref, n.number AS recommendation, m.kind, m.text, w.author, w.at,
      m.meeting, m.id
    FROM minute m JOIN held h ON h.id = m.meeting LEFT JOIN reference r ON r.id = m.action
    LEFT JOIN number n ON n.thing = m.recommendation LEFT JOIN thing t ON t.id = m.recommendation
    LEFT JOIN slug s ON s.thing = coalesce(r.plan, t.plan)
    LEFT JOIN arising.batch_words w ON w.board = b.board AND w.id = m.batch
    WHERE m.id NOT IN (SELECT thing FROM hidden) ORDER BY m.lamport, m.origin $$ || ends;
END $do$;
