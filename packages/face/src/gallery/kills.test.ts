// Who changes a gallery is killed at random moments; bench/gallery-kill.ts does the same a thousand times.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { hasPostgres, needsPostgres, startPostgres } from '../../../core/src/testing/postgres.ts';
import { apply, type Change, differences, hasHappened, model, type People } from '../testing/kill-model.ts';
import { killRounds } from '../testing/kill-rounds.ts';
import { Gallery } from './gallery.ts';

const ROUNDS = Number(process.env.SEMBLANCE_KILL_ROUNDS ?? 3);
const root = await mkdtemp(join(tmpdir(), 'killed-'));
afterAll(() => rm(root, { recursive: true }));

describe('what was acknowledged is there, nothing else is, and the index finds it, after kill -9 of who writes', () => {
  test('to a gallery in a folder', async () => {
    const place = join(root, 'gallery');
    await (await Gallery.create(place, model)).close();
    const indexFile = join(place, 'gallery.db.index');
    const report = await killRounds({ place, indexFile, rounds: ROUNDS, seed: 1 });
    expect(report.problems).toEqual([]);
    expect(report.acknowledged.enrol).toBeGreaterThan(ROUNDS);
  }, 300_000);

  test.skipIf(!hasPostgres)(
    hasPostgres ? 'to one in PostgreSQL, whose server is killed as well' : needsPostgres,
    async () => {
      const server = await startPostgres();
      try {
        const place = await server.newDatabase();
        await (await Gallery.create(place, model)).close();
        const report = await killRounds({ place, server, rounds: ROUNDS, seed: 2 });
        expect(report.problems).toEqual([]);
        expect(report.acknowledged.enrol).toBeGreaterThan(ROUNDS);
      } finally {
        await server.stop();
      }
    },
    300_000,
  );
});

test('the comparison sees what is lost, half done or too much', () => {
  const known: People = new Map([['ada', { faces: ['1', '2'], negatives: ['3'] }]]);
  const rename = { kind: 'rename', from: 'ada', to: 'bo' } as const;
  const after: People = new Map(known);
  apply(after, rename);
  expect(after).toEqual(new Map([['bo', { faces: ['1', '2'], negatives: ['3'] }]]));
  expect([hasHappened(known, known, rename), hasHappened(known, after, rename)]).toEqual([false, true]);
  expect([...differences(known, known, [rename]), ...differences(known, after, [rename])]).toEqual([]);
  expect(differences(known, after, [])).toHaveLength(2);
  const half: People = new Map([['bo', { faces: ['1', '2'], negatives: [] }]]);
  expect(differences(known, half, [rename])).toHaveLength(1);
  expect(differences(known, new Map(), [])).toHaveLength(1);
  const changes: Change[] = [
    { kind: 'remove', subject: 'bo' },
    { kind: 'enrol', subject: 'ada', keys: ['0'] },
    { kind: 'reject', subject: 'ada', key: '4' },
    { kind: 'takeBack', subject: 'ada', key: '4' },
    { kind: 'removeFace', subject: 'ada', key: '0' },
  ];
  for (const change of changes) apply(after, change);
  expect(after).toEqual(new Map());
});
