import type { DataPosition } from '../data/sampler.ts';
import { SemblanceError } from '../error.ts';
import type { CheckpointFacts } from './checkpoint.ts';

/** Recipe keys that do not change what a step computes: they may differ after a resume. */
const free = new Set([
  'workers',
  'cacheBytes',
  'checkpointSteps',
  'keepCheckpoints',
  'threads',
  'device',
  'evalEpochs',
  'deploy',
  // who is left to train on is told by the hash of the people
  'calibrationPeople',
]);

/** What keys meant that checkpoints of earlier versions do not have. */
const earlier: Readonly<Record<string, unknown>> = {
  calibrationPeople: 0,
  affineChance: 0,
  colorChance: 0,
  resolutionChance: 0,
  jpegChance: 0,
  eraseChance: 0,
};

interface ThisRun {
  recipe: object;
  totalSteps: number;
  data: string;
  people: string | undefined;
  position: DataPosition;
}

/**
 * Holds a checkpoint against the run that wants to go on from it.
 *
 * @throws CHECKPOINT_INVALID naming what differs: another recipe, other data, other people, another order
 */
export function assertSameRun(facts: CheckpointFacts, run: ThisRun): void {
  const now = run.recipe as Record<string, unknown>;
  const since = Object.keys(now).filter((key) => Object.hasOwn(earlier, key));
  const then: Record<string, unknown> = {
    ...Object.fromEntries(since.map((key) => [key, earlier[key]])),
    ...facts.recipe,
  };
  const keys = [...new Set([...Object.keys(then), ...Object.keys(now)])].filter((key) => !free.has(key));
  const different = keys.filter((key) => JSON.stringify(then[key]) !== JSON.stringify(now[key]));
  if (different.length > 0) {
    const shown = different.map(
      (key) => `${key} was ${JSON.stringify(then[key])}, now ${JSON.stringify(now[key])}`,
    );
    throw invalid(`the recipe has changed: ${shown.join('; ')}`);
  }
  if (facts.data !== run.data) {
    throw invalid(
      'the training data has changed; train the changed set into another folder, from these weights with init (--init)',
    );
  }
  // checkpoints of earlier versions do not say
  if (facts.people !== undefined && facts.people !== run.people) throw invalid(whyOtherPeople(then, now));
  const isSameOrder =
    facts.position.epoch === run.position.epoch && facts.position.batch === run.position.batch;
  if (facts.totalSteps !== run.totalSteps || !isSameOrder)
    throw invalid('the length or the order of the run has changed');
}

/** Why the people that are trained on are others. */
function whyOtherPeople(then: Record<string, unknown>, now: Record<string, unknown>): string {
  const [was, is] = [then.calibrationPeople, now.calibrationPeople];
  return was === is
    ? 'the people are others, or in another order: the rows of its head would be those of others'
    : `calibrationPeople was ${was}, now ${is}, which holds out other people: set it to ${was} again`;
}

function invalid(why: string): SemblanceError {
  return new SemblanceError('CHECKPOINT_INVALID', `the checkpoint cannot be resumed: ${why}`);
}
