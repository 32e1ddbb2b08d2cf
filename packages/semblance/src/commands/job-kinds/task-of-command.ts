import { didYouMean } from '@semblance/core';
import { customTask, type TaskRequest } from '@semblance/jobs/kinds';
import { SemblanceError } from '../../error.ts';
import { commandKinds } from './index.ts';

/**
 * Reads a command line as a task: one of semblance's own (`train recognition --data d --set lr=0.1`), or anything else
 * as a command of the user's own.
 *
 * @throws USAGE_UNKNOWN_FLAG, USAGE_INVALID_VALUE, USAGE_MISSING_ARGUMENT
 */
export function taskOfCommand(words: readonly string[], { isCustom = false } = {}): TaskRequest {
  const kind = commandKinds.find((candidate) => candidate.words.every((word, i) => words[i] === word));
  if (kind && !isCustom) return kind.parse(words.slice(kind.words.length));
  if (!isCustom) refuseMisspelt(words);
  if (words.length > 0) return customTask(words);
  throw new SemblanceError(
    'USAGE_MISSING_ARGUMENT',
    'no command: write it after --, as in -- train recognition --data faces/',
  );
}

/** `train recogniton` is a command of ours with a slip in it, and no program of the user's. */
function refuseMisspelt([first, second = '']: readonly string[]): void {
  const others = commandKinds.flatMap(({ words }) => (words[0] === first && words[1] ? [words[1]] : []));
  if (first === undefined || others.length === 0) return;
  const what =
    second === ''
      ? `expected ${others.join(' or ')} after '${first}'`
      : `there is no task '${first} ${second}'`;
  const message = `${what}${didYouMean(second, others)} (a program of yours by that name: --task custom)`;
  throw new SemblanceError('USAGE_UNKNOWN_COMMAND', message);
}
