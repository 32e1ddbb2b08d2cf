import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scope } from '@semblance/torch';
import { type CurveVariant, curveAngles, measureCurve } from '@semblance/train/experiments';
import { createHead, lossOf } from '@semblance/train/losses';
import { expect, test } from 'vitest';
import { SoftmaxHead } from '../../packages/train/src/losses/softmax.ts';
import { commandOf } from '../../packages/web/app/pages/losses/command.ts';
import { labOf, searchOf } from '../../packages/web/app/pages/losses/state.ts';
import {
  contentBelow,
  curveOf,
  type Knobs,
  lossCurves,
  presetsOf,
  readAt,
} from '../../packages/web/app/pages/losses/targets.ts';
import { root } from '../source-files.ts';

interface Setting {
  loss: string;
  knobs?: Partial<Knobs>;
}

/** Where rules change: whole and broken margins, λ there and gone, both ends of AdaFace's ẑ. */
const settings: Setting[] = [
  ...lossCurves.filter(({ name }) => name !== 'center').map(({ name }) => ({ loss: name })),
  ...[1, 2, 3, 4].flatMap((m) =>
    [0, 5].flatMap((lambda) => [
      { loss: 'l-softmax', knobs: { m, lambda } },
      { loss: 'sphereface', knobs: { m, lambda, s: 7 } },
    ]),
  ),
  { loss: 'cosface', knobs: { s: 11, m: 0.9 } },
  ...[0, 0.9, 1.5].map((m) => ({ loss: 'arcface', knobs: { m, s: 30 } })),
  ...[
    { m1: 0.9, m2: 0.4, m3: 0.15 },
    { m1: 1.35, m2: 0, m3: 0 },
    { m1: 0.5, m2: 0.1, m3: 0.3 },
    { m1: 4, m2: 1.5, m3: 0 },
  ].map((knobs) => ({ loss: 'combined', knobs })),
  ...[-1, -0.3, 0, 0.5].map((quality) => ({ loss: 'adaface', knobs: { quality, m: 0.6 } })),
];

/** The head that trains, with what the knobs say. */
function variantOf(loss: string, knobs: Knobs): CurveVariant {
  const options = Object.fromEntries(
    curveOf(loss).knobs.flatMap(({ name, option }) => (option === null ? [] : [[option, knobs[name]]])),
  );
  const hasScale = 'scale' in options;
  return {
    loss: loss as CurveVariant['loss'],
    label: loss,
    options: 'lambdaMin' in options ? { ...options, lambdaBase: 0 } : options,
    norm: hasScale ? 30 : knobs.s,
    // under which ẑ of a norm of 30 is the quality
    ...(loss === 'adaface' && { state: { normMean: 30 - knobs.quality, normStd: 0.333 - 1e-3 } }),
  };
}

test.each(settings)('$loss $knobs is drawn as the head that trains has it, in float64', ({ loss, knobs }) => {
  const curve = curveOf(loss);
  const all: Knobs = { ...presetsOf(curve), ...knobs };
  const measured = measureCurve(variantOf(loss, all));
  for (const [i, degrees] of curveAngles.entries()) {
    const theta = (degrees * Math.PI) / 180;
    const { logit, slope, pull } = readAt(curve, theta, all, 10_000);
    // AdaFace's statistics are kept in float32 and h is three digits
    const digits = loss === 'adaface' ? 3 : 6;
    const where = `${degrees}°`;
    expect(logit, where).toBeCloseTo(measured.logit[i]!, digits);
    // where the rule changes, the last bit of an angle chooses the side
    const isEdge = Math.abs(all.s * slope - measured.slope[i]!) > 1e-3 && jumpsAt(curve, theta, all);
    if (isEdge) continue;
    expect(all.s * slope, where).toBeCloseTo(measured.slope[i]!, loss === 'adaface' ? 1 : 5);
    expect(pull, where).toBeCloseTo(measured.pull[i]!, loss === 'adaface' ? 1 : 5);
  }
});

test('Center loss has the target logit of Softmax, there as here', () => {
  using _ = scope();
  const head = createHead('center', { embeddingSize: 2, numClasses: 2 });
  expect(head).toBeInstanceOf(SoftmaxHead);
  expect(Object.getOwnPropertyNames(Object.getPrototypeOf(head))).not.toContain('logits');
  expect(curveOf('center')).toEqual({ ...curveOf('softmax'), name: 'center', title: 'Center loss' });
  head.dispose();
});

const jumpsAt = (curve: ReturnType<typeof curveOf>, theta: number, knobs: Knobs): boolean =>
  Math.abs(curve.at(theta + 1e-9, knobs).slope - curve.at(theta - 1e-9, knobs).slope) > 1e-3;

test('known numbers: the angles at which the losses are content among 10,000 people', () => {
  const content = (loss: string, knobs: Partial<Knobs> = {}) =>
    Math.round(contentBelow(curveOf(loss), { ...presetsOf(curveOf(loss)), ...knobs }, 10_000));
  expect([
    ...[content('softmax'), content('normface'), content('cosface'), content('arcface')],
    ...[content('sphereface'), content('am-softmax'), content('l-softmax')],
    ...[content('sphereface', { lambda: 0 }), content('normface', { s: 64 }), content('normface', { s: 9 })],
  ]).toEqual([72, 63, 60, 53, 53, 49, 36, 18, 82, 0]);
  // half the softmax's probability is the right one's there
  const { probability } = readAt(
    ...([curveOf('normface'), Math.acos(Math.log(9999) / 20)] as const),
    ...([presetsOf(curveOf('normface')), 10_000] as const),
  );
  expect(probability).toBeCloseTo(0.5, 9);
});

test('every loss with a target logit is there, and what the page says of it a training takes', () => {
  for (const { name, knobs } of lossCurves) {
    const options = knobs.flatMap(({ option, preset }) => (option === null ? [] : [[option, preset]]));
    const parsed = lossOf(name).options.parse(Object.fromEntries(options)) as Record<string, unknown>;
    for (const [option, preset] of options) expect(parsed[option as string]).toBe(preset);
    for (const { option, min, max } of knobs)
      if (option !== null)
        for (const end of [min, max])
          expect(lossOf(name).options.safeParse({ [option]: end }).success, `${name} ${option} ${end}`).toBe(
            true,
          );
  }
  const { knobs } = labOf('loss=cosface&m=0.2');
  expect(commandOf({ loss: 'cosface', knobs })).toBe(
    [
      'semblance train recognition --data faces/ --out model/ \\',
      '  --loss cosface \\',
      '  --set lossOptions.scale=64 \\',
      '  --set lossOptions.margin=0.2',
    ].join('\n'),
  );
});

test('an address says every state and is as short as it can be; nonsense in it is as if it were not there', () => {
  expect(searchOf(labOf(''))).toBe('');
  const search = 'loss=adaface&angle=75&people=24&view=pull&s=30&quality=-0.3&dimensions=3&moment=7&turn=90';
  expect(searchOf(labOf(search))).toBe(search);
  expect(labOf('loss=%3Cb%3E&angle=x&people=7&view=no&s=-5&m=1e9&dimensions=9&moment=-1&turn=')).toEqual({
    ...labOf(''),
    knobs: { ...labOf('').knobs, s: 1, m: 1.5 },
    moment: 0,
  });
});

test('the ladder is that of the experiment', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const measured: { loss: string; rank1: number; rank1Interval: number[]; directions: number }[] = read(
    'docs/experiments/losses.json',
  );
  const four = (value: number) => Number(value.toFixed(4));
  expect(read('packages/web/app/pages/losses/ladder.json')).toEqual(
    measured.map(({ loss, rank1, rank1Interval, directions }) => ({
      ...{ loss, rank1: four(rank1), low: four(rank1Interval[0]!), high: four(rank1Interval[1]!) },
      directions,
    })),
  );
});
