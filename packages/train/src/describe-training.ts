import { canLaunchRanks } from './launch-ranks.ts';
import { detectionRecipe, type RecipeOverrides, recordOf } from './recipes/index.ts';
import { leastShare, resolveRecognitionRecipe } from './train-recognition.ts';
import { engineVersions } from './trainer/engine.ts';
import { assertShareable } from './trainer/ranks.ts';

export interface TrainingToDescribe {
  task: 'detection' | 'recognition';
  recipe?: string;
  /** For recognition: a loss in place of the recipe's. */
  loss?: string;
  overrides?: RecipeOverrides;
  /** Processes that are to share each batch. */
  workers?: number;
}

export interface TrainingDescription {
  /** The resolved recipe, as a manifest records it. */
  recipe: Record<string, unknown>;
  /** Versions of what trains. */
  engine: Record<string, string>;
  /** Whether this engine can train on so many processes. */
  isDistributed: boolean;
}

/**
 * What a training will do, known before any data is read.
 *
 * @throws RECIPE_* where it could not start
 * @example
 * ```ts
 * import { describeTraining } from '@semblance/train';
 *
 * const { recipe } = describeTraining({ task: 'recognition', recipe: 'arcface-mbf', overrides: { lr: 0.05 } });
 * console.log(recipe.backbone, recipe.lr); // mbf-paper 0.05
 * ```
 */
export function describeTraining({
  task,
  recipe,
  loss,
  overrides,
  workers = 1,
}: TrainingToDescribe): TrainingDescription {
  const resolved =
    task === 'detection'
      ? detectionRecipe(recipe, overrides)
      : resolveRecognitionRecipe({ recipe, loss, overrides });
  assertShareable(resolved.batchSize, workers, resolved.task === 'recognition' ? leastShare(resolved) : 1);
  return {
    recipe: recordOf(resolved),
    engine: engineVersions(),
    isDistributed: workers === 1 || canLaunchRanks(),
  };
}
