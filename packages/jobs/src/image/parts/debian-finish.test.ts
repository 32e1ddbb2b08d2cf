import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishDebian } from './debian-finish.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'debian-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content = ''): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}
const lib = 'usr/lib/x86_64-linux-gnu';

test('libraries and programs that stand for one of several are links to what is there', async () => {
  for (const name of ['libblas.so.3', 'liblapack.so.3', 'libopenblas.so.0'])
    put(`${lib}/openblas-openmp/${name}`);
  put(`${lib}/blas/libblas.so.3`);
  put('usr/bin/mawk');
  await finishDebian(root);
  expect(readlinkSync(join(root, lib, 'libblas.so.3'))).toBe('openblas-openmp/libblas.so.3');
  expect(readlinkSync(join(root, lib, 'liblapack.so.3'))).toBe('openblas-openmp/liblapack.so.3');
  // what libtorch is linked with
  expect(readlinkSync(join(root, lib, 'libopenblas.so.0'))).toBe('openblas-openmp/libopenblas.so.0');
  expect(readlinkSync(join(root, 'usr/bin/awk'))).toBe('mawk');
});

test('the account that images run as stands beside the system’s', async () => {
  put('usr/share/base-passwd/passwd.master', 'root:*:0:0:root:/root:/bin/bash\n');
  put('usr/share/base-passwd/group.master', 'root:*:0:\n');
  put('etc/passwd');
  put('tmp/x');
  await finishDebian(root);
  const own = 'semblance:x:1000:1000::/var/lib/semblance:/bin/sh';
  expect(readFileSync(join(root, 'etc/passwd'), 'utf8')).toBe(`root:x:0:0:root:/root:/bin/bash\n${own}\n`);
  expect(readFileSync(join(root, 'etc/group'), 'utf8')).toBe('root:x:0:\nsemblance:x:1000:\n');
});

test('certificates become one file, in the order of their names', async () => {
  put('usr/share/ca-certificates/mozilla/B.crt', 'two');
  put('usr/share/ca-certificates/mozilla/A.crt', 'one\n');
  await finishDebian(root);
  expect(readFileSync(join(root, 'etc/ssl/certs/ca-certificates.crt'), 'utf8')).toBe('one\ntwo\n');
});
