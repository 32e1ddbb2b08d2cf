import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Version } from '../model.ts';
import { recordCode } from '../record/code.ts';
import { recordData } from '../record/data.ts';
import { flattenMetrics, lastMetrics, readCurves } from '../record/metrics.ts';
import { storedVersion } from '../testing/any-version.ts';
import { diffCode } from './code-diff.ts';
import { compareVersions } from './compare.ts';
import { diffData } from './data-diff.ts';
import { comparisonPage } from './html.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'compare-'));
});
afterAll(() => rm(dir, { recursive: true }));

const version = (id: number, changes: Partial<Version>): Version => ({ ...storedVersion(id), ...changes });

test('versions side by side: a row a name, null where one lacks it, and whether it differs', () => {
  const { parameters, metrics, data, versions } = compareVersions([
    version(1, {
      parameters: { lr: '0.1', same: 'x' },
      metrics: { acc: { value: 0.5, interval: [0.4, 0.6] } },
    }),
    version(2, {
      parentId: 1,
      parameters: { lr: '0.2', same: 'x', extra: 'y' },
      metrics: { acc: { value: 0.5 } },
      data: [{ name: 'data', location: '/d', fingerprint: 'sha256:1', numFiles: 1, sizeBytes: 1 }],
    }),
  ]);
  expect(parameters.filter(({ differs }) => differs)).toEqual([
    { name: 'lr', values: ['0.1', '0.2'], differs: true },
    { name: 'extra', values: [null, 'y'], differs: true },
  ]);
  expect(parameters.find(({ name }) => name === 'same')!.differs).toBe(false);
  expect(metrics).toEqual([
    { name: 'acc', values: [{ value: 0.5, interval: [0.4, 0.6] }, { value: 0.5 }], differs: false },
  ]);
  expect(data).toEqual([{ name: 'data', values: [null, 'sha256:1'], differs: true }]);
  expect(versions[1]).toMatchObject({ name: 'a/V0002', parent: 'a/V0001', durationMs: 2000 });
});

test('the page shows what differs, the curves, and nothing that a name could inject', () => {
  const all = [
    version(1, { parameters: { lr: '<b>', same: 'equal' } }),
    version(2, { parameters: { lr: '2', same: 'equal' } }),
  ];
  const curve: [number, number][] = [
    [1, 3],
    [2, 1],
  ];
  const options = {
    comparison: compareVersions(all),
    differences: [],
    curves: [{ loss: curve }, { loss: curve }],
  };
  const html = comparisonPage({ ...options, isAll: false });
  expect(html).toContain('&lt;b&gt;');
  expect(html).not.toContain('<b>');
  expect(html).not.toContain('equal');
  expect(html.match(/<polyline/g)).toHaveLength(2);
  expect(comparisonPage({ ...options, isAll: true })).toContain('equal');
});

describe('data', () => {
  test('differ by what was added, removed and changed', async () => {
    const folder = join(dir, 'data');
    execFileSync('sh', [
      '-c',
      `mkdir -p ${folder}/sub; cd ${folder}; echo a > a; echo b > b; echo c > sub/c; echo h > .hidden`,
    ]);
    const record = (listing: string) => recordData({ name: 'data', location: folder, path: folder }, listing);
    const [first, second] = [join(dir, 'first.tsv'), join(dir, 'second.tsv')];
    const before = await record(first);
    expect(before).toMatchObject({
      numFiles: 3,
      sizeBytes: 6,
      fingerprint: expect.stringMatching(/^sha256:/),
    });
    expect((await record(second)).fingerprint).toBe(before.fingerprint);
    execFileSync('sh', ['-c', `cd ${folder}; echo B > b; rm a; echo d > sub/d`]);
    expect((await record(second)).fingerprint).not.toBe(before.fingerprint);
    expect(await diffData('data', first, second)).toEqual({
      input: 'data',
      numAdded: 1,
      numRemoved: 1,
      numChanged: 1,
      shown: ['- a', '~ b', '+ sub/d'],
    });
    expect(await diffData('data', first, join(dir, 'none'))).toBeNull();
  });
});

describe('code', () => {
  test('differs by commits and by what was not committed, and the repository is not touched', async () => {
    const repo = join(dir, 'repo');
    const git = (...args: string[]): string =>
      execFileSync('git', ['-C', repo, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        encoding: 'utf8',
      });
    execFileSync('git', ['init', '-q', repo]);
    await writeFile(join(repo, 'a.txt'), 'one\n');
    git('add', '.');
    git('commit', '-qm', 'first');
    const at = async (name: string) => {
      const diffFile = join(dir, `${name}.diff`);
      const { code, diff } = await recordCode(repo, dir);
      if (diff !== '') await writeFile(diffFile, diff);
      return { code, diffFile };
    };
    const clean = await at('clean');
    expect(clean.code).toMatchObject({
      isDirty: false,
      diffSha256: null,
      commit: git('rev-parse', 'HEAD').trim(),
    });
    await writeFile(join(repo, 'a.txt'), 'two\n');
    await writeFile(join(repo, 'new.bin'), Buffer.from([0, 1, 2, 255]));
    await writeFile(join(repo, 'large.bin'), Buffer.alloc(2 << 20));
    const status = git('status', '--porcelain');
    const numObjects = git('count-objects');
    const dirty = await at('dirty');
    expect(dirty.code).toMatchObject({ isDirty: true, leftOut: ['large.bin'] });
    expect([git('status', '--porcelain'), git('count-objects')]).toEqual([status, numObjects]);
    expect(await diffCode(clean, dirty)).toContain('-one\n+two');
    expect(await diffCode(dirty, dirty)).toBe('');
    // what was kept makes the same files again
    git('stash', '-qu');
    git('apply', dirty.diffFile);
    expect(execFileSync('od', ['-An', '-tu1', join(repo, 'new.bin')], { encoding: 'utf8' }).trim()).toMatch(
      /^0\s+1\s+2\s+255$/,
    );
    git('commit', '-qam', 'second');
    await writeFile(join(repo, 'a.txt'), 'three\n');
    const later = await at('later');
    const diff = await diffCode(dirty, later);
    expect(diff).toContain('-two\n+three');
    expect(diff).not.toContain('new.bin');
    const elsewhere = { ...clean, code: { ...clean.code, commit: '0'.repeat(40) } };
    expect(await diffCode(elsewhere, later)).toBeNull();
  });

  test('outside of git is recorded as such', async () => {
    const { code, tree } = await recordCode('/', dir);
    expect(code).toMatchObject({ commit: null, isDirty: false, snapshot: null });
    expect(code.inPlace).toContain('more than 20000 files');
    expect(tree).toBeNull();
  });
});

describe('metrics', () => {
  test('of a report are its numbers, with their intervals', () => {
    expect(
      flattenMetrics({
        accuracy: 0.9,
        accuracyInterval: [0.8, 0.95],
        tarAtFar: { 0.01: 0.7 },
        tarAtFarInterval: { 0.01: [0.6, 0.8] },
        title: 'x',
        list: [1],
        curves: { roc: 1 },
        nothing: null,
      }),
    ).toEqual({
      accuracy: { value: 0.9, interval: [0.8, 0.95] },
      'tarAtFar.0.01': { value: 0.7, interval: [0.6, 0.8] },
    });
    expect(flattenMetrics(null)).toEqual({});
  });

  test('over time are curves, thinned out, and half a line is none', async () => {
    const path = join(dir, 'metrics.jsonl');
    const lines = Array.from({ length: 5000 }, (_, i) =>
      JSON.stringify({ step: i + 1, loss: 1 / (i + 1), note: 'x' }),
    );
    await writeFile(path, `${lines.join('\n')}\n{"step":5000,"evaluation":{"rank1":0.5}}\n{"step":5001,"lo`);
    const curves = await readCurves(path, 1000);
    expect(curves.rank1).toEqual([[5000, 0.5]]);
    expect(curves.loss!.length).toBeLessThanOrEqual(1001);
    expect(curves.loss![0]).toEqual([1, 1]);
    expect(curves.loss!.at(-1)![0]).toBe(5000);
    expect(await readCurves(join(dir, 'none.jsonl'))).toEqual({});
  });

  test('a line with a figure that is not finite is a line like the others', async () => {
    await writeFile(
      join(dir, 'odd.jsonl'),
      '\uFEFF{"step": 1, "loss": 3, "accuracy": 0.5}\r\n{"step": 2, "loss": 2, "accuracy": 0.6}\r\n' +
        '{"step": 3, "loss": NaN, "accuracy": 0.7}\n{"step": 4, "loss": "-Infinity", "accuracy": 0.8}\n' +
        '{"step": 5, "loss": Infinity, "accuracy": 0.9}\n',
    );
    // the loss of step 2 is not that of the run any more
    expect(await lastMetrics({ metricsLog: 'odd.jsonl' }, dir)).toEqual({
      step: { value: 5 },
      accuracy: { value: 0.9 },
    });
    const { loss, accuracy } = await readCurves(join(dir, 'odd.jsonl'));
    expect(accuracy!.map(([step]) => step)).toEqual([1, 2, 3, 4, 5]);
    expect(loss).toEqual([
      [1, 3],
      [2, 2],
    ]);
  });
});
