-- Lets a role use a board: all of this, or nothing. `arising hub laptop` fills in the settings and runs it as the owner.
BEGIN;

SET LOCAL lock_timeout = '10s';

-- What is to be given: to which role, of which group, of which board (as everyone calls it, or its register's identity), which
-- register that is where the board is new (said, or found beside whoever runs this), and for which party.
SELECT set_config('arising.role', {role}, true), set_config('arising.group', {group}, true),
  set_config('arising.board', {board}, true), set_config('arising.uuid', {uuid}, true),
  set_config('arising.here', {here}, true), set_config('arising.party', {party}, true);

DO $$
DECLARE
  name text := current_setting('arising.role');
  is_hubs boolean;
BEGIN
  IF to_regclass('arising.member') IS NULL THEN
    RAISE EXCEPTION 'this database is no hub yet' USING ERRCODE = '42P01';
  END IF;
  SELECT NOT (r.rolsuper OR r.rolcreaterole OR r.rolcreatedb)
      AND (pg_has_role(r.oid, 'arising_laptop', 'member') OR pg_has_role(r.oid, 'arising_reader', 'member'))
    INTO is_hubs FROM pg_roles r WHERE r.rolname = name;
  IF NOT is_hubs THEN
    RAISE EXCEPTION 'the role % is already there, and is none of the hub''s', name
    USING ERRCODE = 'AR003', HINT = 'Choose another name for the role.';
  END IF;
  IF is_hubs IS NULL THEN
    EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 8', name);
  END IF;
  EXECUTE format('GRANT %I TO %I', current_setting('arising.group'), name);
  -- What is forgotten ends by itself, and keeps nobody waiting. Whoever means harm can set these otherwise.
  EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''60s''', name);
  EXECUTE format('ALTER ROLE %I SET lock_timeout = ''60s''', name);
  EXECUTE format('ALTER ROLE %I SET statement_timeout = %L', name,
    CASE current_setting('arising.group') WHEN 'arising_reader' THEN '30min' ELSE '5min' END);
END $$;

{password}SET LOCAL ROLE arising_owner;

DO $$
DECLARE
  its_role text := current_setting('arising.role');
  named text := current_setting('arising.board');
  said text := nullif(current_setting('arising.uuid'), '');
  its_party text := nullif(current_setting('arising.party'), '');
  is_reader boolean := current_setting('arising.group') = 'arising_reader';
  its_board text;
  called text;
BEGIN
  IF named = '*' THEN
    its_board := '*';
  ELSE
    SELECT b.uuid INTO its_board FROM arising.board b WHERE named IN (b.name, b.uuid) ORDER BY b.uuid = named DESC LIMIT 1;
    IF its_board <> said THEN
      RAISE EXCEPTION 'the board % is another register, %', named, its_board
      USING ERRCODE = 'AR003', HINT = 'Leave out --uuid if that board is meant; a new board needs another name.';
    END IF;
    IF its_board IS NULL THEN
      its_board := coalesce(said, nullif(current_setting('arising.here'), ''));
      IF its_board IS NULL OR named ~ '^[0-9a-f]{32}$' THEN
        RAISE EXCEPTION 'the hub has no board called %', named USING ERRCODE = 'AR003',
          HINT = 'Where it is new, say which register it is: --uuid UUID, which arising hub join prints on the board''s laptop.';
      END IF;
      SELECT b.name INTO called FROM arising.board b WHERE b.uuid = its_board;
      IF called IS NOT NULL THEN
        RAISE EXCEPTION 'the register % is already a board, called %', its_board, called
        USING ERRCODE = 'AR003', HINT = 'Name it so: --board.';
      END IF;
      INSERT INTO arising.board (uuid, name) VALUES (its_board, named);
    END IF;
  END IF;
  IF its_party IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM (
      SELECT w.board, w.origin, w.seq, w.body FROM arising.change_words w
      UNION ALL SELECT e.board, e.origin, e.seq, e.body FROM arising.erased e) c
    WHERE c.board = its_board AND c.origin = split_part(its_party, '.', 1) AND c.seq = split_part(its_party, '.', 2)::bigint
      AND replace(c.body, '\u0000', '\ufffd')::jsonb ->> 'add' = 'party')
  THEN
    RAISE EXCEPTION 'the board % has no party % on the hub', named, its_party USING ERRCODE = 'AR003',
      HINT = 'Check the id in the view arising.party. If the board has not sent it yet, sync a laptop of the board first.';
  END IF;
  IF EXISTS (SELECT 1 FROM arising.member m WHERE m.role = its_role AND m.writes = is_reader) THEN
    RAISE EXCEPTION 'the role % is already %', its_role, CASE WHEN is_reader THEN 'a laptop''s' ELSE 'a reader''s' END
    USING ERRCODE = 'AR003', HINT = 'Choose another name for the role.';
  END IF;
  IF EXISTS (
    SELECT 1 FROM arising.member m
    WHERE m.role = its_role AND m.board = its_board AND m.party IS DISTINCT FROM its_party)
  THEN
    RAISE EXCEPTION 'the role % is already a member of %, but as something else', its_role, named
    USING ERRCODE = 'AR003', HINT = 'Choose another name for the role.';
  END IF;
  INSERT INTO arising.member (role, board, party, writes) VALUES (its_role, its_board, its_party, NOT is_reader) ON CONFLICT DO NOTHING;
END $$;

RESET ROLE;

COMMIT;
