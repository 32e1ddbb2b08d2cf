import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WorkerSight } from '../executor/executor.ts';
import { describeExit, groupOutcome } from './outcome.ts';

const done = { 0: 'done', 3: 'done, but …' };
const ended = (code: number, atMs = 0): WorkerSight => ({ state: 'ended', code, atMs });
const running: WorkerSight = { state: 'running', pid: 1 };
const gone: WorkerSight = { state: 'gone', pid: 9, why: 'why' };

describe('a group', () => {
  test('is done where all are', () => {
    expect(groupOutcome([ended(0), ended(0)], done)).toEqual({ kind: 'done', code: 0, reason: 'done' });
    expect(groupOutcome([ended(0), ended(3)], done)).toEqual({
      kind: 'done',
      code: 3,
      reason: 'done, but …',
    });
  });

  test('fails by the first that failed', () => {
    expect(groupOutcome([ended(143, 30), ended(1, 10), running], done)).toEqual({
      kind: 'failed',
      code: 1,
      reason: 'worker 1 ended with exit code 1',
      isRunning: true,
    });
  });

  test('names each worker that failed by itself, the first of them first', () => {
    expect(groupOutcome([ended(2, 30), ended(0, 5), ended(1, 10), ended(143, 40)], done)).toMatchObject({
      code: 1,
      reason: 'worker 2 ended with exit code 1; worker 0 ended with exit code 2',
    });
  });

  test('is lost where one is gone and none failed', () => {
    expect(groupOutcome([ended(0), gone], done)).toMatchObject({ kind: 'lost', isRunning: false });
    expect(groupOutcome([ended(1), gone], done)).toMatchObject({ kind: 'failed' });
  });

  test('is lost where its cluster took a place away, whatever that did to the others', () => {
    const taken: WorkerSight = { state: 'gone', why: 'it was preempted', isTakenAway: true };
    expect(groupOutcome([ended(1), taken], done)).toEqual({
      kind: 'lost',
      reason: 'it was preempted',
      isRunning: false,
      isTakenAway: true,
    });
  });

  test('runs where all that have not ended do, and has not begun where one has not', () => {
    expect(groupOutcome([running, ended(0)], done)).toEqual({ kind: 'running', numRunning: 1 });
    expect(groupOutcome([running, { state: 'absent' }], done)).toEqual({ kind: 'absent' });
  });

  test('says what a worker waits for, and whether anybody knows', () => {
    const waiting: WorkerSight = { state: 'waiting' };
    const short: WorkerSight = { state: 'waiting', why: 'no GPU is free' };
    expect(groupOutcome([running, waiting], done)).toEqual({ kind: 'running', numRunning: 1, waitsFor: '' });
    expect(groupOutcome([waiting, short], done)).toMatchObject({ waitsFor: 'no GPU is free' });
    expect(groupOutcome([ended(1), short], done)).toMatchObject({ kind: 'failed', isRunning: true });
  });

  test('says more of an end where more is known', () => {
    expect(groupOutcome([{ ...ended(137), why: 'OOMKilled' } as WorkerSight], done)).toMatchObject({
      reason: 'worker 0 was ended by SIGKILL (OOMKilled)',
    });
    expect(groupOutcome([{ state: 'gone', why: 'its node is gone' }], done)).toMatchObject({
      reason: 'worker 0 is gone without an exit code: its node is gone',
    });
  });

  test('is never called done while one runs, is gone, or failed', () => {
    const sight = fc.oneof(
      fc.constantFrom<WorkerSight>(running, gone, { state: 'absent' }, { state: 'barred' }),
      fc.record({
        state: fc.constant('ended' as const),
        code: fc.constantFrom(0, 1, 3, 137),
        atMs: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(fc.array(sight, { minLength: 1, maxLength: 5 }), (sights) => {
        const outcome = groupOutcome(sights, done);
        const allDone = sights.every(
          (s) => s.state === 'barred' || (s.state === 'ended' && [0, 3].includes(s.code)),
        );
        const someDone = sights.some(({ state }) => state === 'ended');
        expect(outcome.kind === 'done').toBe(allDone && someDone);
      }),
    );
  });
});

test('signals are named', () => {
  expect([1, 137, 139, 143].map(describeExit)).toEqual([
    'ended with exit code 1',
    'was ended by SIGKILL',
    'was ended by SIGSEGV',
    'was ended by SIGTERM',
  ]);
});
