import { expect, test } from 'vitest';
import { assertSameRun } from './same-run.ts';

const facts = {
  step: 4,
  totalSteps: 8,
  position: { epoch: 1, batch: 0 },
  recipe: { lr: 0.1, workers: 2 },
  data: 'd',
  people: 'ann, bert',
  optimizerStep: 4,
  lrs: [0.1],
  averageUpdates: 0,
  best: null,
  stale: 0,
  recoveries: 0,
  lrFactor: 1,
};
const run = {
  recipe: { lr: 0.1, workers: 8 },
  totalSteps: 8,
  data: 'd',
  people: 'ann, bert',
  position: { epoch: 1, batch: 0 },
};

test('the same run goes on, also from a checkpoint that does not tell the people', () => {
  expect(() => assertSameRun(facts, run)).not.toThrow();
  const { people: _, ...earlier } = facts;
  expect(() => assertSameRun(earlier, run)).not.toThrow();
});

test.each([
  [{ recipe: { lr: 0.2, workers: 2 } }, 'lr was 0.1, now 0.2'],
  [{ data: 'e' }, 'the training data has changed'],
  [{ people: 'bert, ann' }, 'in another order'],
  [{ totalSteps: 9 }, 'the length or the order'],
])('with %j it is refused', (other, words) => {
  expect(() => assertSameRun(facts, { ...run, ...other })).toThrow(
    expect.objectContaining({ code: 'CHECKPOINT_INVALID', message: expect.stringContaining(words) }),
  );
});

test('a key that is younger than the checkpoint means what was done before it', () => {
  const asBefore = { ...run.recipe, calibrationPeople: 'auto', jpegChance: 0 };
  expect(() => assertSameRun(facts, { ...run, recipe: asBefore })).not.toThrow();
  const other = { ...run, recipe: { ...run.recipe, jpegChance: 0.5 } };
  expect(() => assertSameRun(facts, other)).toThrow('jpegChance was 0, now 0.5');
  const without = { ...run, people: 'ann', recipe: { ...run.recipe, calibrationPeople: 20 } };
  expect(() => assertSameRun(facts, without)).toThrow('calibrationPeople was 0, now 20');
});
