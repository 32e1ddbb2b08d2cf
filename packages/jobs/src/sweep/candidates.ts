import { mulberry32 } from '@semblance/core/random';
import { SemblanceError } from '../error.ts';

export type Candidate = Record<string, string>;

/**
 * Every combination of the values given for each parameter, the last parameter changing fastest.
 *
 * @param grid lists such as `0.1,0.05` by parameter
 * @example
 * ```ts
 * import { gridCandidates } from '@semblance/jobs';
 *
 * console.log(gridCandidates({ lr: '0.1,0.05', margin: '0.5' })); // [ { lr: '0.1', margin: '0.5' }, { lr: '0.05', margin: '0.5' } ]
 * ```
 */
export function gridCandidates(grid: Readonly<Record<string, string>>): Candidate[] {
  return Object.entries(grid).reduce<Candidate[]>(
    (before, [name, list]) =>
      before.flatMap((candidate) => valuesOf(name, list).map((value) => ({ ...candidate, [name]: value }))),
    [{}],
  );
}

/**
 * Candidates drawn at random, the same for the same seed.
 *
 * @param space by parameter: `a,b,c` one of these, `0.1..0.5` uniform, `log:0.001..0.1` uniform in the logarithm,
 *   `int:1..10` whole numbers, ends included
 * @throws SemblanceError USAGE_INVALID_VALUE for a range that is none
 * @example
 * ```ts
 * import { randomCandidates } from '@semblance/jobs';
 *
 * const candidates = randomCandidates({ lr: 'log:0.001..0.1', loss: 'arcface,cosface' }, 20, 1);
 * console.log(candidates.length, candidates.every(({ lr }) => Number(lr) >= 0.001 && Number(lr) <= 0.1)); // 20 true
 * ```
 */
export function randomCandidates(
  space: Readonly<Record<string, string>>,
  numTrials: number,
  seed: number,
): Candidate[] {
  const random = mulberry32(seed);
  const draws = Object.entries(space).map(([name, text]) => [name, drawOf(name, text)] as const);
  return Array.from({ length: numTrials }, () =>
    Object.fromEntries(draws.map(([name, draw]) => [name, draw(random())])),
  );
}

const MOST_CANDIDATES = 1000;

export interface SweepSpace {
  /** See {@link gridCandidates}. */
  grid?: Readonly<Record<string, string>>;
  /** See {@link randomCandidates}. */
  random?: Readonly<Record<string, string>>;
  /** How many to draw of `random`. */
  numTrials: number;
  /** Of the draws. */
  seed: number;
}

/**
 * What a sweep tries: every combination of the grid, with every drawn candidate.
 *
 * @throws SemblanceError USAGE_INVALID_VALUE where those are more than 1000, before any is made;
 *   USAGE_MISSING_ARGUMENT where nothing is to be tried
 */
export function sweepCandidates({ grid, random, numTrials, seed }: SweepSpace): Candidate[] {
  if (!grid && !random)
    throw new SemblanceError('USAGE_MISSING_ARGUMENT', 'give a grid or a random space: the values to try');
  const sizes = Object.entries(grid ?? {}).map(([name, list]) => valuesOf(name, list).length);
  const numCandidates = sizes.reduce((product, size) => product * size, random ? numTrials : 1);
  requireFewCandidates(numCandidates);
  const drawn = random ? randomCandidates(random, numTrials, seed) : [{}];
  return gridCandidates(grid ?? {}).flatMap((one) => drawn.map((other) => ({ ...one, ...other })));
}

/** @throws SemblanceError USAGE_INVALID_VALUE */
export function requireFewCandidates(numCandidates: number): void {
  if (numCandidates <= MOST_CANDIDATES) return;
  throw new SemblanceError(
    'USAGE_INVALID_VALUE',
    `${numCandidates} candidates are more than the allowed ${MOST_CANDIDATES}`,
  );
}

type Draw = (u: number) => string;

/** A number that is read again as it is written, without digits that mean nothing. */
const written = (value: number): string => String(Number(value.toPrecision(6)));

const ranges: Readonly<Record<string, (low: number, high: number) => Draw>> = {
  '': (low, high) => (u) => written(low + u * (high - low)),
  log: (low, high) => (u) => written(Math.exp(Math.log(low) + u * (Math.log(high) - Math.log(low)))),
  int: (low, high) => (u) => String(low + Math.floor(u * (high - low + 1))),
};

function drawOf(name: string, text: string): Draw {
  const [, kind = '', low, high] = /^(?:(log|int):)?(-?[\d.e+-]+?)\.\.(-?[\d.e+-]+)$/i.exec(text) ?? [];
  if (low === undefined) {
    const values = valuesOf(name, text);
    return (u) => values[Math.floor(u * values.length)]!;
  }
  const [from, to] = [Number(low), Number(high)];
  const isWrong =
    !(from < to) || (kind === 'log' && from <= 0) || (kind === 'int' && !Number.isInteger(from + to));
  if (isWrong) throw invalid(name, 'a range such as 0.1..0.5, log:0.001..0.1 or int:1..10', text);
  return ranges[kind]!(from, to);
}

function valuesOf(name: string, list: string): string[] {
  const values = list.split(',').map((value) => value.trim());
  if (values.some((value) => value === '')) throw invalid(name, 'values separated by commas', list);
  return values;
}

function invalid(name: string, expected: string, received: string): SemblanceError {
  return new SemblanceError(
    'USAGE_INVALID_VALUE',
    `expected ${expected} for ${name} but received '${received}'`,
  );
}
