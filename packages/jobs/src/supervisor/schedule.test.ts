import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Executors } from '../executor/executors.ts';
import type { Version } from '../model.ts';
import { JobParts } from '../parts.ts';
import { activeStates } from '../states.ts';
import { openSqliteVersionStore } from '../store/sqlite.ts';
import type { VersionStore } from '../store/version-store.ts';
import { anySpec, anyVersion } from '../testing/any-version.ts';
import { settingsOf } from './context.ts';
import { startPending } from './schedule.ts';

let dir: string;
let store: VersionStore;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'schedule-'));
  store = openSqliteVersionStore(join(dir, 'store.sqlite'));
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

/** Starts what can be started; gives what is active then. */
async function look(slots: number, gpus: readonly number[]): Promise<Version[]> {
  const settings = settingsOf({ SEMBLANCE_JOB_SLOTS: String(slots) }, gpus);
  const parts = new JobParts();
  const context = {
    home: dir,
    store,
    parts,
    executors: new Executors(parts, dir),
    seat: null,
    settings,
    say: () => {},
    told: new Set<string>(),
  };
  await startPending(context, await store.list({ states: activeStates }));
  return store.list({ states: activeStates });
}

async function add(gpus: number): Promise<number> {
  const { id } = await store.add(
    anyVersion('g', { spec: { ...anySpec, resources: { ...anySpec.resources, gpus } } }),
  );
  await store.transition(id, { from: 'creating', to: 'pending', reason: '' });
  return id;
}

const end = (id: number) =>
  store.transition(id, { from: 'running', to: 'completed', reason: '', changes: { gpus: [] } });
const endAll = async () => {
  for (const { id, state } of await store.list({ states: activeStates })) {
    await store.transition(id, { from: state, to: 'stopped', reason: '' });
  }
};

test('no GPU is given twice at once, each gets as many as it asked for, and slots are kept', async () => {
  const step = fc.oneof(fc.record({ add: fc.integer({ min: 0, max: 4 }) }), fc.record({ end: fc.nat() }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 25 }),
      fc.integer({ min: 1, max: 5 }),
      fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 4 }),
      async (steps, slots, gpus) => {
        await endAll();
        for (const step of steps) {
          const before = (await store.list({ states: ['running'] })).map(({ id }) => id);
          if ('add' in step) await add(step.add);
          else if (before.length > 0) await end(before[step.end % before.length]!);
          const active = await look(slots, gpus);
          const running = active.filter(({ state }) => state === 'running');
          const held = running.flatMap((version) => version.gpus);
          expect(new Set(held).size).toBe(held.length);
          expect(held.every((gpu) => gpus.includes(gpu))).toBe(true);
          for (const { gpus: own, spec } of running) expect(own.length).toBe(spec.resources.gpus);
          expect(running.length).toBeLessThanOrEqual(slots);
          // nothing waits that needs no GPU while a slot is free
          const idle = active.filter(({ state, spec }) => state === 'pending' && spec.resources.gpus === 0);
          if (running.length < slots) expect(idle).toEqual([]);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test('one that wants many GPUs is not passed for ever by those that want few', async () => {
  await endAll();
  const [first, second] = [await add(1), await add(1)];
  await look(9, [0, 1]);
  const wide = await add(2);
  const small = await add(1);
  const bare = await add(0);
  const runningNow = async () =>
    (await look(9, [0, 1])).filter(({ state }) => state === 'running').map(({ id }) => id);
  expect(await runningNow()).toEqual([first, second, bare]);
  await end(first);
  expect(await runningNow()).toEqual([second, bare]);
  await end(second);
  expect(await runningNow()).toEqual([wide, bare]);
  await end(wide);
  expect(await runningNow()).toEqual([small, bare]);
});

test('one that wants more GPUs than there are keeps nobody waiting', async () => {
  await endAll();
  await add(3);
  const small = await add(1);
  const running = (await look(9, [5])).filter(({ state }) => state === 'running');
  expect(running.map(({ id, gpus }) => [id, gpus])).toEqual([[small, [5]]]);
});
