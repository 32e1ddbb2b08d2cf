import { basename } from 'node:path';
import { hashFile } from '@semblance/core/files';
import { fitTable, percent } from '@semblance/core/table';
import type { Evaluation, JobService, Version } from '@semblance/jobs';
import type { VerificationResult } from '@semblance/lab/evaluate';
import { defineCommand } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { numbersOption } from '../cli/options.ts';
import { SemblanceError } from '../error.ts';
import { addEmbeddingOptions, type EmbeddingOptions, withEmbedding } from '../evaluate/options.ts';
import { errorRates, refused } from './job-kinds/error-rates.ts';
import { addStoreOption, type StoreOptions, withJobs } from './jobs-options.ts';

interface Options extends Omit<EmbeddingOptions, 'data' | 'recognizer'>, StoreOptions {
  versions: string[];
  pairs: string;
  data?: string;
  fars: number[];
  name?: string;
}

export const jobsEvaluateCommand = defineCommand<Options>({
  path: ['jobs', 'evaluate'],
  summary:
    'measures the recognizers of versions on one set of yours: error rates at several operating points',
  description:
    'A line per version: the false non-match rate (FNMR) at each false match rate (FMR), with 95 % intervals, the equal ' +
    'error rate and the accuracy. The result and the worst pairs are kept with each version: jobs show and jobs compare ' +
    '--html tell them.',
  examples: [
    [
      'semblance jobs evaluate faces --pairs pairs.csv --data people/ --crops',
      'all versions of faces that completed, on aligned faces',
    ],
    [
      'semblance jobs evaluate faces@production faces/V0007 --pairs pairs.csv --data photos/ --fars 0.01,0.001',
      'the candidate beside what is in production',
    ],
  ],
  configure(command) {
    command
      .argument('<versions...>', 'JOB/V0001, JOB@ALIAS, or JOB for all its versions that completed')
      .requiredOption('--pairs <file>', 'the list of pairs, or a .bin')
      .option('--data <dir>', 'the folder that the paths of the pairs start from; not for a .bin')
      .option('--name <name>', 'what to call the set (default: the name of the list)')
      .addOption(
        numbersOption('--fars <rates>', 'false match rates to report, separated by commas', {
          min: 0,
          max: 1,
        }).default([0.1, 0.01, 0.001], '0.1,0.01,0.001'),
      );
    addEmbeddingOptions(command, { hasRecognizer: false });
    addStoreOption(command);
  },
  run: (options, io) =>
    withJobs(options, io, async (jobs) => {
      const { fullName } = await import('@semblance/jobs');
      const { namedVersions } = await import('@semblance/jobs/views');
      const isDone = ({ state }: Version) => state === 'completed';
      const versions = await namedVersions(jobs.store, options.versions, isDone);
      if (versions.length === 0)
        throw new SemblanceError('VERSION_WRONG_STATE', 'none of these versions has completed');
      const fingerprint = await hashFile(options.pairs);
      const rows: (string | number)[][] = [];
      for (const version of versions) {
        io.err(`${fullName(version)} …`);
        const { result, evaluation } = await evaluate(jobs, version, options, fingerprint, io);
        await jobs.store.addRecord(version.id, 'evaluation', evaluation);
        if (options.format === 'json') io.out(JSON.stringify({ version: fullName(version), ...result }));
        rows.push(rowOf(fullName(version), result, options.fars));
      }
      if (options.format === 'json') return 0;
      const head = ['version', ...options.fars.map((far) => `FNMR at FMR ${far}`), 'EER', 'accuracy'];
      for (const line of fitTable([head, ...rows], io.outColumns)) io.out(line);
      return 0;
    }),
});

async function evaluate(
  jobs: JobService,
  version: Version,
  options: Options,
  fingerprint: string,
  io: Io,
): Promise<{ result: VerificationResult; evaluation: Evaluation }> {
  const { fullName, versionPlace } = await import('@semblance/jobs');
  const { flattenMetrics } = await import('@semblance/jobs/kinds');
  const { embedPhotos, measureVerification, readVerificationSet, worstOfBothKinds } = await import(
    '@semblance/lab/evaluate'
  );
  const { pairs, photos } = await readVerificationSet(options.pairs, options.data);
  const place = await versionPlace(jobs, fullName(version));
  const using = { ...options, recognizer: place!.path };
  const { embeddings } = await withEmbedding(using, photos.length, io, (parts) => embedPhotos(photos, parts));
  if (embeddings.size === 0)
    throw new SemblanceError('DATA_EMPTY', `none of the ${photos.length} photos gave a face`);
  const { result, scored } = measureVerification(pairs, embeddings, { fars: options.fars });
  const set = options.name ?? basename(options.pairs);
  const misses = await worstOfBothKinds(scored, photos);
  const text = `evaluated on ${set}: EER ${percent(result.eer)}, accuracy ${percent(result.accuracy)}`;
  return {
    result,
    evaluation: { text, set, fingerprint, metrics: errorRates(flattenMetrics(result)), misses },
  };
}

function rowOf(name: string, result: VerificationResult, fars: readonly number[]): (string | number)[] {
  const rates = fars.map((far) => {
    const interval = result.tarAtFarInterval[String(far)];
    const between = interval ? ` (${refused(interval).map(percent).join(' to ')})` : '';
    return `${percent(1 - result.tarAtFar[String(far)]!)}${between}`;
  });
  return [name, ...rates, percent(result.eer), percent(result.accuracy)];
}
