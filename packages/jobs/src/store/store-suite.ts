import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anyVersion } from '../testing/any-version.ts';
import type { VersionStore } from './version-store.ts';

/** What every store of versions must do: one suite, run for each driver. */
export function describeVersionStore(
  name: string,
  open: () => Promise<{ store: VersionStore; again: () => Promise<VersionStore> }>,
): void {
  describe(`version store ${name}`, () => {
    let store: VersionStore;
    let again: () => Promise<VersionStore>;
    beforeEach(async () => {
      ({ store, again } = await open());
    });
    afterEach(() => store.close());

    const run = async (id: number) => {
      await store.transition(id, { from: 'creating', to: 'pending', reason: 'a' });
      await store.transition(id, { from: 'pending', to: 'running', reason: 'b' });
    };

    test('numbers the versions of each job from 1 and gives them back as they were added', async () => {
      const a1 = await store.add(anyVersion('a', { description: 'first "of" all' }));
      const b1 = await store.add(anyVersion('b'));
      const a2 = await store.add(anyVersion('a', { parentId: a1.id }));
      expect([a1.number, b1.number, a2.number]).toEqual([1, 1, 2]);
      expect(a2).toMatchObject({ ...anyVersion('a', { parentId: a1.id }), state: 'creating', attempt: 0 });
      expect(await store.get(a2.id)).toEqual(a2);
      expect(await store.find('a', 2)).toEqual(a2);
      expect(await store.find('a', 3)).toBeNull();
      expect((await store.list()).map(({ id }) => id)).toEqual([a1.id, b1.id, a2.id]);
      expect(await store.jobs()).toMatchObject([
        { name: 'a', numVersions: 2 },
        { name: 'b', numVersions: 1 },
      ]);
    });

    test('lists by job, state and order, in pages', async () => {
      const ids: number[] = [];
      for (let i = 0; i < 5; i++) ids.push((await store.add(anyVersion(i % 2 ? 'odd' : 'even'))).id);
      await store.transition(ids[2]!, { from: 'creating', to: 'pending', reason: '' });
      const idsOf = async (filter: Parameters<VersionStore['list']>[0]) =>
        (await store.list(filter)).map(({ id }) => ids.indexOf(id));
      expect(await idsOf({ job: 'even' })).toEqual([0, 2, 4]);
      expect(await idsOf({ states: ['pending'] })).toEqual([2]);
      expect(await idsOf({ newestFirst: true, limit: 2 })).toEqual([4, 3]);
      expect(await idsOf({ newestFirst: true, limit: 2, offset: 2 })).toEqual([2, 1]);
    });

    test('changes a state only from the one it is in, and writes down that it did', async () => {
      const { id } = await store.add(anyVersion('a'));
      const start = { from: 'pending', to: 'running', reason: 'go', changes: { attempt: 1 } } as const;
      expect(await store.transition(id, start)).toBe(false);
      expect((await store.get(id))!.attempt).toBe(0);
      await store.transition(id, { from: 'creating', to: 'pending', reason: 'made' });
      expect(await store.transition(id, start)).toBe(true);
      expect(await store.transition(id, start)).toBe(false);
      expect(await store.get(id)).toMatchObject({ state: 'running', reason: 'go', attempt: 1 });
      expect(await store.transition(id + 1, start)).toBe(false);
      const events = await store.events({ versionId: id });
      expect(events.map(({ from, to, reason }) => [from, to, reason])).toEqual([
        [null, 'creating', 'being made'],
        ['creating', 'pending', 'made'],
        ['pending', 'running', 'go'],
      ]);
      expect(await store.events({ after: events[1]!.id })).toEqual([events[2]]);
    });

    test('refuses what the table of transitions does not hold', async () => {
      const { id } = await store.add(anyVersion('a'));
      await expect(store.transition(id, { from: 'creating', to: 'running', reason: '' })).rejects.toThrow(
        'from creating to running',
      );
    });

    test('keeps every record, and writes some in one state alone', async () => {
      const { id } = await store.add(anyVersion('a'));
      const changes = {
        step: 'work',
        ending: { to: 'failed', reason: 'r', exitCode: 3, isNow: true, sinceMs: 5 },
        exitCode: 3,
        gpus: [0, 2],
        code: { dir: '/c', commit: 'f00', branch: null, isDirty: true, diffSha256: 'aa', leftOut: ['x'] },
        data: [{ name: 'data', location: '/d', fingerprint: 'sha256:0', numFiles: 1, sizeBytes: 2 }],
        environment: {
          versions: { node: '24' },
          host: 'h',
          os: 'o',
          cpu: 'c',
          cores: 2,
          memoryBytes: 3,
          gpus: ['g'],
        },
        metrics: { loss: { value: 0.5 }, accuracy: { value: 0.9, interval: [0.8, 1] } },
        artifacts: [{ path: 'model/model.onnx', sizeBytes: 4, sha256: 'bb' }],
        startedMs: 10,
        endedMs: 20,
      } as const;
      expect(await store.update(id, changes, 'running')).toBe(false);
      expect(await store.update(id, changes)).toBe(true);
      expect(await store.get(id)).toMatchObject(changes);
      await store.update(id, { ending: null, exitCode: null });
      expect(await store.get(id)).toMatchObject({ ...changes, ending: null, exitCode: null });
      expect(await store.update(id + 1, changes)).toBe(false);
    });

    test('a running version is taken over from one machine by one other', async () => {
      const { id } = await store.add(anyVersion('a'));
      await store.transition(id, { from: 'creating', to: 'pending', reason: '' });
      expect(await store.adopt(id, 'one', 'two')).toBe(false);
      const claim = { from: 'pending', to: 'running', reason: '', changes: { machine: 'one' } } as const;
      await store.transition(id, claim);
      expect((await store.get(id))!.machine).toBe('one');
      const adopted = await Promise.all(['two', 'three'].map((to) => store.adopt(id, 'one', to)));
      expect(adopted.filter(Boolean)).toHaveLength(1);
      await store.transition(id, { from: 'running', to: 'lost', reason: '' });
      expect(await store.adopt(id, adopted[0] ? 'two' : 'three', 'one')).toBe(false);
    });

    test('of many who write at once each is right', async () => {
      const other = await again();
      const stores = [store, other];
      const added = await Promise.all(
        Array.from({ length: 20 }, (_, i) => stores[i % 2]!.add(anyVersion('a'))),
      );
      expect(added.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, i) => i + 1),
      );
      const claims = added.flatMap(({ id }) =>
        stores.map((one) => one.transition(id, { from: 'creating', to: 'pending', reason: '' })),
      );
      expect((await Promise.all(claims)).filter(Boolean)).toHaveLength(20);
      expect(await store.events()).toHaveLength(40);
      await other.close();
    });

    test('removes a version that has ended, and never uses its number again', async () => {
      const { id } = await store.add(anyVersion('a'));
      await run(id);
      expect(await store.remove(id)).toBe(false);
      await store.transition(id, { from: 'running', to: 'completed', reason: 'done' });
      expect(await store.remove(id)).toBe(true);
      expect(await store.get(id)).toBeNull();
      expect(await store.events({ versionId: id })).toEqual([]);
      expect((await store.add(anyVersion('a'))).number).toBe(2);
    });

    test('a sweep comes with the versions of its first rung, or not at all', async () => {
      const plan = { kind: 'grid', values: [1, 2] };
      const first = [anyVersion('a', { description: 'one' }), anyVersion('a', { description: 'two' })];
      const { sweep, versions } = await store.addSweep('a', plan, first);
      expect(versions).toMatchObject([
        { description: 'one', number: 1, sweep: { id: sweep.id, rung: 0, index: 0 } },
        { description: 'two', number: 2, sweep: { id: sweep.id, rung: 0, index: 1 } },
      ]);
      expect(await store.list({ sweepId: sweep.id })).toEqual(versions);
      expect(await store.activeSweeps()).toEqual([sweep]);
      const broken = { ...anyVersion('a'), parameters: 1n } as never; // no JSON
      await expect(store.addSweep('a', plan, [anyVersion('a'), broken])).rejects.toThrow();
      await expect(store.addAll([anyVersion('a'), broken])).rejects.toThrow();
      expect(await store.sweeps()).toEqual([sweep]);
      expect(await store.list()).toEqual(versions);
    });

    test('a place in a sweep is taken once, and none after it has ended', async () => {
      const { sweep } = await store.addSweep('a', { kind: 'grid' }, []);
      const place = { id: sweep.id, rung: 0, index: 1 };
      const { id } = await store.add(anyVersion('a', { sweep: place }));
      await expect(store.add(anyVersion('a', { sweep: place }))).rejects.toMatchObject({
        code: 'VERSION_EXISTS',
      });
      expect((await store.list({ sweepId: sweep.id })).map((version) => version.id)).toEqual([id]);
      expect(await store.endSweep(sweep.id, 'stopped', 'on request')).toBe(true);
      expect(await store.endSweep(sweep.id, 'completed', 'done')).toBe(false);
      expect(await store.activeSweeps()).toEqual([]);
      const ended = { ...sweep, isActive: false, outcome: 'stopped', reason: 'on request' };
      expect(await store.sweep(sweep.id)).toEqual(ended);
      const late = anyVersion('a', { sweep: { ...place, index: 2 } });
      await expect(store.addAll([anyVersion('a'), late])).rejects.toMatchObject({
        code: 'VERSION_WRONG_STATE',
      });
      expect(await store.list()).toHaveLength(1);
      const other = await store.addSweep('b', {}, []);
      expect(await store.sweeps()).toEqual([other.sweep, ended]);
      expect(await store.sweeps({ job: 'a' })).toEqual([ended]);
    });

    test('marks versions, and finds them by their marks', async () => {
      const [one, two] = [await store.add(anyVersion('a')), await store.add(anyVersion('a'))];
      expect(one).toMatchObject({ tags: [], note: '', isStarred: false, isPinned: false });
      const marks = { tags: ['base "line"', 'b'], note: 'first\nsecond', isStarred: true, isPinned: true };
      expect(await store.update(one.id, marks)).toBe(true);
      expect(await store.get(one.id)).toEqual({ ...one, ...marks });
      const idsOf = async (filter: Parameters<VersionStore['list']>[0]) =>
        (await store.list(filter)).map(({ id }) => id);
      expect(await idsOf({ tags: ['b', 'base "line"'] })).toEqual([one.id]);
      expect(await idsOf({ tags: ['b', 'c'] })).toEqual([]);
      expect(await idsOf({ isStarred: true })).toEqual([one.id]);
      expect(await idsOf({ newestFirst: true })).toEqual([two.id, one.id]);
      expect(await idsOf({ newestFirst: true, pinnedFirst: true })).toEqual([one.id, two.id]);
    });

    test('finds versions by one that they were given', async () => {
      const spec = { ...anyVersion('a').spec, uses: { recognizer: 'faces/V0003' } };
      const { id } = await store.add(anyVersion('a', { spec }));
      await store.add(anyVersion('a'));
      expect((await store.list({ uses: 'faces/V0003' })).map((version) => version.id)).toEqual([id]);
      expect(await store.list({ uses: 'faces/V0033' })).toEqual([]);
    });

    test('an alias stands for one version of its job at a time, and goes with it', async () => {
      const [one, two] = [await store.add(anyVersion('a')), await store.add(anyVersion('a'))];
      const other = await store.add(anyVersion('b'));
      for (const { id } of [one, other, two]) expect(await store.setAlias(id, 'production')).toBe(true);
      expect(await store.setAlias(999, 'production')).toBe(false);
      expect(await store.aliases()).toMatchObject([
        { job: 'a', name: 'production', versionId: two.id, setMs: expect.any(Number) },
        { job: 'b', name: 'production', versionId: other.id },
      ]);
      expect(await store.aliases({ job: 'b' })).toHaveLength(1);
      expect(await store.aliases({ versionId: one.id })).toEqual([]);
      expect(await store.removeAlias('b', 'production')).toBe(true);
      expect(await store.removeAlias('b', 'production')).toBe(false);
      await store.transition(two.id, { from: 'creating', to: 'failed', reason: '' });
      expect(await store.remove(two.id)).toBe(true);
      expect(await store.aliases()).toEqual([]);
    });

    test('keeps what was done with a version for as long as there is that version', async () => {
      const { id } = await store.add(anyVersion('a'));
      expect(await store.addRecord(id, 'evaluation', { accuracy: 0.5 })).toBe(true);
      expect(await store.addRecord(id, 'deployment', { weight: 10 })).toBe(true);
      expect(await store.addRecord(999, 'deployment', {})).toBe(false);
      expect(await store.records(id)).toMatchObject([
        { versionId: id, kind: 'evaluation', body: { accuracy: 0.5 }, atMs: expect.any(Number) },
        { kind: 'deployment', body: { weight: 10 } },
      ]);
      expect(await store.records(id, 'deployment')).toHaveLength(1);
      await store.transition(id, { from: 'creating', to: 'failed', reason: '' });
      await store.remove(id);
      expect(await store.records(id)).toEqual([]);
    });

    test('keeps templates by name', async () => {
      expect(await store.template('t')).toBeNull();
      await store.saveTemplate('t', { a: 1 });
      await store.saveTemplate('t', { a: [2] });
      expect(await store.template('t')).toEqual({ a: [2] });
      expect(await store.templates()).toEqual(['t']);
      expect(await store.removeTemplate('t')).toBe(true);
      expect(await store.removeTemplate('t')).toBe(false);
    });

    test('finds those that are to be tried again', async () => {
      const { id } = await store.add(anyVersion('a', { spec: { ...anyVersion('a').spec, retries: 1 } }));
      await run(id);
      await store.transition(id, { from: 'running', to: 'lost', reason: '' });
      const lost = { states: ['lost'], hasRetriesLeft: true } as const;
      expect((await store.list(lost)).map((version) => version.id)).toEqual([id]);
      await store.transition(id, { from: 'lost', to: 'pending', reason: '', changes: { retriesLeft: 0 } });
      expect(await store.list(lost)).toEqual([]);
    });

    test('is one store for all who open it, and the same after it was closed', async () => {
      const other = await again();
      expect(other.id).toBe(store.id);
      const [mine, theirs] = await Promise.all([store.add(anyVersion('a')), other.add(anyVersion('a'))]);
      expect([mine.number, theirs.number].sort()).toEqual([1, 2]);
      const move = { from: 'creating', to: 'pending', reason: '' } as const;
      const moved = await Promise.all([store.transition(mine.id, move), other.transition(mine.id, move)]);
      expect(moved.sort()).toEqual([false, true]);
      await other.close();
      const third = await again();
      expect(await third.list()).toEqual(await store.list());
      await third.close();
    });
  });
}
