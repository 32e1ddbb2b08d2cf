import { join } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption, numbersOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { formatTable } from '../cli/table.ts';
import { loadTrain } from '../cli/train-module.ts';
import { SemblanceError } from '../error.ts';

interface Options {
  data: string;
  test: string;
  out: string;
  losses?: string;
  jobs: number;
  enrol: number;
  minPhotos: number;
  fpirs: number[];
  format: 'table' | 'json';
  set?: Record<string, string>;
}

export const experimentLossesCommand = defineCommand<Options>({
  path: ['experiment', 'losses'],
  summary: 'trains every loss alike and compares them on people unseen in training',
  description:
    'The ladder of margin-based classification: same data, network, seed and number of images for every loss (recipes ' +
    'ladder-softmax, ladder-arcface, …), one process each, then identification of other people. Writes report.html, ' +
    'report.json and table.md into --out. Interrupted at any moment it goes on when it is started again.',
  examples: [
    [
      'semblance experiment losses --data crops/ --test others/ --out ladder/',
      'folders per person of aligned faces; nobody should be in both',
    ],
    [
      'semblance experiment losses --data crops/ --test others/ --out ladder/ --losses softmax,arcface --set autoImages=20000',
      'two losses on a small budget',
    ],
  ],
  configure(command) {
    command
      .requiredOption('--data <dir>', 'what is trained on: a folder per person, or a RecordIO set')
      .requiredOption('--test <dir>', 'a folder per person of other people’s aligned faces')
      .requiredOption('--out <dir>', 'a model folder for each loss, and the report')
      .option('--losses <names>', 'names with commas between; all if not given')
      .addOption(numberOption('--jobs <n>', 'trainings at a time', { min: 1, max: 64 }).default(1))
      .addOption(
        numberOption('--enrol <n>', 'photos of each person to enrol', { min: 1, max: 1000 }).default(1),
      )
      .addOption(
        numberOption('--min-photos <n>', 'people with fewer photos are strangers', {
          min: 2,
          max: 1e6,
        }).default(10),
      )
      .addOption(
        numbersOption('--fpirs <rates>', 'false-positive identification rates, separated by commas', {
          min: 0,
          max: 1,
        }).default([0.1, 0.01], '0.1,0.01'),
      )
      .addOption(choiceOption('--format <format>', 'how results are printed', ['table', 'json'], 'table'))
      .addOption(setOption('a key of all recipes, repeatable: --set autoImages=20000 --set seed=2'));
  },
  async run(options, io) {
    const { lossNames } = await loadTrain();
    const losses = options.losses?.split(',').map((name) => name.trim()) ?? [...lossNames];
    const unknown = losses.find((name) => !(lossNames as string[]).includes(name));
    if (unknown !== undefined)
      throw new SemblanceError(
        'USAGE_INVALID_VALUE',
        `Expected some of ${lossNames.join(', ')} for --losses but received "${unknown}".`,
      );
    const { runLadder } = await import('../experiment/ladder-runs.ts');
    const { measureLadder } = await import('../experiment/ladder-measure.ts');
    const report = await import('../experiment/ladder-report.ts');
    const { writeReport } = await import('@semblance/lab/evaluate');

    const progress = createProgress(io, 'trainings');
    const { data, out, jobs, set = {} } = options;
    await runLadder({
      losses,
      data,
      out,
      set,
      jobs,
      onLine: (loss, line) => progress.say(`${loss}: ${line}`),
      onDone: (loss, numDone) => progress.update(numDone, losses.length, `${loss} is trained`),
    }).finally(() => progress.end());
    const rungs = await measureLadder(
      {
        losses,
        out,
        test: options.test,
        numEnrolled: options.enrol,
        minPhotos: options.minPhotos,
        fpirs: options.fpirs,
      },
      io,
    );
    const table = report.ladderTable(rungs, options.fpirs);
    const facts = report.ladderFacts(rungs);
    await writeReport(out, report.ladderReport(rungs, options.fpirs), facts, {
      'table.md': report.markdownTable(table),
    });
    io.err(`report: ${join(out, 'report.html')}`);
    if (options.format === 'json') io.out(JSON.stringify(facts));
    else for (const line of formatTable(table)) io.out(line);
    return 0;
  },
});
