import { Gallery } from '@semblance/face/gallery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  hasPostgres,
  needsPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../../../core/src/testing/postgres.ts';
import { faceOf, model, soon } from '../../../../../face/src/testing/simple-faces.ts';
import { galleryKey } from '../../gallery-hosts.ts';
import { galleryRole } from './gallery.ts';

describe.skipIf(!hasPostgres)(hasPostgres ? 'services of two machines on one gallery' : needsPostgres, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  }, 120_000);
  afterAll(() => server.stop());

  test('see whom the other enrolled, named, renamed and removed', async () => {
    const path = await server.newDatabase();
    await (await Gallery.create(path, model)).close();
    const [one, two] = await Promise.all([galleryRole.open({ path }), galleryRole.open({ path })]);
    const names = async () => (await two.methods.subjects(null)).join(' ');
    const everybody = { search: '', order: 'name', page: 0, size: 10 } as const;
    expect(await names()).toBe('');
    const [id] = await one.methods.enrol({ faces: [faceOf('ada')], modelId: model.modelId });
    await soon(async () => expect(await names()).toBe('ada'));
    expect((await two.methods.people(everybody)).people).toMatchObject([{ subject: 'ada', faces: 1 }]);
    expect(await two.methods.spelling('ADA')).toBe('ada');
    await one.methods.addSubject('bo');
    await soon(async () => expect(await names()).toBe('ada bo'));
    await one.methods.rename({ from: 'ada', to: 'eve' });
    await soon(async () => expect(await names()).toBe('bo eve'));
    expect((await two.methods.people(everybody)).people.map(({ subject }) => subject)).toEqual(['bo', 'eve']);
    expect(await two.methods.removeFaces([id!])).toEqual([{ id, subject: 'eve' }]);
    await soon(async () => expect(await one.methods.subjects(null)).toEqual(['bo']));
    await one.methods.removeSubject('bo');
    await soon(async () => expect(await names()).toBe(''));
    for (const role of [one, two]) await role.close();
  });

  test('is known by its address, in which a service takes no password', () => {
    expect(galleryKey('postgres://ada@host/db')).toBe('postgres://ada@host/db');
    expect(() => galleryKey('postgres://ada:s3cret@host/db')).toThrow(
      expect.objectContaining({
        code: 'DEPLOYMENT_REFUSED',
        message: expect.not.stringContaining('s3cret'),
      }),
    );
  });
});
