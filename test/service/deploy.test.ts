import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { Gallery } from '../../packages/face/src/gallery/gallery.ts';
import { importOnnx } from '../../packages/face/src/models/import.ts';
import { loadRecognizer } from '../../packages/face/src/models/load.ts';
import { readManifest, writeManifest } from '../../packages/face/src/models/model-folder.ts';
import { tinyRecognizer } from '../../packages/face/src/testing/tiny-models.ts';
import { tinyOnnx } from '../../packages/face/src/testing/tiny-onnx.ts';
import { answeredBy, deploy, deployments, enrol, recognize, who } from './deploying.ts';
import { createFixture, type Fixture, photo, type Running } from './fixtures.ts';

// each service starts threads that load networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

let fixture: Fixture;
let running: Running | undefined;
beforeAll(async () => {
  fixture = await createFixture();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => fixture?.remove());

async function start(options: Parameters<Fixture['start']>[0] = {}): Promise<Running> {
  running = await fixture.start(options);
  return running;
}

describe('a recognizer change', () => {
  test('embeds the gallery anew from its crops, takes in what comes meanwhile, and goes back with all of it', async () => {
    const service = await start();
    const [first, other] = [
      (await loadRecognizer(fixture.recognizer)).id,
      (await loadRecognizer(fixture.otherRecognizer)).id,
    ];
    expect([await enrol(service, 'ada'), await enrol(service, 'bob')]).toEqual(['1', '2']);

    // a canary of 10 %: one of any ten requests in a row
    const canary = await deploy(service, { name: 'v2', recognizer: fixture.otherRecognizer, weight: 10 });
    expect(canary).toMatchObject({ state: 'active', before: 'D0001' });
    expect(
      canary.entries.map(({ name, weight }: { name: string; weight: number }) => [name, weight]),
    ).toEqual([
      ['start', 90],
      ['v2', 10],
    ]);
    expect(await answeredBy(service, 20)).toEqual({ [first]: 18, [other]: 2 });

    // who is enrolled now is known to both, by the same id
    expect(await enrol(service, 'eve')).toBe('3');
    for (let i = 0; i < 10; i++) expect(await who(service, 'eve')).toBe('eve');

    const full = await deploy(service, { name: 'v2', recognizer: fixture.otherRecognizer });
    expect(full.entries).toHaveLength(1);
    expect(await answeredBy(service, 3)).toEqual({ [other]: 3 });
    for (const name of ['ada', 'bob', 'eve']) expect(await who(service, name)).toBe(name);
    await service.call('DELETE', '/api/v1/recognition/faces/2');
    await enrol(service, 'bob');

    const back = await service.call('POST', `${deployments}/rollback`);
    expect(back.json).toMatchObject({ state: 'active', reason: expect.stringContaining('D0003') });
    const twice = await service.call('POST', `${deployments}/rollback`);
    expect(twice.json.entries).toMatchObject([{ name: 'start', weight: 100 }]);
    expect(await answeredBy(service, 3)).toEqual({ [first]: 3 });
    expect((await service.call('GET', '/api/v1/recognition/faces')).json.faces).toEqual([
      { image_id: '1', subject: 'ada' },
      { image_id: '3', subject: 'eve' },
      { image_id: '4', subject: 'bob' },
    ]);
    for (const name of ['ada', 'bob', 'eve']) expect(await who(service, name)).toBe(name);
    expect((await service.call('POST', `${deployments}/rollback`)).json.error).toBe('DEPLOYMENT_NOT_FOUND');
  });

  test('is refused with the reason where faces were kept without pictures', async () => {
    const path = await fixture.newGallery();
    const gallery = await Gallery.open(path);
    const embedding = new Float32Array(12).fill(1 / Math.sqrt(12));
    await gallery.enrol([{ subject: 'ada', embedding }], gallery.modelId);
    await gallery.close();
    const { detector, recognizer, otherRecognizer } = fixture;
    const service = await start({ start: { name: 'start', detector, recognizer, gallery: path } });
    const refused = await deploy(service, { name: 'v2', recognizer: otherRecognizer });
    expect(refused).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('build the gallery again'),
    });
    expect((await service.call('GET', '/metrics')).text).toContain('{deployment="start"} 100');
  });
});

test('a recognizer of another input size is refused over stored crops, with what to do', async () => {
  const service = await start();
  await enrol(service, 'ada');
  const [file, out] = [join(fixture.root, 'small.onnx'), join(fixture.root, 'small')];
  await writeFile(file, tinyRecognizer('batch', 48));
  await importOnnx({ file, dialect: 'arcface-insightface', out });
  const failed = await deploy(service, { name: 'small', recognizer: out });
  expect(failed).toMatchObject({ state: 'failed' });
  expect(failed.reason).toMatch(
    /48 × 48 but received 112 × 112\): build a gallery from the photos with that recognizer .*--gallery/,
  );
  expect(await who(service, 'ada')).toBe('ada');
});

describe('what does not pass its test', () => {
  test('is not deployed, and what serves goes on', async () => {
    const service = await start();
    const changed = join(fixture.root, 'changed');
    await cp(fixture.recognizer, changed, { recursive: true });
    const bytes = await readFile(join(changed, 'model.onnx'));
    bytes[bytes.length - 10]! ^= 1;
    await writeFile(join(changed, 'model.onnx'), bytes);
    const cases: [object, string][] = [
      [{ recognizer: changed }, 'SHA-256'],
      [{ recognizer: '/nowhere' }, 'no such model'],
      [{ recognizer: fixture.detector }, 'a recognizer is needed'],
      [{ detector: fixture.recognizer }, 'a detector is needed'],
      [{ gallery: '/nowhere' }, 'no gallery'],
    ];
    for (const [change, reason] of cases) {
      const failed = await deploy(service, { name: 'bad', ...change });
      expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
      expect((await service.call('POST', recognize, await photo(['ada']))).status).toBe(200);
    }
    for (const body of [{ name: '../x' }, { name: 'x', weight: 0 }, { name: 'x', weight: 101 }, {}]) {
      expect((await service.call('POST', deployments, body)).status).toBe(400);
    }
  });

  test.skipIf(process.platform === 'win32')('leaves nothing behind, never blocks, and is said', async () => {
    const stateDir = join(fixture.root, 'state-clean');
    const roots = [fixture.root];
    const service = await start({ stateDir, roots });
    const inside = async () =>
      (await readdir(stateDir, { recursive: true })).filter(
        (name) => !/^(models|deployments.*|.*lock)$/.test(name),
      );
    const before = await inside();
    const pipe = join(fixture.root, 'pipe');
    await mkdir(pipe, { recursive: true });
    await cp(join(fixture.recognizer, 'manifest.json'), join(pipe, 'manifest.json'));
    execFileSync('mkfifo', [join(pipe, 'model.onnx')]);
    await symlink('/etc/hostname', join(fixture.root, 'linked.onnx'));
    const flat = join(fixture.root, 'copied');
    await cp(fixture.otherRecognizer, flat, { recursive: true });
    const cases: [object, string][] = [
      [{ recognizer: pipe }, 'not a regular file'],
      [{ recognizer: join(pipe, 'model.onnx') }, 'not a regular file'],
      [{ detector: '/dev/zero' }, 'not a regular file'],
      [{ recognizer: '/etc/hostname' }, '--models-root'],
      [{ recognizer: join(fixture.root, 'linked.onnx') }, '--models-root'],
      // adopted and loaded, then its gallery is missing
      [{ recognizer: flat, gallery: join(fixture.root, 'none') }, 'no gallery'],
    ];
    for (const [change, reason] of cases) {
      const failed = await deploy(service, { name: 'bad', ...change });
      expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining(reason) });
      expect(await inside()).toEqual(before);
      expect(service.lines.at(-1)).toContain(`deployment ${failed.id} failed`);
    }
    const unknown = await service.call('POST', deployments, { name: 'x', recogniser: flat });
    expect([unknown.status, unknown.json.message]).toEqual([400, 'body: expected no recogniser']);
    expect(await deploy(service, { name: 'good', recognizer: flat })).toMatchObject({ state: 'active' });
  });

  test('a recognizer that says the same of everybody', async () => {
    const shape = [1, 12];
    const model = tinyOnnx({
      inputs: { crop: ['batch', 3, 112, 112] },
      outputs: { embedding: ['batch', 12] },
      nodes: [
        {
          op: 'AveragePool',
          inputs: ['crop'],
          outputs: ['q'],
          attributes: { kernel_shape: [56, 56], strides: [56, 56] },
        },
        { op: 'Flatten', inputs: ['q'], outputs: ['f'] },
        { op: 'Mul', inputs: ['f', 'zero'], outputs: ['z'] },
        { op: 'Add', inputs: ['z', 'one'], outputs: ['embedding'] },
      ],
      floats: {
        zero: { shape, values: new Array(12).fill(0) },
        one: { shape, values: new Array(12).fill(1) },
      },
    });
    // an import would refuse it
    const out = join(fixture.root, 'constant');
    await cp(fixture.recognizer, out, { recursive: true });
    await writeFile(join(out, 'model.onnx'), model);
    const { files: _, ...manifest } = await readManifest(out);
    await writeManifest(out, manifest);
    const service = await start();
    const failed = await deploy(service, { name: 'constant', recognizer: out });
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining('the same vector') });
  });
});

describe('while requests come', () => {
  test('deployments and roll-backs drop none of them', async () => {
    const service = await start();
    await enrol(service, 'ada');
    const picture = await photo(['ada']);
    let isOver = false;
    const outcomes = new Map<string, number>();
    const clients = Array.from({ length: 6 }, async () => {
      while (!isOver) {
        const outcome = await service.call('POST', recognize, picture).then(
          ({ status, json }) => `${status} ${json.result?.[0]?.subjects[0].subject ?? json.error}`,
          (error: Error) => String(error.cause ?? error),
        );
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
    });
    for (const weight of [10, 50, 100]) {
      const done = await deploy(service, { name: 'v2', recognizer: fixture.otherRecognizer, weight });
      expect(done.state).toBe('active');
    }
    for (let i = 0; i < 3; i++)
      expect((await service.call('POST', `${deployments}/rollback`)).status).toBe(200);
    isOver = true;
    await Promise.all(clients);
    expect([...outcomes.keys()]).toEqual(['200 ada']);
    expect(outcomes.get('200 ada')).toBeGreaterThan(20);
  });

  test('one deployment at a time', async () => {
    const service = await start();
    const body = { name: 'v2', recognizer: fixture.otherRecognizer };
    const replies = await Promise.all([1, 2, 3].map(() => service.call('POST', deployments, body)));
    expect(replies.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    await service.service.deployments.settled();
  });
});

describe('models that fail once they serve', () => {
  test('are rolled back by themselves', async () => {
    // its test passes; then its network cannot take pictures as large as those that come
    const fragile = join(fixture.root, 'fragile');
    await importOnnx({
      file: await fragileDetector(),
      dialect: 'scrfd',
      out: fragile,
      conventions: { anchorsPerCell: 1 },
    });
    const service = await start();
    expect((await deploy(service, { name: 'fragile', detector: fragile, weight: 50 })).state).toBe('active');
    const large = await photo(['ada'], 0, 600);
    const statuses: number[] = [];
    for (let i = 0; i < 60; i++) statuses.push((await service.call('POST', recognize, large)).status);
    await service.service.deployments.settled();
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    const { json } = await service.call('GET', deployments);
    expect(json.deployments[0]).toMatchObject({ state: 'active', entries: [{ name: 'start', weight: 100 }] });
    expect(json.deployments[1]).toMatchObject({
      state: 'rolled_back',
      reason: expect.stringMatching(/^fragile failed in \d+ % of its last requests$/),
    });
    expect(service.lines.join('\n')).toContain('rolling back D0002');
    for (let i = 0; i < 6; i++) expect((await service.call('POST', recognize, large)).status).toBe(200);
  });

  /** The detector of squares with a layer that holds no more than 320 × 256 pixels. */
  async function fragileDetector(): Promise<string> {
    const { tinyDetectorModel } = await import('../../packages/face/src/testing/tiny-models.ts');
    const model = tinyDetectorModel();
    const [first] = model.nodes;
    first!.inputs = ['narrow'];
    model.nodes.unshift(
      { op: 'Shape', inputs: ['image'], outputs: ['size'] },
      { op: 'ReduceProd', inputs: ['size'], outputs: ['pixels'], attributes: { keepdims: 1 } },
      // an empty range where there are too many pixels: what is pooled is then of no size
      { op: 'Min', inputs: ['pixels', 'most'], outputs: ['kept'] },
      { op: 'Reshape', inputs: ['image', 'flat'], outputs: ['row'] },
      { op: 'Slice', inputs: ['row', 'start', 'kept'], outputs: ['cut'] },
      { op: 'Reshape', inputs: ['cut', 'size'], outputs: ['narrow'] },
    );
    model.ints = { ...model.ints, most: [3 * 320 * 256], flat: [-1], start: [0] };
    const path = join(fixture.root, 'fragile.onnx');
    await writeFile(path, tinyOnnx(model));
    return path;
  }
});
