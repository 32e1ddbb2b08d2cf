import { once } from 'node:events';
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workspacePackages } from '../scripts/packaging/packages.ts';
import type { Project, Ran } from './packages/project.ts';
import { installNode, Published } from './packages/published.ts';
import { createFixture, type Fixture, photo } from './service/fixtures.ts';
import { recognizedBy } from './service/recognizing.ts';
import { root } from './source-files.ts';

/** The TypeScript in a README. */
const programsIn = (readme: string): string[] =>
  [...readFileSync(join(root, readme), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);

/** The README's programs that need nothing but @semblance/face. */
const facePrograms = (): string[] =>
  programsIn('README.md').filter((code) => {
    const packages = [...code.matchAll(/from '(@semblance\/[^'/]+|semblance)/g)].map(([, name]) => name);
    return packages.length > 0 && packages.every((name) => name === '@semblance/face');
  });

const resolutions = [
  ['node16', 'node16'],
  ['bundler', 'esnext'],
] as const;

/** Compiles programs in a project, as strictly as its owner may; each leaves its .js beside it. */
async function compile(
  project: Project,
  programs: Readonly<Record<string, string>>,
  resolution: string,
  module: string,
) {
  for (const [name, code] of Object.entries(programs)) writeFileSync(project.path(`${name}.ts`), code);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--target', 'es2022', '--module', module, '--moduleResolution', resolution];
  const files = Object.keys(programs).map((name) => `${name}.ts`);
  return project.run(process.execPath, tsc, ...options, '--skipLibCheck', 'false', ...files);
}

const expectDone = ({ code, out, err }: Ran): void => expect(code, `${out}\n${err}`).toBe(0);

let published: Published;
let fixture: Fixture;
/** A folder with the command line. */
let app: Project;
const models = ['--detector', 'models/detector', '--recognizer', 'models/recognizer'];

/** Models and photos that are as small as they come, where the README has its own. */
async function putFixture(project: Project): Promise<void> {
  cpSync(fixture.detector, project.path('models', 'detector'), { recursive: true });
  cpSync(fixture.recognizer, project.path('models', 'recognizer'), { recursive: true });
  for (const name of ['ada', 'bob', 'eve']) {
    await mkdir(project.path('people', name), { recursive: true });
    for (const shade of [0, 6, 12])
      writeFileSync(project.path('people', name, `${shade}.png`), await photo([name], shade));
  }
  writeFileSync(project.path('party.jpg'), await photo(['eve', 'ada'], 3));
}

beforeAll(async () => {
  fixture = await createFixture();
  published = await Published.start();
  app = published.project('semblance');
  await app.install('semblance');
  await putFixture(app);
}, 300_000);

afterAll(async () => {
  published?.stop();
  await fixture?.remove();
});

describe('@semblance/face in an empty folder', () => {
  let project: Project;
  beforeAll(async () => {
    project = published.project('face');
    await project.install('@semblance/face');
    await putFixture(project);
    // galleries are built by the command line, which this folder does not have
    const gallery = ['--data', 'people', '--out', project.path('gallery'), '--threshold', '0.9'];
    expectDone(await app.semblance('gallery', 'build', ...gallery, ...models));
  }, 120_000);

  test('brings JavaScript and types, no sources and no tests', () => {
    const dir = project.path('node_modules', '@semblance');
    const files = readdirSync(dir, { recursive: true, encoding: 'utf8' });
    expect(files).toContain(join('face', 'dist', 'index.js'));
    const foreign = files.filter(
      (file) =>
        (/\.ts$/.test(file) && !file.endsWith('.d.ts')) ||
        /(^|\/)(testing|fixtures|src)\/|-suite\.|\.test\./.test(file),
    );
    expect(foreign).toEqual([]);
  });

  const programs = Object.fromEntries(facePrograms().map((code, i) => [`readme-${i}`, code]));

  test.each(resolutions)(
    'the README’s TypeScript is right under moduleResolution %s',
    async (resolution, module) => {
      expect(Object.keys(programs)).not.toEqual([]);
      expectDone(await compile(project, programs, resolution, module));
    },
  );

  test.each(['22', '24'])('the README’s program runs under Node.js %s', async (version) => {
    const node = await installNode(published.project(`node-${version}`), version === '22' ? '^22.18' : '^24');
    for (const name of Object.keys(programs)) {
      const ran = await project.run(node, '--disable-warning=ExperimentalWarning', `${name}.js`);
      expectDone(ran);
      expect(ran.err).toBe('');
      expect(ran.out).toMatch(/ada/);
      expect(ran.out).toMatch(/eve/);
    }
  });
});

describe('@semblance/client in an empty folder', () => {
  let project: Project;
  beforeAll(async () => {
    project = published.project('client');
    await project.install('@semblance/client', '@types/node');
  }, 120_000);

  test.each(resolutions)('its README is right under moduleResolution %s', async (resolution, module) => {
    const programs = programsIn('packages/client/README.md').map((code, i) => [`client-${i}`, code] as const);
    expectDone(await compile(project, Object.fromEntries(programs), resolution, module));
  });

  test('brings nothing but what calls a service', () => {
    expect(readdirSync(project.path('node_modules', '@semblance'))).toEqual(['client']);
  });
});

describe('semblance in an empty folder', () => {
  test('doctor finds all in place but the training engine, and says what brings it', async () => {
    const ran = await app.semblance('doctor', '--json');
    expectDone(ran);
    const { checks } = JSON.parse(ran.out) as { checks: { name: string; state: string; mend?: string }[] };
    const engine = checks.find(({ name }) => name === 'training engine');
    expect(engine).toMatchObject({ state: 'limited', mend: 'semblance setup training' });
    expect(checks.filter(({ state }) => state === 'broken')).toEqual([]);
  });

  test.each(resolutions)(
    'the TypeScript of every README is right under moduleResolution %s',
    async (resolution, module) => {
      const readmes = [
        'README.md',
        // the client, which comes with none of the others, has its own above
        ...workspacePackages()
          .filter(({ folder }) => folder !== 'client')
          .map(({ folder }) => `packages/${folder}/README.md`),
      ];
      const programs = readmes.flatMap((readme) =>
        programsIn(readme).map((code, i) => [`${readme.replace(/\W/g, '-')}-${i}`, `${code}\nexport {};\n`]),
      );
      expectDone(await compile(app, Object.fromEntries(programs), resolution, module));
    },
  );

  test('a gallery is built, and people are recognised in a photo', async () => {
    const gallery = ['--data', 'people', '--out', 'gallery', '--threshold', '0.9'];
    expectDone(await app.semblance('gallery', 'build', ...gallery, ...models));
    const photos = ['--data', 'party.jpg', '--gallery', 'gallery', '--format', 'json'];
    const ran = await app.semblance('recognize', ...photos, ...models);
    expectDone(ran);
    const { faces } = JSON.parse(ran.out) as { faces: { match: { subject: string } | null }[] };
    expect(faces.map(({ match }) => match?.subject).sort(), ran.out).toEqual(['ada', 'eve']);
  });

  test('the service answers, and recognises', async () => {
    const places = ['--gallery', 'gallery', '--state', 'state', '--port', '0'];
    const service = app.start(app.program, 'serve', ...models, ...places);
    expect(await recognizedBy(service, app.path('party.jpg'))).toContain('ada');
  });
});

describe.skipIf(process.platform !== 'linux')('training from installed packages', () => {
  const recipe = ['--recipe', 'arcface-synthetic-small', '--data', 'crops'];
  // 80 photos, 20 steps
  const settings = ['epochs=2', 'batchSize=8', 'checkpointSteps=4'].flatMap((value) => ['--set', value]);
  const metricsOf = (out: string): unknown[] =>
    readFileSync(app.path(out, 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => {
        // how fast it was is no result
        const { imagesPerSecond: _, etaSeconds: __, ...rest } = JSON.parse(line);
        return rest;
      });

  beforeAll(async () => {
    const program = `
      import { writePeople } from '@semblance/synthetic';
      await writePeople({ out: 'crops', numPeople: 8, photosPerPerson: 10, seed: 1, size: 48, aligned: true });`;
    writeFileSync(app.path('render.js'), program);
    const [rendered, setUp] = await Promise.all([
      app.run(process.execPath, 'render.js'),
      // a compiler takes all there is: other tests go first
      app.run('nice', '-n', '10', 'npx', 'semblance', 'setup', 'training'),
    ]);
    expectDone(rendered);
    expectDone(setUp);
  }, 900_000);

  test('a second setup has nothing to do', async () => {
    const startMs = Date.now();
    expectDone(await app.semblance('setup', 'training'));
    expect(Date.now() - startMs).toBeLessThan(15_000);
  });

  test('a training that is killed resumes, with the metrics of one that was not', {
    timeout: 180_000,
  }, async () => {
    const train = (out: string) => ['train', 'recognition', ...recipe, '--out', out, ...settings];
    expectDone(await app.semblance(...train('whole')));
    const killed = app.start(app.program, ...train('killed'));
    const end = once(killed, 'exit');
    while (killed.exitCode === null && numLines(app.path('killed', 'metrics.jsonl')) < 6) await sleep(20);
    killed.kill('SIGKILL');
    expect(await end).toEqual([null, 'SIGKILL']);
    expect(existsSync(app.path('killed', 'manifest.json'))).toBe(false);
    expectDone(await app.semblance(...train('killed'), '--resume'));
    expect(metricsOf('killed')).toEqual(metricsOf('whole'));
    expect(metricsOf('whole').length).toBeGreaterThanOrEqual(20);
  });

  test('a training runs as a job: supervisor, launcher and steps find their files', {
    timeout: 120_000,
  }, async () => {
    const task = ['train', 'recognition', ...recipe, ...settings, '--set', 'epochs=1'];
    const ran = await app.semblance('jobs', 'create', 'faces', '--follow', '--', ...task);
    expectDone(ran);
    const shown = await app.semblance('jobs', 'show', 'faces/V0001', '--format', 'json');
    expectDone(shown);
    expect(JSON.parse(shown.out)).toMatchObject({ state: 'completed' });
  });
});

const numLines = (path: string): number =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
