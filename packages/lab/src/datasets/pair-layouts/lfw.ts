import { SemblanceError } from '../../error.ts';
import { type ImagePair, type PairLayout, type PairLine, wrongLine } from './layout.ts';

const nameOf = (name: string, index: string): string => `${name}/${name}_${index.padStart(4, '0')}.jpg`;
const isIndex = (text: string | undefined): boolean => text !== undefined && /^\d+$/.test(text);
const headOf = (line: PairLine | undefined): RegExpExecArray | null =>
  /^\s*(\d+)(?:\s+(\d+))?\s*$/.exec(line?.text ?? '');

/**
 * LFW's `pairs.txt`: a first line with `folds pairsPerFold` (view 2) or a number (view 1, one fold); then `name i j` for one
 * person and `name1 i name2 j` for two, parted by tabs.
 *
 * @see Huang et al., "Labeled Faces in the Wild" (2007), README, section 3c
 */
export const lfw: PairLayout = {
  recognises(lines) {
    const first = lines[headOf(lines[0]) ? 1 : 0];
    return first !== undefined && pairOf(first) !== null;
  },
  parse(lines, source) {
    const head = headOf(lines[0]);
    const pairs = (head ? lines.slice(1) : lines).map((line) => {
      const pair = pairOf(line);
      if (pair) return pair;
      throw wrongLine(source, line, '"name i j" or "name1 i name2 j"');
    });
    if (head?.[2] === undefined) return { pairs, numFolds: head || pairs.length % 10 !== 0 ? 1 : 10 };
    const expected = Number(head[1]) * Number(head[2]) * 2;
    if (pairs.length !== expected) {
      throw new SemblanceError(
        'DATA_INVALID',
        `${source}: expected ${expected} pairs but found ${pairs.length}`,
      );
    }
    return { pairs, numFolds: Number(head[1]) };
  },
};

function pairOf({ text }: PairLine): ImagePair | null {
  const [a, b, c, d, ...rest] = text.split(text.includes('\t') ? /\t+/ : /\s+/) as [
    string,
    string,
    string,
    string,
  ];
  if (rest.length > 0) return null;
  if (d === undefined && isIndex(b) && isIndex(c))
    return { first: nameOf(a, b), second: nameOf(a, c), same: true };
  if (isIndex(b) && isIndex(d)) return { first: nameOf(a, b), second: nameOf(c, d), same: false };
  return null;
}
