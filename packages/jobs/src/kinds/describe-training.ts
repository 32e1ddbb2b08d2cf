import { text } from 'node:stream/consumers';
import { asSemblanceError } from '../error.ts';
import type { TrainingAnswer, TrainingQuestion } from './describe.ts';

// A process of its own, so that whoever asks needs no training engine in memory: questions in, answers out, as JSON.
const questions = JSON.parse(await text(process.stdin)) as TrainingQuestion[];
const answers: TrainingAnswer[] = [];
for (const question of questions) {
  try {
    const { describeTraining } = await import('@semblance/train');
    answers.push(describeTraining(question));
  } catch (error) {
    const { code, message } = asSemblanceError(error);
    answers.push({ error: { code, message } });
  }
}
process.stdout.write(JSON.stringify(answers));
