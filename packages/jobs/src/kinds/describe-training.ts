import { text } from 'node:stream/consumers';
import { asSemblanceError } from '../error.ts';
import type { TrainingAnswer, TrainingQuestion } from './describe.ts';

// A process of its own, so that whoever asks needs no training engine in memory: questions in, answers out, as JSON.
const questions = JSON.parse(await text(process.stdin)) as TrainingQuestion[];
const answers: TrainingAnswer[] = [];
for (const { task, recipe, loss, overrides, workers } of questions) {
  try {
    const train = await import('@semblance/train');
    const resolved =
      task === 'detection'
        ? train.detectionRecipe(recipe, overrides)
        : train.resolveRecognitionRecipe({ recipe, loss, overrides });
    train.assertShareable(resolved.batchSize, workers);
    answers.push({
      recipe: { ...resolved },
      engine: train.engineVersions(),
      isDistributed: workers === 1 || train.canLaunchRanks(),
    });
  } catch (error) {
    const { code, message } = asSemblanceError(error);
    answers.push({ error: { code, message } });
  }
}
process.stdout.write(JSON.stringify(answers));
