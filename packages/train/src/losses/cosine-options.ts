import { expectNumber } from './check-options.ts';
import {
  type ClassificationOptions,
  checkClassification,
  classificationDefaults,
} from './classification-loss.ts';

/** Options that every loss on the sphere has. */
export interface CosineOptions extends ClassificationOptions {
  /** r: the share of the classes that a training step computes with, see `sampleClasses`; 1 is the whole softmax. */
  sampleRate: number;
}

export const cosineDefaults: CosineOptions = { ...classificationDefaults, sampleRate: 1 };

/** @throws RECIPE_INVALID_VALUE */
export function checkCosine(name: string, options: CosineOptions): void {
  checkClassification(name, options);
  expectNumber(name, options, 'sampleRate', { above: 0, max: 1 });
}
