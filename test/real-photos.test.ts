import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { script } from './run-script.ts';
import { describeRealData, realData } from './support/real-data.ts';

// each script starts a process and loads networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const people = [
  'Ariel_Sharon',
  'Hugo_Chavez',
  'Jennifer_Capriati',
  'Serena_Williams',
  'Tony_Blair',
  'Vladimir_Putin',
];
const strangers = ['Kofi_Annan', 'Lleyton_Hewitt'];
const detector = realData('weights', 'retinaface-mnet025.onnx');
const recognizer = realData('weights', 'MobileFaceNet.onnx');

describeRealData('the scripts on real photos', () => {
  let dir: string;
  let gallery: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'semblance-real-'));
    gallery = join(dir, 'gallery');
    for (const name of [...people, ...strangers]) {
      const photos = (await readdir(realData('lfw', name))).sort();
      const isKnown = people.includes(name);
      await mkdir(join(dir, 'probes', name), { recursive: true });
      if (isKnown) await mkdir(join(dir, 'people', name), { recursive: true });
      if (isKnown) await copyFile(realData('lfw', name, photos[0]!), join(dir, 'people', name, photos[0]!));
      for (const photo of photos.slice(1, 3)) {
        await copyFile(realData('lfw', name, photo), join(dir, 'probes', name, photo));
      }
    }
    for (const name of people)
      await cp(join(dir, 'probes', name), join(dir, 'known', name), { recursive: true });
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  test('a gallery is built, and people are recognised in other photos of them', async () => {
    const built = await script(
      'run_generate_data_base.sh',
      join(dir, 'people'),
      detector,
      recognizer,
      gallery,
    );
    expect(built, built.stderr).toMatchObject({ code: 0 });
    expect(built.stdout).toMatch(/^people +6$/m);

    const found = await script(
      'run_face_recognition.sh',
      ...[join(dir, 'probes'), gallery, detector, recognizer, '--format', 'json', '--set', 'maxFaces=1'],
    );
    expect(found, found.stderr).toMatchObject({ code: 0 });
    const lines = jsonLines(found.stdout);
    expect(lines.length).toBe(2 * (people.length + strangers.length));
    for (const { image, faces } of lines) {
      const who = people.find((name) => String(image).includes(name)) ?? null;
      const [face] = faces as { match: { subject: string } | null; reason: string | null; quality: number }[];
      expect([image, face?.match?.subject ?? null]).toEqual([image, who]);
      expect(face?.reason).toBe(who ? null : 'below_threshold');
    }
  });

  test('bad input: each a clear error with its code, and the others go on', async () => {
    const probes = join(dir, 'mixed');
    await cp(join(dir, 'probes', 'Tony_Blair'), probes, { recursive: true });
    const [photo] = await readdir(probes);
    const bytes = await readFile(join(probes, photo!));
    await writeFile(join(probes, 'truncated.jpg'), bytes.subarray(0, bytes.length / 2));
    await writeFile(join(probes, 'text.jpg'), 'These are words and no picture.');
    await writeFile(join(probes, 'empty.jpg'), '');
    await copyFile(realData('groups', 'compreface', '017_0.jpg'), join(probes, 'nobody.jpg'));

    const { code, stdout, stderr } = await script(
      'run_face_recognition.sh',
      ...[probes, gallery, detector, recognizer, '--format', 'json', '--annotate', join(dir, 'annotated')],
    );
    expect(code).toBe(3);
    const byName = new Map(
      jsonLines(stdout).map((line) => [String(line.image).slice(probes.length + 1), line]),
    );
    expect(byName.get('truncated.jpg')).toMatchObject({ error: { code: 'IMAGE_TRUNCATED' } });
    expect(byName.get('text.jpg')).toMatchObject({ error: { code: 'IMAGE_NOT_AN_IMAGE' } });
    expect(byName.get('empty.jpg')).toMatchObject({ error: { code: 'IMAGE_NOT_AN_IMAGE' } });
    expect(byName.get('nobody.jpg')).toMatchObject({ faces: [] });
    expect(byName.get(photo!)).toMatchObject({ faces: [{ match: { subject: 'Tony_Blair' } }] });
    expect(stderr).toContain('IMAGE_TRUNCATED');
    expect((await readdir(join(dir, 'annotated'))).sort()).toEqual(
      ['nobody.jpg', ...(await readdir(join(dir, 'probes', 'Tony_Blair')))].sort(),
    );
  });

  test('other formats and a threshold of one’s own', async () => {
    const args = [join(dir, 'probes', 'Tony_Blair'), gallery, detector, recognizer];
    const csv = await script('run_face_recognition.sh', ...args, '--format', 'csv');
    expect(csv.stdout.split('\n')[0]).toMatch(/Tony_Blair_0002\.jpg,Tony_Blair$/);
    const strict = await script(
      'run_face_recognition.sh',
      ...args,
      '--format',
      'csv',
      '--set',
      'threshold=0.99',
    );
    expect(strict.stdout.split('\n')[0]).toMatch(/,unknown_person$/);
  });

  test('an empty folder, a gallery of another model, a detector without landmarks, an altered model', async () => {
    await mkdir(join(dir, 'nothing'), { recursive: true });
    const empty = await script(
      'run_face_recognition.sh',
      join(dir, 'nothing'),
      gallery,
      detector,
      recognizer,
    );
    expect([empty.code, empty.stderr.split(':')[0]]).toEqual([2, 'error DATA_EMPTY']);

    const ultralight = realData('weights', 'ultralight-rfb-320.onnx');
    const boxes = await script(
      'run_face_recognition.sh',
      join(dir, 'probes'),
      gallery,
      ultralight,
      recognizer,
    );
    expect([boxes.code, boxes.stderr.split(':')[0]]).toEqual([2, 'error MODEL_NO_LANDMARKS']);

    const model = join(dir, 'imported');
    const imported = await script(
      'semblance',
      'model',
      'import',
      recognizer,
      '--dialect',
      'arcface-insightface',
      '--out',
      model,
    );
    expect(imported, imported.stderr).toMatchObject({ code: 0 });
    const other = await script('run_face_recognition.sh', join(dir, 'probes'), gallery, detector, model);
    expect([other.code, other.stderr.split(':')[0]]).toEqual([2, 'error GALLERY_MODEL_MISMATCH']);

    const network = await readFile(join(model, 'model.onnx'));
    network[network.length >> 1]! ^= 1;
    await writeFile(join(model, 'model.onnx'), network);
    for (const [name, ...args] of [
      ['semblance', 'model', 'inspect', model],
      ['run_face_recognition.sh', join(dir, 'probes'), gallery, detector, model],
    ] as const) {
      const altered = await script(name, ...args);
      expect([altered.code, altered.stderr.split(':')[0]]).toEqual([1, 'error MODEL_TAMPERED']);
    }
  });

  test('evaluations end with one JSON object', async () => {
    const models = ['--detector', detector, '--recognizer', recognizer, '--format', 'json'];
    const cache = ['--cache', join(dir, 'cache')];
    const pairs = people.flatMap((name, i) => {
      const at = (who: string, k: number): string => `${who}/${who}_${String(k).padStart(4, '0')}.jpg`;
      return [
        `${at(name, 2)} ${at(name, 3)} 1`,
        `${at(name, 2)} ${at(people[(i + 1) % people.length]!, 3)} 0`,
      ];
    });
    await writeFile(join(dir, 'pairs.txt'), pairs.join('\n'));
    const verify = () =>
      script(
        'semblance',
        ...['evaluate', 'verification', '--pairs', join(dir, 'pairs.txt'), '--data', join(dir, 'probes')],
        ...[...models, ...cache],
      );
    const first = await verify();
    expect(first, first.stderr).toMatchObject({ code: 0 });
    const metrics = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(metrics).toMatchObject({
      auc: 1,
      pairs: 12,
      images: 12,
      missed: 0,
      tarAtFar: { '0.1': expect.any(Number) },
    });
    expect((await verify()).stdout).toBe(first.stdout); // from the cache, the same to the last digit

    const identify = await script(
      'semblance',
      ...[
        'evaluate',
        'identification',
        '--data',
        join(dir, 'known'),
        '--enrol',
        '1',
        '--strangers',
        join(dir, 'probes'),
      ],
      ...[...models, ...cache],
    );
    expect(identify, identify.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(identify.stdout)).toMatchObject({
      rank1: 1,
      probes: 6,
      tpirAtFpir: { '0.1': 1 },
      missed: 0,
    });
  });
});
