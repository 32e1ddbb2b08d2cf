import { Random } from '@semblance/core/random';
import { type Interval, mean, percentileInterval } from '@semblance/core/statistics';
import { dot } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';
import { applyLinearHead, fitLinearHead, type LinearHead, type PeopleEmbeddings } from './linear-head.ts';

/** How held-out pairs are judged: shares of genuine pairs that match at a false match rate. */
export interface HeldOutRates {
  /** At FMR 1 % and 0.1 %. */
  tar: [number, number];
  genuine: number;
  impostor: number;
}

export interface Adaptation {
  /** null where it does not help. */
  head: LinearHead | null;
  alpha: number;
  before: HeldOutRates;
  after: HeldOutRates;
  /** What the mean of both rates gains, and its 95 % interval by a bootstrap over people. */
  gain: number;
  gainInterval: Interval;
}

const ALPHAS = [0.9, 0.75, 0.6, 0.45, 0.3, 0.2];
const FMRS = [0.01, 0.001] as const;
/** With fewer people the held-out pairs decide nothing. */
const MIN_PEOPLE = 5;

/**
 * Learns a linear head from people's embeddings and judges it on photos held out of them: of people with four photos or
 * more every other photo, of the rest every other person. How far to trust the photos is chosen within the learning half.
 * The head that is given is the one that was judged: it has not seen the held-out photos.
 *
 * It is refused (`head` is null) unless the held-out rates rise, none of them falls, and the gain's interval over people
 * does not reach below 0.
 *
 * @throws SemblanceError DATA_EMPTY for fewer than five people with two photos
 */
export function adaptEmbeddings(people: PeopleEmbeddings, seed = 1): Adaptation {
  const known = people.filter((own) => own.length > 0);
  const numUseful = known.filter((own) => own.length > 1).length;
  if (numUseful < MIN_PEOPLE)
    throw new SemblanceError(
      'DATA_EMPTY',
      `${numUseful} people have two photos or more, and adapting needs ${MIN_PEOPLE}: add photos or corrections`,
    );
  const random = new Random(seed);
  const [learn, judge] = halves(known, random.fork(1));
  const [inner, choose] = halves(learn, random.fork(2));
  let alpha = 1;
  let best = score(judgePairs(choose, null));
  for (const one of ALPHAS) {
    const found = score(judgePairs(choose, fitLinearHead(inner, one)));
    if (found > best) [alpha, best] = [one, found];
  }
  const head = fitLinearHead(learn, alpha);
  const [before, after] = [judgePairs(judge, null), judgePairs(judge, head)];
  const gains = judge.flatMap((_, i) => {
    const [a, b] = [before.byPerson[i]!, after.byPerson[i]!];
    return a.length === 0 ? [] : [mean(b) - mean(a)];
  });
  const draws = random.fork(3);
  const replicates = Array.from({ length: 1000 }, () =>
    mean(gains.map(() => gains[draws.below(gains.length)]!)),
  );
  const gainInterval = gains.length > 0 ? percentileInterval(replicates)! : ([0, 0] as Interval);
  const gain = score(after) - score(before);
  const helps =
    alpha < 1 && gain > 0 && gainInterval[0] >= 0 && after.tar.every((tar, i) => tar >= before.tar[i]!);
  const rates = ({ tar, genuine, impostor }: Judged): HeldOutRates => ({ tar, genuine, impostor });
  return { head: helps ? head : null, alpha, before: rates(before), after: rates(after), gain, gainInterval };
}

function halves(people: PeopleEmbeddings, random: Random): [Float32Array[][], Float32Array[][]] {
  const [first, second]: [Float32Array[][], Float32Array[][]] = [[], []];
  let turn = random.below(2);
  for (const own of people) {
    if (own.length < 4) {
      (turn++ % 2 === 0 ? first : second).push([...own]);
      continue;
    }
    const start = random.below(2);
    first.push(own.filter((_, i) => i % 2 === start));
    second.push(own.filter((_, i) => i % 2 !== start));
  }
  return [first, second];
}

interface Judged extends HeldOutRates {
  /** For each person the mean of both rates of each genuine pair: 0, ½ or 1. */
  byPerson: number[][];
}

const score = ({ tar }: HeldOutRates): number => mean(tar);

/** All pairs of the photos. */
function judgePairs(people: PeopleEmbeddings, head: LinearHead | null): Judged {
  const seen = head ? people.map((own) => own.map((one) => applyLinearHead(head, one))) : people;
  const genuine = seen.map((own) => own.flatMap((a, i) => own.slice(i + 1).map((b) => dot(a, b))));
  const impostor: number[] = [];
  seen.forEach((own, i) => {
    for (const others of seen.slice(i + 1))
      for (const a of own) for (const b of others) impostor.push(dot(a, b));
  });
  const falling = Float64Array.from(impostor).sort().reverse();
  const thresholds = FMRS.map((fmr) => falling[Math.floor(fmr * falling.length)] ?? -1);
  const all = genuine.flat();
  const tarOf = (threshold: number) =>
    all.length === 0 ? 0 : all.filter((similarity) => similarity > threshold).length / all.length;
  return {
    tar: [tarOf(thresholds[0]!), tarOf(thresholds[1]!)],
    genuine: all.length,
    impostor: impostor.length,
    byPerson: genuine.map((own) =>
      own.map((similarity) => mean(thresholds.map((threshold) => (similarity > threshold ? 1 : 0)))),
    ),
  };
}
