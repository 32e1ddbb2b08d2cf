import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { script } from './run-script.ts';
import { root } from './source-files.ts';
import { describeRealData, realData } from './support/real-data.ts';

// each script starts a process and loads networks: on a busy machine that takes its time
vi.setConfig({ testTimeout: 300_000 });

const detector = realData('weights', 'retinaface-mnet025.onnx');
const recognizer = realData('weights', 'MobileFaceNet.onnx');

/**
 * Pairs of LFW that are judged wrongly or nearly so, and their cosines by a pipeline of other people's parts (Pillow,
 * NumPy's SVD for the alignment, ONNX Runtime for Python). Without the mirrored crop they differ by up to 0.06.
 */
const hardPairs: [string, number, string, number, cosine: number][] = [
  ['Cristina_Fernandez', 1, 'Cristina_Fernandez', 2, -0.0135],
  ['Victoria_Beckham', 1, 'Victoria_Beckham', 2, 0.0674],
  ['Franz_Muentefering', 3, 'Franz_Muentefering', 4, 0.2158],
  ['Colin_Montgomerie', 1, 'Colin_Montgomerie', 4, 0.2429],
  ['Claudia_Pechstein', 4, 'Claudia_Pechstein', 5, 0.2882],
  ['Colin_Montgomerie', 4, 'Colin_Montgomerie', 5, 0.2912],
  ['Fernando_Vargas', 1, 'Fernando_Vargas', 2, 0.2915],
  ['Fernando_Vargas', 1, 'Fernando_Vargas', 4, 0.296],
  ['Zhang_Ziyi', 1, 'Zhang_Ziyi', 3, 0.3051],
  ['Megan_Mullally', 1, 'Megan_Mullally', 2, 0.31],
  ['Gian_Marco', 2, 'Kevin_Stallings', 2, 0.3861],
  ['Michael_Bloomberg', 15, 'Ozzy_Osbourne', 2, 0.3059],
  ['Charles_Cope', 1, 'Garry_Alejano', 1, 0.2616],
  ['Janela_Jara', 1, 'Pa_Kou_Hang', 1, 0.2585],
  ['Gary_Bauer', 1, 'Greg_Hodge', 1, 0.257],
  ['Celine_Dion', 2, 'John_Stallworth', 2, 0.2535],
  ['Andre_Agassi', 31, 'Boris_Jordan', 1, 0.2531],
];

describeRealData('verification of hard pairs of LFW', () => {
  let dir: string;
  let args: string[];
  const photo = (name: string, k: number): string => `${name}/${name}_${String(k).padStart(4, '0')}.jpg`;
  const numPhotos = new Set(hardPairs.flatMap(([a, i, b, j]) => [photo(a, i), photo(b, j)])).size;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'semblance-evaluation-'));
    const lines = hardPairs.map(([a, i, b, j]) => `${photo(a, i)} ${photo(b, j)} ${a === b ? 1 : 0}`);
    await writeFile(join(dir, 'pairs.txt'), lines.join('\n'));
    const people = new Set(hardPairs.flatMap(([a, , b]) => [a, b]));
    const groups = [...people].map((name) => `${name},${name < 'H' ? 'A to G' : 'H to Z'}`);
    await writeFile(join(dir, 'groups.csv'), ['name,initial', ...groups].join('\n'));
    args = [
      ...['evaluate', 'verification', '--pairs', join(dir, 'pairs.txt'), '--data', realData('lfw')],
      ...['--detector', detector, '--recognizer', recognizer, '--format', 'json'],
      ...['--groups', join(dir, 'groups.csv'), '--report', join(dir, 'report')],
      ...['--cache', join(dir, 'cache')],
    ];
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  const numKept = (): number => {
    const path = join(dir, 'cache', 'embeddings.db');
    if (!existsSync(path)) return 0;
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return Number(db.prepare('SELECT count(*) AS n FROM photo_embeddings').get()!.n);
    } catch {
      return 0; // the table is not there yet
    } finally {
      db.close();
    }
  };

  test('killed half-way it goes on where it was, and every similarity is that of an independent pipeline', async () => {
    // the script becomes the process itself, so that the signal reaches it
    const child = spawn(join(root, 'scripts', 'semblance'), args, { stdio: 'ignore' });
    const end = once(child, 'exit');
    while (child.exitCode === null && numKept() < 8) await sleep(20);
    child.kill('SIGKILL');
    expect(await end).toEqual([null, 'SIGKILL']);
    const kept = numKept();
    expect(kept).toBeGreaterThanOrEqual(8);
    expect(kept).toBeLessThan(numPhotos);

    const again = await script('semblance', ...args);
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(again.stderr).toContain(`${kept} of ${numPhotos} embeddings came from the cache`);
    const scores = (await readFile(join(dir, 'report', 'scores.csv'), 'utf8')).trim().split('\n').slice(1);
    for (const [i, [a, , b, , cosine]] of hardPairs.entries()) {
      const similarity = Number(scores[i]!.split(',').at(-1));
      // decoders of JPEG differ by a grey level here and there
      expect(Math.abs(similarity - cosine), `${a} and ${b}: ${similarity}, not ${cosine}`).toBeLessThan(
        0.005,
      );
    }
    const result = JSON.parse(again.stdout) as Record<string, unknown>;
    expect(result).toMatchObject({ pairs: hardPairs.length, images: numPhotos, missed: 0, missedPairs: 0 });
    const html = await readFile(join(dir, 'report', 'report.html'), 'utf8');
    expect(html).toContain('DET: false non-match rate');
    expect(html.match(/data:image\/jpeg;base64,/g)!.length).toBeGreaterThan(30);
    expect(html).not.toMatch(/src="(?!data:)|https?:\/\/(?!www\.w3\.org)/);

    // by hand: at the threshold of all pairs, those of each group
    const threshold = result.threshold as number;
    const inGroup = hardPairs.filter(([a, , b]) => a < 'H' && b < 'H');
    const genuine = inGroup.filter(([a, , b]) => a === b);
    const missed = genuine.filter(([, , , , cosine]) => cosine < threshold);
    const { initial } = result.groups as { initial: Record<string, unknown>[] };
    expect(initial.map(({ group }) => group)).toEqual(['A to G', 'H to Z', 'mixed']);
    expect(initial[0]).toMatchObject({
      genuine: genuine.length,
      impostor: inGroup.length - genuine.length,
      fnmr: missed.length / genuine.length,
    });
  });
});

describeRealData('a verification set', () => {
  test('its photos are compared without a folder of photos', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'semblance-bin-'));
    const args = ['--pairs', realData('formats', 'small_lfw.bin'), '--crops', '--recognizer', recognizer];
    const options = ['--no-cache', '--format', 'json', '--report', dir];
    const done = await script('semblance', 'evaluate', 'verification', ...args, ...options);
    expect(done, done.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(done.stdout)).toMatchObject({ pairs: 10, images: 20, missed: 0 });
    const [, ...scores] = (await readFile(join(dir, 'scores.csv'), 'utf8')).trim().split('\n');
    // ten pairs, each of one person: far above the 0.28 from which LFW's pairs count as one
    expect(scores.map((line) => line.split(',')[2])).toEqual(new Array(10).fill('1'));
    expect(Math.min(...scores.map((line) => Number(line.split(',')[3])))).toBeGreaterThan(0.55);
    await rm(dir, { recursive: true });
  });
});
