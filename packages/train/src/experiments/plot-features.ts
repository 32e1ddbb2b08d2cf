import { join } from 'node:path';
import { panelGrid } from '@semblance/core/charts';
import { makeFolder, writeFile, writeJsonFile } from '@semblance/core/files';
import { configure } from '@semblance/torch';
import { SemblanceError } from '../error.ts';
import { type LossName, lossNames } from '../losses/index.ts';
import { featureVariants } from './feature-variants.ts';
import { type Features, trainFeatures } from './features.ts';
import { discPanel } from './plot/disc-panel.ts';
import { svgToPng } from './plot/png.ts';
import { spherePanel } from './plot/sphere-panel.ts';
import { FeatureRecorder, type RecordedRun, recordedSteps } from './record-features.ts';

export interface PlotFeaturesOptions {
  /** Folder of the pictures. */
  out: string;
  /** Names of the table of losses; all of them if not given. */
  losses?: readonly string[];
  /** Sizes of the embedding that are drawn: 2, 3 or both. */
  dimensions?: readonly number[];
  /** Training steps of each. */
  steps?: number;
  seed?: number;
  /** A file for what each training looks like at 25 of its steps. */
  record?: string;
  onProgress?: (done: number, total: number, note: string) => void;
}

/**
 * Trains a small network on drawn digits under each loss, with an embedding of two and of three numbers, and draws
 * where unseen digits lie: `features-2d` and `features-3d` as SVG and PNG, and `features.json`. `record` keeps how they got
 * there.
 *
 * @returns the paths of the files
 * @throws RECIPE_INVALID_VALUE for an unknown loss or another size of the embedding
 * @example
 * Not run here: it trains for minutes.
 *
 * ```ts
 * import { plotFeatures } from '@semblance/train/experiments';
 *
 * const paths = await plotFeatures({ out: 'pictures', losses: ['softmax', 'arcface'] });
 * ```
 */
export async function plotFeatures(options: PlotFeaturesOptions): Promise<string[]> {
  const {
    out,
    losses = lossNames,
    dimensions = [2, 3],
    steps = 2400,
    seed = 1,
    record,
    onProgress,
  } = options;
  const unknown = losses.find((name) => !lossNames.includes(name as LossName));
  if (unknown !== undefined) throw invalid('losses', `names out of ${lossNames.join(', ')}`, unknown);
  const wrong = dimensions.find((size) => size !== 2 && size !== 3);
  if (wrong !== undefined) throw invalid('dimensions', '2 or 3', wrong);

  const runs = dimensions.flatMap((size) =>
    featureVariants.filter(({ loss }) => losses.includes(loss)).map((variant) => ({ variant, size })),
  );
  // The steps are too small for two threads to share.
  configure({ threads: 1 });
  const all: Features[] = [];
  const recorded: RecordedRun[] = [];
  for (const [i, { variant, size }] of runs.entries()) {
    onProgress?.(i, runs.length, `${variant.label}, ${size}-D`);
    const recorder = new FeatureRecorder(steps);
    const features = trainFeatures(variant, {
      ...{ dimensions: size, steps, seed },
      ...(record !== undefined && { onStep: recorder.onStep }),
    });
    all.push(features);
    if (record !== undefined) recorded.push(recorder.finish(features));
    // Lets a progress bar be drawn and an interrupt be heard between two runs.
    await new Promise((resolve) => setImmediate(resolve));
  }
  onProgress?.(runs.length, runs.length, 'done');

  await makeFolder(out);
  const json = join(out, 'features.json');
  await writeFile(json, `${JSON.stringify({ steps, seed, features: all.map(rounded) })}\n`);
  const written = [json];
  for (const size of dimensions) {
    const svg = picture(
      all.filter((features) => features.dimensions === size),
      size,
    );
    const path = join(out, `features-${size}d`);
    await writeFile(`${path}.svg`, svg);
    await writeFile(`${path}.png`, await svgToPng(svg));
    written.push(`${path}.svg`, `${path}.png`);
  }
  if (record !== undefined) {
    await writeJsonFile(record, { seed, steps: recordedSteps(steps), runs: recorded });
    written.push(record);
  }
  return written;
}

const captionHelp =
  'Below each name: digits that are right, half-width of 90 % of a class, angle between the closest two classes.';

function picture(all: readonly Features[], size: number): string {
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`;
  const panels = all.map((features) => ({
    title: features.label,
    caption: `${percent(features.accuracy)} right · ±${features.spreadDeg.toFixed(1)}° · ${features.gapDeg.toFixed(0)}° apart`,
    drawing: size === 2 ? discPanel(features) : spherePanel(features),
  }));
  return size === 2
    ? panelGrid(
        'Unseen digits in an embedding of two numbers',
        [
          'Spokes: class weights, or centres where a loss keeps them. Rim: the middle 90 % of each class, free in between.',
          captionHelp,
        ],
        panels,
      )
    : panelGrid(
        'Unseen digits in an embedding of three numbers, as directions',
        [
          'Dots: digits, pale on the far side. Spokes: class weights, or centres where a loss keeps them.',
          captionHelp,
        ],
        panels,
      );
}

function rounded({ points, directions, ...rest }: Features): object {
  const short = (rows: number[][]) => rows.map((row) => row.map((value) => Number(value.toPrecision(4))));
  return { ...rest, points: short(points), directions: short(directions) };
}

function invalid(key: string, expected: string, received: unknown): SemblanceError {
  return new SemblanceError(
    'RECIPE_INVALID_VALUE',
    `Expected ${expected} for ${key} but received ${received}.`,
  );
}
