/** Of advisory locks: 'smbg' for whoever writes, and what a build holds. */
export const WRITERS = 0x736d6267;
export const BUILDS = 0x736d6268;

/** The second number of a schema's locks: its name, by FNV-1a. */
export function lockOf(schema: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(schema)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}

/**
 * What each version brought, in its own schema; a new one is added at the end and none is changed.
 *
 * `changes` says what changed, whichever program changed it: a number that rises in the order of commits, since whoever
 * writes takes the lock first; the face it was, or 0 for the description and what is not somebody's; and a random number by
 * which two databases with a common past are told apart. Its number is also what listeners are told.
 */
const VERSIONS: readonly ((schema: string) => string)[] = [
  (schema) => `
  CREATE TABLE gallery (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE next_ids (kind TEXT PRIMARY KEY, id BIGINT NOT NULL);
  INSERT INTO next_ids VALUES ('face', 1), ('negative', 1);
  CREATE TABLE subjects (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT COLLATE "C" NOT NULL UNIQUE
  );
  CREATE TABLE faces (
    id BIGINT PRIMARY KEY,
    subject_id BIGINT NOT NULL REFERENCES subjects (id),
    vector BYTEA NOT NULL,           -- float32, little-endian
    source TEXT,
    content_hash TEXT,
    quality DOUBLE PRECISION,
    origin TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  ALTER TABLE faces ALTER vector SET STORAGE MAIN;
  CREATE INDEX faces_by_subject ON faces (subject_id);
  CREATE INDEX faces_by_content ON faces (content_hash);
  CREATE TABLE crops (
    face_id BIGINT PRIMARY KEY REFERENCES faces (id) ON DELETE CASCADE,
    jpeg BYTEA NOT NULL
  );
  ALTER TABLE crops ALTER jpeg SET STORAGE EXTERNAL;
  CREATE TABLE negatives (
    id BIGINT PRIMARY KEY,
    subject_id BIGINT NOT NULL REFERENCES subjects (id) ON DELETE CASCADE,
    vector BYTEA NOT NULL,
    source TEXT,
    content_hash TEXT,
    crop BYTEA,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
  );
  CREATE INDEX negatives_by_subject ON negatives (subject_id);
  CREATE TABLE names (name TEXT COLLATE "C" PRIMARY KEY); -- of subjects without a face
  CREATE TABLE changes (
    seq BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    face_id BIGINT NOT NULL,
    token BIGINT NOT NULL DEFAULT (random() * 9e15)::bigint
  );
  INSERT INTO changes (face_id) VALUES (0);

  CREATE FUNCTION tell() RETURNS void LANGUAGE sql AS $$
    SELECT pg_notify('${schema}', (SELECT max(seq)::text FROM "${schema}".changes)) $$;
  CREATE FUNCTION face_changed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(${WRITERS}, ${lockOf(schema)});
    INSERT INTO "${schema}".changes (face_id) SELECT id FROM touched ORDER BY id;
    PERFORM "${schema}".tell();
    RETURN NULL;
  END $$;
  CREATE FUNCTION subject_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(${WRITERS}, ${lockOf(schema)});
    INSERT INTO "${schema}".changes (face_id) SELECT id FROM "${schema}".faces
      WHERE subject_id IN (SELECT id FROM touched) ORDER BY id;
    PERFORM "${schema}".tell();
    RETURN NULL;
  END $$;
  CREATE FUNCTION other_changed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM pg_advisory_xact_lock(${WRITERS}, ${lockOf(schema)});
    INSERT INTO "${schema}".changes (face_id) VALUES (0);
    PERFORM "${schema}".tell();
    RETURN NULL;
  END $$;
  CREATE TRIGGER face_added AFTER INSERT ON faces REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION face_changed();
  CREATE TRIGGER face_moved AFTER UPDATE ON faces REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION face_changed();
  CREATE TRIGGER face_removed AFTER DELETE ON faces REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION face_changed();
  CREATE TRIGGER subject_renamed AFTER UPDATE ON subjects REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION subject_renamed();
  CREATE TRIGGER negative_changed AFTER INSERT OR UPDATE OR DELETE ON negatives
    FOR EACH STATEMENT EXECUTE FUNCTION other_changed();
  CREATE TRIGGER name_changed AFTER INSERT OR UPDATE OR DELETE ON names
    FOR EACH STATEMENT EXECUTE FUNCTION other_changed();
  CREATE TRIGGER description_changed AFTER INSERT OR UPDATE OR DELETE ON gallery
    FOR EACH STATEMENT EXECUTE FUNCTION other_changed();
  `,
];

export const SCHEMA_VERSION = VERSIONS.length;

/** The statements that bring a schema from a version, 0 for none, to this one. */
export const migrationFrom = (version: number, schema: string): string =>
  `SET LOCAL search_path = "${schema}"; ${VERSIONS.slice(version)
    .map((tables) => tables(schema))
    .join('\n')}
  INSERT INTO gallery VALUES ('schema_version', '${SCHEMA_VERSION}')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
