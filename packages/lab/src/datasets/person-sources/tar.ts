import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { hashLargeFile, hasImageName, textOf } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { openImages } from '../image-lists/index.ts';
import { nameText } from '../name-text.ts';
import { byPeople, type PersonLabels, parsePersonLabels } from '../person-labels.ts';
import type { PersonSourceKind } from '../person-source.ts';
import { isTarFile, readTarMembers, type TarMember } from '../tar/tar-members.ts';
import { TarWriter } from '../tar/tar-writer.ts';
import { assertAbsent, photoNames, readOrRefuse } from './write-names.ts';

const LABELS = 'label.txt';

/** A tar file with photos and `label.txt` (`images/1.jpg TAB 0`), or with a folder per person; read in place. */
export const tar: PersonSourceKind = {
  recognises: isTarFile,

  async read(path) {
    const file = resolve(path);
    const members = await readTarMembers(file);
    const { rows, base, numUnlabelled } = await labelled(file, members);
    const memberOf = new Map(members.map((member) => [member.name, member]));
    const found = rows.names.map((name) => {
      const member = memberOf.get(base + name);
      if (!member)
        throw new SemblanceError('DATA_INVALID', `${file}: ${LABELS} names ${name}, which is not there`);
      return member;
    });
    return {
      kind: 'tar',
      path: file,
      people: rows.people,
      labels: rows.labels,
      images: {
        kind: 'members',
        file,
        names: rows.names,
        starts: Float64Array.from(found, ({ start }) => start),
        sizes: Float64Array.from(found, ({ sizeBytes }) => sizeBytes),
      },
      notes: numUnlabelled > 0 ? [`${numUnlabelled} photos are not in ${LABELS}`] : [],
      fingerprint: () => hashLargeFile(file),
    };
  },

  async write(source, out, { onProgress = () => {}, onRefused }) {
    await assertAbsent(out);
    const writer = await TarWriter.create(out);
    const images = openImages(source.images);
    const nameOf = photoNames(source);
    const lines: string[] = [];
    try {
      for (let i = 0; i < images.length; i++) {
        const bytes = await readOrRefuse(images, i, onRefused);
        if (bytes) {
          const name = `images/${nameOf(i, images.name(i), bytes)}`;
          await writer.write(name, bytes);
          lines.push(`${nameText(name)}\t${nameText(source.people[source.labels[i]!]!)}\n`);
        }
        onProgress(i + 1, images.length);
      }
      await writer.write(LABELS, Buffer.from(lines.join('')));
      await writer.finish();
    } catch (error) {
      await writer.abandon();
      throw error;
    } finally {
      await images.close();
    }
    return lines.length;
  },
};

/** Labels from `label.txt` at the top or in the one folder at the top, or else from the folders. */
async function labelled(
  file: string,
  members: readonly TarMember[],
): Promise<{ rows: PersonLabels; base: string; numUnlabelled: number }> {
  const photos = members.filter(
    ({ name }) =>
      name.split('/').every((part) => !part.startsWith('.')) && hasImageName(name.split('/').at(-1)!),
  );
  if (photos.length === 0) throw new SemblanceError('DATA_EMPTY', `${file} has no photos`);
  const list = members.find(({ name }) => name === LABELS || /^[^/]+\/label\.txt$/.test(name));
  if (list) {
    const base = list.name.slice(0, -LABELS.length);
    const rows = parsePersonLabels(await readMember(file, list), `${file}, ${list.name}`);
    const named = new Set(rows.names);
    const rest = photos.filter(({ name }) => !(name.startsWith(base) && named.has(name.slice(base.length))));
    return { rows, base, numUnlabelled: rest.length };
  }
  const tops = new Set(photos.map(({ name }) => name.split('/')[0]!));
  const depth = tops.size === 1 && photos.every(({ name }) => name.split('/').length > 2) ? 1 : 0;
  const base = depth === 1 ? `${[...tops][0]}/` : '';
  const rows = photos.map(({ name }): [string, string] => {
    const parts = name.slice(base.length).split('/');
    if (parts.length < 2) {
      throw new SemblanceError(
        'DATA_INVALID',
        `${file}: expected ${LABELS} or a folder per person, but ${name} is in none`,
      );
    }
    return [parts.join('/'), parts[0]!];
  });
  return { rows: byPeople(rows), base, numUnlabelled: 0 };
}

async function readMember(file: string, { start, sizeBytes }: TarMember): Promise<string> {
  await using handle = await open(file, 'r');
  const bytes = Buffer.alloc(sizeBytes);
  await handle.read(bytes, 0, sizeBytes, start);
  return textOf(bytes);
}
