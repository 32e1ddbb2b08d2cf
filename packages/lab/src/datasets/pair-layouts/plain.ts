import { type ImagePair, type PairLayout, type PairLine, wrongLine } from './layout.ts';

/** Parted by tabs where there is one, else by commas, else by spaces: names may hold what does not part them. */
function pairOf({ text }: PairLine): ImagePair | null {
  const separator = text.includes('\t') ? /\s*\t\s*/ : text.includes(',') ? /\s*,\s*/ : /\s+/;
  const [first, second, same, ...rest] = text.split(separator);
  if (!first || !second || rest.length > 0 || !/^(1|0|-1)$/.test(same ?? '')) return null;
  return { first, second, same: same === '1' };
}

/**
 * Lines `pathA pathB 1|0` (or −1), parted by commas, tabs or spaces: what AgeDB-30 and CFP-FP go about as
 * (`agedb_30_pair.txt`), and the easiest list to write. Ten folds where their number allows it.
 */
export const plain: PairLayout = {
  recognises: ([first]) => first !== undefined && pairOf(first) !== null,
  parse(lines, source) {
    const pairs = lines.map((line) => {
      const pair = pairOf(line);
      if (pair) return pair;
      throw wrongLine(source, line, '"pathA pathB 0|1"');
    });
    return { pairs, numFolds: pairs.length % 10 === 0 ? 10 : 1 };
  },
};
