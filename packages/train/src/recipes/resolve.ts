import { fromGiven, invalidValue, jsonSchemaOf } from '@semblance/core/schema';
import { getRngState, type nn, setRngState } from '@semblance/torch';
import { z } from 'zod';
import { applyFreeze } from '../backbones/freeze.ts';
import { backboneOf, createBackbone } from '../backbones/index.ts';
import { boxLossOf } from '../detector/box-losses/index.ts';
import { classLossOf } from '../detector/class-losses/index.ts';
import { createDetector, detectorOf } from '../detector/index.ts';
import { createHead, lossOf } from '../losses/index.ts';
import { assertRecipe, type GivenOptions, recipeError } from '../options/check.ts';
import { nameOf, type Part } from '../options/parts.ts';
import { type DetectionRecipe, detectionSchema } from './detection.ts';
import { type RecognitionRecipe, recognitionSchema } from './recognition.ts';
import type { TrainingRecipe } from './training.ts';

/** Values that replace those of a recipe: `batchSize`, `lossOptions.margin` …; text is read as the field's type. */
export type RecipeOverrides = Readonly<Record<string, unknown>>;

const whole = { whole: 'the recipe' };

/**
 * A detection recipe with the overrides applied: a new object, every value checked, and the detector held against its
 * dialect.
 *
 * @throws RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 */
export function resolveDetection(base: DetectionRecipe, overrides: RecipeOverrides = {}): DetectionRecipe {
  const recipe = withOverrides(base, detectionSchema, overrides);
  assertRecipe(detectionSchema, recipe, whole);
  const { detector, dialect, boxLoss, classLoss, positiveIou, negativeIou } = recipe;
  detectorOf(detector, dialect);
  boxLossOf(boxLoss);
  classLossOf(classLoss);
  if (negativeIou > positiveIou) {
    const expected = `a number of at most positiveIou (${positiveIou})`;
    throw recipeError(invalidValue('negativeIou', expected, negativeIou));
  }
  assertFreezable(recipe, () => [createDetector(detector, { dialect }).network]);
  return recipe;
}

/**
 * A recognition recipe with the overrides applied: a new object, every value checked, the options of loss and backbone
 * against what those declare. Options are those of the recipe's loss: another one starts from its defaults.
 *
 * @throws RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 */
export function resolveRecognition(
  base: RecognitionRecipe,
  overrides: RecipeOverrides = {},
): RecognitionRecipe {
  const ofParts = ([path]: [string, unknown]) => /^(loss|backbone)Options\./.test(path);
  const ofWhole = Object.fromEntries(Object.entries(overrides).filter((entry) => !ofParts(entry)));
  const named = withOverrides(base, recognitionSchema, ofWhole);
  assertRecipe(recognitionSchema, named, whole);
  // Which options there are is known once the parts are.
  const loss = lossOf(named.loss).options;
  const isOwnLoss = nameOf(named.loss) === nameOf(base.loss) || 'lossOptions' in overrides;
  const { inputSize, embeddingSize, ...own } = backboneOf(named.backbone).options.shape;
  const backbone = z.strictObject(own);
  const recipe = {
    ...named,
    lossOptions: withOverrides(isOwnLoss ? named.lossOptions : {}, loss, below('lossOptions', overrides)),
    backboneOptions: withOverrides(named.backboneOptions, backbone, below('backboneOptions', overrides)),
  };
  assertRecipe(loss, recipe.lossOptions, { ...whole, path: 'lossOptions' });
  assertRecipe(backbone, recipe.backboneOptions, { ...whole, path: 'backboneOptions' });
  const size = { inputSize: recipe.inputSize, embeddingSize: recipe.embeddingSize };
  assertRecipe(z.strictObject({ inputSize, embeddingSize }), size, whole);
  assertFreezable(recipe, () => [
    createBackbone(recipe.backbone, { ...recipe.backboneOptions, ...size }),
    createHead(recipe.loss, { ...size, numClasses: 2 }, recipe.lossOptions),
  ]);
  return recipe;
}

/** Holds the names that `freeze` begins with against the network, where there are any. */
function assertFreezable(recipe: TrainingRecipe, create: () => [nn.Module, ...nn.Module[]]): void {
  if (recipe.freeze.length === 0) return;
  const rngState = getRngState();
  const networks = create();
  try {
    applyFreeze(recipe, networks[0], networks);
  } finally {
    for (const network of networks) network.dispose();
    // A look at the network draws nothing from the caller's random numbers.
    setRngState(rngState);
    rngState.dispose();
  }
}

/** A recipe as manifests and checkpoints record it: parts of your own by their names. */
export function recordOf<R extends TrainingRecipe>(recipe: R): TrainingRecipe & Record<string, unknown> {
  const isPart = (value: unknown): value is Part => typeof (value as Partial<Part> | null)?.name === 'string';
  const entries = Object.entries(recipe).map(([key, value]) => [key, isPart(value) ? value.name : value]);
  return Object.fromEntries(entries);
}

/** The overrides of `prefix.name`, under their names. */
function below(prefix: string, overrides: RecipeOverrides): GivenOptions {
  return Object.fromEntries(
    Object.entries(overrides).flatMap(([path, value]) =>
      path.startsWith(`${prefix}.`) ? [[path.slice(prefix.length + 1), value]] : [],
    ),
  );
}

/** Replaces values by those of the overrides, each read as the type of its field; what has no field is kept as it is. */
function withOverrides<R extends object>(base: R, schema: z.ZodType, overrides: GivenOptions): R {
  if (Object.keys(overrides).length === 0) return { ...base };
  const { properties = {} } = jsonSchemaOf(schema);
  const read = Object.entries(overrides).map(([key, value]) => [
    key,
    fromGiven(properties[key] ?? {}, value),
  ]);
  return { ...base, ...Object.fromEntries(read) };
}
