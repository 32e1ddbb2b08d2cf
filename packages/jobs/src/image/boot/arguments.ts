import { SemblanceError } from '../../error.ts';

/** What the entry point of an image is asked to do. */
export interface BootPlan {
  /** Location of the code, fetched to `<job folder>/code`, where the command then starts. */
  code: string | null;
  inputs: readonly BootPlace[];
  outputs: readonly BootPlace[];
  /** Location that the log is copied to, below it a folder for each worker. */
  logs: string | null;
  /** Fetches what is at the locations of the outputs first, so that the run resumes. */
  predownload: boolean;
  command: readonly string[];
}

export interface BootPlace {
  name: string;
  location: string;
}

const USAGE =
  '[--code LOCATION] [--input NAME=LOCATION]… [--output NAME=LOCATION]… [--logs LOCATION] [--predownload] [--] COMMAND…';

/**
 * Reads the arguments of the entry point: options up to the first word that is none, or up to `--`; then the command.
 *
 * @throws USAGE_UNKNOWN_FLAG, USAGE_MISSING_ARGUMENT, USAGE_INVALID_VALUE
 */
export function bootPlan(args: readonly string[]): BootPlan {
  const plan = { code: null as string | null, logs: null as string | null, predownload: false };
  const inputs: BootPlace[] = [];
  const outputs: BootPlace[] = [];
  const rest = [...args];
  while (rest[0]?.startsWith('-')) {
    const [flag, inline] = split(rest.shift()!);
    if (flag === '--') break;
    if (flag === '--predownload') {
      plan.predownload = true;
      continue;
    }
    const take = readers[flag];
    if (!take) throw new SemblanceError('USAGE_UNKNOWN_FLAG', `unknown option '${flag}': expected ${USAGE}`);
    const value = inline ?? rest.shift();
    if (!value)
      throw new SemblanceError('USAGE_MISSING_ARGUMENT', `${flag} needs a value: expected ${USAGE}`);
    take({ ...{ plan, inputs, outputs } }, flag, value);
  }
  if (rest.length === 0)
    throw new SemblanceError('USAGE_MISSING_ARGUMENT', `there is no command to run: expected ${USAGE}`);
  return { ...plan, inputs, outputs, command: rest };
}

interface Read {
  plan: { code: string | null; logs: string | null };
  inputs: BootPlace[];
  outputs: BootPlace[];
}

const readers: Readonly<Record<string, (read: Read, flag: string, value: string) => void>> = {
  '--code': ({ plan }, _, value) => void (plan.code = value),
  '--logs': ({ plan }, _, value) => void (plan.logs = value),
  '--input': ({ inputs }, flag, value) => void inputs.push(place(flag, value, inputs)),
  '--output': ({ outputs }, flag, value) => void outputs.push(place(flag, value, outputs)),
};

/** `--input=a=b` is `--input a=b`. */
function split(word: string): [flag: string, value: string | undefined] {
  const at = word.indexOf('=');
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined];
}

function place(flag: string, text: string, known: readonly BootPlace[]): BootPlace {
  const [, name, location] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || location === undefined)
    throw new SemblanceError('USAGE_INVALID_VALUE', `expected ${flag} NAME=LOCATION but received '${text}'`);
  if (known.some((other) => other.name === name))
    throw new SemblanceError('USAGE_INVALID_VALUE', `${flag} ${name} is given twice`);
  return { name, location };
}
