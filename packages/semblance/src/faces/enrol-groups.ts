import { join } from 'node:path';
import { didYouMean } from '@semblance/core';
import { exists } from '@semblance/core/files';
import { Option } from 'commander';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { SemblanceError } from '../error.ts';

/** `--name GROUP=PERSON`, any number of times. */
export const namesOption = (): Option =>
  new Option('--name <group=person>', 'enrolls the faces of a group as a person; with --into').argParser(
    (text: string, before: Record<string, string> | undefined) => {
      const at = text.indexOf('=');
      if (at > 0 && text.slice(at + 1).trim() !== '')
        return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `expected --name group=person but received --name ${text}`,
      );
    },
  );

export interface NamedGroups {
  /** The folder that `gallery cluster` wrote. */
  photos: readonly string[];
  names: Record<string, string> | undefined;
  into: string | undefined;
  detector?: string;
  recognizer?: string;
  format: 'table' | 'json';
}

/** Enrols the faces of groups as people, each with all faces of its folder. */
export async function enrolGroups(
  { photos, names = {}, into, format, ...models }: NamedGroups,
  io: Io,
): Promise<ExitCode> {
  const [folder = '', ...more] = photos;
  if (into === undefined || Object.keys(names).length === 0 || more.length > 0) {
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      'naming groups takes the one folder they were written to, --name GROUP=PERSON and --into GALLERY',
    );
  }
  if (!(await exists(join(folder, 'groups.json')))) {
    const message = `${folder} has no groups: semblance gallery cluster PHOTOS --out ${folder} writes them`;
    throw new SemblanceError('PATH_NOT_FOUND', message);
  }
  const { readdir } = await import('node:fs/promises');
  const groups = await readdir(join(folder, 'people'));
  for (const group of Object.keys(names)) {
    if (groups.includes(group)) continue;
    const message = `there is no group ${group} in ${folder}${didYouMean(group, groups)}`;
    throw new SemblanceError('USAGE_INVALID_VALUE', message);
  }
  const { photosAt } = await import('@semblance/face/pipeline');
  const { Semblance } = await import('@semblance/face/semblance');
  await using semblance = await Semblance.open({
    ...models,
    gallery: into,
    env: io.env,
  });
  const enrolled: { group: string; person: string; faces: number[] }[] = [];
  let numRefused = 0;
  for (const [group, person] of Object.entries(names)) {
    const faces = (await photosAt(join(folder, 'people', group))).map(({ path }) => path);
    const { ids, refused } = await semblance.enrol(person, faces);
    for (const { photo, code, message } of refused) io.err(`refused ${photo}: ${code}: ${message}`);
    numRefused += refused.length;
    enrolled.push({ group, person, faces: ids });
  }
  if (format === 'json') io.out(JSON.stringify({ gallery: into, enrolled }));
  else
    for (const { group, person, faces } of enrolled)
      io.out(
        `${group} is ${person}: ${faces.length} ${faces.length === 1 ? 'face' : 'faces'} added to ${into}`,
      );
  return numRefused > 0 ? 3 : 0;
}
