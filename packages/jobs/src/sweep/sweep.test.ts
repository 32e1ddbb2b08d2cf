import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Version } from '../model.ts';
import { jobParts } from '../testing/toy-parts.ts';
import { script, type TestJobs, testJobs } from '../testing/with-jobs.ts';
import { gridCandidates, randomCandidates } from './candidates.ts';
import { budgetsOf, type Halving, sizeOfRung, survivors } from './halving.ts';
import type { SweepView } from './view.ts';

describe('candidates', () => {
  test('of a grid are all combinations', () => {
    expect(gridCandidates({ a: '1,2', b: 'x, y' })).toEqual([
      { a: '1', b: 'x' },
      { a: '1', b: 'y' },
      { a: '2', b: 'x' },
      { a: '2', b: 'y' },
    ]);
    expect(gridCandidates({})).toEqual([{}]);
  });

  test('at random lie where they should, and follow from the seed', () => {
    const space = { u: '-1..1', l: 'log:0.001..1', i: 'int:1..3', c: 'red,green', e: '1e-3..1e-2' };
    const drawn = randomCandidates(space, 3000, 5);
    const values = (name: string): number[] => drawn.map((candidate) => Number(candidate[name]));
    for (const [name, low, high] of [
      ['u', -1, 1],
      ['l', 0.001, 1],
      ['e', 0.001, 0.01],
    ] as const) {
      expect(Math.min(...values(name))).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values(name))).toBeLessThanOrEqual(high);
    }
    const mean = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;
    // standard errors: 2/√12/√3000 = 0.011; 3/√12/√3000 = 0.016 decades
    expect(mean(values('u'))).toBeCloseTo(0, 1);
    expect(mean(values('l').map(Math.log10))).toBeCloseTo(-1.5, 1);
    expect(new Set(values('i'))).toEqual(new Set([1, 2, 3]));
    expect(new Set(drawn.map(({ c }) => c))).toEqual(new Set(['red', 'green']));
    expect(randomCandidates(space, 3000, 5)).toEqual(drawn);
    expect(randomCandidates(space, 3000, 6)).not.toEqual(drawn);
  });

  test.each([{ a: '1..1' }, { a: 'log:0..1' }, { a: 'int:0.5..2' }, { a: '1,,2' }])(
    '%j is refused',
    (space) => {
      expect(() => randomCandidates(space, 1, 1)).toThrow('for a but received');
    },
  );
});

describe('halving', () => {
  test('multiplies budgets and divides candidates', () => {
    expect(budgetsOf({ min: 1, max: 9, eta: 3 })).toEqual([1, 3, 9]);
    expect(budgetsOf({ min: 0.1, max: 0.5, eta: 2 })).toEqual([0.1, 0.2, 0.4]);
    expect([0, 1, 2, 3].map((rung) => sizeOfRung(9, 3, rung))).toEqual([9, 3, 1, 1]);
  });

  test('the best of those that completed go on', () => {
    const version = (id: number, value: number | null, state: Version['state'] = 'completed') =>
      ({ id, state, metrics: value === null ? {} : { m: { value } } }) as unknown as Version;
    const rung = [
      version(1, 0.5),
      version(2, 0.9),
      version(3, 0.9),
      version(4, 1, 'failed'),
      version(5, null),
    ];
    const best = (mode: 'max' | 'min') => survivors(rung, { metric: 'm', mode }, 2).map(({ id }) => id);
    expect(best('max')).toEqual([2, 3]);
    expect(best('min')).toEqual([1, 2]);
  });
});

describe('a sweep', () => {
  let own: TestJobs;
  beforeAll(async () => {
    own = await testJobs({ SEMBLANCE_JOB_SLOTS: '4' }, jobParts);
  });
  afterAll(() => own[Symbol.asyncDispose]());

  /** Its accuracy falls with the distance of lr from 0.3, and rises with the epochs. */
  const task = script(
    `awk 'BEGIN { d = {lr} - 0.3; printf "{\\"accuracy\\": %.4f}", 1 - d * d - 0.1 / {epochs} }' > {outputs}/metrics.json`,
    { epochs: '1' },
  );

  const halving: Halving = {
    parameter: 'epochs',
    min: 1,
    max: 4,
    eta: 2,
    metric: 'accuracy',
    mode: 'max',
    isContinued: false,
  };

  /** Waits until it makes no more versions. */
  async function ended(id: number): Promise<SweepView> {
    for (;;) {
      const view = await own.jobs.sweeps.find(String(id));
      if (view.state !== 'running') return view;
      await own.jobs.wakeIfActive();
      await sleep(50);
    }
  }

  test('by halving ends with one version: the best, with the largest budget, its parents on the way', async () => {
    const candidates = gridCandidates({ lr: '0.1,0.25,0.45,0.9' });
    const { sweep, versions } = await own.jobs.sweep('halved', task, { candidates, halving });
    expect(versions.map(({ parameters }) => parameters)).toMatchObject(
      ['0.1', '0.25', '0.45', '0.9'].map((lr) => ({ lr, epochs: '1' })),
    );
    expect(await ended(sweep.id)).toMatchObject({
      state: 'completed',
      best: { version: 'halved/V0007', value: 0.9725 },
      rungs: [
        { budget: 'epochs=1', size: 4, versions: { length: 4 } },
        { budget: 'epochs=2', size: 2, versions: { length: 2 } },
        { budget: 'epochs=4', size: 1, versions: [{ version: 'halved/V0007', state: 'completed' }] },
      ],
    });
    const all = await own.jobs.list({ sweepId: sweep.id });
    const placed = all.map((version) => ({
      rung: version.sweep!.rung,
      lr: version.parameters.lr,
      epochs: version.parameters.epochs,
      accuracy: version.metrics.accuracy!.value,
      parent: all.find(({ id }) => id === version.parentId)?.parameters.lr,
    }));
    expect(placed.slice(4)).toEqual([
      { rung: 1, lr: '0.25', epochs: '2', accuracy: 0.9475, parent: '0.25' },
      { rung: 1, lr: '0.45', epochs: '2', accuracy: 0.9275, parent: '0.45' },
      { rung: 2, lr: '0.25', epochs: '4', accuracy: 0.9725, parent: '0.25' },
    ]);
  });

  test('that begins while a supervisor looks on is not taken for one without versions', async () => {
    const busy = await own.jobs.create('busy', script('sleep 600'));
    await own.until(busy, 'running');
    // a supervisor looks ten times a second; git takes its time to record the code of the versions
    const candidates = gridCandidates({ lr: Array.from({ length: 8 }, (_, i) => (i + 1) / 100).join(',') });
    const plan = { candidates, halving: { ...halving, max: 8, eta: 8 } };
    const { sweep } = await own.jobs.sweep('watched', task, plan);
    expect((await ended(sweep.id)).state).toBe('completed');
    expect(await own.jobs.list({ sweepId: sweep.id })).toHaveLength(9);
    await own.jobs.stop(busy);
  });

  test('by a metric that no version has fails, and names those that there are', async () => {
    const plan = {
      candidates: gridCandidates({ lr: '0.1,0.2' }),
      halving: { ...halving, metric: 'acuracy' },
    };
    const { sweep } = await own.jobs.sweep('misnamed', task, plan);
    const view = await ended(sweep.id);
    expect(view.state).toBe('failed');
    expect(view.reason).toContain("has the metric 'acuracy': there are accuracy. Did you mean accuracy?");
    const all = await own.jobs.list({ sweepId: sweep.id });
    expect(all.map(({ state }) => state)).toEqual(['completed', 'completed']);
  });

  test('whose metric is known not to come is refused before anything is made', async () => {
    const training = { ...script(''), task: 'count-letters', options: { text: join(own.dir) }, command: [] };
    const plan = { candidates: gridCandidates({ lr: '0.1,0.2' }), halving: { ...halving, metric: 'leters' } };
    await expect(own.jobs.sweep('unknown', training, plan)).rejects.toMatchObject({
      code: 'METRIC_NOT_FOUND',
      message: expect.stringContaining('there are letters. Did you mean letters?'),
    });
    expect((await own.jobs.jobs()).map(({ name }) => name)).not.toContain('unknown');
  });

  test('is stopped as a whole: what runs, what waits, and what was to follow', async () => {
    const plan = { candidates: gridCandidates({ lr: '1,2,3,4,5,6' }), halving };
    const slow = script('sleep 600 # {lr} {epochs}', { epochs: '1' });
    const { sweep, versions } = await own.jobs.sweep('stopped', slow, plan);
    await own.until(versions[0]!, 'running');
    expect(await own.jobs.sweeps.stop(sweep.id)).toHaveLength(6);
    const states = await Promise.all(versions.map(async (version) => (await own.until(version)).state));
    expect(states).toEqual(new Array(6).fill('stopped'));
    expect(await own.jobs.sweeps.find('stopped')).toMatchObject({
      state: 'stopped',
      reason: 'stopped on request',
    });
    expect(await own.jobs.list({ sweepId: sweep.id })).toHaveLength(6);
    await expect(own.jobs.sweeps.stop(sweep.id)).rejects.toMatchObject({ code: 'VERSION_WRONG_STATE' });
    await expect(own.jobs.sweeps.find('stoped')).rejects.toThrow('Did you mean stopped?');
  });

  test('of a value that the task does not take makes nothing', async () => {
    const training = {
      task: 'train-recognition',
      options: { data: join(own.dir) },
      parameters: {},
      command: [],
      outputs: {},
    };
    const plan = { candidates: gridCandidates({ lr: '0.1,fast' }), halving: null };
    await expect(own.jobs.sweep('wrong', training, plan)).rejects.toMatchObject({
      code: 'RECIPE_INVALID_VALUE',
    });
    expect((await own.jobs.jobs()).map(({ name }) => name)).not.toContain('wrong');
  });
});
