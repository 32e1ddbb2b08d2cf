/** Where the tables are, so that they share a database with others. */
export const SCHEMA = 'semblance_jobs';

/**
 * The schema in PostgreSQL, as steps from one version to the next: a step that has been released is never changed.
 *
 * The columns are those of SQLite's. Names are compared byte by byte there, and so they are here.
 */
export const postgresMigrations: readonly string[] = [
  `
  CREATE TABLE store (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE jobs (
    name TEXT COLLATE "C" PRIMARY KEY,
    created_ms BIGINT NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 1
  );
  CREATE TABLE versions (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job TEXT COLLATE "C" NOT NULL REFERENCES jobs (name),
    number INTEGER NOT NULL,
    description TEXT NOT NULL,
    parent_id BIGINT,
    sweep_id BIGINT, sweep_rung INTEGER, sweep_index INTEGER,
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    step TEXT,
    resume_at TEXT NOT NULL DEFAULT 'prepare',
    attempt INTEGER NOT NULL DEFAULT 0,
    retries_left INTEGER NOT NULL,
    ending TEXT,
    exit_code INTEGER,
    gpus TEXT NOT NULL DEFAULT '[]',
    machine TEXT,
    creator TEXT,
    created_ms BIGINT NOT NULL,
    started_ms BIGINT,
    ended_ms BIGINT,
    spec TEXT NOT NULL,
    parameters TEXT NOT NULL,
    seeds TEXT NOT NULL,
    code TEXT,
    data TEXT NOT NULL DEFAULT '[]',
    environment TEXT,
    metrics TEXT NOT NULL DEFAULT '{}',
    artifacts TEXT NOT NULL DEFAULT '[]',
    tags TEXT NOT NULL DEFAULT '[]',
    note TEXT NOT NULL DEFAULT '',
    is_starred INTEGER NOT NULL DEFAULT 0,
    is_pinned INTEGER NOT NULL DEFAULT 0,
    UNIQUE (job, number),
    UNIQUE (sweep_id, sweep_rung, sweep_index)
  );
  CREATE INDEX versions_by_state ON versions (state);
  CREATE TABLE events (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id BIGINT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    at_ms BIGINT NOT NULL,
    from_state TEXT,
    to_state TEXT NOT NULL,
    reason TEXT NOT NULL
  );
  CREATE INDEX events_by_version ON events (version_id);
  CREATE TABLE templates (name TEXT COLLATE "C" PRIMARY KEY, template TEXT NOT NULL);
  CREATE TABLE sweeps (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job TEXT NOT NULL,
    created_ms BIGINT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    plan TEXT NOT NULL,
    outcome TEXT,
    reason TEXT NOT NULL DEFAULT ''
  );
  CREATE TABLE aliases (
    job TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    version_id BIGINT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    set_ms BIGINT NOT NULL,
    PRIMARY KEY (job, name)
  );
  CREATE INDEX aliases_by_version ON aliases (version_id);
  CREATE TABLE records (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version_id BIGINT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    at_ms BIGINT NOT NULL,
    body TEXT NOT NULL
  );
  CREATE INDEX records_by_version ON records (version_id);
  CREATE TABLE machines (
    id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    boot_id TEXT NOT NULL
  );
  `,
];
