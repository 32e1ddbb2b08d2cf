// The commands and the service on a gallery in a database: what one does the other sees.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gallery } from '@semblance/face/gallery';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../core/src/testing/postgres.ts';
import { installTinyModels, writePicture } from '../../../face/src/testing/patterned-people.ts';
import { recordIn } from '../testing/recorder.ts';

const PASSWORD = 'hunter2-and-more';

describe.skipIf(!hasPostgres)(hasPostgres ? 'a gallery in PostgreSQL' : needsPostgres, () => {
  let server: PostgresServer;
  let root: string;
  let place: string;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startPostgres();
    root = await mkdtemp(join(tmpdir(), 'gallery-postgres-'));
    env = { SEMBLANCE_HOME: join(root, 'home'), XDG_CACHE_HOME: join(root, 'cache') };
    // whoever is trusted may have a password in the address all the same
    place = `${(await server.newDatabase()).replace('tester@', `tester:${PASSWORD}@`)}?collection=staff`;
    await installTinyModels(join(root, 'home'));
    await recordIn(env, 'model', 'use', 'squares', 'quarters');
    for (const name of ['ada', 'bo']) await writePicture(join(root, 'people', name, '1.png'), [name]);
    await writePicture(join(root, 'ada-again.png'), ['ada'], 20);
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    await rm(root, { recursive: true });
  });

  test('is built, added to, shown, recognized with, renamed and copied, and no password is said', async () => {
    const said: string[] = [];
    const run = async (...args: string[]) => {
      const { code, out, err } = await recordIn(env, ...args);
      said.push(...out, ...err);
      return { code, out: out.join('\n'), err: err.join('\n') };
    };
    const people = ['--data', join(root, 'people')];
    expect(await run('gallery', 'build', ...people, '--gallery', place)).toMatchObject({ code: 0 });
    const built = await Gallery.open(place);
    const before = built.faces().map(({ id }) => id);
    await built.close();
    // a build over it that finds the same changes no id
    expect(await run('gallery', 'add', place, 'eve', join(root, 'ada-again.png'))).toMatchObject({ code: 0 });
    expect((await run('gallery', 'build', ...people, '--gallery', place)).out).toContain('2 unchanged');
    await using gallery = await Gallery.open(place, { readOnly: true });
    expect(gallery.faces().map(({ subject }) => subject)).toEqual(['ada', 'bo', 'eve']);
    expect(
      gallery
        .faces()
        .slice(0, 2)
        .map(({ id }) => id),
    ).toEqual(before);
    expect((await run('gallery', 'show', place)).out).toContain('collection=staff');
    expect((await run('recognize', join(root, 'people', 'bo', '1.png'), '--gallery', place)).out).toContain(
      'bo',
    );
    expect(await run('gallery', 'rename', place, 'eve', 'ada', '--join')).toMatchObject({ code: 0 });
    expect(await run('gallery', 'remove', place, 'bo')).toMatchObject({ code: 0 });
    await vi.waitFor(async () => {
      await gallery.refresh();
      expect(gallery.faces().map(({ subject }) => subject)).toEqual(['ada', 'ada']);
    }, 60_000);
    await rm(join(root, 'people', 'ada'), { recursive: true });
    expect(await run('gallery', 'build', ...people, '--gallery', place)).toMatchObject({ code: 0 });
    await vi.waitFor(async () => {
      await gallery.refresh();
      expect(gallery.faces().map(({ subject }) => subject)).toEqual(['ada', 'bo']);
    }, 60_000);
    const copy = join(root, 'copy');
    expect((await run('gallery', 'copy', place, copy)).out).toContain('2 people with 2 faces');
    expect(await readdir(copy)).toContain('gallery.db');
    expect(await run('gallery', 'copy', copy, place)).toMatchObject({ code: 2 });
    expect(await run('gallery', 'backup', place, join(root, 'backup'))).toMatchObject({ code: 2 });
    expect(await run('gallery', 'restore', join(root, 'backup'), place)).toMatchObject({ code: 2 });
    expect(await run('gallery', 'show', `${place}-nobody`)).toMatchObject({ code: 2 });
    expect(said.join('\n')).not.toContain(PASSWORD);
  }, 120_000);
});
