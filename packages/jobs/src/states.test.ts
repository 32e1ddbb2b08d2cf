import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isEnded, mayFollow, type VersionState, versionStates } from './states.ts';
import { openSqliteVersionStore } from './store/sqlite.ts';
import type { VersionStore } from './store/version-store.ts';
import { anyVersion } from './testing/any-version.ts';

let dir: string;
let store: VersionStore;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'states-'));
  store = openSqliteVersionStore(join(dir, 'store.sqlite'));
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true });
});

/** The states as the platforms draw them, written down apart from the table under test. */
const model: Record<VersionState, string> = {
  creating: 'pending failed stopped lost',
  pending: 'running failed stopped',
  running: 'completed failed stopped lost',
  completed: '',
  failed: 'pending',
  stopped: 'pending',
  lost: 'pending',
};

test('the table is the model', () => {
  for (const from of versionStates) {
    for (const to of versionStates)
      expect(mayFollow(from, to), `${from} → ${to}`).toBe(model[from].split(' ').includes(to));
  }
  expect(versionStates.filter(isEnded)).toEqual(['completed', 'failed', 'stopped', 'lost']);
});

test('whatever is asked of a version in whatever order, it is where the model says, and so are its events', async () => {
  const state = fc.constantFrom(...versionStates);
  const requests = fc.array(fc.tuple(state, state, fc.boolean()), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(requests, async (asked) => {
      const { id } = await store.add(anyVersion('p'));
      let expected: VersionState = 'creating';
      const path: VersionState[] = ['creating'];
      for (const [from, to, isRemoval] of asked) {
        if (isRemoval && !isEnded(expected)) expect(await store.remove(id)).toBe(false);
        const transition = store.transition(id, { from, to, reason: `${from} to ${to}` });
        if (!model[from].split(' ').includes(to)) await expect(transition).rejects.toThrow('no version goes');
        else if (from !== expected) expect(await transition).toBe(false);
        else {
          expect(await transition).toBe(true);
          expected = to;
          path.push(to);
        }
        expect((await store.get(id))!.state).toBe(expected);
      }
      const events = await store.events({ versionId: id });
      expect(events.map((event) => event.to)).toEqual(path);
      expect(events.slice(1).map((event) => event.from)).toEqual(path.slice(0, -1));
    }),
    { numRuns: 60 },
  );
});
