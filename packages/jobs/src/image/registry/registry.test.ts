import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspectImage } from '../inspect.ts';
import { namedImage } from '../oci/image.ts';
import { ImageLayout } from '../oci/layout.ts';
import type { Architecture } from '../oci/media.ts';
import {
  hasRegistry,
  PASSWORD,
  startDockerRegistry,
  type TestRegistry,
  USER,
} from '../testing/docker-registry.ts';
import { tinyImage } from '../testing/tiny-image.ts';
import { openRegistry } from './open.ts';
import { pullImage } from './pull.ts';
import { pushImage } from './push.ts';

const credentials = { user: USER, password: PASSWORD };
const both: Architecture[] = ['amd64', 'arm64'];

let dir: string;
let registry: TestRegistry;
let layout: ImageLayout;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'registry-'));
  layout = await ImageLayout.open(join(dir, 'layout'));
  if (hasRegistry) registry = await startDockerRegistry(dir);
});
afterAll(() => {
  registry?.stop();
  rmSync(dir, { recursive: true });
});

const newLayout = (): Promise<ImageLayout> => ImageLayout.open(mkdtempSync(join(dir, 'pulled-')));
const push = async (name: string, to: string) => {
  const { registry, reference } = await openRegistry(to, { credentials });
  return pushImage(layout, await namedImage(layout, name), registry, reference.tag);
};
const pull = async (from: string, into: ImageLayout, architectures: Architecture[] | 'all' = 'all') => {
  const { registry, reference } = await openRegistry(from, { credentials });
  const image = await pullImage(registry, reference.digest ?? reference.tag, into, architectures);
  await into.tag(from, image);
  return image;
};
const skopeo = (...args: string[]): string =>
  execFileSync('skopeo', ['inspect', '--tls-verify=false', '--creds', `${USER}:${PASSWORD}`, ...args], {
    encoding: 'utf8',
  });

describe.skipIf(!hasRegistry)('a registry', () => {
  test('gives back what was pushed, and another program reads it', async () => {
    const image = await tinyImage(layout, 'tiny:1');
    const to = `${registry.host}/team/tiny:1`;
    expect(await push('tiny:1', to)).toBe(image.digest);
    expect(await push('tiny:1', to)).toBe(image.digest);
    const pulled = await newLayout();
    expect((await pull(to, pulled)).digest).toBe(image.digest);
    expect((await inspectImage(pulled, to)).platforms).toEqual(
      (await inspectImage(layout, 'tiny:1')).platforms,
    );
    const facts = JSON.parse(skopeo(`docker://${to}`));
    expect(facts).toMatchObject({
      Digest: image.digest,
      Labels: { 'test.label': 'yes' },
      Architecture: 'amd64',
    });
    expect(facts.Layers).toHaveLength(2);
  });

  test('holds an image for several platforms, and gives each its own', async () => {
    const image = await tinyImage(layout, 'both:1', undefined, both);
    const to = `${registry.host}/team/both:1`;
    await push('both:1', to);
    const raw = JSON.parse(skopeo('--raw', `docker://${to}`));
    expect(
      raw.manifests.map((each: { platform: { architecture: string } }) => each.platform.architecture),
    ).toEqual(both);
    const all = await newLayout();
    expect((await pull(to, all)).digest).toBe(image.digest);
    const one = await newLayout();
    await pull(to, one, ['arm64']);
    expect((await inspectImage(one, to)).platforms.map(({ architecture }) => architecture)).toEqual([
      'arm64',
    ]);
    await expect(pull(`${to.replace(':1', '')}@${image.digest}`, await newLayout())).resolves.toMatchObject({
      digest: image.digest,
    });
  });

  test('takes a large layer in parts', async () => {
    const content = randomBytes(70 << 20);
    const image = await tinyImage(layout, 'large:1', [{ path: '/data', from: { content } }]);
    const to = `${registry.host}/team/large:1`;
    const seen: number[] = [];
    const { registry: client } = await openRegistry(to, { credentials });
    await pushImage(layout, image, client, '1', { update: (done) => void seen.push(done) });
    expect(seen.length).toBeGreaterThan(4);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await pull(to, await newLayout())).digest).toBe(image.digest);
  });

  test('lets nobody in without credentials, and says what to do; the password is in no message', async () => {
    await tinyImage(layout, 'tiny:2');
    const to = `${registry.host}/team/tiny:2`;
    const attempt = async (given: { user: string; password: string } | null) => {
      const { registry: client } = await openRegistry(to, { credentials: given, env: { HOME: dir } });
      return pushImage(layout, await namedImage(layout, 'tiny:2'), client, '2');
    };
    await expect(attempt(null)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: /login .*--creds-stdin/,
    });
    const wrong = attempt({ user: USER, password: 'wrong-password' });
    await expect(wrong).rejects.toMatchObject({ code: 'REGISTRY_DENIED', message: /check the credentials/ });
    await wrong.catch((error) =>
      expect(JSON.stringify([error.message, error])).not.toContain('wrong-password'),
    );
  });

  const auth = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  test.each(['docker', 'containers', 'helper'] as const)(
    'takes credentials from the store of %s',
    async (kind) => {
      const home = mkdtempSync(join(dir, 'home-'));
      const put = (path: string, content: unknown) => {
        mkdirSync(join(home, path, '..'), { recursive: true });
        writeFileSync(join(home, path), JSON.stringify(content));
      };
      const auths = { [registry.host]: { auth } };
      if (kind === 'docker') put('.docker/config.json', { auths });
      if (kind === 'containers') put('run/containers/auth.json', { auths });
      if (kind === 'helper') {
        put('.docker/config.json', { credHelpers: { [registry.host]: 'test' } });
        const helper = join(home, 'docker-credential-test');
        const answer = JSON.stringify({ Username: USER, Secret: PASSWORD });
        writeFileSync(
          helper,
          `#!/bin/sh\nread -r host\n[ "$host" = "${registry.host}" ] && echo '${answer}'\n`,
        );
        chmodSync(helper, 0o755);
      }
      const env = { HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), PATH: `${home}:${process.env.PATH}` };
      const { registry: client } = await openRegistry(`${registry.host}/team/${kind}`, { env });
      const image = await tinyImage(layout, 'tiny:3');
      expect(await pushImage(layout, image, client, 'latest')).toBe(image.digest);
    },
  );

  test('an image that is not there, and a registry that does not answer, are told apart', async () => {
    await expect(pull(`${registry.host}/team/nothing:1`, await newLayout())).rejects.toMatchObject({
      code: 'OCI_NOT_FOUND',
    });
    await expect(pull('127.0.0.1:1/a:1', await newLayout())).rejects.toMatchObject({
      code: 'REGISTRY_UNREACHABLE',
    });
  });

  test('a layer that is damaged here is not pushed', async () => {
    const image = await tinyImage(layout, 'damaged:1', [{ path: '/x', from: { content: randomBytes(9) } }]);
    const [layer] = (await inspectImage(layout, 'damaged:1')).platforms[0]!.layers;
    writeFileSync(layout.blobPath(layer!.digest), Buffer.alloc(layer!.sizeBytes));
    const { registry: client } = await openRegistry(`${registry.host}/team/damaged:1`, { credentials });
    await expect(pushImage(layout, image, client, '1')).rejects.toMatchObject({ code: 'OCI_CORRUPT' });
  });
});
