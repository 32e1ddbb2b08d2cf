import type { SQLOutputValue } from 'node:sqlite';
import { byCodeUnit } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import {
  type FaceDetails,
  type JsonObject,
  noProfile,
  type ProfileChange,
  type ProfileStore,
  type StoredSubject,
  type SubjectKey,
  type SubjectProfile,
} from '../subject-profile.ts';
import type { NoteTable, Row } from './sqlite-codec.ts';
import { giveKeys } from './sqlite-seal.ts';
import type { Opened } from './sqlite-statements.ts';

const SUBJECT = `SELECT s.id, s.name, external_id, expires_at, note,
    coalesce(p.created_at, (SELECT min(created_at) FROM embeddings WHERE subject_id = s.id)) AS created_at,
    (SELECT count(*) FROM embeddings WHERE subject_id = s.id) AS num_faces,
    (SELECT key_id FROM subject_keys WHERE subject_id = s.id) AS key_id
  FROM subjects s`;

/** What is known of subjects and faces beside embeddings and pictures. */
export const PROFILES_SQL = {
  numSubjects: 'SELECT count(*) AS count FROM subjects',
  profileOfName: `${SUBJECT} LEFT JOIN profiles p ON p.subject_id = s.id WHERE s.name = ?`,
  profileOfExternalId: `${SUBJECT} JOIN profiles p ON p.subject_id = s.id WHERE p.external_id = ?`,
  keptProfiles: `${SUBJECT} JOIN profiles p ON p.subject_id = s.id WHERE p.is_kept`,
  facelessProfiles: `${SUBJECT} JOIN profiles p ON p.subject_id = s.id
    WHERE p.is_kept AND NOT EXISTS (SELECT 1 FROM embeddings WHERE subject_id = s.id)`,
  writeProfile: 'UPDATE profiles SET external_id = ?, expires_at = ?, is_kept = ? WHERE subject_id = ?',
  writeNote: 'UPDATE profiles SET note = ? WHERE subject_id = ?',
  dateProfile: 'UPDATE profiles SET created_at = ? WHERE subject_id = ?',
  backdateProfile: 'UPDATE profiles SET created_at = ?1 WHERE subject_id = ?2 AND created_at > ?1',
  moveProfile: 'UPDATE OR REPLACE profiles SET subject_id = ? WHERE subject_id = ?',
  releaseProfile: 'UPDATE profiles SET is_kept = 0 WHERE subject_id = ?',
  expired: `SELECT s.name FROM profiles p JOIN subjects s ON s.id = p.subject_id
    WHERE p.expires_at <= ?1 OR (p.expires_at IS NULL AND p.created_at <= ?2)`,
  addMetadata: 'INSERT INTO face_metadata (face_id, note) VALUES (?, ?)',
  faceDetails: `SELECT e.id, e.created_at, m.note,
      (SELECT key_id FROM subject_keys WHERE subject_id = e.subject_id) AS key_id
    FROM embeddings e LEFT JOIN face_metadata m ON m.face_id = e.id
    WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.id`,
};

/** @throws SemblanceError GALLERY_CORRUPT */
function noted<T>(path: string, { codec }: Opened, table: NoteTable, row: Row): T | null {
  const json = codec.noted(table, row);
  try {
    return json === null ? null : (JSON.parse(json) as T);
  } catch (cause) {
    throw new SemblanceError('GALLERY_CORRUPT', `what ${path} says of a subject or a face is damaged`, {
      cause,
    });
  }
}

const textOf = (value: SQLOutputValue | undefined): string | null => (value == null ? null : String(value));

/** None where the key of theirs was destroyed: whoever was erased is in a copy that was made before. */
function storedSubject(path: string, opened: Opened, row: Row): StoredSubject | null {
  if (opened.seal && row.key_id instanceof Uint8Array && opened.seal.keys.get(row.key_id) === null)
    return null;
  const note = noted<Pick<SubjectProfile, 'metadata' | 'consent'>>(path, opened, 'profiles', row);
  return {
    name: String(row.name),
    numFaces: Number(row.num_faces),
    externalId: textOf(row.external_id),
    metadata: note?.metadata ?? null,
    consent: note?.consent ?? null,
    expiresAt: textOf(row.expires_at),
    createdAt: String(row.created_at),
  };
}

export function findSubject(path: string, opened: Opened, key: SubjectKey): StoredSubject | null {
  const { profileOfName, profileOfExternalId } = opened.statement;
  const row = 'name' in key ? profileOfName.get(key.name) : profileOfExternalId.get(key.externalId);
  return row ? storedSubject(path, opened, row) : null;
}

function keptSubjects(path: string, opened: Opened, faceless: boolean): StoredSubject[] {
  const { keptProfiles, facelessProfiles } = opened.statement;
  return (faceless ? facelessProfiles : keptProfiles)
    .all()
    .flatMap((row) => storedSubject(path, opened, row) ?? [])
    .sort((a, b) => byCodeUnit(a.name, b.name));
}

/** Writes what is bound to the row of a subject. */
export function writeNote(
  { statement, codec }: Opened,
  id: number,
  { metadata, consent }: Pick<SubjectProfile, 'metadata' | 'consent'>,
): void {
  const isSaid = metadata !== null || consent !== null;
  const keyId = (statement.keyOfSubject.get(id)?.key_id as Uint8Array | undefined) ?? null;
  const note = isSaid ? codec.note('profiles', id, keyId, JSON.stringify({ metadata, consent })) : null;
  statement.writeNote.run(note, id);
}

/** @throws SemblanceError GALLERY_SUBJECT_EXISTS */
function writeSubject(
  path: string,
  opened: Opened,
  name: string,
  change: ProfileChange | null,
  createdAt?: string,
): void {
  const { statement, seal } = opened;
  const known = findSubject(path, opened, { name });
  if (known === null && change === null) return;
  const profile: SubjectProfile = change === null ? noProfile : { ...noProfile, ...known, ...change };
  const { externalId, expiresAt } = profile;
  if (externalId !== null) {
    const other = statement.profileOfExternalId.get(externalId);
    if (other && other.name !== name)
      throw new SemblanceError(
        'GALLERY_SUBJECT_EXISTS',
        `the gallery already has a subject with the external id ${externalId}`,
      );
  }
  if (seal) giveKeys(statement, seal, [name]);
  else statement.addSubject.run(name);
  const id = Number(statement.subject.get(name)!.id);
  statement.writeProfile.run(externalId, expiresAt, change === null ? 0 : 1, id);
  writeNote(opened, id, profile);
  if (createdAt !== undefined) statement.dateProfile.run(createdAt, id);
  if (change === null) statement.prune.run(id);
}

const expiredNames = ({ expired }: Opened['statement'], now: string, createdBy: string | null): string[] =>
  expired
    .all(now, createdBy)
    .map(({ name }) => String(name))
    .sort(byCodeUnit);

const detailsOf = (path: string, opened: Opened, ids: readonly number[]): FaceDetails[] =>
  opened.statement.faceDetails.all(JSON.stringify(ids)).map((row) => ({
    id: Number(row.id),
    createdAt: String(row.created_at),
    metadata: noted<JsonObject>(path, opened, 'face_metadata', row),
  }));

/** How a store reads, writes and erases. */
interface Access {
  read<T>(action: () => T): T;
  write<T>(action: () => T): T;
  erase(action: () => number[]): number[];
  current(): Opened;
}

/** What a store in SQLite has for profiles. */
export const sqliteProfiles = (path: string, { read, write, erase, current }: Access): ProfileStore => ({
  async ofFaces(ids) {
    return read(() => detailsOf(path, current(), ids));
  },
  async numSubjects() {
    return read(() => Number(current().statement.numSubjects.get()!.count));
  },
  async find(key) {
    return read(() => findSubject(path, current(), key));
  },
  async list(faceless = false) {
    return read(() => keptSubjects(path, current(), faceless));
  },
  async write(name, change, createdAt) {
    const act = (): number[] => {
      writeSubject(path, current(), name, change, createdAt);
      return [];
    };
    // what was said of somebody is nowhere once it is taken back
    if (change === null) erase(act);
    else write(act);
  },
  async expired(now, createdBy) {
    return read(() => expiredNames(current().statement, now, createdBy));
  },
});
