import { didYouMean } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import { type DetectionRecipe, detectionRecipes } from './detection.ts';
import { ladderRecipes } from './ladder.ts';
import { type RecognitionRecipe, trainedRecipes } from './recognition.ts';
import { type RecipeOverrides, resolveDetection, resolveRecognition } from './resolve.ts';

/**
 * Recognition recipes by name.
 *
 * @example
 * ```ts
 * import { recognitionRecipes } from '@semblance/train';
 *
 * console.log(recognitionRecipes['arcface-mbf'].inputSize); // 112
 * ```
 */
export const recognitionRecipes = {
  ...trainedRecipes,
  ...ladderRecipes,
} satisfies Record<string, RecognitionRecipe>;

export type RecognitionRecipeName = keyof typeof recognitionRecipes;
export const defaultRecognitionRecipe: RecognitionRecipeName = 'arcface-mbf';
export type DetectionRecipeName = keyof typeof detectionRecipes;
export const defaultDetectionRecipe: DetectionRecipeName = 'retinaface-mnet025';

/**
 * The detection recipe of that name, or your own, with the overrides applied; whole and checked, so that a run by it can
 * start.
 *
 * @throws RECIPE_UNKNOWN, RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 * @example
 * ```ts
 * import { detectionRecipe } from '@semblance/train';
 *
 * const { batchSize, epochs } = detectionRecipe('retinaface-mnet025', { batchSize: 8 });
 * console.log(batchSize, epochs); // 8 250
 * ```
 */
export function detectionRecipe(
  recipe: string | DetectionRecipe = defaultDetectionRecipe,
  overrides?: RecipeOverrides,
): DetectionRecipe {
  const base = typeof recipe === 'string' ? named<DetectionRecipe>(detectionRecipes, recipe) : recipe;
  return resolveDetection(base, overrides);
}

/**
 * The recognition recipe of that name, or your own, with the overrides applied; whole and checked, so that a run by it
 * can start.
 *
 * @throws RECIPE_UNKNOWN, RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 * @example
 * ```ts
 * import { isSemblanceError } from '@semblance/face';
 * import { recognitionRecipe } from '@semblance/train';
 *
 * console.log(recognitionRecipe('arcface-mbf', { lossOptions: { margin: 0.4 } }).loss); // arcface
 * try {
 *   recognitionRecipe('arcface-mbf', { lossOptions: { margn: 0.4 } });
 * } catch (error) {
 *   console.log(isSemblanceError(error, 'RECIPE_UNKNOWN_KEY')); // true
 * }
 * ```
 */
export function recognitionRecipe(
  recipe: string | RecognitionRecipe = defaultRecognitionRecipe,
  overrides?: RecipeOverrides,
): RecognitionRecipe {
  const base = typeof recipe === 'string' ? named<RecognitionRecipe>(recognitionRecipes, recipe) : recipe;
  return resolveRecognition(base, overrides);
}

function named<R>(table: Readonly<Record<string, R>>, name: string): R {
  if (Object.hasOwn(table, name)) return table[name]!;
  const names = Object.keys(table);
  throw new SemblanceError(
    'RECIPE_UNKNOWN',
    `There is no recipe "${name}" for this task. There are: ${names.join(', ')}${didYouMean(name, names) || '.'}`,
  );
}

export { type DetectionRecipe, detectionRecipes } from './detection.ts';
export type { RecognitionRecipe } from './recognition.ts';
export { type RecipeOverrides, recordOf } from './resolve.ts';
export type { TrainingRecipe } from './training.ts';
