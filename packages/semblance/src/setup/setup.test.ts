import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { siblingModule } from '@semblance/core';
import { afterAll, test as always, expect } from 'vitest';
import { isOpenToOthers } from '../../../../test/support/others.ts';

const main = fileURLToPath(siblingModule(import.meta.url, '../main'));
const home = mkdtempSync(join(tmpdir(), 'setup-'));
afterAll(() => rmSync(home, { recursive: true }));
/** Skipped below a folder that others may not enter, such as /root: there is nobody then who may run it and install nothing. */
const test = always.skipIf(process.getuid?.() === 0 && !isOpenToOthers(dirname(main)));

/** In a process of its own, as somebody who may install nothing. */
function setup(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', main, 'setup', ...args],
    {
      ...nobody,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: home, NODE_COMPILE_CACHE: join(tmpdir(), 'none'), ...env },
    },
  );
  return { status, out: stdout.trim().split('\n'), err: stderr.trim().split('\n') };
}

test('says what is there', () => {
  const { status, err } = setup(['training', '--dry-run']);
  expect(status).toBe(0);
  const names = err.map((line) => /^[✓!] ([^:]+):/.exec(line)?.[1]);
  expect(names).toEqual(
    expect.arrayContaining(['a font', 'a C++ compiler', 'libtorch', 'a tuned BLAS', 'torch addon']),
  );
});

test('what is missing and cannot be installed from here is one command away, or has its advice', () => {
  const { status, out, err } = setup(['training'], { CXX: 'no-such-compiler' });
  expect(status).toBe(1);
  expect(err).toContain('! a C++ compiler: missing');
  const advice = [...out, ...err].find((line) => /apt-get install .*\bg\+\+|CXX/.test(line));
  expect(advice).toBeDefined();
});

test('a dry run names what would be installed, and fails at nothing', () => {
  const { status, out } = setup(['training', '--dry-run'], { CXX: 'no-such-compiler' });
  expect(status).toBe(0);
  expect(out.at(-1)).toMatch(/apt-get install -y --no-install-recommends .*\bg\+\+/);
});

test('a LIBTORCH without a libtorch is an error that says what belongs there', () => {
  const { status, err } = setup(['training'], { LIBTORCH: home });
  expect(status).toBe(1);
  expect(err.at(-1)).toMatch(/^error LIBTORCH_NOT_FOUND: LIBTORCH=.* include\/ATen\/ATen\.h/);
});
