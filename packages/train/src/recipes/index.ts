import { SemblanceError } from '../error.ts';
import { resolveRecipe } from '../options/resolve.ts';
import {
  type DetectionRecipe,
  defaultDetectionRecipe,
  detectionFields,
  detectionRecipes,
} from './detection.ts';
import {
  defaultRecognitionRecipe,
  type RecognitionRecipe,
  recognitionFields,
  recognitionRecipes,
} from './recognition.ts';

/** Values that replace those of a recipe: `batchSize`, `lossOptions.margin` …; text is read as the field's type. */
export type RecipeOverrides = Readonly<Record<string, unknown>>;

/**
 * The detection recipe of that name with the overrides applied.
 *
 * @throws RECIPE_UNKNOWN, RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 */
export function detectionRecipe(
  recipe: string | DetectionRecipe = defaultDetectionRecipe,
  overrides?: RecipeOverrides,
): DetectionRecipe {
  const base = typeof recipe === 'string' ? named<DetectionRecipe>(detectionRecipes, recipe) : recipe;
  const resolved = resolveRecipe(base, detectionFields, overrides);
  for (const size of [resolved.inputSize, ...resolved.multiScale]) {
    if (size % 32 === 0) continue;
    const key = size === resolved.inputSize ? 'inputSize' : 'multiScale';
    const message = `Expected a multiple of 32 for ${key} but received ${size}.`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  if (resolved.negativeIou > resolved.positiveIou) {
    const message = `Expected a negativeIou of at most positiveIou (${resolved.positiveIou}) but received ${resolved.negativeIou}.`;
    throw new SemblanceError('RECIPE_INVALID_VALUE', message);
  }
  return resolved;
}

/**
 * The recognition recipe of that name with the overrides applied.
 *
 * @throws RECIPE_UNKNOWN, RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 */
export function recognitionRecipe(
  recipe: string | RecognitionRecipe = defaultRecognitionRecipe,
  overrides?: RecipeOverrides,
): RecognitionRecipe {
  const base = typeof recipe === 'string' ? named<RecognitionRecipe>(recognitionRecipes, recipe) : recipe;
  return resolveRecipe(base, recognitionFields, overrides);
}

function named<R>(table: Readonly<Record<string, R>>, name: string): R {
  if (Object.hasOwn(table, name)) return table[name]!;
  const names = Object.keys(table).join(', ');
  throw new SemblanceError(
    'RECIPE_UNKNOWN',
    `There is no recipe "${name}" for this task. There are: ${names}.`,
  );
}

export { type DetectionRecipe, defaultDetectionRecipe, detectionRecipes } from './detection.ts';
export { defaultRecognitionRecipe, type RecognitionRecipe, recognitionRecipes } from './recognition.ts';
export type { TrainingRecipe } from './training.ts';
