import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, makeFolder, writeFile } from '@semblance/core/files';
import { writePeople, writeScenes } from '@semblance/synthetic';
import type { Io } from '../cli/io.ts';
import { fullPlan } from '../demo/plan.ts';
import { renderMissing } from '../demo/render.ts';
import { demoNames } from './names.ts';
import { type ServedDemoFolders, type ServedDemoPlan, seeds } from './plan.ts';

/** Those who come to the parties beside people who are enrolled. */
const NUM_GUESTS = 6;
/** Portraits of people who are enrolled: large enough to be looked at, and easy to recognize. */
const portrait = { size: 256, nuisance: 0.1 };

/** Renders every set of photos that is not there yet, and lays them out as people keep photos. */
export async function renderPhotos(plan: ServedDemoPlan, folders: ServedDemoFolders, io: Io): Promise<void> {
  const { scenes, learned } = fullPlan;
  const known = { numPeople: plan.enrolled.people, seed: seeds.enrolled };
  await renderMissing(
    [
      {
        what: 'scenes to learn from',
        out: folders.scenes,
        write: (onProgress) =>
          writeScenes({
            ...{ out: folders.scenes, numScenes: plan.scenes, seed: scenes.train.seed, onProgress },
            ...{
              width: scenes.size,
              height: scenes.size,
              minFace: scenes.minFace,
              nuisance: scenes.nuisance,
            },
          }),
      },
      {
        what: 'faces to learn from',
        out: folders.learned,
        write: (onProgress) =>
          writePeople({
            ...{ out: folders.learned, numPeople: plan.learned.people, seed: seeds.learned, onProgress },
            ...{ photosPerPerson: plan.learned.photos, size: learned.size, aligned: true },
            ...{ jitter: learned.jitter, nuisance: learned.nuisance },
          }),
      },
      {
        what: 'people to enrol',
        out: folders.known,
        write: (onProgress) =>
          writePeople({
            ...{ ...portrait, ...known, out: folders.known, onProgress },
            photosPerPerson: plan.enrolled.photos,
          }),
      },
      {
        what: 'people to evaluate by',
        out: folders.unseen,
        write: (onProgress) =>
          writePeople({
            ...{ out: folders.unseen, numPeople: plan.unseen.people, seed: seeds.unseen, onProgress },
            ...{ photosPerPerson: plan.unseen.photos, size: 160, nuisance: portrait.nuisance },
          }),
      },
      {
        what: 'photos of several people',
        out: folders.scenesOfKnown,
        write: (onProgress) =>
          writeScenes({
            ...{ out: folders.scenesOfKnown, numScenes: plan.parties, seed: 4000, onProgress },
            ...{ width: 800, height: 560, minFace: 110, numFaces: 4, nuisance: portrait.nuisance },
            identitySeeds: { first: seeds.enrolled, count: plan.enrolled.people + NUM_GUESTS },
          }),
      },
    ],
    io,
  );
  await layOut(folders);
  await writeFile(folders.pairs, pairsOf(plan.unseen));
}

/** Photos by the names of people, and those to try under names that one finds in a file dialog. */
async function layOut({ known, people, scenesOfKnown, photos }: ServedDemoFolders): Promise<void> {
  const folders = (await readdir(known)).filter((name) => name !== 'faces.json').sort();
  for (const [i, folder] of folders.entries()) {
    const to = join(people, demoNames[i]!);
    if (!(await exists(to))) await cp(join(known, folder), to, { recursive: true });
  }
  await makeFolder(photos);
  const images = join(scenesOfKnown, 'images');
  for (const [i, name] of (await readdir(images)).sort().entries())
    await cp(join(images, name), join(photos, `party-${i + 1}.jpg`));
}

/** As many pairs of one person as of two, each photo in two of either kind. */
function pairsOf({ people, photos }: ServedDemoPlan['unseen']): string {
  const path = (person: number, photo: number): string =>
    `person-${seeds.unseen + (person % people)}/${String((photo % photos) + 1).padStart(4, '0')}.jpg`;
  const lines: string[] = [];
  for (let person = 0; person < people; person++) {
    for (let photo = 0; photo < photos; photo++) {
      lines.push(`${path(person, photo)},${path(person, photo + 1)},1`);
      lines.push(`${path(person, photo)},${path(person + 1 + photo, photo)},0`);
    }
  }
  return `${lines.join('\n')}\n`;
}
