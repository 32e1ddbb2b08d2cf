/** Where a version stands. */
export type VersionState = 'creating' | 'pending' | 'running' | 'completed' | 'failed' | 'stopped' | 'lost';

/**
 * Every step that a version may take from one state to another, and nothing else:
 *
 *     creating → pending → running → completed | failed | stopped | lost
 *
 * `failed`, `stopped` and `lost` lead back to `pending` when the version is resumed or retried.
 */
export const transitions: Readonly<Record<VersionState, readonly VersionState[]>> = {
  creating: ['pending', 'failed', 'stopped', 'lost'],
  pending: ['running', 'failed', 'stopped'],
  running: ['completed', 'failed', 'stopped', 'lost'],
  completed: [],
  failed: ['pending'],
  stopped: ['pending'],
  lost: ['pending'],
};

/**
 * Every state that a version can be in.
 *
 * @example
 * ```ts
 * import { versionStates } from '@semblance/jobs';
 *
 * console.log(versionStates); // [ 'creating', 'pending', 'running', 'completed', 'failed', 'stopped', 'lost' ]
 * ```
 */
export const versionStates = Object.keys(transitions) as VersionState[];

/** States in which nothing runs and nothing will, unless somebody resumes. */
export const endStates: readonly VersionState[] = ['completed', 'failed', 'stopped', 'lost'];

/** States that the supervisor has work with. */
export const activeStates: readonly VersionState[] = ['creating', 'pending', 'running'];

/**
 * Whether nothing runs in this state and nothing will, unless somebody resumes the version.
 *
 * @example
 * ```ts
 * import { isEnded } from '@semblance/jobs';
 *
 * console.log(isEnded('running'), isEnded('lost')); // false true
 * ```
 */
export const isEnded = (state: VersionState): boolean => endStates.includes(state);

export const mayFollow = (from: VersionState, to: VersionState): boolean => transitions[from].includes(to);
