// verify, find and gallery …, as a user types them, with models that run in a moment.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCommand } from '@semblance/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { type Recorded, recordIn } from '../testing/recorder.ts';

let dir: string;
let env: Record<string, string>;
const run = (...args: string[]): Promise<Recorded> => recordIn(env, ...args);
const photo = (name: string, people: readonly string[], shade = 0): Promise<string> =>
  writePicture(join(dir, 'photos', `${name}.png`), people, shade);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'everyday-'));
  env = { SEMBLANCE_HOME: join(dir, 'home'), XDG_CACHE_HOME: join(dir, 'cache') };
  await installTinyModels(join(dir, 'home'));
  await run('model', 'use', 'squares', 'quarters');
});
afterAll(() => rm(dir, { recursive: true }));

describe('gallery', () => {
  test('add makes it, show and list tell, rename and remove change it', async () => {
    const added = await run(
      'gallery',
      'add',
      'friends',
      'Ada',
      await photo('a1', ['ada']),
      await photo('a2', ['ada'], 9),
    );
    expect(added).toEqual({ code: 0, out: ['Ada: 2 faces added; 1 people in friends'], err: [] });
    const partly = await run(
      'gallery',
      'add',
      'friends',
      'Bo',
      await photo('b', ['bo']),
      await photo('none', []),
    );
    expect(partly.code).toBe(3);
    expect(partly.err[0]).toContain('none.png: NO_FACE');

    const shown = JSON.parse((await run('gallery', 'show', '--format', 'json')).out[0]!);
    expect(shown).toMatchObject({
      threshold: 0.45,
      people: [
        { name: 'Ada', faces: 2 },
        { name: 'Bo', faces: 1 },
      ],
    });
    expect((await run('gallery', 'show', 'friends')).out).toContain('Bo          1');
    const { out } = await run('gallery', 'list');
    expect(out[1]).toMatch(/^friends +2 +3 +0\.450 +arcface-/);

    expect((await run('gallery', 'rename', 'friends', 'Bo', 'Ada')).err[0]).toMatch(
      /GALLERY_SUBJECT_EXISTS.*--join/,
    );
    expect((await run('gallery', 'rename', 'friends', 'Bo', 'Bob')).out).toEqual(['Bo is now Bob: 1 face']);
    expect((await run('gallery', 'remove', 'friends', 'Ada', 'Bobb')).err[0]).toMatch(
      /GALLERY_SUBJECT_NOT_FOUND.*Did you mean Bob/,
    );
    expect((await run('gallery', 'remove', 'friends', 'Ada')).out).toEqual(['Ada: 2 faces removed']);
    expect(JSON.parse((await run('gallery', 'show', 'friends', '--format', 'json')).out[0]!).people).toEqual([
      { name: 'Bob', faces: 1 },
    ]);
    await run('gallery', 'remove', 'friends', 'Bob');
  });

  test('a stranger who was taken for somebody is told from them, until that is taken back', async () => {
    const [ada, eve] = [await photo('ada-one', ['ada']), await photo('eve-one', ['cy'])];
    await run('gallery', 'add', 'strict', 'Ada', ada);
    await run('gallery', 'add', 'strict', 'Eve', eve);
    const who = async () =>
      JSON.parse((await run('recognize', eve, '--gallery', 'strict', '--format', 'json')).out[0]!).faces[0];
    expect((await who()).match).toMatchObject({ subject: 'Eve', falsePositiveRate: null });
    await run('gallery', 'remove', 'strict', 'Eve');
    const taken = ['recognize', eve, '--gallery', 'strict', '--set', 'threshold=-1'];
    expect((await run(...taken)).out[0]).toContain('Ada  similarity');
    expect(await run('gallery', 'reject', 'strict', 'Ada', eve)).toMatchObject({
      code: 0,
      out: [expect.stringContaining('noted as 1: this is not Ada')],
    });
    expect((await run(...taken)).out[0]).toContain('unknown  not_this_person');
    const { rejections } = JSON.parse(
      (await run('gallery', 'rejections', 'strict', '--format', 'json')).out[0]!,
    );
    expect(rejections).toMatchObject([{ id: 1, person: 'Ada', photo: 'eve-one.png' }]);
    expect((await run('gallery', 'rejections', 'strict')).out[1]).toMatch(/^ *1 +Ada +eve-one\.png/);
    expect((await run('gallery', 'reject', 'strict', 'Nobody', eve)).err[0]).toContain(
      'GALLERY_SUBJECT_NOT_FOUND',
    );
    expect((await run('gallery', 'reject', 'strict', 'Ada', eve, '--face', '2')).code).toBe(2);
    expect((await run('gallery', 'rejections', 'strict', '--undo', '7')).code).toBe(2);
    expect((await run('gallery', 'rejections', 'strict', '--undo', '1')).out).toEqual([
      'no face is noted as not somebody’s',
    ]);
    expect((await run(...taken)).out[0]).toContain('Ada  similarity');
  });

  test('calibrate says how sure its threshold is, and asks for people where there are too few', async () => {
    const people = join(dir, 'strangers');
    for (let i = 0; i < 24; i++)
      await writePicture(join(people, `p${i}`, '1.png'), [`person ${1 + 157 * i}`]);
    await run('gallery', 'add', 'sure', 'Ada', await photo('ada-sure', ['ada']));
    const few = await run('gallery', 'calibrate', 'sure');
    expect(few).toMatchObject({
      code: 2,
      err: [expect.stringMatching(/DATA_INVALID: fewer than 20 people/)],
    });
    const args = ['gallery', 'calibrate', 'sure', '--strangers', people, '--no-cache'];
    const report = JSON.parse((await run(...args, '--fpir', '0.25', '--format', 'json')).out[0]!);
    expect(report).toMatchObject({
      fpir: 0.25,
      missed: 0,
      basis: expect.stringContaining('by 24 strangers (strangers)'),
    });
    expect(report.fpirInterval[0]).toBeLessThan(0.25);
    expect(report.fpirInterval[1]).toBeGreaterThan(0.25);
    expect((await run(...args)).out[0]).toMatch(/^threshold +0\.\d{3} \(95 %: /);
    expect((await run(...args, '--far', '0.1', '--fpir', '0.1')).err[0]).toContain('give one of them');
    // what a stranger's chances are stands beside a score from now on
    const { out } = await run('recognize', await photo('ada-again', ['ada'], 3), '--gallery', 'sure');
    expect(out[0]).toMatch(/1 in [\d,]+ strangers would score so high/);
  });

  test('which one is asked where there are several', async () => {
    await run('gallery', 'add', 'one', 'Ada', await photo('a1', ['ada']));
    await run('gallery', 'add', 'two', 'Bo', await photo('b', ['bo']));
    const { code, err } = await run('recognize', await photo('a1', ['ada']));
    expect(code).toBe(2);
    expect(err[0]).toMatch(/which gallery\? --gallery takes one of .*one, .*two/);
  });
});

describe('verify', () => {
  test('in words: one person, and two', async () => {
    const [a, b, c] = [await photo('a1', ['ada']), await photo('a2', ['ada'], 9), await photo('b', ['bo'])];
    const same = await run('verify', a, b, '--threshold', '0.9');
    expect(same.code).toBe(0);
    expect(same.out[0]).toBe(`${a}  ${b}  the same person  similarity 0.997, threshold 0.900 (given)`);
    expect(same.out[1]).toContain('add --gallery to see how often strangers look this much alike');
    const three = await run('verify', a, b, c, '--threshold', '0.9', '--format', 'json');
    expect(three.out.map((line) => JSON.parse(line)).map((pair) => [pair.a, pair.b, pair.same])).toEqual([
      [a, b, true],
      [a, c, false],
      [b, c, false],
    ]);
  });

  test('every face of photos with several, and a gallery that tells of strangers', async () => {
    await run('gallery', 'add', 'one', 'Bo', await photo('b', ['bo']));
    const pair = [await photo('ab', ['ada', 'bo']), await photo('ba', ['bo', 'ada'], 9)];
    const { out } = await run('verify', ...pair, '--threshold', '0.9', '--gallery', 'one');
    expect(out.slice(1, 5).sort()).toEqual([
      expect.stringMatching(/^ {2}face 1 and face 1 {2}different people {2}similarity -?0\.\d{3}$/),
      expect.stringMatching(/^ {2}face 1 and face 2 {2}the same person {2}similarity 0\.99\d$/),
      expect.stringMatching(/^ {2}face 2 and face 1 {2}the same person {2}similarity 0\.99\d$/),
      expect.stringMatching(/^ {2}face 2 and face 2 {2}different people {2}similarity -?0\.\d{3}$/),
    ]);
    expect(out[5]).toContain('none of 1 pairs of different people in the gallery');
  });

  test('photos without a face are named; too few of them are an error', async () => {
    const [a, none] = [await photo('a1', ['ada']), await photo('none', [])];
    expect((await run('verify', a)).err[0]).toContain('USAGE_MISSING_ARGUMENT');
    const two = await run('verify', a, none);
    expect([two.code, two.err.at(-1)]).toEqual([2, 'error NO_FACE: fewer than two photos show a face']);
    const three = await run('verify', a, none, a);
    expect([three.code, three.out.length]).toEqual([3, 2]);
  });
});

describe('find', () => {
  test('photos of a person, most similar first; known ones from before are said', async () => {
    const folder = join(dir, 'holidays');
    await writePicture(join(folder, '1.png'), ['cy', 'ada'], 30);
    await writePicture(join(folder, '2.png'), ['ada']);
    await writePicture(join(folder, '3.png'), ['bo']);
    await writeFile(join(folder, '4.jpg'), 'text');
    const search = ['find', await photo('a1', ['ada']), '--in', folder, '--threshold', '0.9'];
    const first = await run(...search, '--format', 'json');
    expect(first.code).toBe(3);
    expect(first.out.map((line) => JSON.parse(line))).toMatchObject([
      { image: join(folder, '2.png'), face: 1, faces: 1 },
      { image: join(folder, '1.png'), face: 2, faces: 2 },
    ]);
    expect(first.err.join('\n')).toContain('4.jpg: IMAGE_NOT_AN_IMAGE');
    expect(first.err.at(-1)).toBe('2 of 4 photos show that person (threshold 0.900, given)');
    const again = await run(...search);
    expect(again.out.length).toBe(2);
    expect(again.err.at(-1)).toContain('4 known from before');
    expect((await run(...search, '--no-cache')).err.at(-1)).not.toContain('known');
  });
});

test.each([
  ['recognize', ['--gallery', 'one']],
  ['detect', ['--detector', 'squares']],
])('%s that is interrupted says how far it came and keeps what it has found', async (command, options) => {
  await run('gallery', 'add', 'one', 'Bo', await photo('b', ['bo']));
  const folder = join(dir, 'many');
  for (let i = 0; i < 300; i++) await writePicture(join(folder, `${1000 + i}.png`), ['bo', 'ada'], i % 20);
  const [node, ...args] = nodeCommand(import.meta.url, '../main', command, '--data', folder, ...options);
  const child = spawn(node, [...args, '--format', 'json'], { env: { ...process.env, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    if (out === '') child.kill('SIGINT');
    out += chunk;
  });
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code, signal] = await new Promise<unknown[]>((resolve) =>
    child.on('close', (...how) => resolve(how)),
  );
  expect([code, signal], err).toEqual([130, null]);
  const results = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.length).toBeLessThan(300);
  for (const [i, { image }] of results.entries()) expect(image).toBe(join(folder, `${1000 + i}.png`));
  expect(err).toContain(`interrupted after ${results.length} of 300 photos; their results are complete`);
  expect(err).not.toContain('error');
});
