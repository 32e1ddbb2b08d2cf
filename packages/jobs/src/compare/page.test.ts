import { expect, test } from 'vitest';
import type { Evaluation } from '../evaluations.ts';
import type { Version } from '../model.ts';
import { storedVersion } from '../testing/any-version.ts';
import { looksOf } from './colours.ts';
import { compareVersions } from './compare.ts';
import { comparisonPage } from './html.ts';

const version = (id: number, changes: Partial<Version> = {}): Version => ({
  ...storedVersion(id),
  parameters: { lr: '0.1' },
  ...changes,
});
const pageOf = (versions: readonly Version[], options: Partial<Parameters<typeof comparisonPage>[0]> = {}) =>
  comparisonPage({
    comparison: compareVersions(versions),
    differences: [],
    curves: versions.map(() => ({})),
    isAll: false,
    ...options,
  });

test('no two versions look the same, however many there are', () => {
  for (const count of [1, 8, 11, 58, 200]) {
    const looks = looksOf(count).map(({ color, dash }) => `${color} ${dash}`);
    expect(new Set(looks).size).toBe(count);
  }
});

test('a curve of one point is drawn, and what tells of nothing good or bad is folded away', () => {
  const html = pageOf([version(1), version(2)], {
    curves: [
      {
        accuracy: [[5, 0.5]],
        lr: [
          [1, 0.1],
          [2, 0.1],
        ],
      },
      { accuracy: [] },
    ],
  });
  expect(html).toMatch(/<circle [^>]*><title>a\/V0001<\/title><\/circle>/);
  expect(html).toMatch(/accuracy \(higher is better\)[\s\S]*<details><summary>lr<\/summary>/);
});

test('a version is a line of the table, under headings for parameters and metrics; the pinned one is the baseline', () => {
  const metric = (value: number, best?: number) => ({
    loss: { value, ...(best === undefined ? {} : { best: { value: best, step: 7 } }) },
    rank1: { value: 0.5, interval: [0.4, 0.6] as const },
  });
  const html = pageOf([
    version(1, { parameters: { lr: '0.1', same: 'x' }, metrics: metric(3, 1) }),
    version(2, { parameters: { lr: '0.2', same: 'x' }, metrics: metric(2), isPinned: true }),
    version(3, { parameters: { lr: '0.2', same: 'x' }, metrics: { ...metric(4), rank1: { value: 0.6 } } }),
  ]);
  expect(html).toContain('Held against a/V0002');
  expect(html.indexOf('>parameters<')).toBeLessThan(html.indexOf('>metrics<'));
  const lines = html.split('\n').filter((line) => line.includes('scope="row"'));
  expect(lines[0]).toMatch(/a\/V0001.*<td>0\.1<\/td>.*3<small>best 1 at 7<\/small>/);
  expect(lines[1]).toMatch(/class="baseline".*a\/V0002 <small>baseline.*<td class="number best"[^>]*>2</);
  // as in the baseline: steps back
  expect(lines[2]).toContain('<td class="same">0.2</td>');
  expect(html).not.toContain('same: ');
  expect(html).toContain('aria-label="95 %: 0.4 to 0.6"');
});

test('versions that differ only in their seeds are grouped: mean, deviation and band', () => {
  const seeded = (id: number, value: number, lr = '0.1') =>
    version(id, {
      parameters: { lr, seed: String(id) },
      seeds: { seed: String(id) },
      metrics: { rank1: { value } },
    });
  const versions = [seeded(1, 0.5), seeded(2, 0.7), seeded(3, 0.9, '0.2')];
  const { groups } = compareVersions(versions);
  expect(groups).toEqual([
    {
      name: 'a/V0001',
      versions: ['a/V0001', 'a/V0002'],
      metrics: { rank1: { mean: 0.6, std: expect.closeTo(Math.SQRT1_2 / 5, 12), count: 2 } },
    },
  ]);
  const curves = [
    {
      rank1: [
        [1, 0.2],
        [2, 0.4],
      ],
    },
    {
      rank1: [
        [1, 0.4],
        [2, 0.6],
        [3, 1],
      ],
    },
    {
      rank1: [
        [1, 0.1],
        [2, 0.1],
      ],
    },
  ] as never;
  const html = pageOf(versions, { curves, isGrouped: true });
  expect(html.match(/<polyline/g)).toHaveLength(2);
  expect(html.match(/<polygon/g)).toHaveLength(1);
  expect(html).toContain('<title>mean of a/V0001, a/V0002</title>');
  expect(html).toContain('0.6 ± 0.1414');
  expect(pageOf(versions, { curves }).match(/<polyline/g)).toHaveLength(3);
});

test('error rates of a set are one coloured table, with the worst misses of each version', () => {
  const evaluation = (value: number, fingerprint = 'f'): Evaluation => ({
    ...{ text: '', set: 'office <b>', fingerprint },
    metrics: { 'fnmrAtFmr.0.01': { value, interval: [0, 0.5] }, accuracy: { value: 1 - value } },
    misses: [
      {
        first: '"><script>',
        second: 'b',
        same: true,
        similarity: 0.1,
        pictures: ['data:image/jpeg;base64,AA==', 'http://x/y.jpg'],
      },
    ],
  });
  const of = (...all: Evaluation[]) => all.map((one) => new Map([[one.set, one]]));
  const html = pageOf([version(1), version(2)], { evaluations: of(evaluation(0.1), evaluation(0.3)) });
  expect(html).toContain('Error rates on office &lt;b&gt;');
  expect(html).toMatch(/FNMR at FMR 0\.01.*accuracy/);
  expect(html).toMatch(/style="--hue:140"[^>]*>10\.00 %.*style="--hue:140"[^>]*>90\.00 %/);
  expect(html).toMatch(/style="--hue:0"[^>]*>30\.00 %.*style="--hue:0"[^>]*>70\.00 %/);
  expect(html).toContain('<img src="data:image/jpeg;base64,AA=="');
  for (const injected of ['<script>', 'http://x', 'do not compare']) expect(html).not.toContain(injected);
  const changed = pageOf([version(1), version(2)], {
    evaluations: of(evaluation(0.1), evaluation(0.3, 'g')),
  });
  expect(changed).toContain('do not compare');
});

test('changes in code are folded, with how much there is', () => {
  const code = 'diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-one\n+<two>\n+three\n';
  const data = [{ input: 'data', numAdded: 2, numRemoved: 0, numChanged: 1, shown: ['+ a'] }];
  const html = pageOf([version(1), version(2)], {
    differences: [{ from: 'a/V0001', to: 'a/V0002', code, data }],
  });
  expect(html).toContain(
    '<details><summary>a/V0001 → a/V0002 <small>code +2 −1, data +2 −0 ~1</small></summary>',
  );
  expect(html).toContain('<span class="added">+&lt;two&gt;</span>');
});
