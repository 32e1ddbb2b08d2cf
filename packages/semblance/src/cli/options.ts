import { didYouMean } from '@semblance/core';
import { Option } from 'commander';
import { SemblanceError } from '../error.ts';

/** `--set key=value`, any number of times: a record of texts. */
export function setOption(help: string): Option {
  return new Option('--set <key=value>', help).argParser(
    (text: string, before: Record<string, string> | undefined) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new SemblanceError(
          'USAGE_INVALID_VALUE',
          `expected --set key=value but received --set ${text}`,
        );
      return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
    },
  );
}

/** An option with a number; bounds are inclusive. */
export function numberOption(flags: string, help: string, { min = -Infinity, max = Infinity } = {}): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) => parseNumber(option.long ?? flags, text, { min, max }));
}

const MS_OF: Readonly<Record<string, number>> = { s: 1e3, m: 60e3, h: 3600e3, d: 86_400e3 };
/** A century: what is longer has no date. */
const MAX_DURATION_MS = 36_525 * 86_400e3;

/** An option with a length of time, as 90s, 15m, 12h or 30d; in milliseconds. */
export function durationOption(flags: string, help: string): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) => {
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
    const ms = Number(number) * (MS_OF[unit] ?? Number.NaN);
    if (ms > 0 && ms <= MAX_DURATION_MS) return ms;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected a time as 90s, 15m, 12h or 30d for ${option.long} but received ${text}`,
    );
  });
}

/** An option with numbers parted by commas; bounds are inclusive. */
export function numbersOption(flags: string, help: string, { min = -Infinity, max = Infinity } = {}): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) =>
    text.split(',').map((part) => parseNumber(option.long ?? flags, part, { min, max })),
  );
}

/** An option with one of a few words; without a preset it may be left out. */
export function choiceOption(
  flags: string,
  help: string,
  choices: readonly string[],
  preset?: string,
): Option {
  const option = new Option(flags, help);
  if (preset !== undefined) option.default(preset);
  // commander shows the words in the help; the check is ours, for the code of the error
  option.choices(choices).argParser((text: string) => {
    if (choices.includes(text)) return text;
    const message = `expected one of ${choices.join(', ')} for ${option.long} but received ${text}`;
    throw new SemblanceError('USAGE_INVALID_VALUE', message + didYouMean(text, choices));
  });
  return option;
}

/** Kinds of values that `--set` reaches. */
export type SettingKind = 'number' | 'text' | 'flag' | 'numbers' | 'json' | 'scale';

/**
 * The settings given by `--set`, each turned into what its kind says.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE for a key that is not in the table or a value of another kind.
 */
export function parseSettings(
  given: Readonly<Record<string, string>> | undefined,
  kinds: Readonly<Record<string, SettingKind>>,
): Record<string, unknown> {
  const known = Object.keys(kinds);
  return Object.fromEntries(
    Object.entries(given ?? {}).map(([key, text]) => {
      if (!Object.hasOwn(kinds, key)) {
        const message = `there is no setting '${key}'; there are ${known.join(', ')}`;
        throw new SemblanceError('USAGE_INVALID_VALUE', message + didYouMean(key, known));
      }
      return [key, parsers[kinds[key]!](key, text)];
    }),
  );
}

const parsers: Record<SettingKind, (key: string, text: string) => unknown> = {
  number: (key, text) => parseNumber(key, text),
  text: (_, text) => text,
  scale: (key, text) => (text === 'fit' ? text : parseNumber(key, text, { min: 0 })),
  flag(key, text) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw invalid(key, 'true or false', text);
  },
  numbers: (key, text) => text.split(',').map((part) => parseNumber(key, part)),
  json(key, text) {
    try {
      return JSON.parse(text);
    } catch {
      throw invalid(key, 'JSON', text);
    }
  },
};

function parseNumber(name: string, text: string, { min = -Infinity, max = Infinity } = {}): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  const bounds = min === -Infinity && max === Infinity ? '' : ` from ${min} to ${max}`;
  throw invalid(name, `a number${bounds}`, text);
}

function invalid(name: string, expected: string, text: string): SemblanceError {
  return new SemblanceError('USAGE_INVALID_VALUE', `expected ${expected} for ${name} but received '${text}'`);
}
