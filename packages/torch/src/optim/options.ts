import { didYouMean } from '@semblance/core';
import { TorchError } from '../error.ts';

/** What one option must be, and what it is where it is left out; without a default it must be given. */
export interface Rule<T> {
  words: string;
  isAllowed(value: unknown): boolean;
  fallback?: T;
}

/** A rule for each option of an optimizer. */
export type Rules<Options> = { readonly [Name in keyof Options]: Rule<Options[Name]> };

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** A number of 0 or more. */
export const notNegative = (fallback?: number): Rule<number> => ({
  words: 'a number of 0 or more',
  isAllowed: (value) => isNumber(value) && value >= 0,
  ...(fallback === undefined ? {} : { fallback }),
});

/** A factor by which averages decay: from 0 to below 1. */
export const decay = (fallback: number): Rule<number> => ({
  words: 'a number from 0 to below 1',
  isAllowed: (value) => isNumber(value) && value >= 0 && value < 1,
  fallback,
});

export const decays = (fallback: [number, number]): Rule<[number, number]> => ({
  words: 'two numbers from 0 to below 1',
  isAllowed: (value) => Array.isArray(value) && value.length === 2 && value.every(decay(0).isAllowed),
  fallback,
});

/** True or false, false where left out. */
export const flag: Rule<boolean> = {
  words: 'true or false',
  isAllowed: (value) => typeof value === 'boolean',
  fallback: false,
};

/** Throws TORCH_BAD_ARGUMENT with a sentence about an optimizer. */
export function refuse(name: string, message: string): never {
  throw new TorchError('TORCH_BAD_ARGUMENT', `${name}: ${message}`);
}

/** @throws TorchError TORCH_BAD_ARGUMENT where the value is not what the rule says */
export function checkOption<T>(name: string, option: string, rule: Rule<T>, value: unknown): void {
  if (!rule.isAllowed(value)) refuse(name, `Expected ${rule.words} for ${option} but received ${value}`);
}

/**
 * All options of an optimizer, what was left out filled in.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for one that is missing, unknown or out of range
 */
export function resolveOptions<Options>(
  name: string,
  rules: Rules<Options>,
  given: Readonly<Record<string, unknown>>,
): Options {
  const names = Object.keys(rules);
  for (const option in given)
    if (!names.includes(option)) refuse(name, `there is no option ${option}${didYouMean(option, names)}`);
  const resolved = Object.entries<Rule<unknown>>(rules).map(([option, rule]) => {
    const value = given[option] ?? rule.fallback;
    if (value === undefined) refuse(name, `Expected ${option}: new ${name}(parameters, { ${option}: 0.1 })`);
    checkOption(name, option, rule, value);
    return [option, value];
  });
  return Object.fromEntries(resolved) as Options;
}
