import { join } from 'node:path';
import { formatTable } from '@semblance/core/table';
import { defineCommand } from '../cli/command.ts';
import { choiceOption, numberOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { loadTrain } from '../cli/train-module.ts';
import { SemblanceError } from '../error.ts';
import { enrolOption, fpirsOption } from '../evaluate/gallery-options.ts';

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
  summary: 'trains with every loss and compares the results on new people',
  description:
    'Every loss gets the same data, network, seed and number of images (recipes ladder-softmax, ladder-arcface, ' +
    '…), each in its own process. Then each model identifies people it has not seen. The results are report.html,' +
    ' report.json and table.md in --out. Run it again after an interruption: it resumes.',
  examples: [
    [
      'semblance experiment losses --data crops/ --test others/ --out ladder/',
      'two sets of aligned faces, with nobody in both',
    ],
    [
      'semblance experiment losses --data crops/ --test others/ --out ladder/ --losses softmax,arcface --set autoImages=20000',
      'two losses on a small budget',
    ],
  ],
  configure(command) {
    command
      .requiredOption(
        '--data <dir>',
        'the training set: aligned faces in a folder per person, or a RecordIO set',
      )
      .requiredOption('--test <dir>', 'the test set: aligned faces of other people, in a folder per person')
      .requiredOption('--out <dir>', 'where the models and the report go')
      .option('--losses <names>', 'losses to compare, separated by commas (default: all)')
      .addOption(
        numberOption('--jobs <n>', 'how many to train at the same time', { min: 1, max: 64 }).default(1),
      )
      .addOption(enrolOption())
      .addOption(
        numberOption('--min-photos <n>', 'people with fewer photos count as strangers', {
          min: 2,
          max: 1e6,
        }).default(10),
      )
      .addOption(fpirsOption([0.1, 0.01]))
      .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
      .addOption(
        setOption('changes a value of every recipe, repeatable: --set autoImages=20000 --set seed=2'),
      );
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
      runs: losses.map((loss) => ({ name: loss, recipe: `ladder-${loss}`, data, set })),
      out,
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
