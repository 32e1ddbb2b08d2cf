import type { DetectOptions, Detector, Recognizer } from '@semblance/face/models';
import type { EmbedPhotosOptions } from '@semblance/lab/evaluate';
import type { Command } from 'commander';
import type { Io } from '../cli/io.ts';
import { detectorOption, MODEL_HELP, recognizerOption } from '../cli/model-options.ts';
import { choiceOption, setOption } from '../cli/options.ts';
import { createProgress } from '../cli/progress.ts';
import { SemblanceError } from '../error.ts';
import { detectorSettingsHelp, detectSettings } from '../faces/settings.ts';

/** Options of the commands that embed labelled photos. */
export interface EmbeddingOptions {
  data: string;
  detector?: string;
  recognizer?: string;
  crops?: boolean;
  /** A folder, or false for none. */
  cache: string | boolean;
  format: 'table' | 'json';
  report?: string;
  groups?: string;
  set?: Record<string, string>;
}

/** What embeds, where embeddings are kept, and how results are printed. */
export function addEmbeddingOptions(command: Command, { hasRecognizer = true } = {}): void {
  command.addOption(
    detectorOption(`${MODEL_HELP}, if faces still have to be found (default: see semblance model use)`),
  );
  if (hasRecognizer) command.addOption(recognizerOption());
  command
    .option('--crops', 'the photos are aligned faces; no detector is needed')
    .option('--cache <dir>', 'where embeddings are cached (default: ~/.cache/semblance)')
    .option('--no-cache', 'does not cache embeddings')
    .addOption(choiceOption('--format <format>', 'output format', ['table', 'json'], 'table'))
    .addOption(setOption(detectorSettingsHelp));
}

/** {@link addEmbeddingOptions}, and what is measured beside the rates. */
export function addMeasureOptions(command: Command): void {
  addEmbeddingOptions(command);
  command
    .option('--groups <file>', 'a CSV of people or photos and their attributes; adds error rates by group')
    .option(
      '--report <dir>',
      'writes report.html with curves and the worst mistakes, report.json and the scores as CSV',
    );
}

/** Loads the models for so many photos, opens the cache, does the work, and closes all. */
export async function withEmbedding<T>(
  options: Omit<EmbeddingOptions, 'data'>,
  numPhotos: number,
  io: Io,
  work: (options: EmbedPhotosOptions) => Promise<T>,
): Promise<T> {
  if (options.crops && options.detector !== undefined)
    throw new SemblanceError(
      'USAGE_MISSING_ARGUMENT',
      '--crops says that the faces are aligned, so --detector has nothing to do: leave one of them out',
    );
  const detect: DetectOptions = detectSettings(options.set);
  const { findModel, loadDetector, loadRecognizer, loadForPhotos } = await import('@semblance/face/models');
  const { openEmbeddingCache } = await import('@semblance/lab/evaluate');
  const { cacheFolder } = await import('@semblance/core');
  const loading = loadForPhotos(numPhotos);
  const detectorPath = options.crops ? null : await findModel(options.detector, 'detection', io.env);
  const recognizerPath = await findModel(options.recognizer, 'recognition', io.env);
  await using detector: Detector | null =
    detectorPath === null ? null : await loadDetector(detectorPath, loading);
  await using recognizer: Recognizer = await loadRecognizer(recognizerPath, loading);
  const dir = typeof options.cache === 'string' ? options.cache : cacheFolder(io.env);
  const cache = options.cache === false ? null : openEmbeddingCache(dir);
  const progress = createProgress(io, 'embedding');
  try {
    // awaited here: what is in use must not be closed
    return await work({ detector, recognizer, detect, cache, progress });
  } finally {
    progress.end();
    cache?.close();
  }
}
