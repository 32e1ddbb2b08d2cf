// Container images as they are made and used, with the programs that others have for them: each test takes what the ones
// before it have made.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePeople, writeScenes } from '@semblance/synthetic';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findProgram } from '../packages/jobs/src/image/run-program.ts';
import {
  hasRegistry,
  PASSWORD,
  startDockerRegistry,
  type TestRegistry,
  USER,
} from '../packages/jobs/src/image/testing/docker-registry.ts';
import { fullPlan } from '../packages/semblance/src/demo/plan.ts';
import { Images } from './images/images.ts';
import { scan } from './images/scan.ts';
import { createFixture, type Fixture, photo } from './service/fixtures.ts';
import { recognizedBy } from './service/recognizing.ts';

/** Root on Debian builds and runs images with nothing but Debian's own programs. */
const canBuild =
  process.getuid?.() === 0 && ['apt-get', 'dpkg-deb', 'unshare'].every((name) => findProgram(name));
const MOST_BYTES = 250e6;

interface Facts {
  digest: string;
  platforms: {
    architecture: string;
    sizeBytes: number;
    user: string;
    labels: Record<string, string>;
    layers: { title: string; digest: string; fingerprint: string | null }[];
  }[];
}

let images: Images;
let fixture: Fixture;
let registry: TestRegistry | null = null;

const inspect = async (name: string): Promise<Facts> =>
  JSON.parse(await images.image('inspect', name, '--format', 'json'));
const titles = ({ platforms }: Facts): string[] => platforms[0]!.layers.map(({ title }) => title);

/** The folder that an image is unpacked to when it runs. */
const unpacked = ({ platforms: [only] }: Facts & { platforms: { digest?: string }[] }): string =>
  images.path('home', 'images', 'unpacked', only!.digest!.replace(':', '-'));

describe.skipIf(!canBuild)('container images (as root on Debian)', () => {
  beforeAll(async () => {
    images = new Images();
    fixture = await createFixture();
    if (hasRegistry) registry = await startDockerRegistry(images.dir);
    mkdirSync(images.path('models'));
    cpSync(fixture.detector, images.path('models', 'detector'), { recursive: true });
    cpSync(fixture.recognizer, images.path('models', 'recognizer'), { recursive: true });
    for (const name of ['ada', 'bob', 'eve']) {
      mkdirSync(images.path('people', name), { recursive: true });
      for (const shade of [0, 6, 12])
        writeFileSync(images.path('people', name, `${shade}.png`), await photo([name], shade));
    }
    writeFileSync(images.path('party.png'), await photo(['eve', 'ada'], 3));
    const models = ['--detector', 'models/detector', '--recognizer', 'models/recognizer'];
    const built = ['--data', 'people', '--out', 'gallery', '--threshold', '0.9'];
    const gallery = ['gallery', 'build', ...built, ...models];
    const { code, err } = await images.semblance(gallery);
    expect(code, err).toBe(0);
  }, 1_800_000);

  afterAll(async () => {
    registry?.stop();
    await fixture?.remove();
    images?.remove();
  });

  let digest: string;

  test('semblance:serve is small, and the same when it is built again', { timeout: 1_800_000 }, async () => {
    digest = await images.build('serve');
    const facts = await inspect('semblance:serve');
    expect(facts).toMatchObject({ digest, platforms: [{ user: '1000:1000' }] });
    expect(titles(facts)).toEqual(['debian-slim', 'node', 'semblance']);
    expect(facts.platforms[0]!.sizeBytes).toBeLessThan(MOST_BYTES);
    expect(await images.build('serve', '--fresh', '--out', images.path('again'))).toBe(digest);
  });

  test('data, gallery and models are layers of their own, with hashes and labels', {
    timeout: 1_800_000,
  }, async () => {
    const content = ['data=people', 'gallery=gallery', 'model=models/detector', 'model=models/recognizer'];
    const build = () =>
      images.build('serve', '--tag', 'faces:1', ...content.flatMap((each) => ['--with', each]));
    const whole = await build();
    expect(await build()).toBe(whole);
    const facts = await inspect('faces:1');
    const [platform] = facts.platforms;
    expect(titles(facts).slice(3)).toEqual(['data', 'gallery', 'model.detector', 'model.recognizer']);
    const data = platform!.layers[3]!;
    expect(platform!.labels).toMatchObject({
      'semblance.data.files': '9',
      'semblance.data.fingerprint': data.fingerprint,
    });
    // what they stand on is the service's image itself
    const serve = await inspect('semblance:serve');
    expect(platform!.layers.slice(0, 3)).toEqual(serve.platforms[0]!.layers);
    writeFileSync(images.path('people', 'ada', '0.png'), await photo(['ada'], 1));
    await build();
    const changed = (await inspect('faces:1')).platforms[0]!.layers.map((layer) => layer.digest);
    const before = platform!.layers.map((layer) => layer.digest);
    expect(changed.map((each, i) => each === before[i])).toEqual([true, true, true, false, true, true, true]);
  });

  test.skipIf(!hasRegistry)(
    'it is pushed, read by skopeo, and pulled back',
    { timeout: 1_800_000 },
    async () => {
      const to = `${registry!.host}/team/faces:1`;
      const denied = await images.semblance(['image', 'push', 'faces:1', to], { env: { HOME: images.dir } });
      expect(denied).toMatchObject({
        code: 1,
        err: expect.stringMatching(/error REGISTRY_DENIED: .*--creds-stdin/),
      });
      const input = `${USER}:${PASSWORD}\n`;
      const pushed = await images.semblance(['image', 'push', 'faces:1', to, '--creds-stdin'], { input });
      expect(pushed.code, pushed.err).toBe(0);
      expect(pushed.out + pushed.err).not.toContain(PASSWORD);
      const skopeo = ['inspect', '--tls-verify=false', '--creds', `${USER}:${PASSWORD}`, `docker://${to}`];
      const seen = JSON.parse(execFileSync('skopeo', skopeo, { encoding: 'utf8' }));
      const { digest: own, platforms } = await inspect('faces:1');
      expect(seen).toMatchObject({ Digest: own, Labels: platforms[0]!.labels });
      expect(seen.Layers).toEqual(platforms[0]!.layers.map((layer) => layer.digest));
      // on another machine
      const env = { SEMBLANCE_HOME: images.path('other') };
      const args = ['image', 'pull', to, '--creds-stdin', '--layout', images.path('new', 'layout')];
      const pulled = await images.semblance(args, { input, env });
      expect(pulled).toMatchObject({ code: 0, out: `${to} ${own}\n` });
    },
  );

  test('its service starts at once, recognizes who is in its gallery, and ends on SIGTERM', {
    timeout: 1_800_000,
  }, async () => {
    // unpacked once
    expect((await images.semblance(['image', 'run', 'faces:1', '--', 'semblance', '--version'])).out).toMatch(
      /^\d+\.\d+/,
    );
    const service = images.start(['image', 'run', 'faces:1', '--', 'serve', '--port', '0']);
    expect(await recognizedBy(service, images.path('party.png'))).toEqual(['ada', 'eve']);
  });

  test('it has no keys, no test data and no compiler in it', { timeout: 1_800_000 }, async () => {
    expect((await images.semblance(['image', 'run', 'semblance:serve', '--', 'true'])).code).toBe(0);
    const { platforms } = JSON.parse(await images.image('inspect', 'semblance:serve', '--format', 'json'));
    const dir = unpacked({ digest: '', platforms });
    const found = scan(dir);
    expect(found.numFiles).toBeGreaterThan(2000);
    expect(found.unwanted).toEqual([]);
  });

  test('it runs commands as user 1000, keeps nothing, and ends with their code', {
    timeout: 1_800_000,
  }, async () => {
    const run = (...args: string[]) => images.semblance(['image', 'run', 'semblance:serve', ...args]);
    const words = 'echo $(id -u):$(id -g) $A $RANK/$WORLD_SIZE; pwd; touch kept; exit 7';
    const who = await run('--env', 'A=b c', '--', 'sh', '-c', words);
    expect(who).toMatchObject({ code: 7, out: '1000:1000 b c 0/1\n/var/lib/semblance\n' });
    expect((await run('--', 'sh', '-c', 'ls; touch /opt/x')).code).toBe(1);
    expect((await run('--', 'ls')).out).toBe('');
    mkdirSync(images.path('in'));
    mkdirSync(images.path('out'), { mode: 0o777 });
    execFileSync('chmod', ['777', images.path('out')]);
    writeFileSync(images.path('in', 'x.txt'), 'hello');
    const mounts = ['--mount', 'in:/in:ro', '--mount', 'out:/out'];
    const boot = [
      '--input',
      'x=/in',
      '--output',
      'y=/out',
      'sh',
      '-c',
      'mkdir {outputs.y} && cp {inputs.x}/x.txt {outputs.y}/y.txt',
    ];
    const { code, err } = await run(...mounts, '--', ...boot);
    expect(code, err).toBe(0);
    expect(readFileSync(images.path('out', 'y.txt'), 'utf8')).toBe('hello');
    expect((await run(...mounts, '--', 'touch', '/in/y')).code).toBe(1);
    expect((await run('--', '--input', 'x=/nothing', 'true')).code).toBe(127);
    expect((await run('--', 'no-such-program')).code).toBe(127);
  });

  /** What `semblance recognize` finds in a photo, run in the image of a platform. */
  async function recognized(platform: string, photo: string, ...options: string[]) {
    const node = ['--entrypoint', '/opt/semblance/bin/node', '--mount', `${photo}:/photo.jpg:ro`];
    const words = ['/opt/semblance/bin/semblance', 'recognize', '/photo.jpg', ...options, '--format', 'json'];
    const run = ['image', 'run', 'both:1', '--platform', platform, ...node, '--', ...words];
    const { code, out, err } = await images.semblance(run);
    expect(code, err).toBe(0);
    const { faces } = JSON.parse(out) as {
      faces: { box: number[]; match: { subject: string; similarity: number } | null }[];
    };
    return faces;
  }

  describe.skipIf(!findProgram('qemu-aarch64-static'))('for arm64, under an emulator', () => {
    // the demo's people and photos, and networks that trained for seconds: what they take for a face is taken
    const loose = ['--set', 'scoreThreshold=0.001', '--set', 'maxFaces=1'];
    const models = ['--detector', 'demo/detector', '--recognizer', 'demo/recognizer'];
    beforeAll(async () => {
      const { portraits, enrolled, scenes } = fullPlan;
      await writePeople({
        ...{ out: images.path('demo', 'people'), numPeople: 4, photosPerPerson: 2 },
        ...{ seed: enrolled.firstSeed, size: portraits.size, nuisance: portraits.nuisance },
      });
      const crops = { numPeople: 6, photosPerPerson: 4, aligned: true, size: 48 };
      await writePeople({ out: images.path('demo', 'crops'), seed: 100, ...crops });
      const scene = { width: 160, height: 160, minFace: 40, nuisance: scenes.nuisance };
      await writeScenes({
        out: images.path('demo', 'scenes'),
        numScenes: 16,
        seed: scenes.train.seed,
        ...scene,
      });
      const few = ['--set', 'epochs=1', '--set', 'batchSize=8', '--set', 'device=cpu'];
      for (const words of [
        ['train', 'detection', '--data', 'demo/scenes', '--recipe', 'retinaface-synthetic-small', ...few],
        ['train', 'recognition', '--data', 'demo/crops', '--recipe', 'arcface-synthetic-small', ...few],
      ]) {
        const out = words[1] === 'detection' ? 'demo/detector' : 'demo/recognizer';
        const { code, err } = await images.semblance([...words, '--out', out]);
        expect(code, err).toBe(0);
      }
      const build = ['--data', 'demo/people', '--out', 'demo/gallery', '--threshold', '0.9', ...loose];
      const { code, err } = await images.semblance(['gallery', 'build', ...build, ...models]);
      expect(code, err).toBe(0);
    }, 1_800_000);

    test('one name stands for both platforms, whose data are the same layers', {
      timeout: 1_800_000,
    }, async () => {
      const content = ['gallery=demo/gallery', 'model=demo/detector', 'model=demo/recognizer'];
      await images.build(
        'serve',
        '--tag',
        'both:1',
        '--platform',
        'amd64,arm64',
        ...content.flatMap((each) => ['--with', each]),
      );
      const { platforms } = await inspect('both:1');
      expect(platforms.map(({ architecture }) => architecture)).toEqual(['amd64', 'arm64']);
      const [amd64, arm64] = platforms.map(({ layers }) => layers.map((layer) => layer.digest));
      expect(arm64!.slice(3)).toEqual(amd64!.slice(3));
      expect(arm64![1]).not.toBe(amd64![1]);
      expect(platforms[1]!.sizeBytes).toBeLessThan(MOST_BYTES);
    });

    test('a rendered photo of the demo is recognized as on amd64', { timeout: 1_800_000 }, async () => {
      const [name] = readdirSync(images.path('demo', 'people')).filter((each) => !each.includes('.'));
      const photo = join('demo', 'people', name!, '0001.jpg');
      const inImage = ['detector', 'recognizer'].flatMap((each) => [
        `--${each}`,
        `/opt/semblance/models/${each}`,
      ]);
      const options = ['--gallery', '/opt/semblance/gallery', ...inImage, ...loose];
      const [amd64] = await recognized('amd64', photo, ...options);
      const [arm64] = await recognized('arm64', photo, ...options);
      expect(amd64!.match!.subject).toBe(name);
      expect(arm64!.match!.subject).toBe(name);
      expect(Math.abs(arm64!.match!.similarity - amd64!.match!.similarity)).toBeLessThan(1e-5);
      for (const [k, side] of Object.values(arm64!.box).entries())
        expect(side).toBeCloseTo(Object.values(amd64!.box)[k]!, 1);
    });
  });

  test('wrong input is refused before anything is built', async () => {
    const refused = async (...args: string[]) =>
      (await images.semblance(['image', 'build', ...args])).err.trim().split('\n');
    writeFileSync(images.path('image.json'), '{ "bse": "debian" }');
    expect(await refused('serve', '--file', 'image.json')).toEqual([
      expect.stringMatching(/OCI_DESCRIPTION_INVALID: .*bse.*base/),
    ]);
    expect(await refused('srve')).toEqual(
      expect.arrayContaining([expect.stringMatching(/expected serve or train but received srve/)]),
    );
    expect(await refused('serve', '--with', 'photos=people')).toEqual(
      expect.arrayContaining([expect.stringMatching(/KIND one of code, data, gallery, model/)]),
    );
    expect(await refused('serve', '--packages', images.packages, '--with', 'data=nowhere')).toEqual(
      expect.arrayContaining([expect.stringMatching(/PATH_NOT_FOUND: data does not exist: .*nowhere/)]),
    );
    expect((await images.semblance(['image', 'inspect', 'nothing'])).err).toMatch(
      /OCI_NOT_FOUND: .*there are .*faces:1/,
    );
  });
});
