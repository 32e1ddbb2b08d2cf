import { join } from 'node:path';
import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption, numbersOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { loadTrain } from '../cli/train-module.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  out: string;
  identities: number[];
  losses?: string;
  seeds: number;
  seeded: string;
  images: number;
  trainImages: number;
  size: number;
  testPeople: number;
  testPhotos: number;
  fpir: number;
  pairs?: string;
  data?: string;
  jobs: number;
  format: 'table' | 'json';
  set?: Record<string, string>;
}

const count = (flags: string, help: string, min = 1, max = 1e9) => numberOption(flags, help, { min, max });

export const experimentLadderCommand = defineCommand<Options>({
  path: ['experiment', 'ladder'],
  summary: 'trains every loss on ever more rendered people: from how many on do margins win?',
  description:
    'Renders a training set for each number of people, all with the same number of images, and trains every loss on ' +
    'each (recipes ladder-softmax, ladder-arcface, …) for the same number of steps, one process a run. The models ' +
    'recognize rendered people they have not seen, and compare the faces of --pairs. --out gets report.html, ' +
    'report.json, table.md and a curve as SVG for each figure. Run it again after an interruption: it resumes.',
  examples: [
    [
      'semblance experiment ladder --identities 24,100,500,2000,8000 --size 48 --set backbone=r10 --out ladder/',
      'the whole ladder, small enough for a CPU and a night or two',
    ],
    [
      'semblance experiment ladder --losses softmax,arcface --pairs pairs.txt --data lfw-crops/ --out ladder/',
      'two losses, tested on pairs of aligned real faces as well',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--out <dir>', 'where sets, models and the report go')
      .addOption(
        numbersOption('--identities <numbers>', 'numbers of people, separated by commas', {
          min: 2,
          max: 1e6,
        }).default([24, 100, 500, 2000, 8000], '24,100,500,2000,8000'),
      )
      .option('--losses <names>', 'losses to compare, separated by commas (default: all)')
      .addOption(count('--seeds <n>', 'seeds of the losses in --seeded; others have one', 1, 100).default(3))
      .option(
        '--seeded <names>',
        'losses that are trained with every seed',
        'softmax,normface,cosface,arcface,adaface',
      )
      .addOption(count('--images <n>', 'images in each training set, however many people').default(80_000))
      .addOption(count('--train-images <n>', 'images that a training sees, passes counted').default(400_000))
      .addOption(count('--size <px>', 'side of the faces', 16, 512).default(112))
      .addOption(count('--test-people <n>', 'unseen people to test on', 10).default(500))
      .addOption(count('--test-photos <n>', 'photos of each of them', 2).default(6))
      .addOption(numberOption('--fpir <rate>', 'FPIR of the curves', { min: 0, max: 1 }).default(0.01))
      .option('--pairs <file>', 'pairs of aligned faces to compare too, such as LFW’s')
      .option('--data <dir>', 'the folder of these faces')
      .addOption(count('--jobs <n>', 'how many to train at the same time', 1, 64).default(1))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(setOption('changes a value of every recipe, repeatable: --set backbone=r10'));
  },
  async run(options, io) {
    const { lossNames } = await loadTrain();
    const known = (flag: string, names: string) =>
      names.split(',').map((name) => {
        if ((lossNames as string[]).includes(name.trim())) return name.trim();
        throw new SemblanceError(
          'USAGE_INVALID_VALUE',
          `Expected some of ${lossNames.join(', ')} for ${flag} but received "${name}".`,
        );
      });
    const { planScale } = await import('../experiment/scale-plan.ts');
    const { out, identities, size, seeds, images, trainImages, fpir, jobs, set = {} } = options;
    const losses = options.losses === undefined ? [...lossNames] : known('--losses', options.losses);
    const plan = planScale({ identities, losses, seeds, seeded: known('--seeded', options.seeded), images });
    if ((options.pairs === undefined) !== (options.data === undefined))
      throw new SemblanceError(
        'USAGE_MISSING_ARGUMENT',
        '--pairs and --data go together: give both or neither',
      );

    const { renderScaleData, scaleFolders } = await import('../experiment/scale-data.ts');
    const { runLadder } = await import('../experiment/ladder-runs.ts');
    const { measureScaleRun } = await import('../experiment/scale-measure.ts');
    const { answerText, marginWins, scalePoints } = await import('../experiment/scale-facts.ts');
    const report = await import('../experiment/scale-report.ts');
    const { markdownTable } = await import('../experiment/ladder-report.ts');
    const { writeReport } = await import('@semblance/lab/evaluate');
    const { lockPlace } = await import('@semblance/core/files');
    using _lock = await lockPlace(join(out, 'ladder'), 'experiment ladder');

    const folders = scaleFolders(out);
    await renderScaleData(
      { ...plan, size, testPeople: options.testPeople, testPhotos: options.testPhotos },
      folders,
      io,
    );
    const progress = createProgress(io, 'trainings');
    await runLadder({
      runs: plan.runs.map(({ name, loss, seed, ...run }) => ({
        name,
        recipe: `ladder-${loss}`,
        data: folders.set(run),
        set: {
          inputSize: String(size),
          autoImages: String(trainImages),
          autoMinEpochs: '0',
          autoMaxEpochs: '100000',
          seed: String(seed),
          ...set,
        },
      })),
      out,
      jobs,
      onLine: (name, line) => progress.say(`${name}: ${line}`),
      onDone: (name, numDone) => progress.update(numDone, plan.runs.length, `${name} is trained`),
    }).finally(() => progress.end());
    const results = [];
    const pairs = options.pairs === undefined ? {} : { pairs: { list: options.pairs, data: options.data! } };
    for (const run of plan.runs)
      results.push(await measureScaleRun(run, { out, folders, fpir, ...pairs }, io));

    const points = scalePoints(results);
    const note = `Each set has about ${images} images, each training sees ${trainImages}, at ${size} pixels; ${options.testPeople} unseen people, three of five enrolled with one photo.`;
    const facts = { answer: answerText(points), wins: marginWins(points), points, results };
    const table = report.scaleTable(points, fpir);
    await writeReport(out, report.scaleReport(points, fpir, note), facts, {
      'table.md': markdownTable(table),
      ...report.scaleCharts(points, fpir),
    });
    io.err(`report: ${join(out, 'report.html')}`);
    if (options.format === 'json') io.out(JSON.stringify(facts));
    else for (const line of [...formatTable(table), '', facts.answer]) io.out(line);
    return 0;
  },
});
