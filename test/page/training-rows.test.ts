import { isLowerBetter as ofJobs } from '@semblance/jobs';
import { expect, test } from 'vitest';
import { type Filter, rowsOf, treeOf } from '../../packages/web/app/pages/training/rows.ts';
import type { Job, Version } from '../../packages/web/app/training/answers.ts';
import { isLowerBetter } from '../../packages/web/app/training/is-lower-better.ts';

const version = (id: number, parent: number | null, more: Partial<Version> = {}): Version =>
  ({
    ...{ version_id: id, pre_version_id: parent, job_name: 'faces', version_name: `V000${id}` },
    ...{ version_desc: '', note: '', tags: [], parameter: [], state: 'completed', is_starred: false },
    ...{ metrics: {}, best_metrics: {}, create_time: id, duration: 10 - id },
    ...more,
  }) as unknown as Version;
const all: Filter = { text: '', state: '', isStarred: false, sort: 'tree', metric: '' };
const job = { job_id: 'faces', job_name: 'faces', version_count: 3, create_time: 0 } as Job;
const names = (versions: readonly Version[], filter: Partial<Filter>) =>
  rowsOf(
    [job],
    () => versions,
    () => true,
    { ...all, ...filter },
  ).flatMap((row) => (row.kind === 'version' ? [row.version.version_id] : []));

test('versions stand under those that they were made from, the newest first', () => {
  const rows = treeOf([version(5, 9), version(4, 1), version(3, 2), version(2, 1), version(1, null)]);
  expect(rows.map(({ version, depth }) => [version.version_id, depth])).toEqual([
    [5, 0],
    [1, 0],
    [4, 1],
    [2, 1],
    [3, 2],
  ]);
  const chain = Array.from({ length: 20_000 }, (_, i) => version(i + 1, i || null));
  expect(treeOf(chain).at(-1)!.depth).toBe(19_999);
});

test('every word is looked for in names, tags and parameters; the best comes first', () => {
  const rank = (value: number) => ({ best_metrics: { rank1: { value, step: 1 }, loss: { value, step: 1 } } });
  const versions = [
    version(3, null, { ...rank(0.5), tags: ['paper'] }),
    version(2, null, { ...rank(0.9), parameter: [{ label: 'lr', value: '0.1' }] }),
    version(1, null, { ...rank(0.7), state: 'failed', is_starred: true }),
  ];
  expect(names(versions, { text: 'LR=0.1 v0002' })).toEqual([2]);
  expect(names(versions, { text: 'paper' })).toEqual([3]);
  expect(names(versions, { state: 'failed' })).toEqual([1]);
  expect(names(versions, { isStarred: true })).toEqual([1]);
  expect(names(versions, { sort: 'best' })).toEqual([2, 1, 3]);
  expect(names(versions, { sort: 'best', metric: 'loss' })).toEqual([3, 1, 2]);
  expect(names(versions, { sort: 'longest' })).toEqual([1, 2, 3]);
});

test('what is better is judged as the service judges it', () => {
  for (const name of [
    'loss',
    'valLoss',
    'tarAtFar.0.001',
    'fnmrAtFmr.0.001',
    'lr',
    'imagesPerSecond',
    'epoch',
    'rank1',
    'eer',
    'valAp',
    'latencyMs',
    'x',
  ])
    expect([name, isLowerBetter(name)]).toEqual([name, ofJobs(name)]);
});
