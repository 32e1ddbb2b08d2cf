import { didYouMean } from '@semblance/core';
import { SemblanceError } from '../error.ts';
import { taskKinds } from './index.ts';
import type { TaskKind } from './kind.ts';

/** What a task is asked to do, apart from how it is run. */
export interface TaskRequest {
  task: string;
  options: Record<string, string>;
  parameters: Record<string, string>;
  command: string[];
  /** Places that the outputs are to go to, by the option that names them. */
  outputs: Record<string, string>;
}

/**
 * Reads a command line as a task: one of semblance's own (`train recognition --data d --set lr=0.1`), or anything else
 * as a command of the user's own.
 *
 * @throws USAGE_UNKNOWN_FLAG, USAGE_INVALID_VALUE, USAGE_MISSING_ARGUMENT
 */
export function taskOfCommand(words: readonly string[], { isCustom = false } = {}): TaskRequest {
  const kind = taskKinds.find(
    (candidate) => candidate.words.length > 0 && candidate.words.every((word, i) => words[i] === word),
  );
  if (isCustom || !kind) {
    if (words.length === 0)
      throw new SemblanceError(
        'USAGE_MISSING_ARGUMENT',
        'no command: write it behind --, as in -- train recognition --data faces/',
      );
    return { task: 'custom', options: {}, parameters: {}, command: [...words], outputs: {} };
  }
  return parseOptions(kind, words.slice(kind.words.length));
}

function parseOptions(kind: TaskKind, words: readonly string[]): TaskRequest {
  const request: TaskRequest = { task: kind.name, options: {}, parameters: {}, command: [], outputs: {} };
  const known = [...Object.keys(kind.options), ...Object.keys(kind.outputs), 'set'];
  for (let i = 0; i < words.length; i++) {
    const [, name, given] = /^--([a-z][a-z-]*)(?:=(.*))?$/s.exec(words[i]!) ?? [];
    if (name === undefined || !known.includes(name)) {
      const flags = known.map((flag) => `--${flag}`);
      const message = `${kind.words.join(' ')} as a job takes ${flags.join(', ')}, not '${words[i]}'`;
      throw new SemblanceError('USAGE_UNKNOWN_FLAG', message + didYouMean(words[i]!, flags));
    }
    if (kind.options[name] === 'flag') {
      request.options[name] = 'true';
      continue;
    }
    const value = given ?? words[++i];
    if (value === undefined) throw new SemblanceError('USAGE_MISSING_ARGUMENT', `--${name} needs a value`);
    if (name === 'set') Object.assign(request.parameters, keyAndValue(value));
    else if (kind.options[name]) request.options[name] = value;
    else request.outputs[kind.outputs[name]!] = value;
  }
  return request;
}

function keyAndValue(text: string): Record<string, string> {
  const at = text.indexOf('=');
  if (at >= 1) return { [text.slice(0, at)]: text.slice(at + 1) };
  throw new SemblanceError('USAGE_INVALID_VALUE', `expected --set key=value but received --set ${text}`);
}
