// Encrypting and changing keys are whole or have not happened, whenever they are killed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { filesInTheClear, SealedPlace } from '../testing/sealed-gallery.ts';
import { openSqliteStore } from './drivers/sqlite.ts';
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
      const store = openSqliteStore(at.database, { keys: { ...at.keys, ...both } });
      const isSealedNow = store.galleryId !== null;
      await store.close();
      expect(await at.contentOf(at.folder, { ...at.keys, ...both })).toEqual(before);
      // and once more to its end
      if (isSealed || !isSealedNow) expect(Number(run(call, at, keyFile, -1))).toBeGreaterThan(0);
      expect(await at.contentOf(at.folder, { ...at.keys, masters: () => [next] })).toEqual(before);
      expect(filesInTheClear(faces, at.root)).toEqual([]);
      expect(readdirSync(at.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    }
  },
);
