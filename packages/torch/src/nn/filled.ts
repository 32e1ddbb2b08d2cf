import { empty } from '../create.ts';
import { scope } from '../scope.ts';
import type { Tensor } from '../tensor.ts';
import { Parameter } from './module.ts';

/** A size for both axes of a map, or one for each. */
export type Pair = number | [number, number];

export const pair = (value: Pair): [number, number] => (typeof value === 'number' ? [value, value] : value);

/** A parameter filled in by `fill`; nothing but it survives. */
export function filled(shape: readonly number[], fill: (tensor: Tensor) => void): Parameter {
  using _ = scope();
  const tensor = empty(shape);
  fill(tensor);
  return new Parameter(tensor);
}
