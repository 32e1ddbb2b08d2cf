import { didYouMean } from '@semblance/core';
import { Argument, Option } from 'commander';
import { SemblanceError } from '../error.ts';

/** `--name key=value`, any number of times. */
export function pairsOption(flags: string, help: string): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string, before: Record<string, string> | undefined) => {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at >= 1 && Object.hasOwn(before ?? {}, name))
      throw new SemblanceError('USAGE_INVALID_VALUE', `${option.long} ${name} is given twice: leave one out`);
    if (at >= 1) return { ...before, [name]: text.slice(at + 1) };
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected ${option.long} key=value but received ${option.long} ${text}`,
    );
  });
}

/** `--name value`, any number of times; where `isParted` also separated by commas. */
export function listOption(flags: string, help: string, isParted = false): Option {
  return new Option(flags, help).argParser((text: string, before: string[] | undefined) => [
    ...(before ?? []),
    ...(isParted ? text.split(',').map((part) => part.trim()) : [text]),
  ]);
}

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

/** An option with a number of bytes: `500M`, `2G`; infinite for `none`. */
export const bytesOption = (flags: string, help: string): Option =>
  limitOption(flags, help, 'a size such as 500M or 2G', (text) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?)([kmgt]?)i?b?$/i.exec(text) ?? [];
    return number === undefined ? null : Number(number) * units[unit!.toLowerCase()]!;
  });

const seconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/** An option with a time: `90s`, `30m`, `12h`; in milliseconds; infinite for `none`. */
export const durationOption = (flags: string, help: string): Option =>
  limitOption(flags, help, 'a time such as 90s, 30m or 12h', (text) => {
    const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd]?)$/.exec(text) ?? [];
    return number === undefined ? null : Number(number) * seconds[unit!]! * 1000;
  });

/** A limit as it is kept: null for none. */
export const finite = (limit: number): number | null => (limit === Number.POSITIVE_INFINITY ? null : limit);

/** A limit of nothing would end whatever has it at once. */
function limitOption(
  flags: string,
  help: string,
  expected: string,
  read: (text: string) => number | null,
): Option {
  const option = new Option(flags, help);
  return option.argParser((text: string) => {
    if (text === 'none') return Number.POSITIVE_INFINITY;
    const value = read(text);
    if (value !== null && value > 0) return value;
    const what = value === 0 ? `${expected} above 0, or none` : expected;
    throw new SemblanceError(
      'USAGE_INVALID_VALUE',
      `expected ${what} for ${option.long} but received '${text}'`,
    );
  });
}

/** An argument with one of a few words. */
export const choiceArgument = (name: string, help: string, choices: readonly string[]): Argument =>
  new Argument(name, `${help}: ${choices.join(', ')}`).argParser((text: string) => {
    if (choices.includes(text)) return text;
    const message = `expected one of ${choices.join(', ')} but received ${text}`;
    throw new SemblanceError('USAGE_INVALID_VALUE', message + didYouMean(text, choices));
  });
