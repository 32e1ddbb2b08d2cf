import { join } from 'node:path';
import { type Line, linePicture, type PictureAxis, palette, type Zone } from '@semblance/core/charts';
import { makeFolder, writeFile } from '@semblance/core/files';
import type { LossName } from '../losses/index.ts';
import { curveAngles, curveVariants, type LossCurve, measureCurve } from './curves.ts';
import { svgToPng } from './plot/png.ts';

/**
 * Draws the target logits of all losses over the angle, and their slopes, as SVG and PNG, and writes `curves.json`
 * with the numbers behind them.
 *
 * @returns the paths of the files
 * @example
 * ```ts
 * import { plotLosses } from '@semblance/train/experiments';
 *
 * const paths = await plotLosses({ out: 'pictures' });
 * console.log(paths[0]); // pictures/curves.json
 * ```
 */
export async function plotLosses({ out }: { out: string }): Promise<string[]> {
  const curves = curveVariants.map(measureCurve);
  await makeFolder(out);
  const json = join(out, 'curves.json');
  await writeFile(json, `${JSON.stringify({ thetaDeg: curveAngles, curves: curves.map(rounded) })}\n`);
  const written = [json];
  for (const [name, svg] of Object.entries(charts(curves))) {
    const path = join(out, `${name}.svg`);
    await writeFile(path, svg);
    await writeFile(path.replace(/svg$/, 'png'), await svgToPng(svg));
    written.push(path, path.replace(/svg$/, 'png'));
  }
  return written;
}

const zones: Zone[] = [
  { from: 0, to: 30, label: 'learnt well', color: '#e9f7ee' },
  { from: 30, to: 60, label: 'being learnt', color: '#fff7e0' },
  { from: 60, to: 90, label: 'where faces start', color: '#fdebe6' },
];
const thetaAxis: PictureAxis = {
  label: 'θ, the angle between an embedding and its class',
  range: [0, 180],
  ticks: [0, 30, 60, 90, 120, 150, 180],
  unit: '°',
};

/** The pictures by name. */
function charts(curves: readonly LossCurve[]): Record<string, string> {
  // Its logit is ArcFace's own: it differs in the slope alone.
  const distinct = curves.filter(({ options }) => options.gradient !== 'straight-through');
  const relative = (title: string, subtitle: string, low: number, losses?: readonly LossName[]): string =>
    linePicture({
      title,
      subtitle,
      x: thetaAxis,
      y: { label: 'target logit / s', range: [low, 1] },
      zones,
      lines: distinct
        .filter(({ loss }) => !losses || losses.includes(loss))
        .map((curve) => lineOf(curve, curves, (i) => curve.logit[i]! / curve.scale)),
    });
  return {
    logits: relative(
      'Target logit by angle, in units of s',
      'What the margin does to the cosine of the right class. The lower a line, the closer it asks faces to come.',
      -3,
    ),
    'logits-multiplied': relative(
      'Margins that multiply the angle',
      'cos(mθ) is made to fall all the way to 180°; λ mixes it with cos θ.',
      -7,
      ['softmax', 'l-softmax', 'sphereface'],
    ),
    'logits-added': relative(
      'Margins that are added',
      'CosFace moves the cosine down by m; ArcFace moves it to the left by m = 0.5 rad = 28.6°.',
      -1.5,
      ['softmax', 'cosface', 'arcface'],
    ),
    'logits-mixed': relative(
      'Margins that are mixed',
      'The combined margin has three constants; AdaFace chooses by the quality of the image.',
      -2,
      ['softmax', 'arcface', 'combined', 'adaface'],
    ),
    'logits-scaled': linePicture({
      title: 'Target logit by angle, with each loss’s own s and m',
      subtitle: 'The same, as the softmax sees it: s sets how sharply it tells classes apart.',
      x: thetaAxis,
      y: { label: 'target logit', range: [-120, 70] },
      zones,
      lines: distinct.map((curve) => lineOf(curve, curves, (i) => curve.logit[i]!)),
    }),
    slopes: linePicture({
      title: 'Slope of the target logit, in units of s',
      subtitle:
        '−d logit / dθ by radian: how hard the angle is pressed, as long as the softmax is not content.',
      x: thetaAxis,
      y: { label: '−d logit / dθ / s', range: [0, 4] },
      zones,
      lines: curves.map((curve) => lineOf(curve, curves, (i) => curve.slope[i]! / curve.scale)),
    }),
    pull: linePicture({
      title: 'Pull on the angle, beside 9,999 classes at 90°',
      subtitle:
        '−d L / dθ by radian: where a loss is content, its pull ends. A margin carries it on towards 0°.',
      x: thetaAxis,
      y: { label: '−d L / dθ', range: [0, 125] },
      zones,
      lines: curves.map((curve) => lineOf(curve, curves, (i) => curve.pull[i]!)),
    }),
  };
}

/** Losses that another one covers where scales do not matter. */
const broad: readonly LossName[] = ['softmax', 'am-softmax'];

/** Losses have a colour each; further variants of one are dashed. */
function lineOf(curve: LossCurve, all: readonly LossCurve[], y: (i: number) => number): Line {
  const names = [...new Set(all.map(({ loss }) => loss))];
  const sisters = all.filter(({ loss }) => loss === curve.loss);
  const dashes = ['', '7 4'][sisters.indexOf(curve)];
  return {
    label: curve.label,
    color: palette[names.indexOf(curve.loss) % palette.length]!,
    ...(dashes && { dashes }),
    ...(broad.includes(curve.loss) && { width: 5 }),
    // Whole degrees are enough for the eye.
    points: curveAngles.flatMap((theta, i) => (i % 2 === 0 ? [[theta, y(i)] as const] : [])),
  };
}

function rounded({ logit, slope, pull, ...rest }: LossCurve): object {
  const short = (values: number[]) => values.map((value) => Number(value.toPrecision(6)));
  return { ...rest, logit: short(logit), slope: short(slope), pull: short(pull) };
}
