import { SemblanceError } from '../../error.ts';

export interface ImagePair {
  /** Paths relative to the photos' folder, as `Name/Name_0001.jpg`. */
  first: string;
  second: string;
  /** Whether both show one person. */
  same: boolean;
}

export interface Pairs {
  pairs: ImagePair[];
  /** Contiguous, equally long folds, in file order. */
  numFolds: number;
}

/** One layout of a list of pairs: a file in this folder, a line in the table of `pairs.ts`. */
export interface PairLayout {
  /** Whether the lines that are neither blank nor comments are of it. */
  recognises(lines: readonly PairLine[]): boolean;
  parse(lines: readonly PairLine[], source: string): Pairs;
}

export interface PairLine {
  text: string;
  /** From 1. */
  number: number;
}

export function wrongLine(source: string, { text, number }: PairLine, expected: string): SemblanceError {
  return new SemblanceError(
    'DATA_INVALID',
    `${source}:${number}: expected ${expected} but received "${text}"`,
  );
}

/**
 * Deals pairs that are sorted into same and different into ten contiguous folds with as many of each; one fold where their
 * numbers do not allow it.
 */
export function dealFolds(pairs: readonly ImagePair[]): Pairs {
  const [same, different] = [pairs.filter((pair) => pair.same), pairs.filter((pair) => !pair.same)];
  if (same.length % 10 !== 0 || different.length % 10 !== 0) return { pairs: [...pairs], numFolds: 1 };
  const part = (of: ImagePair[], fold: number): ImagePair[] =>
    of.slice((fold * of.length) / 10, ((fold + 1) * of.length) / 10);
  return {
    pairs: Array.from({ length: 10 }, (_, fold) => [...part(same, fold), ...part(different, fold)]).flat(),
    numFolds: 10,
  };
}
