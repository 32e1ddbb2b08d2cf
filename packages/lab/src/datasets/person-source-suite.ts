import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodePng } from '@semblance/face/image';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openImages, selectImages } from './image-lists/index.ts';
import type { PersonSource, PersonSourceKindName } from './person-source.ts';
import { personSourceKinds, readPersonSource, writePersonSource } from './person-sources/index.ts';

/** Photos of a few pixels; one holds the magic word of RecordIO behind its last chunk. */
async function photo(person: number, number: number): Promise<Uint8Array> {
  const data = Uint8Array.from({ length: 8 * 6 * 3 }, (_, i) => (i * 7 + person * 31 + number * 5) % 256);
  const png = await encodePng({ data, width: 8, height: 6 });
  if (number !== 1) return png;
  const filling = new Uint8Array(4 - (png.length % 4));
  return Buffer.concat([png, filling, Uint8Array.of(0x0a, 0x23, 0xd7, 0xce, 9), filling]);
}

/** What every way of keeping people's photos does; run for each. */
export function describePersonSource(kind: PersonSourceKindName): void {
  describe(`people's photos as ${kind}`, () => {
    let dir: string;
    let original: PersonSource;
    let source: PersonSource;
    // a line break and a blank at the end, which a list of one a line must not lose
    const people = ['Anna Karenina', 'Anna\nLee', 'bert ', 'Özlem'];
    const numAll = 8;
    const numPhotos = [3, 2, 1, 2];

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), `semblance-people-${kind}-`));
      const { mkdir, writeFile } = await import('node:fs/promises');
      for (const [p, name] of people.entries()) {
        await mkdir(join(dir, 'photos', name), { recursive: true });
        for (let n = 0; n < numPhotos[p]!; n++)
          await writeFile(join(dir, 'photos', name, `${n}.png`), await photo(p, n));
      }
      original = await readPersonSource(join(dir, 'photos'));
      expect(await writePersonSource(original, kind, join(dir, 'written'))).toBe(numAll);
      source = await readPersonSource(join(dir, 'written'));
    });
    afterAll(() => rm(dir, { recursive: true, force: true }));

    test('is recognised, with people, labels and as many photos', () => {
      expect(source.kind).toBe(kind);
      expect([...source.people].sort()).toEqual([...people].sort());
      expect(source.labels.length).toBe(numAll);
      for (const [p, name] of people.entries()) {
        const label = source.people.indexOf(name);
        expect(source.labels.filter((each) => each === label).length).toBe(numPhotos[p]);
      }
      expect(source.notes).toEqual([]);
    });

    test('gives every photo bit for bit, all at once', async () => {
      const [before, after] = [openImages(original.images), openImages(source.images)];
      const key = (of: PersonSource, bytes: Uint8Array, i: number): string =>
        `${of.people[of.labels[i]!]} ${Buffer.from(bytes).toString('hex')}`;
      const all = async (of: PersonSource, images: typeof before): Promise<string[]> =>
        (await Promise.all(Array.from(of.labels, (_, i) => images.read(i)))).map((bytes, i) =>
          key(of, bytes, i),
        );
      expect((await all(source, after)).sort()).toEqual((await all(original, before)).sort());
      expect(new Set(Array.from(source.labels, (_, i) => after.name(i))).size).toBe(numAll);
      await Promise.all([before.close(), after.close()]);
    });

    test('a part of it crosses to another thread as plain data', async () => {
      const part = structuredClone(selectImages(source.images, [4, 1]));
      const [images, whole] = [openImages(part), openImages(source.images)];
      expect(images.length).toBe(2);
      expect(images.name(0)).toBe(whole.name(4));
      expect(Buffer.from(await images.read(1)).equals(await whole.read(1))).toBe(true);
      await Promise.all([images.close(), whole.close()]);
    });

    test('its fingerprint follows the content, not the place', async () => {
      await cp(join(dir, 'written'), join(dir, 'copied'), { recursive: true });
      const copied = await readPersonSource(join(dir, 'copied'));
      expect(await copied.fingerprint()).toBe(await source.fingerprint());
      const fewer: PersonSource = {
        ...original,
        images: selectImages(original.images, [0, 1, 2, 3, 4]),
        labels: original.labels.slice(0, 5),
      };
      await writePersonSource(fewer, kind, join(dir, 'fewer'));
      expect(await (await readPersonSource(join(dir, 'fewer'))).fingerprint()).not.toBe(
        await source.fingerprint(),
      );
    });

    test('a photo that cannot be read is told of and left out; its person too, if it was the only one', async () => {
      await cp(join(dir, 'photos'), join(dir, 'damaged'), { recursive: true });
      const damaged = await readPersonSource(join(dir, 'damaged'));
      await rm(join(dir, 'damaged', 'bert ', '0.png'));
      const refused: string[] = [];
      const onRefused = (name: string): void => void refused.push(name);
      expect(await writePersonSource(damaged, kind, join(dir, 'mended'), { onRefused })).toBe(numAll - 1);
      expect(refused).toEqual([join(dir, 'damaged', 'bert ', '0.png')]);
      const mended = await readPersonSource(join(dir, 'mended'));
      expect([...mended.people].sort()).toEqual(['Anna\nLee', 'Anna Karenina', 'Özlem']);
      expect([...new Set(mended.labels)].sort()).toEqual([0, 1, 2]);
    });

    test('is not written over what is there', async () => {
      const before = await stat(join(dir, 'written'));
      await expect(writePersonSource(original, kind, join(dir, 'written'))).rejects.toMatchObject({
        code: 'PATH_EXISTS',
      });
      expect((await stat(join(dir, 'written'))).mtimeMs).toBe(before.mtimeMs);
    });

    test('does not take other things for its own', async () => {
      expect(await personSourceKinds[kind].recognises(import.meta.filename)).toBe(false);
    });
  });
}
