/**
 * Codes of this package's errors.
 *
 * @module
 */

import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with training. */
export const trainErrors = defineErrors({
  RECIPE_UNKNOWN: usage('There is no recipe with that name.'),
  RECIPE_UNKNOWN_KEY: usage('The recipe has no such key.'),
  RECIPE_INVALID_VALUE: usage('A value in the recipe has the wrong type or is out of range.'),
  CHECKPOINT_NOT_FOUND: usage('There is no checkpoint to resume from.'),
  CHECKPOINT_INVALID: usage('The checkpoint does not belong to this training run.'),
  TRAIN_DIVERGED: failure('Training diverged: the loss is no longer finite.'),
  TRAIN_DATA_UNUSABLE: usage('The training data contains nothing to learn from.'),
  TRAIN_STOPPED: failure('Training was stopped before it was done; it can be resumed.'),
  TRAIN_UNAVAILABLE: failure('The training engine is not installed.'),
});

type TrainErrors = typeof trainErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends TrainErrors {}
}

export * from '@semblance/core/error';
