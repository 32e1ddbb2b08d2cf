// Encrypting and changing keys are whole or have not happened, whenever they are killed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { filesInTheClear, SealedPlace } from '../testing/sealed-gallery.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
import { keyFileOf } from './sealing/key-store.ts';
import { formatMasterKeys, newMasterKey } from './sealing/master-keys.ts';

const root = mkdtempSync(join(tmpdir(), 'encrypt-killed-'));
afterAll(() => rmSync(root, { recursive: true }));

const module = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
/** Runs a call on a gallery in a process that kills itself with SIGKILL before its n-th use of SQLite, if there are so many. */
function run(call: string, at: SealedPlace, keyFile: string, killedBefore: number): string {
  const code = `
    import { DatabaseSync, StatementSync } from 'node:sqlite';
    import { encryptGallery } from ${module('./encrypt.ts')};
    import { rotateGallery } from ${module('./rotate.ts')};
    import { galleryKeys } from ${module('./sealing/key-source.ts')};
    let uses = 0;
    for (const [type, name] of [[StatementSync, 'run'], [DatabaseSync, 'exec'], [DatabaseSync, 'close']]) {
      const real = type.prototype[name];
      type.prototype[name] = function (...values) {
        if (uses++ === ${killedBefore}) process.kill(process.pid, 'SIGKILL');
        return real.apply(this, values);
      };
    }
    const keys = { ...galleryKeys({ keyFile: ${JSON.stringify(keyFile)} }), folder: ${JSON.stringify(at.keys.folder)} };
    const gallery = ${JSON.stringify(at.folder)};
    await ${call};
    console.log(uses);`;
  return spawnSync(process.execPath, ['--input-type=module-typescript', '-e', code], { encoding: 'utf8' })
    .stdout;
}

test.each([
  ['encrypting', 'encryptGallery(gallery, keys)', false],
  ['changing the master key', 'rotateGallery(gallery, keys)', true],
  ['changing all keys', 'rotateGallery(gallery, keys, { subjectKeys: true })', true],
])(
  '%s, killed at any moment, leaves the whole of before or of after',
  {
    timeout: 240_000,
  },
  async (_, call, isSealed) => {
    const names = Array.from({ length: 20 }, (_, i) => `person ${i}`);
    const origin = new SealedPlace(mkdtempSync(join(root, 'origin-')));
    const faces = await origin.make(names, isSealed);
    const before = await origin.contentOf();
    const next = newMasterKey();
    const keyFile = join(origin.root, 'gallery.key');
    writeFileSync(keyFile, formatMasterKeys([next, origin.master]));
    const both = { masters: () => [origin.master, next] };
    const copied = (): SealedPlace => {
      const at = new SealedPlace(mkdtempSync(join(root, 'copy-')));
      cpSync(origin.root, at.root, { recursive: true });
      return at;
    };

    const uses = Number(run(call, copied(), keyFile, -1));
    expect(uses).toBeGreaterThan(10);
    const moments = [1, Math.floor(uses / 2), uses - 3, uses - 1];
    for (const moment of moments) {
      const at = copied();
      expect(run(call, at, keyFile, moment)).toBe('');
      // by one who only reads, who comes first
      expect(await at.contentOf(at.folder, { ...at.keys, ...both })).toEqual(before);
      const store = openSqliteStore(at.database, { keys: { ...at.keys, ...both } });
      const isSealedNow = store.galleryId !== null;
      await store.close();
      // and once more to its end
      if (isSealed || !isSealedNow) expect(Number(run(call, at, keyFile, -1))).toBeGreaterThan(0);
      expect(await at.contentOf(at.folder, { ...at.keys, masters: () => [next] })).toEqual(before);
      expect(filesInTheClear(faces, at.root)).toEqual([]);
      expect(readdirSync(at.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  },
);

test('keys whose last change was cut off by a kill are read as they were before it', async () => {
  const at = new SealedPlace(mkdtempSync(join(root, 'cut-')));
  await at.make(['ada']);
  const before = await at.contentOf();
  const path = keyFileOf(at.keys.folder, at.galleryId);
  // the pages of a change are in the file already, and what was there before is in the journal
  const db = new DatabaseSync(path);
  db.exec('PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE');
  db.prepare('UPDATE keys SET wrapped = zeroblob(length(wrapped))').run();
  db.exec(`CREATE TABLE more AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
    SELECT randomblob(2000) FROM n`);
  cpSync(path, `${path}.copy`);
  cpSync(`${path}-journal`, `${path}.copy-journal`);
  db.close();
  for (const suffix of ['', '-journal']) renameSync(`${path}.copy${suffix}`, `${path}${suffix}`);
  expect(await at.contentOf()).toEqual(before);
});
