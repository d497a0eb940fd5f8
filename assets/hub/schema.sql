-- The hub's schema, format 1: the logs of many boards in one PostgreSQL database. `arising hub init` runs all of it, as often
-- as wanted: what is there stays. docs/FORMAT.md explains the rows, which are those of a register's file.
--
-- What proves a record (batch, change, origin) is separate from its words (batch_words, change_words), so that a row policy can
-- withhold the words of a change while the whole chain stays provable. Nothing is ever updated or deleted, with one exception:
-- arising.erase, which records what it takes.
--
-- Everything belongs to arising_owner, which cannot log in and is no superuser: so the policies hold in views too.
-- current_user is the role that asks, in a view as well; in a function of the owner's it is arising_owner.
--
-- assets/hub/views.sql follows in the same transaction, with SET LOCAL ROLE arising_owner; then both group roles are given
-- SELECT on everything here. A view may read the log's tables, whose policies hold in it, and whole_ and agency_; never member
-- or board alone, which the owner sees whole. A laptop of the board sees the grants to every party, and needs none of them:
-- words come from change_words, else from erased, else, for an agency, from its newest grant (the greatest known).

DO $$
DECLARE
  r text;
BEGIN
  FOREACH r IN ARRAY ARRAY['arising_owner', 'arising_laptop', 'arising_reader'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = r) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', r);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        -- Another database of the same server was set up at the same moment.
        NULL;
      END;
    END IF;
  END LOOP;
  IF NOT pg_has_role(current_user, 'arising_owner', 'member') THEN
    GRANT arising_owner TO CURRENT_USER;
  END IF;
END $$;

CREATE SCHEMA IF NOT EXISTS arising AUTHORIZATION arising_owner;

SET LOCAL ROLE arising_owner;

CREATE TABLE IF NOT EXISTS arising.about (
  name text PRIMARY KEY,
  value text NOT NULL
);

INSERT INTO arising.about (name, value) VALUES ('format', '1') ON CONFLICT (name) DO NOTHING;

-- A board: one register, by its identity, and what IT calls it.
CREATE TABLE IF NOT EXISTS arising.board (
  uuid text PRIMARY KEY CHECK (uuid ~ '^[0-9a-f]{32}$'),
  name text NOT NULL UNIQUE CHECK (name <> ''),
  at timestamptz NOT NULL DEFAULT now()
);

-- Which role may do what: a laptop of the board (no party), a laptop of an agency (the party's id), a reader (writes nothing).
-- The board '*' is all boards, for a reader.
CREATE TABLE IF NOT EXISTS arising.member (
  role text NOT NULL,
  board text NOT NULL,
  party text CHECK (party ~ '^[0-9a-f]{16}[.][0-9]+$'),
  writes boolean NOT NULL DEFAULT true,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (role, board),
  CHECK (board <> '*' OR (party IS NULL AND NOT writes))
);

-- Each copy that writes, as in a register's file.
CREATE TABLE IF NOT EXISTS arising.origin (
  board text NOT NULL REFERENCES arising.board (uuid),
  id text NOT NULL CHECK (id ~ '^[0-9a-f]{16}$' AND id <> '0000000000000000'),
  key bytea NOT NULL CHECK (octet_length(key) = 32),
  computer text NOT NULL CHECK (octet_length(computer) <= 4096),
  at text NOT NULL CHECK (octet_length(at) <= 64),
  known text NOT NULL CHECK (octet_length(known) <= 1048576),
  party text CHECK (party ~ '^[0-9a-f]{16}[.][0-9]{1,19}$'),
  sender text NOT NULL DEFAULT current_user,
  PRIMARY KEY (board, id)
);

-- Which role says that it writes as which origin. The signature, by the origin's own key, is over board, origin and role: the
-- hub cannot check it, but every laptop can, and a claim without a good one counts for nothing. Of two with one the first
-- holds the origin. This table is IT's, as member is: the owner removes a claim when a laptop gets another role.
CREATE TABLE IF NOT EXISTS arising.writer (
  board text NOT NULL,
  origin text NOT NULL,
  role text NOT NULL DEFAULT current_user,
  computer text NOT NULL CHECK (octet_length(computer) <= 4096),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (board, origin, role),
  FOREIGN KEY (board, origin) REFERENCES arising.origin (board, id)
);

-- The proof of a batch: changes first to last of its origin. lamport is that of the first; came is the hub's own clock, and
-- sender the role that sent it, which need not be the one that writes as its origin: a laptop sends all that it has.
CREATE TABLE IF NOT EXISTS arising.batch (
  board text NOT NULL,
  id text NOT NULL,
  origin text NOT NULL,
  first bigint NOT NULL CHECK (first > 0),
  last bigint NOT NULL CHECK (last >= first),
  lamport bigint NOT NULL CHECK (lamport > 0 AND lamport <= 9007199254740992),
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  signature bytea NOT NULL CHECK (octet_length(signature) = 64),
  came timestamptz NOT NULL DEFAULT now(),
  sender text NOT NULL DEFAULT current_user,
  PRIMARY KEY (board, id),
  CHECK (id = origin || '.' || first),
  FOREIGN KEY (board, origin) REFERENCES arising.origin (board, id)
);

CREATE UNIQUE INDEX IF NOT EXISTS batch_by_origin ON arising.batch (board, origin, last);

CREATE TABLE IF NOT EXISTS arising.batch_words (
  board text NOT NULL,
  id text NOT NULL,
  author text NOT NULL CHECK (octet_length(author) <= 4096),
  at text NOT NULL CHECK (at ~ '^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}$' AND at::timestamptz IS NOT NULL),
  meeting text CHECK (meeting ~ '^[0-9a-f]{16}[.][0-9]{1,19}$'),
  cause text NOT NULL CHECK (octet_length(cause) <= 65536
    AND jsonb_path_match(replace(cause, '\u0000', '\ufffd')::jsonb, '$.type() == "object" && !exists($.**{32})')),
  salt bytea CHECK (octet_length(salt) = 16),
  PRIMARY KEY (board, id),
  FOREIGN KEY (board, id) REFERENCES arising.batch (board, id)
);

-- The proof of a change.
CREATE TABLE IF NOT EXISTS arising.change (
  board text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  lamport bigint NOT NULL CHECK (lamport > 0 AND lamport <= 9007199254740992),
  batch text NOT NULL,
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (board, origin, seq),
  FOREIGN KEY (board, batch) REFERENCES arising.batch (board, id)
);

-- The words of a change. A change without a row here was erased.
CREATE TABLE IF NOT EXISTS arising.change_words (
  board text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL,
  -- Half a character, as JSON can escape it, or deep nesting would fail every view of the board; a zero is replaced there.
  body text NOT NULL CHECK (octet_length(body) <= 1048576
    AND jsonb_path_match(replace(body, '\u0000', '\ufffd')::jsonb, '$.type() == "object" && !exists($.**{32})')),
  salt bytea NOT NULL CHECK (octet_length(salt) <= 64),
  PRIMARY KEY (board, origin, seq),
  FOREIGN KEY (board, origin, seq) REFERENCES arising.change (board, origin, seq)
);

-- What an agency may have of a change: all its words (excerpt is null), or only this excerpt. known is how many changes the
-- laptop knew that worked it out: the grant with the greatest is the newest.
CREATE TABLE IF NOT EXISTS arising.grant_ (
  board text NOT NULL,
  party text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL,
  known bigint NOT NULL CHECK (known > 0),
  batch text NOT NULL,
  excerpt text CHECK (excerpt IS NULL OR (octet_length(excerpt) <= 1048576
    AND jsonb_path_match(replace(excerpt, '\u0000', '\ufffd')::jsonb, '$.type() == "object" && !exists($.**{32})'))),
  PRIMARY KEY (board, party, origin, seq, known),
  FOREIGN KEY (board, origin, seq) REFERENCES arising.change (board, origin, seq)
);

CREATE INDEX IF NOT EXISTS grant_by_batch ON arising.grant_ (board, party, batch);

CREATE INDEX IF NOT EXISTS grant_by_change ON arising.grant_ (board, origin, seq);

-- What an agency's copy is called, how many actions the register had, and the ends of all chains, when known changes were known.
CREATE TABLE IF NOT EXISTS arising.given_ (
  board text NOT NULL,
  party text NOT NULL,
  known bigint NOT NULL CHECK (known > 0),
  name text NOT NULL CHECK (octet_length(name) <= 4096),
  actions bigint NOT NULL CHECK (actions >= 0),
  -- A line for each chain; one that could not be read would keep the agency's laptop from joining.
  tips text NOT NULL CHECK (octet_length(tips) <= 1048576 AND tips ~ '^([0-9a-f]{16} [0-9]{1,19} [0-9a-f]{64}\n)*$'),
  PRIMARY KEY (board, party, known)
);

-- The changes whose words were erased, each with the last change that erased some of them, and what it now says.
CREATE TABLE IF NOT EXISTS arising.erased (
  board text NOT NULL,
  origin text NOT NULL,
  seq bigint NOT NULL,
  by_origin text NOT NULL,
  by_seq bigint NOT NULL,
  body text NOT NULL CHECK (octet_length(body) <= 1048576
    AND jsonb_path_match(replace(body, '\u0000', '\ufffd')::jsonb, '$.type() == "object" && !exists($.**{32})')),
  PRIMARY KEY (board, origin, seq)
);

-- A batch has all its changes when its transaction ends: an empty one would keep its own laptop from ever sending the real one.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'batch_is_whole' AND conrelid = 'arising.batch'::regclass) THEN
    ALTER TABLE arising.batch ADD CONSTRAINT batch_is_whole FOREIGN KEY (board, origin, last)
      REFERENCES arising.change (board, origin, seq) DEFERRABLE INITIALLY DEFERRED;
  END IF;
END $$;

-- Nothing is altered or removed.

CREATE OR REPLACE FUNCTION arising.keeps() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'the hub only grows: no row of % is altered or removed', TG_TABLE_NAME USING ERRCODE = 'AR001';
END $$;

CREATE OR REPLACE FUNCTION arising.keeps_words() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM arising.erased e WHERE e.board = old.board AND e.origin = old.origin AND e.seq = old.seq) THEN
    RETURN old;
  END IF;
  RAISE EXCEPTION 'the hub only grows: words go only where an erasure is recorded' USING ERRCODE = 'AR001';
END $$;

CREATE OR REPLACE FUNCTION arising.keeps_erasures() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND new.board = old.board AND new.origin = old.origin AND new.seq = old.seq
    AND current_user = 'arising_owner' AND arising.is_erasure(new.board, new.by_origin, new.by_seq)
  THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'the hub only grows: an erasure is never undone' USING ERRCODE = 'AR001';
END $$;

-- A batch begins where the last one of its origin ended.
CREATE OR REPLACE FUNCTION arising.follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF new.first > 1 AND NOT EXISTS (
    SELECT 1 FROM arising.batch b WHERE b.board = new.board AND b.origin = new.origin AND b.last = new.first - 1)
  THEN
    RAISE EXCEPTION 'the hub only grows: a batch follows the last one of its origin' USING ERRCODE = 'AR002';
  END IF;
  RETURN new;
END $$;

-- A change follows the one before it of its origin, and has a later place (lamport).
CREATE OR REPLACE FUNCTION arising.has_no_gap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first bigint;
  begins bigint;
  before bigint;
BEGIN
  SELECT b.first, b.lamport, c.lamport INTO first, begins, before
  FROM arising.batch b
  LEFT JOIN arising.change c ON c.board = new.board AND c.origin = new.origin AND c.seq = new.seq - 1
  WHERE b.board = new.board AND b.id = new.batch AND b.origin = new.origin AND new.seq BETWEEN b.first AND b.last;
  IF first IS NULL OR (new.seq = first AND new.lamport <> begins) THEN
    RAISE EXCEPTION 'a change belongs to a batch of its origin' USING ERRCODE = 'AR002';
  END IF;
  IF new.seq > 1 AND (before IS NULL OR before >= new.lamport) THEN
    RAISE EXCEPTION 'the hub only grows: a change follows the last one of its origin' USING ERRCODE = 'AR002';
  END IF;
  RETURN new;
END $$;

-- How many changes a board has: each chain counts from 1 without gaps.
CREATE OR REPLACE FUNCTION arising.size_(board text) RETURNS bigint LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(sum(e.seq), 0)::bigint FROM arising.origin o CROSS JOIN LATERAL (
    SELECT c.seq FROM arising.change c WHERE c.board = $1 AND c.origin = o.id ORDER BY c.seq DESC LIMIT 1) e
  WHERE o.board = $1
$$;

-- Who knows n changes gives the next the place n + 1 at most. One that runs ahead would be the newest word in every view for
-- ever, and leave no room for later ones. Looked at once for a statement, where the chains end: places only rise along them.
CREATE OR REPLACE FUNCTION arising.is_reached() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM arising.member m JOIN pg_roles r ON r.rolname = m.role
    CROSS JOIN LATERAL (
      SELECT max(e.lamport) AS highest, sum(e.seq) AS size FROM arising.origin o CROSS JOIN LATERAL (
        SELECT c.seq, c.lamport FROM arising.change c WHERE c.board = m.board AND c.origin = o.id
        ORDER BY c.seq DESC LIMIT 1) e
      WHERE o.board = m.board) b
    WHERE m.writes AND pg_has_role(session_user, r.oid, 'member') AND b.highest > b.size)
  THEN
    RAISE EXCEPTION 'a change has a higher place than there are changes: some are missing, or it was forged'
    USING ERRCODE = 'AR002';
  END IF;
  RETURN NULL;
END $$;

-- A grant is worked out by a laptop that knows no more changes than there are: the one that knows most counts as the newest, and
-- a forged number would be that for ever.
CREATE OR REPLACE FUNCTION arising.is_known() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
      SELECT 1 FROM arising.given_ g WHERE g.board = new.board AND g.party = new.party AND g.known >= new.known)
    AND new.known > arising.size_(new.board)
  THEN
    RAISE EXCEPTION 'a grant knows no more changes than there are' USING ERRCODE = 'AR002';
  END IF;
  RETURN new;
END $$;

-- Erased words never come back: a row that brings them is passed over.
CREATE OR REPLACE FUNCTION arising.stays_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM arising.erased e WHERE e.board = new.board AND e.origin = new.origin AND e.seq = new.seq) THEN
    RETURN NULL;
  END IF;
  RETURN new;
END $$;

CREATE OR REPLACE FUNCTION arising.is_erasure(board text, origin text, seq bigint) RETURNS boolean LANGUAGE sql STABLE
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM arising.change c LEFT JOIN arising.change_words w USING (board, origin, seq)
    WHERE c.board = $1 AND c.origin = $2 AND c.seq = $3 AND (w.body IS NULL OR left(w.body, 8) = '{"erase"'))
$$;

-- A line of the log in the one form in which two can be compared, whoever wrote it.
CREATE OR REPLACE FUNCTION arising.plain_(line text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
  SELECT replace($1, '\u0000', '\ufffd')::jsonb::text
$$;

-- Whether a text is another with pieces of it erased, as the program decides it (domain::erasing).
CREATE OR REPLACE FUNCTION arising.is_left_of(before text, after text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pieces text[] := string_to_array(after, '[erased]');
  many int := cardinality(pieces);
  rest text := before;
  at int;
BEGIN
  IF before = after THEN
    RETURN true;
  END IF;
  IF many < 2 OR left(rest, length(pieces[1])) <> pieces[1] THEN
    RETURN false;
  END IF;
  rest := substr(rest, length(pieces[1]) + 1);
  IF length(rest) < length(pieces[many]) OR right(rest, length(pieces[many])) <> pieces[many] THEN
    RETURN false;
  END IF;
  rest := left(rest, length(rest) - length(pieces[many]));
  FOR place IN 2..many - 1 LOOP
    at := strpos(rest, pieces[place]);
    IF at = 0 THEN
      RETURN false;
    END IF;
    rest := substr(rest, at + length(pieces[place]));
  END LOOP;
  RETURN true;
END $$;

-- What an erasure says is left of a change, plainly; those of erasures that it restates too. None where its own words were
-- erased: then the erasure that did so restates it.
CREATE OR REPLACE FUNCTION arising.leaves(board text, origin text, seq bigint, by_origin text, by_seq bigint) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE named (id, line) AS (
    SELECT r.said ->> 0, r.said ->> 1
    FROM arising.change_words w
    CROSS JOIN LATERAL jsonb_array_elements(replace(w.body, '\u0000', '\ufffd')::jsonb -> 'restated') r (said)
    WHERE w.board = $1 AND w.origin = $4 AND w.seq = $5 AND left(w.body, 8) = '{"erase"'
    UNION ALL
    SELECT r.said ->> 0, r.said ->> 1
    FROM named n
    CROSS JOIN LATERAL jsonb_array_elements(
      CASE WHEN left(n.line, 8) = '{"erase"' THEN replace(n.line, '\u0000', '\ufffd')::jsonb -> 'restated' END) r (said))
  SELECT arising.plain_(n.line) FROM named n WHERE n.id = $2 || '.' || $3
$$;

-- Takes the words of a change out, and records what is left of it, which is what the erasure in the log says. Where several
-- erasures name it, a laptop that knows them all says what all leave of it: nothing that any of them has erased comes back, here
-- neither. Returns whether anything changed. settled says that the laptop knows every change that is here.
CREATE OR REPLACE FUNCTION arising.erase(
  board text, origin text, seq bigint, by_origin text, by_seq bigint, body text, settled boolean
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  said text := arising.plain_($6);
  changed bigint;
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM arising.member m WHERE m.role = session_user AND m.board = $1 AND m.party IS NULL AND m.writes)
  THEN
    RAISE EXCEPTION 'only a laptop of the board erases' USING ERRCODE = '42501';
  END IF;
  IF EXISTS (SELECT 1 FROM arising.erased e WHERE e.board = $1 AND e.origin = $4 AND e.seq = $5) THEN
    -- The erasure's own words were erased, by one that says of the change what is left of it.
    RETURN false;
  END IF;
  IF NOT EXISTS (SELECT 1 FROM arising.change c WHERE c.board = $1 AND c.origin = $2 AND c.seq = $3)
    OR NOT EXISTS (SELECT 1 FROM arising.leaves($1, $2, $3, $4, $5))
  THEN
    RAISE EXCEPTION 'an erasure is a change of the board that names another' USING ERRCODE = 'AR002';
  END IF;
  -- Of several versions a laptop keeps what none of them has erased: of this erasure's at least nothing that is not in it.
  IF NOT EXISTS (SELECT 1 FROM arising.leaves($1, $2, $3, $4, $5) l (line) WHERE l.line = said)
    AND (EXISTS (SELECT 1 FROM arising.leaves($1, $2, $3, $4, $5) l (line) WHERE NOT arising.is_left_of(l.line, said))
      OR ((SELECT count(*) FROM arising.leaves($1, $2, $3, $4, $5)) < 2
        AND NOT EXISTS (SELECT 1 FROM arising.erased e WHERE e.board = $1 AND e.origin = $2 AND e.seq = $3)
        AND NOT EXISTS (
          SELECT 1 FROM arising.change_words w WHERE w.board = $1 AND left(w.body, 8) = '{"erase"'
            AND (w.origin, w.seq) <> ($4, $5) AND strpos(w.body, $2 || '.' || $3) > 0)))
  THEN
    RAISE EXCEPTION 'what is left of an erased change is what its erasure says' USING ERRCODE = 'AR002';
  END IF;
  INSERT INTO arising.erased AS e (board, origin, seq, by_origin, by_seq, body) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT ON CONSTRAINT erased_pkey DO UPDATE
    SET by_origin = excluded.by_origin, by_seq = excluded.by_seq, body = excluded.body
    WHERE (e.body <> excluded.body OR (e.by_origin, e.by_seq) <> (excluded.by_origin, excluded.by_seq))
      AND arising.is_left_of(arising.plain_(e.body), said)
      AND ($7 OR (SELECT (c.lamport, c.origin, c.seq) FROM arising.change c WHERE c.board = $1 AND c.origin = $4 AND c.seq = $5)
        > (SELECT (c.lamport, c.origin, c.seq) FROM arising.change c
           WHERE c.board = $1 AND c.origin = e.by_origin AND c.seq = e.by_seq));
  GET DIAGNOSTICS changed = ROW_COUNT;
  DELETE FROM arising.change_words w WHERE w.board = $1 AND w.origin = $2 AND w.seq = $3;
  -- Who had all the words stays known: the erasure must reach them.
  DELETE FROM arising.grant_ g WHERE g.board = $1 AND g.origin = $2 AND g.seq = $3 AND g.excerpt IS NOT NULL;
  RETURN changed > 0;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['board', 'origin', 'writer', 'batch', 'batch_words', 'change', 'change_words', 'grant_', 'given_', 'erased']
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS keeps_all ON arising.%I', t);
    EXECUTE format('DROP TRIGGER IF EXISTS keeps ON arising.%I', t);
    EXECUTE format(
      'CREATE TRIGGER keeps_all BEFORE TRUNCATE ON arising.%I FOR EACH STATEMENT EXECUTE FUNCTION arising.keeps()', t);
  END LOOP;
  -- A claim can be removed, by the owner: no log lies in it.
  CREATE TRIGGER keeps BEFORE UPDATE ON arising.writer FOR EACH STATEMENT EXECUTE FUNCTION arising.keeps();
  FOREACH t IN ARRAY ARRAY['board', 'origin', 'batch', 'batch_words', 'change', 'given_']
  LOOP
    EXECUTE format(
      'CREATE TRIGGER keeps BEFORE UPDATE OR DELETE ON arising.%I FOR EACH STATEMENT EXECUTE FUNCTION arising.keeps()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['change_words', 'grant_']
  LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS keeps_words ON arising.%I', t);
    EXECUTE format('DROP TRIGGER IF EXISTS stays_erased ON arising.%I', t);
    EXECUTE format('CREATE TRIGGER keeps BEFORE UPDATE ON arising.%I FOR EACH STATEMENT EXECUTE FUNCTION arising.keeps()', t);
    EXECUTE format('CREATE TRIGGER keeps_words BEFORE DELETE ON arising.%I FOR EACH ROW EXECUTE FUNCTION arising.keeps_words()', t);
    EXECUTE format('CREATE TRIGGER stays_erased BEFORE INSERT ON arising.%I FOR EACH ROW EXECUTE FUNCTION arising.stays_erased()', t);
  END LOOP;
END $$;

DROP TRIGGER IF EXISTS keeps_erasures ON arising.erased;

CREATE TRIGGER keeps_erasures BEFORE UPDATE OR DELETE ON arising.erased
FOR EACH ROW EXECUTE FUNCTION arising.keeps_erasures();

DROP TRIGGER IF EXISTS follows ON arising.batch;

CREATE TRIGGER follows BEFORE INSERT ON arising.batch FOR EACH ROW EXECUTE FUNCTION arising.follows();

DROP TRIGGER IF EXISTS has_no_gap ON arising.change;

CREATE TRIGGER has_no_gap BEFORE INSERT ON arising.change FOR EACH ROW EXECUTE FUNCTION arising.has_no_gap();

DROP TRIGGER IF EXISTS is_reached ON arising.change;

CREATE TRIGGER is_reached AFTER INSERT ON arising.change FOR EACH STATEMENT EXECUTE FUNCTION arising.is_reached();

DROP TRIGGER IF EXISTS is_known ON arising.grant_;

CREATE TRIGGER is_known BEFORE INSERT ON arising.grant_ FOR EACH ROW EXECUTE FUNCTION arising.is_known();

DROP TRIGGER IF EXISTS is_known ON arising.given_;

CREATE TRIGGER is_known BEFORE INSERT ON arising.given_ FOR EACH ROW EXECUTE FUNCTION arising.is_known();

-- Who sees what. The owner's functions see all. "whole_" lists the boards whose words a role may read; "agency_" those of which
-- it may read what its party was given; "laptop_" those of which it is a laptop of the board itself. Each answers only for the
-- role that asks, and is looked up once for a statement.

CREATE OR REPLACE VIEW arising.whole_ AS
SELECT b.uuid AS board FROM arising.board b
WHERE EXISTS (SELECT 1 FROM arising.member m WHERE m.role = current_user AND m.board IN (b.uuid, '*') AND m.party IS NULL);

CREATE OR REPLACE VIEW arising.agency_ AS
SELECT m.board, m.party, m.writes FROM arising.member m WHERE m.role = current_user AND m.party IS NOT NULL;

CREATE OR REPLACE VIEW arising.laptop_ AS
SELECT m.board FROM arising.member m WHERE m.role = current_user AND m.party IS NULL AND m.writes;

DO $$
DECLARE
  t text;
  p record;
  is_owner text := 'current_user = ''arising_owner''';
  whole text := 'board IN (SELECT w.board FROM arising.whole_ w)';
  here text := 'board IN (SELECT w.board FROM arising.whole_ w UNION ALL SELECT a.board FROM arising.agency_ a)';
  of_party text := '(board, party) IN (SELECT a.board, a.party FROM arising.agency_ a)';
  own text := '(board, %s) IN (SELECT o.board, o.id FROM arising.origin o JOIN arising.agency_ a USING (board, party))';
  laptop text := 'board IN (SELECT l.board FROM arising.laptop_ l)';
  -- A laptop of the board adds rows of any origin, that of an agency those of its own party.
  writer text := '(board IN (SELECT l.board FROM arising.laptop_ l) OR (board, %s) IN (
    SELECT o.board, o.id FROM arising.origin o JOIN arising.agency_ a USING (board, party) WHERE a.writes))';
BEGIN
  FOR p IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'arising' LOOP
    EXECUTE format('DROP POLICY %I ON arising.%I', p.policyname, p.tablename);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['origin', 'writer', 'batch', 'batch_words', 'change', 'change_words', 'grant_', 'given_', 'erased'] LOOP
    EXECUTE format('ALTER TABLE arising.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE arising.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY own ON arising.%I USING (%s)', t, is_owner);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['origin', 'writer', 'batch', 'change'] LOOP
    EXECUTE format('CREATE POLICY reads ON arising.%I FOR SELECT USING (%s)', t, here);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['batch_words', 'change_words', 'grant_', 'given_', 'erased'] LOOP
    EXECUTE format('CREATE POLICY reads ON arising.%I FOR SELECT USING (%s)', t, whole);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['grant_', 'given_'] LOOP
    EXECUTE format('CREATE POLICY agency ON arising.%I FOR SELECT USING (%s)', t, of_party);
    EXECUTE format('CREATE POLICY writes ON arising.%I FOR INSERT WITH CHECK (%s)', t, laptop);
  END LOOP;
  EXECUTE 'CREATE POLICY agency ON arising.change_words FOR SELECT USING (EXISTS (
    SELECT 1 FROM arising.grant_ g JOIN arising.agency_ a USING (board, party)
    WHERE g.board = change_words.board AND g.origin = change_words.origin AND g.seq = change_words.seq AND g.excerpt IS NULL))';
  EXECUTE 'CREATE POLICY agency ON arising.batch_words FOR SELECT USING (EXISTS (
    SELECT 1 FROM arising.grant_ g JOIN arising.agency_ a USING (board, party)
    WHERE g.board = batch_words.board AND g.batch = batch_words.id))';
  EXECUTE format('CREATE POLICY own_words ON arising.change_words FOR SELECT USING (%s)', format(own, 'origin'));
  EXECUTE format('CREATE POLICY own_words ON arising.batch_words FOR SELECT USING (%s)', format(own, 'split_part(id, ''.'', 1)'));
  FOREACH t IN ARRAY ARRAY['writer', 'batch', 'change', 'change_words'] LOOP
    EXECUTE format('CREATE POLICY writes ON arising.%I FOR INSERT WITH CHECK (%s)', t, format(writer, 'origin'));
  END LOOP;
  EXECUTE format('CREATE POLICY writes ON arising.batch_words FOR INSERT WITH CHECK (%s)',
    format(writer, 'split_part(id, ''.'', 1)'));
  EXECUTE format('CREATE POLICY writes ON arising.origin FOR INSERT WITH CHECK (%s OR (board, party) IN (
    SELECT a.board, a.party FROM arising.agency_ a WHERE a.writes))', laptop);
END $$;

-- The owner's own tables: these two are not forced, because the policies above ask them.
ALTER TABLE arising.board ENABLE ROW LEVEL SECURITY;

CREATE POLICY reads ON arising.board FOR SELECT USING (EXISTS (
  SELECT 1 FROM arising.member m WHERE m.role = current_user AND m.board IN (uuid, '*')));

ALTER TABLE arising.member ENABLE ROW LEVEL SECURITY;

CREATE POLICY reads ON arising.member FOR SELECT
USING (role = current_user OR board IN (SELECT l.board FROM arising.laptop_ l));

-- A role adds and reads, and nothing else. The hub's own clock is not the role's to set.
REVOKE ALL ON ALL TABLES IN SCHEMA arising FROM PUBLIC, arising_laptop, arising_reader;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA arising FROM PUBLIC, arising_laptop, arising_reader;

GRANT USAGE ON SCHEMA arising TO arising_laptop, arising_reader;

GRANT SELECT ON ALL TABLES IN SCHEMA arising TO arising_laptop, arising_reader;

GRANT INSERT ON arising.batch_words, arising.change, arising.change_words, arising.grant_, arising.given_ TO arising_laptop;

GRANT INSERT (board, id, key, computer, at, known, party) ON arising.origin TO arising_laptop;

GRANT INSERT (board, origin, computer, signature) ON arising.writer TO arising_laptop;

GRANT INSERT (board, id, origin, first, last, lamport, digest, signature) ON arising.batch TO arising_laptop;

GRANT EXECUTE ON FUNCTION arising.erase TO arising_laptop;

RESET ROLE;
