-- The register's file format, version 1.0. docs/FORMAT.md explains it; a released file of this folder is never edited.

CREATE TABLE about (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
  id TEXT PRIMARY KEY NOT NULL,
  author TEXT NOT NULL,
  at TEXT NOT NULL,
  meeting TEXT,
  cause TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
  lamport INTEGER NOT NULL CHECK (lamport > 0),
  origin TEXT NOT NULL CHECK (length(origin) = 16),
  seq INTEGER NOT NULL CHECK (seq > 0),
  batch TEXT NOT NULL REFERENCES batch (id),
  body TEXT NOT NULL,
  salt BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (lamport, origin, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX change_by_origin ON change (origin, seq);

CREATE TRIGGER change_keeps_its_rows BEFORE DELETE ON change
BEGIN SELECT raise(ABORT, 'the log only grows: a change is never deleted'); END;

CREATE TRIGGER change_keeps_its_words BEFORE UPDATE ON change
BEGIN SELECT raise(ABORT, 'the log only grows: a change is never altered'); END;

CREATE TRIGGER change_has_no_gap BEFORE INSERT ON change
WHEN new.seq IS NOT 1 + (SELECT ifnull(max(seq), 0) FROM change WHERE origin = new.origin)
BEGIN SELECT raise(ABORT, 'the log only grows: a change follows the last one of its origin'); END;

CREATE TRIGGER batch_keeps_its_rows BEFORE DELETE ON batch
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never deleted'); END;

CREATE TRIGGER batch_keeps_its_words BEFORE UPDATE ON batch
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never altered'); END;

CREATE TRIGGER batch_is_new BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE id = new.id)
BEGIN SELECT raise(ABORT, 'the log only grows: a batch is never replaced'); END;

-- Half-typed text; not part of the record.
CREATE TABLE draft (
  key TEXT PRIMARY KEY NOT NULL,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The folded register, so that a long history opens fast; may be emptied at any time.
CREATE TABLE snapshot (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  tips TEXT NOT NULL,
  state BLOB NOT NULL
) STRICT;
