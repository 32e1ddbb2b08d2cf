/**
 * The schema in SQLite, as steps from one `user_version` to the next: a step that has been released is never changed.
 *
 * Documents (spec, records) are JSON: they are written once and read whole.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE jobs (
    name TEXT PRIMARY KEY,
    created_ms INTEGER NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1
  ) WITHOUT ROWID;
  CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL REFERENCES jobs (name),
    number INTEGER NOT NULL,
    description TEXT NOT NULL,
    parent_id INTEGER,
    sweep_id INTEGER, sweep_rung INTEGER, sweep_index INTEGER,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    step TEXT,
    resume_at TEXT NOT NULL DEFAULT 'prepare',
    attempt INTEGER NOT NULL DEFAULT 0,
    retries_left INTEGER NOT NULL,
    ending TEXT,
    exit_code INTEGER,
    gpus TEXT NOT NULL DEFAULT '[]',
    creator TEXT,
    created_ms INTEGER NOT NULL,
    started_ms INTEGER,
    ended_ms INTEGER,
    spec TEXT NOT NULL,
    parameters TEXT NOT NULL,
    seeds TEXT NOT NULL,
    code TEXT,
    data TEXT NOT NULL DEFAULT '[]',
    environment TEXT,
    metrics TEXT NOT NULL DEFAULT '{}',
    artifacts TEXT NOT NULL DEFAULT '[]',
    UNIQUE (job, number),
    UNIQUE (sweep_id, sweep_rung, sweep_index)
  );
  CREATE INDEX versions_by_state ON versions (state);
  CREATE TABLE events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    at_ms INTEGER NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL
  );
  CREATE INDEX events_by_version ON events (version_id);
  CREATE TABLE templates (name TEXT PRIMARY KEY, template TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE sweeps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    plan TEXT NOT NULL
  );
  `,
  `
  ALTER TABLE sweeps ADD COLUMN outcome TEXT;
  ALTER TABLE sweeps ADD COLUMN reason TEXT NOT NULL DEFAULT '';
  `,
  `
  ALTER TABLE versions ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
  ALTER TABLE versions ADD COLUMN note TEXT NOT NULL DEFAULT '';
  ALTER TABLE versions ADD COLUMN is_starred INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE versions ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE aliases (
    job TEXT NOT NULL,
    name TEXT NOT NULL,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    set_ms INTEGER NOT NULL,
    PRIMARY KEY (job, name)
  ) WITHOUT ROWID;
  CREATE INDEX aliases_by_version ON aliases (version_id);
  CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX records_by_version ON records (version_id);
  `,
  `
  ALTER TABLE versions ADD COLUMN machine TEXT;
  `,
];
