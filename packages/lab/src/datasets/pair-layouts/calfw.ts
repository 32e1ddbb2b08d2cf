import { dealFolds, type ImagePair, type PairLayout, wrongLine } from './layout.ts';

const pattern = /^(\S.*?)\s+(\d+)$/;

/**
 * `pairs_CALFW.txt` and `pairs_CPLFW.txt`: two lines a pair, `photo token`, the same token in both: 0 for two people, the fold
 * (1 to 10, or always 1) for one. Same pairs stand first, then the different ones, so they are dealt into ten folds of both.
 *
 * @see Zheng et al., "Cross-Age LFW" (2017); Zheng and Deng, "Cross-Pose LFW" (2018)
 */
export const calfw: PairLayout = {
  recognises: (lines) =>
    lines.length >= 2 && lines.slice(0, 2).every(({ text }) => /\.\w+\s+\d+$/.test(text)),
  parse(lines, source) {
    const pairs: ImagePair[] = [];
    for (let i = 0; i < lines.length; i += 2) {
      const line = lines[i + 1] ?? lines[i]!;
      const [first, second] = [pattern.exec(lines[i]!.text), pattern.exec(lines[i + 1]?.text ?? '')];
      if (!first || !second || first[2] !== second[2])
        throw wrongLine(source, line, 'two lines "photo token" with one token');
      pairs.push({ first: first[1]!, second: second[1]!, same: first[2] !== '0' });
    }
    return dealFolds(pairs);
  },
};
