import { defineErrors, failure, usage } from '@semblance/core/error';

/** What goes wrong with training. */
export const trainErrors = defineErrors({
  RECIPE_UNKNOWN: usage('There is no recipe of that name.'),
  RECIPE_UNKNOWN_KEY: usage('The recipe has no such key.'),
  RECIPE_INVALID_VALUE: usage('A value of the recipe is of the wrong kind or out of its range.'),
  CHECKPOINT_NOT_FOUND: usage('There is no checkpoint to go on from.'),
  CHECKPOINT_INVALID: usage('The checkpoint does not fit this training run.'),
  TRAIN_DIVERGED: failure('The loss is no longer a finite number.'),
  TRAIN_DATA_UNUSABLE: usage('The training data holds nothing that can be learnt from.'),
  TRAIN_STOPPED: failure('Training was stopped before its end; it can be resumed.'),
  TRAIN_UNAVAILABLE: failure('The training engine is not installed.'),
});

type TrainErrors = typeof trainErrors;
declare module '@semblance/core/error' {
  interface ErrorCodes extends TrainErrors {}
}

export * from '@semblance/core/error';
