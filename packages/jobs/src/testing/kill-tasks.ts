import type { ExecutorChoice } from '../executor/kind.ts';
import type { TaskRequest } from '../kinds/custom.ts';
import type { RunOptions } from '../request.ts';

/** Says that this worker of this attempt began, so that one that began twice is seen. */
const BEGUN = 'echo "$SEMBLANCE_ATTEMPT $RANK" >> {job}/begun';
/** Leaves enough files that carrying them away can be interrupted, and one that says that all are there. */
const RESULT =
  'mkdir -p {outputs}/res; for i in 1 2 3 4 5 6 7 8; do head -c 200000 /dev/zero | tr "\\0" $i > {outputs}/res/$i; done; echo all > {outputs}/res/done';

const task = (text: string): TaskRequest => ({
  task: 'custom',
  options: {},
  parameters: {},
  command: ['sh', '-c', text],
  outputs: {},
});

/** What the kill harness runs: tasks that end well, that fail, that have children of their own, and several workers. */
export const killTasks = {
  good: task(`${BEGUN}; sleep 0.2; ${RESULT}`),
  bad: task(`${BEGUN}; sleep 0.1; exit 7`),
  family: task(`${BEGUN}; setsid sleep 300 & sleep 300 & sleep 0.3; ${RESULT}`),
  pair: task(`${BEGUN}; sleep 0.3; [ $RANK = 0 ] || exit 0; ${RESULT}`),
  retried: task(`${BEGUN}; sleep 0.2; ${RESULT}`),
} satisfies Record<string, TaskRequest>;

export type KillTask = keyof typeof killTasks;

export const optionsOf = (kind: KillTask, out: string, executor: ExecutorChoice | null): RunOptions => ({
  ...(executor ? { executor } : {}),
  outputs: kind === 'bad' ? {} : { res: `file://${out}/{job}/{version}` },
  resources: { workers: kind === 'pair' ? 2 : 1 },
  retries: kind === 'retried' ? 2 : 0,
  cwd: '/',
});
