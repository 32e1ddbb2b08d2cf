import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findBase } from './base.ts';
import { composeImage } from './compose.ts';
import { findEngine, loadIntoEngine } from './engine.ts';
import { imageOf, namedImage } from './oci/image.ts';
import { ImageLayout } from './oci/layout.ts';
import { findProgram } from './run-program.ts';
import { tinyImage } from './testing/tiny-image.ts';

let dir: string;
let layout: ImageLayout;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'engine-'));
  layout = await ImageLayout.open(join(dir, 'layout'));
  // a store of its own, by what works on every file system
  const store = { driver: 'vfs', graphroot: join(dir, 'store'), runroot: join(dir, 'run') };
  const lines = Object.entries(store).map(([name, value]) => `${name} = "${value}"\n`);
  writeFileSync(join(dir, 'storage.conf'), `[storage]\n${lines.join('')}`);
  vi.stubEnv('CONTAINERS_STORAGE_CONF', join(dir, 'storage.conf'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true, force: true });
});

const fetch = async (): Promise<never> => {
  throw new Error('nothing is fetched here');
};

describe.skipIf(!findProgram('buildah') || process.getuid?.() !== 0)('buildah', () => {
  const buildah = (...args: string[]): string => execFileSync('buildah', args, { encoding: 'utf8' }).trim();

  test('runs on from an image of ours, and we stand on what it makes', { timeout: 120_000 }, async () => {
    await tinyImage(layout, 'tiny:1');
    await loadIntoEngine(findEngine('buildah')!, layout, 'tiny:1');
    const container = buildah('from', 'localhost/tiny:1');
    const root = buildah('mount', container);
    expect(execFileSync('cat', [join(root, 'etc/greeting')], { encoding: 'utf8' })).toBe('hello\n');
    writeFileSync(join(root, 'etc/more'), 'more');
    buildah('umount', container);
    buildah('config', '--label', 'by=buildah', '--env', 'MORE=yes', container);
    const id = buildah('commit', '-q', '--timestamp', '0', container);
    buildah('push', '-q', id, `oci:${join(dir, 'other')}:derived`);

    const base = await findBase(`oci:${join(dir, 'other')}:derived`, 'amd64', layout, fetch);
    const rest = { env: {}, labels: { own: 'yes' }, command: ['serve'], workingDir: '/' };
    await layout.tag(
      'ours:1',
      await composeImage(layout, { architecture: 'amd64', base, layers: [], ...rest }),
    );
    const { config, manifest } = await imageOf(layout, await namedImage(layout, 'ours:1'), 'amd64');
    expect(manifest.layers).toHaveLength(3);
    expect(config.config?.Labels).toMatchObject({ by: 'buildah', 'test.label': 'yes', own: 'yes' });
    expect(config.config?.Env).toEqual(expect.arrayContaining(['MORE=yes', 'GREETING=hello']));
    expect(config.config?.Env?.find((line) => line.startsWith('PATH='))).toMatch(
      /^PATH=\/opt\/semblance\/bin:/,
    );
    for (const layer of manifest.layers) await layout.verify(layer);
  });
});

test('a base that is not there is told with those that are', async () => {
  await tinyImage(layout, 'tiny:1');
  await expect(findBase(`oci:${layout.dir}:other`, 'amd64', layout, fetch)).rejects.toMatchObject({
    code: 'OCI_NOT_FOUND',
    message: /there are tiny:1/,
  });
  await expect(findBase(`oci:${layout.dir}`, 'arm64', layout, fetch)).rejects.toMatchObject({
    code: 'OCI_NOT_FOUND',
    message: /not there for arm64, only for amd64/,
  });
  await expect(findBase(`oci:${join(dir, 'none')}`, 'amd64', layout, fetch)).rejects.toMatchObject({
    code: 'OCI_NOT_FOUND',
  });
});

test('an engine that is not there is told', () => {
  expect(() => findEngine('docker', { PATH: dir })).toThrow(
    expect.objectContaining({ code: 'OCI_UNSUPPORTED' }),
  );
});
