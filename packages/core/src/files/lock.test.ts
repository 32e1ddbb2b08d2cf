import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lockPlace, requireUnlocked, takeLock } from './lock.ts';

const root = mkdtempSync(join(tmpdir(), 'lock-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const asked = { what: 'the folder out', holder: 'data align' };

test('the second is refused and told who holds it; after the first has ended nothing is left', () => {
  const path = join(root, 'a.lock');
  {
    using _first = takeLock(path, { ...asked, holder: 'gallery build' });
    const message = `the folder out is in use by gallery build (process ${process.pid} on `;
    expect(() => takeLock(path, asked)).toThrow(message);
    // nor does asking take the lock from the first
    expect(() => takeLock(path, { ...asked, code: 'PATH_EXISTS' })).toThrow(
      expect.objectContaining({ code: 'PATH_EXISTS' }),
    );
  }
  expect(existsSync(path)).toBe(false);
  takeLock(path, asked)[Symbol.dispose]();
});

test('a process that is killed keeps nobody out', async () => {
  const path = join(root, 'killed.lock');
  const module = JSON.stringify(new URL('./lock.ts', import.meta.url).href);
  const options = JSON.stringify({ ...asked, holder: 'the other' });
  const code = `import { takeLock } from ${module}; globalThis.lock = takeLock(${JSON.stringify(path)}, ${options});
    console.log('held'); setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(other.stdout, 'data');
  expect(() => takeLock(path, asked)).toThrow(`the other (process ${other.pid}`);
  other.kill('SIGKILL');
  await once(other, 'exit');
  takeLock(path, asked)[Symbol.dispose]();
});

test('a place is locked before anything is there, and nothing is left in or beside it', async () => {
  const place = join(root, 'deep', 'crops');
  {
    using _first = await lockPlace(place, 'data align');
    await expect(lockPlace(place, 'data convert')).rejects.toMatchObject({ code: 'PATH_BUSY' });
    using _other = await lockPlace(join(root, 'deep', 'others'), 'data align');
  }
  expect(readdirSync(join(root, 'deep'))).toEqual([]);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, 1000)],
  ['overwritten', (bytes: Buffer) => Buffer.alloc(bytes.length, 7)],
])('a lock file that a power cut left %s keeps nobody out', (name, damage) => {
  const path = join(root, `${name}.lock`);
  const left = join(root, `${name}.copy`);
  {
    using _held = takeLock(path, asked);
    writeFileSync(left, damage(readFileSync(path)));
  }
  renameSync(left, path);
  {
    using _again = takeLock(path, asked);
    expect(() => takeLock(path, asked)).toThrow('the folder out is in use by data align');
  }
  expect(existsSync(path)).toBe(false);
  writeFileSync(path, damage(Buffer.alloc(2000, 1)));
  requireUnlocked(path, asked);
});
