import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manualSeed, nn, type Tensor } from '../index.ts';
import { type Case, variance, w } from '../testing/converter-cases/case.ts';
import { maps } from '../testing/converter-cases/maps.ts';
import { rows } from '../testing/converter-cases/rows.ts';
import { converters } from './converters/index.ts';
import { exportOnnx } from './index.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'onnx-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** A module out of a function of its inputs and of parameters. */
class Fn extends nn.Module {
  readonly #forward: (...inputs: Tensor[]) => unknown;

  constructor(
    forward: (...inputs: Tensor[]) => unknown,
    parts: Record<string, nn.Module | nn.Parameter> = {},
  ) {
    super();
    this.#forward = forward;
    Object.assign(this, parts);
  }

  forward(...inputs: Tensor[]): unknown {
    return this.#forward(...inputs);
  }
}

const openMap = { 0: 'batch', 2: 'height', 3: 'width' };

const run = async ([name, inputs, forward, options]: Case, axes: Record<number, string>, opset: number) => {
  manualSeed(7);
  const given = inputs();
  const names = given.map((_, i) => `x${i}`);
  const dynamicAxes = Object.fromEntries(names.map((n) => [n, axes]));
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.onnx`);
  return exportOnnx(new Fn(forward, { ...w, variance }), given, {
    path,
    inputNames: names,
    dynamicAxes,
    opset,
    ...options,
  });
};

// The export itself compares the file with the module, on two batches of random inputs of different sizes.
it.each(maps)('%s', async (...c) => {
  expect((await run(c, openMap, 17)).maxRelDiff).toBeLessThan(5e-5);
});

it.each(rows)('%s', async (...c) => {
  expect((await run(c, { 0: 'batch' }, 17)).maxRelDiff).toBeLessThan(5e-5);
});

// What changed its form after opset 17: reductions, Split and Resize.
const changed = /mean|sum|amax|norm|max |split|upsample|pool/;
it.each(maps.filter(([name]) => changed.test(name)))('opset 21: %s', async (...c) => {
  expect((await run(c, openMap, 21)).maxRelDiff).toBeLessThan(5e-5);
});

it('every operator in the table has a form here', () => {
  const source = [...maps, ...rows].map(([, , forward]) => String(forward)).join('\n');
  const aliases =
    /^(multiply|divide|true_divide|_\w+|concat|concatenate|numpy_T|view_as|reshape_as|conv1d|conv3d|conv_transpose1d|alias|lift_fresh|type_as)$/;
  const untested = [...converters.keys()].filter(
    (name) => !aliases.test(name) && !new RegExp(`\\b${name}_?\\(`).test(source),
  );
  expect(untested).toEqual([]);
});
