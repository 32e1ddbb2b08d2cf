import type * as Train from '@semblance/train';
import { SemblanceError } from '../error.ts';

/**
 * Loads the training package, which a machine that only serves does not have.
 *
 * @throws SemblanceError TRAIN_UNAVAILABLE with what mends it.
 */
export async function loadTrain(): Promise<typeof Train> {
  try {
    return await import('@semblance/train');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new SemblanceError(
      'TRAIN_UNAVAILABLE',
      `the training engine cannot be loaded (${reason}): run "semblance setup training", or "semblance doctor" to see what is missing`,
      { cause },
    );
  }
}
