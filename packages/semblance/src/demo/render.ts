import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writePeople, writeScenes } from '@semblance/synthetic';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import type { DemoFolders, DemoPlan } from './plan.ts';

type OnProgress = (done: number, total: number) => void;

/** Photos that are rendered into a folder. */
export interface RenderedSet {
  what: string;
  out: string;
  write(onProgress: OnProgress): Promise<unknown>;
}

/** Renders those sets that are not there yet; `faces.json`, which is written last, says of each that it is. */
export async function renderMissing(sets: readonly RenderedSet[], io: Io): Promise<void> {
  for (const { what, out, write } of sets) {
    if (existsSync(join(out, 'faces.json'))) continue;
    const progress = createProgress(io, `rendering ${what}`);
    await write((done, total) => progress.update(done, total));
    progress.end();
  }
}

/** Renders every set of photos of the demo that is not there yet. */
export async function renderData(plan: DemoPlan, folders: DemoFolders, io: Io): Promise<void> {
  const { scenes, learned, enrolled, strangers, otherStrangers, portraits } = plan;
  const { size, minFace } = scenes;
  const scene = { width: size, height: size, minFace, nuisance: scenes.nuisance };
  const probe = {
    size: portraits.size,
    photosPerPerson: portraits.probesPerPerson,
    nuisance: portraits.nuisance,
  };
  const sets: RenderedSet[] = [
    ...[
      { what: 'scenes to learn from', out: folders.scenes, of: scenes.train },
      { what: 'scenes to choose a threshold by', out: folders.calibrationScenes, of: scenes.calibration },
      { what: 'scenes to test on', out: folders.testScenes, of: scenes.test },
    ].map(({ what, out, of }) => ({
      what,
      out,
      write: (onProgress: OnProgress) =>
        writeScenes({ out, numScenes: of.count, seed: of.seed, ...scene, onProgress }),
    })),
    {
      what: 'faces to learn from',
      out: folders.learned,
      write: (onProgress) =>
        writePeople({
          out: folders.learned,
          numPeople: learned.people,
          photosPerPerson: learned.photos,
          seed: learned.firstSeed,
          size: learned.size,
          aligned: true,
          jitter: learned.jitter,
          nuisance: learned.nuisance,
          onProgress,
        }),
    },
    ...[
      // photos 0… are enrolled, then those that choose the threshold, then those that are reported
      { what: 'photos to enrol', out: folders.enrolled, firstPhoto: 0, photosPerPerson: enrolled.photos },
      { what: 'known people, to choose the threshold by', out: folders.calibration.mated, firstPhoto: 100 },
      { what: 'known people, to recognise', out: folders.test.mated, firstPhoto: 200 },
    ].map(({ what, ...photos }) => ({
      what,
      out: photos.out,
      write: (onProgress: OnProgress) =>
        writePeople({
          ...probe,
          ...photos,
          numPeople: enrolled.people,
          seed: enrolled.firstSeed,
          onProgress,
        }),
    })),
    ...[
      {
        what: 'strangers, to choose the threshold by',
        out: folders.calibration.strangers,
        from: otherStrangers,
      },
      { what: 'strangers, to turn away', out: folders.test.strangers, from: strangers },
    ].map(({ what, out, from }) => ({
      what,
      out,
      write: (onProgress: OnProgress) =>
        writePeople({ ...probe, out, numPeople: from.people, seed: from.firstSeed, onProgress }),
    })),
  ];
  await renderMissing(sets, io);
}
