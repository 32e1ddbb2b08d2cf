import { mulberry32 } from '@semblance/core/random';
import { fromArray } from '../from-data.ts';
import type { Tensor, TypedArray } from '../tensor.ts';

/** Uniform, with the mean and deviation of the example; integers and booleans are drawn from the example's values. */
function fill(out: TypedArray, example: TypedArray, isFloat: boolean, random: () => number): void {
  if (!isFloat) {
    for (let i = 0; i < out.length; i++) out[i] = example[Math.floor(random() * example.length)]!;
    return;
  }
  const values = example as Float32Array;
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / values.length;
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean)) || 1;
  const low = mean - Math.sqrt(3) * deviation;
  const width = 2 * Math.sqrt(3) * deviation;
  for (let i = 0; i < out.length; i++) out[i] = low + width * random();
}

/**
 * A tensor like the example but of another shape and with random content of the same kind. The torch generator is the
 * training's and is left alone.
 */
export function randomLike(example: Tensor, shape: readonly number[], seed: number): Tensor {
  const from = example.toArray();
  const numel = shape.reduce((n, size) => n * size, 1);
  const data = new (from.constructor as new (length: number) => TypedArray)(numel);
  const isFloat = example.dtype === 'float32' || example.dtype === 'float64';
  fill(data, from, isFloat, mulberry32(seed));
  return fromArray(data, shape, { dtype: example.dtype });
}

/** Open axes of one input: the axis and its name. */
export type OpenAxes = Readonly<Record<number, string>>;

const SPATIAL_STEP = 64;

/**
 * Shapes for the second trace: each open size is another one, the same for the same name, a different step for each
 * name, and for maps (axes from 2 on) a step that strides up to 64 divide.
 */
export function probeShapes(shapes: readonly (readonly number[])[], axes: readonly OpenAxes[]): number[][] {
  const stepsOf = (isMap: boolean, unit: number): Map<string, number> => {
    const names = axes.flatMap((a) =>
      Object.entries(a).flatMap(([d, name]) => (Number(d) < 2 === isMap ? [] : [name])),
    );
    return new Map([...new Set(names)].map((name, i) => [name, unit * (i + 1)]));
  };
  // A name that stands for a map's size somewhere takes a map's step everywhere.
  const steps = new Map([...stepsOf(false, 1), ...stepsOf(true, SPATIAL_STEP)]);
  return shapes.map((shape, i) => shape.map((size, d) => size + (steps.get(axes[i]?.[d] ?? '') ?? 0)));
}
