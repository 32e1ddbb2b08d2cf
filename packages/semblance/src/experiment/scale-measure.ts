import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFile } from '@semblance/core/files';
import { mean } from '@semblance/core/statistics';
import { loadRecognizer } from '@semblance/face/models';
import {
  embedPhotos,
  measureVerification,
  openEmbeddingCache,
  readVerificationSet,
} from '@semblance/lab/evaluate';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { measureLadder } from './ladder-measure.ts';
import type { ScaleFolders } from './scale-data.ts';
import type { Rate, ScaleResult } from './scale-facts.ts';
import type { ScaleRun } from './scale-plan.ts';

export interface ScaleMeasureOptions {
  out: string;
  folders: ScaleFolders;
  fpir: number;
  /** Aligned faces and pairs of them, LFW's. */
  pairs?: { list: string; data: string };
}

/** Measures a trained run on people that it has not seen; what was measured before is read from its folder. */
export async function measureScaleRun(
  run: ScaleRun,
  options: ScaleMeasureOptions,
  io: Io,
): Promise<ScaleResult> {
  const { out, folders, fpir, pairs } = options;
  const asked = JSON.stringify({ fpir, pairs: pairs ?? null });
  const file = join(out, run.name, 'ladder.json');
  if (existsSync(file)) {
    const before = JSON.parse(await readFile(file, 'utf8')) as { asked: string; result: ScaleResult };
    if (before.asked === asked) return before.result;
  }
  const [rung] = await measureLadder(
    {
      losses: [run.name],
      out,
      test: folders.known,
      strangers: folders.strangers,
      numEnrolled: 1,
      minPhotos: 2,
      fpirs: [fpir],
    },
    io,
  );
  const { result: found, directions, angles, training } = rung!;
  const open = found.openSet?.atFpir[String(fpir)];
  const result: ScaleResult = {
    run,
    rank1: { value: found.rank1, interval: found.rank1Interval },
    tpir: { value: open?.tpir ?? 0, interval: open?.tpirInterval ?? [0, 1] },
    pairs: pairs ? await measurePairs(run, options, pairs, io) : null,
    directions,
    ...angles,
    trainingAccuracy: mean(training.slice(-50).map(({ accuracy }) => accuracy)),
  };
  await writeFile(file, `${JSON.stringify({ asked, result })}\n`);
  return result;
}

async function measurePairs(
  run: ScaleRun,
  { out }: ScaleMeasureOptions,
  { list, data }: { list: string; data: string },
  io: Io,
): Promise<Rate> {
  const set = await readVerificationSet(list, data);
  const cache = openEmbeddingCache(join(out, 'embeddings'));
  const progress = createProgress(io, `pairs by ${run.name}`);
  try {
    await using recognizer = await loadRecognizer(join(out, run.name));
    const { embeddings } = await embedPhotos(set.photos, {
      detector: null,
      recognizer,
      detect: {},
      cache,
      progress,
    });
    const { result } = measureVerification(set.pairs, embeddings);
    return { value: result.accuracy, interval: result.accuracyInterval };
  } finally {
    progress.end();
    cache.close();
  }
}
