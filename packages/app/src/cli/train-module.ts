import type { Image } from '@semblance/face';
import { SemblanceError } from '@semblance/face/error';

/** What a training run says of itself as it goes. */
export interface TrainingProgress {
  step: number;
  totalSteps: number;
  loss: number;
  learningRate: number;
  epoch?: number;
}

interface TrainingOptions {
  data: string;
  out: string;
  recipe?: string;
  init?: string;
  resume?: boolean;
  overrides?: Readonly<Record<string, string>>;
  onProgress?(progress: TrainingProgress): void;
}

/** What the command line asks of the training package. */
export interface TrainModule {
  trainDetection(options: TrainingOptions): Promise<unknown>;
  trainRecognition(options: TrainingOptions & { loss?: string }): Promise<unknown>;
  importTorchWeights(options: {
    file: string;
    dialect: string;
    out: string;
    images?: Image[];
    overwrite?: boolean;
  }): Promise<unknown>;
}

/**
 * Loads the training package, which a machine that only serves does not have.
 *
 * @throws SemblanceError TRAIN_UNAVAILABLE with what mends it.
 */
export async function loadTrain(): Promise<TrainModule> {
  try {
    return (await import('@semblance/train')) as unknown as TrainModule;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new SemblanceError(
      'TRAIN_UNAVAILABLE',
      `the training engine cannot be loaded (${reason}): run scripts/setup, or semblance doctor to see what is missing`,
      { cause },
    );
  }
}
