import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  out: string;
  people: number;
  photos: number;
  seed: number;
  size?: number;
  nuisance: number;
  firstPhoto: number;
  portraits?: true;
  format: 'folders' | 'recordio';
  workers?: number;
}

const count = (flags: string, help: string, min = 1, max = 1e9) => numberOption(flags, help, { min, max });

export const dataRenderCommand = defineCommand<Options>({
  path: ['data', 'render'],
  summary: 'renders photos of people who do not exist, as many as you like',
  description:
    'Each person has a skull, features and skin of their own. Age, hair, beard, weight, make-up, glasses, hats, light ' +
    'and camera change from photo to photo. The same options give the same files, whatever the number of threads. ' +
    'Run it again after an interruption: it resumes. People are numbered by the seed: with --seed 1 --people 1000, ' +
    'the next thousand start at --seed 1001.',
  examples: [
    [
      'semblance data render --people 1000 --photos 30 rendered/',
      '30,000 aligned faces, ready for semblance train recognition',
    ],
    [
      'semblance data render --people 500 --photos 6 --seed 1000001 --size 48 unseen/',
      'other people to test on, at 48 pixels',
    ],
    [
      'semblance data render --people 200 --photos 10 --portraits --size 250 photos/',
      'whole photos, whose faces must be found first',
    ],
  ],
  configure(command) {
    command
      .argument('<out>', 'the folder to write')
      .addOption(count('--people <n>', 'how many people').makeOptionMandatory())
      .addOption(count('--photos <n>', 'photos of each').makeOptionMandatory())
      .addOption(count('--seed <n>', 'the first person', 0, 2 ** 31).default(1))
      .addOption(count('--size <px>', 'side of the photos (112, portraits 160)', 16, 2048))
      .addOption(
        numberOption('--nuisance <x>', 'how much photos differ, 0 to 1', { min: 0, max: 1 }).default(0.7),
      )
      .addOption(count('--first-photo <n>', 'number of the first photo of each person', 0).default(0))
      .option('--portraits', 'photos with head and shoulders instead of aligned faces')
      .addOption(choiceOption('--format <format>', 'how they are kept', ['folders', 'recordio'], 'folders'))
      .addOption(count('--workers <n>', 'threads (as many as cores)', 1, 512));
  },
  async run(options, io) {
    const { existsSync } = await import('node:fs');
    const { renderPeople } = await import('@semblance/synthetic');
    const { lockPlace } = await import('@semblance/core/files');
    const { out, people, photos, seed, size, nuisance, firstPhoto, portraits, format, workers } = options;
    const folder = format === 'folders' ? out : `${out.replace(/\/+$/, '')}.rendering`;
    if (folder !== out && existsSync(out))
      throw new SemblanceError(
        'PATH_EXISTS',
        `${out} is there already: choose another folder for the RecordIO set`,
      );
    using _lock = await lockPlace(out, 'data render');
    const progress = createProgress(io, 'rendering');
    const startMs = performance.now();
    const done = await renderPeople({
      out: folder,
      numPeople: people,
      photosPerPerson: photos,
      seed,
      firstPhoto,
      nuisance,
      aligned: !portraits,
      ...(size === undefined ? {} : { size }),
      ...(workers === undefined ? {} : { workers }),
      onProgress: progress.update,
    }).finally(() => progress.end());
    const seconds = (performance.now() - startMs) / 1000;
    if (format === 'recordio') {
      const { readPersonSource, writePersonSource } = await import('@semblance/lab/datasets');
      const writing = createProgress(io, 'writing');
      const source = await readPersonSource(folder);
      await writePersonSource(source, 'recordio', out, { onProgress: writing.update }).finally(() =>
        writing.end(),
      );
      const { rm } = await import('node:fs/promises');
      await rm(folder, { recursive: true });
    }
    io.err(
      `${done.photos} photos of ${people} people` +
        (done.rendered === 0 ? ', all there already' : `, ${(done.rendered / seconds).toFixed(1)} a second`),
    );
    io.out(out);
    return 0;
  },
});
