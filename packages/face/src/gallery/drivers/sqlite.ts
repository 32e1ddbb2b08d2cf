import { byCodeUnit, requireUnlocked } from '@semblance/core/files';
import { isSqliteError, transaction } from '@semblance/core/sqlite';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import { lockFileOf } from '../gallery-file.ts';
import { lockWords } from '../lock.ts';
import type { SealFacts } from '../sealing/gallery-seal.ts';
import type { ErasureReceipt } from '../sealing/receipt.ts';
import type { KeptStore, SubjectInfo } from '../store.ts';
import { changedSince, markOf, sqliteIndexPlace, subjectsOfThese } from './sqlite-changes.ts';
import { explain, identityOf, type SqliteStoreOptions } from './sqlite-file.ts';
import { moveFaces, namesIn } from './sqlite-moves.ts';
import { sqliteProfiles } from './sqlite-profiles.ts';
import { parseMeta, storedFace, storedNegative } from './sqlite-rows.ts';
import { logBytes } from './sqlite-scrub.ts';
import { destroyDoomed, erasedNames, giveKeys } from './sqlite-seal.ts';
import { closeOpened, type Opened, openAt, versionOf } from './sqlite-statements.ts';
import { removeSubject, removeSubjects, renameSubject } from './sqlite-subjects.ts';
import { SqliteTidy } from './sqlite-tidy.ts';
import { addFace, addNegative, allSubjects, idsIn, receiptOf, removeFaces } from './sqlite-write.ts';

/** A version that the database does not have. */
const NEVER = -1;

export interface SqliteStore extends KeptStore {
  /** What it says of its encryption; null for a gallery that is not encrypted. */
  readonly sealFacts: SealFacts | null;
  /** The rows that are sealed by the key of a name, in hexadecimal digits. */
  numSealedBy(keyId: string): number;
  /**
   * The signed receipts of those who were erased by the last removal through this store, one for each person; none for a
   * gallery that is not encrypted.
   */
  takeReceipts(): ErasureReceipt[];
  /** The ids of negatives that were cut from the photos of these faces. */
  negativesOfFaces(ids: readonly number[]): Promise<number[]>;
}

/**
 * A gallery in one SQLite file (write-ahead log, synchronous FULL: a call that returned is on the disk).
 *
 * `Gallery.open` and `Gallery.create` use it; by itself it reads a gallery without building an index. What others change
 * is seen; while somebody holds the gallery's lock (a service, a build), changes are refused with who that is.
 *
 * @throws SemblanceError GALLERY_NOT_FOUND, GALLERY_EXISTS, GALLERY_BUSY, GALLERY_CORRUPT; STORAGE_FULL, PATH_DENIED
 *   and others of the disk
 * @example
 * ```ts
 * import { openSqliteStore } from '@semblance/face/gallery';
 *
 * const store = openSqliteStore('gallery/gallery.db', { readOnly: true });
 * console.log(await store.subjects()); // [ { name: 'ada', numFaces: 3 }, …
 * await store.close();
 * ```
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): SqliteStore {
  const { create: _, ...again } = options;
  /** SQLite goes on with what it has read of a damaged file: one that was mended is found by opening it again. */
  let isDamaged = false;
  const guard = <T>(action: () => T): T => {
    try {
      return action();
    } catch (cause) {
      const error = explain(path, cause);
      isDamaged ||= isSqliteError(cause) && isSemblanceError(error, 'GALLERY_CORRUPT');
      throw error;
    }
  };
  let opened = guard(() => openAt(path, options));
  let isReplaced = false;
  const tidy = new SqliteTidy(path, () => opened);

  /** Opens what was put in the file's place: SQLite itself would go on with the file that has no name any more. */
  function follow(): Opened {
    if (!opened.db.isOpen) return opened;
    const isSame = identityOf(path) === opened.identity;
    if (isSame && !isDamaged) return opened;
    let next: Opened;
    try {
      next = openAt(path, again);
    } catch (error) {
      // what was read before goes on being known
      if (isSame) return opened;
      throw error;
    }
    isDamaged = false;
    closeOpened(opened);
    opened = next;
    isReplaced = true;
    return opened;
  }
  const read = <T>(action: (statement: Opened['statement']) => T): T =>
    guard(() => action(follow().statement));
  function write<T>(action: (statement: Opened['statement']) => T): T {
    if (options.readOnly)
      throw new SemblanceError('STORAGE_READ_ONLY', `the gallery ${path} was opened for reading only`);
    return guard(() => {
      const { db, statement } = follow();
      const result = transaction(db, () => {
        // inside the transaction: whoever takes the lock waits for its end
        if (!options.holdsLock) requireUnlocked(lockFileOf(path), lockWords(path));
        const value = action(statement);
        // what this store does itself need not be told
        if (versionOf(statement) === opened.version) opened.told = markOf(statement);
        return value;
      });
      settleKeys();
      tidy.fold();
      return result;
    });
  }
  /** Destroys the keys of those who are gone; a gallery that is made to take another's place leaves that for then. */
  function settleKeys(): void {
    const { seal, statement } = opened;
    if (seal && options.like === undefined) destroyDoomed(statement, seal);
  }
  /**
   * Removes for good: neither the file nor its log has what was removed.
   *
   * @param action gives the faces that it removed; null where nothing was there
   */
  function erase(action: (statement: Opened['statement']) => number[] | null): number[] {
    const { told } = opened;
    opened.erased = [];
    const ids = write(action);
    if (ids === null) return [];
    try {
      guard(() => tidy.clear(ids));
      opened.logBytes = logBytes(path);
    } catch (error) {
      // what is gone is told of by the error alone: whoever keeps it in memory asks again
      [opened.version, opened.told] = [NEVER, told];
      throw error;
    }
    return ids;
  }

  /** Removes those whose keys were destroyed since a copy was made that was put back; whoever holds the lock has done so. */
  function removeErased(): void {
    const names = erasedNames(opened.statement, opened.seal!);
    if (names.length === 0) return;
    try {
      erase(() => removeSubjects(opened, names));
    } catch (error) {
      if (!isSemblanceError(error, 'GALLERY_BUSY')) throw error;
    }
  }
  const lookups = (hashes: readonly string[]): string =>
    JSON.stringify(hashes.map((hash) => opened.codec.lookup(hash)));

  if (!options.readOnly && opened.seal) {
    settleKeys();
    removeErased();
  }
  return {
    indexPlace: sqliteIndexPlace(path, options.readOnly ?? false, guard, () => opened),
    get galleryId() {
      return opened.seal?.galleryId ?? null;
    },
    get sealFacts() {
      return opened.seal?.facts ?? null;
    },
    numSealedBy: (keyId) => read(({ numSealedBy }) => Number(numSealedBy.get(keyId)!.count)),
    takeReceipts() {
      const { seal, erased } = opened;
      return seal ? erased.splice(0).map((subject) => receiptOf(opened, seal, subject)) : [];
    },
    async readMeta() {
      const row = read(({ readMeta }) => readMeta.get());
      return row ? parseMeta(path, String(row.value)) : null;
    },
    async writeMeta(meta) {
      write(({ writeMeta }) => writeMeta.run(JSON.stringify(meta)));
    },
    async addFaces(faces) {
      return write((statement) => {
        const { seal } = opened;
        if (seal)
          giveKeys(
            statement,
            seal,
            faces.map(({ subject }) => subject),
            options.like,
          );
        return faces.map((face) => addFace(opened, face));
      });
    },
    async *faces(ids) {
      if (ids !== undefined) {
        for (const id of ids) {
          const row = read(({ face }) => face.get(id));
          const face = row && guard(() => storedFace(opened.codec, row));
          if (face) yield face;
        }
        return;
      }
      const rows = read(({ faces }) => faces.iterate());
      while (true) {
        const { done, value } = guard(() => rows.next());
        if (done) return;
        const face = guard(() => storedFace(opened.codec, value));
        if (face) yield face;
      }
    },
    // of the file that is open: the index that asks was made of it
    embedding: (id) =>
      guard(() => {
        const row = opened.statement.vector.get(id);
        return row ? opened.codec.embedding(row) : null;
      }),
    async crop(id) {
      return read(({ crop }) => {
        const row = crop.get(id);
        return row ? opened.codec.crop('embeddings', row) : null;
      });
    },
    facesOfContent: async (hashes) => read((each) => idsIn(each.facesOfContent.all(lookups(hashes)))),
    negativesOfContent: async (hashes) => read((each) => idsIn(each.negativesOfContent.all(lookups(hashes)))),
    negativesOfFaces: async (ids) => read((each) => idsIn(each.negativesOfFaces.all(JSON.stringify(ids)))),
    async removeFaces(ids) {
      return erase(() => {
        const removed = removeFaces(opened, ids);
        return removed.length > 0 ? removed : null;
      });
    },
    async addNegative(negative) {
      return write(() => addNegative(opened, negative));
    },
    async removeNegative(id) {
      let wasThere = false;
      erase(({ removeNegative }) => {
        wasThere = removeNegative.run(id).changes > 0;
        return wasThere ? [] : null;
      });
      return wasThere;
    },
    async negatives() {
      const rows = read(({ negatives }) => negatives.all());
      return guard(() => rows.flatMap((row) => storedNegative(opened.codec, row) ?? []));
    },
    async subjects() {
      const rows = read(({ subjects }) => subjects.all());
      const { statement, seal } = opened;
      const erased = options.readOnly && seal ? new Set(erasedNames(statement, seal)) : null;
      return rows
        .filter(({ name }) => !erased?.has(String(name)))
        .map((row): SubjectInfo => ({ name: String(row.name), numFaces: Number(row.num_faces) }))
        .sort((a, b) => byCodeUnit(a.name, b.name));
    },
    profiles: sqliteProfiles(path, { read, write, erase, current: () => opened }),
    async removeSubject(name) {
      return erase(() => removeSubject(opened, name));
    },
    async renameSubject(from, to, undoes) {
      return write(() => renameSubject(path, opened, from, to, undoes));
    },
    async moveFaces(moves, note) {
      return write(() => moveFaces(opened, moves, note));
    },
    async nameChanges() {
      return read(namesIn).changes;
    },
    async changes() {
      return read((statement) => {
        const version = versionOf(statement);
        if (version === opened.version && !isReplaced) return null;
        const told = markOf(statement);
        const changed = isReplaced ? null : changedSince(statement, opened.told);
        const changes =
          changed === null
            ? { subjectOf: allSubjects(statement), isReplaced }
            : { subjectOf: subjectsOfThese(statement, changed), isReplaced, changed };
        opened.told = told;
        opened.version = version;
        isReplaced = false;
        return changes;
      });
    },
    async close() {
      if (!opened.db.isOpen) return;
      try {
        if (!options.readOnly) guard(() => tidy.end());
      } finally {
        closeOpened(opened);
        tidy.release();
      }
    },
  };
}
