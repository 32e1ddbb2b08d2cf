import { corners, histogram, lineChart } from '@semblance/core/charts';
import { escapeHtml, page } from '@semblance/core/html';
import { rocCurve } from '../metrics/roc.ts';
import { groupsHtml, verificationColumns } from '../tables/groups.ts';
import type { EvaluatedPhoto } from './embed-photos.ts';
import { figure, intervalText, percentOf } from './report-parts.ts';
import type { ScoredPairs, VerificationResult } from './verification.ts';
import { worstPairs } from './worst-pairs.ts';

const BLUE = '#2f7ed8';
const GREEN = '#16a34a';
const ORANGE = '#ea7a1a';

/** Pairs of each kind of mistake that are shown. */
const NUM_SHOWN = 12;

export interface VerificationCurves {
  /** Corners of the ROC curve: [FAR, TAR]. */
  roc: [number, number][];
  /** The same as errors: [FMR, FNMR]. */
  det: [number, number][];
}

/** The ROC and DET curves, without the points that lie on a straight piece between others. */
export function verificationCurves({ pairs, similarities }: ScoredPairs): VerificationCurves {
  const same = pairs.map((pair) => pair.same);
  const curve = corners(
    rocCurve(similarities, same),
    ({ far }) => far,
    ({ tar }) => tar,
  );
  return {
    roc: curve.map(({ far, tar }) => [far, tar]),
    det: curve.map(({ far, tar }) => [far, 1 - tar]),
  };
}

/** A page with the figures, the curves, the rates of groups and the pairs that were judged worst. */
export async function verificationReport(
  result: VerificationResult,
  scored: ScoredPairs,
  { photos, title }: { photos: readonly EvaluatedPhoto[]; title: string },
): Promise<string> {
  const { roc, det } = verificationCurves(scored);
  const numImpostors = scored.pairs.filter(({ same }) => !same).length;
  const leastFar = Math.min(0.1, 1 / Math.max(1, numImpostors));
  const scoresOf = (kind: boolean) =>
    [...scored.similarities].filter((_, i) => scored.pairs[i]!.same === kind);
  const tars = Object.entries(result.tarAtFar).map(([far, tar]) =>
    figure(percentOf(tar), `TAR at FAR ${far}${intervalText(result.tarAtFarInterval[far])}`),
  );
  const leastTar = roc.find(([far]) => far >= leastFar)?.[1] ?? 0;
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="lead">${result.pairs} pairs in ${result.numFolds} folds; ${result.missedPairs} of them with a photo that gave no face.</p>
<div class="figures">
${figure(`${percentOf(result.accuracy)} ± ${(100 * result.accuracyStd).toFixed(2)}`, `accuracy over the folds${intervalText(result.accuracyInterval)}`)}
${tars.join('\n')}
${figure(percentOf(result.eer), 'equal error rate')}
${figure(result.threshold.toFixed(4), 'threshold (cosine), mean of the folds')}
</div>
<div class="charts">
${lineChart({
  title: 'ROC: true-accept rate over false-accept rate',
  xLabel: 'false-accept rate',
  xAxis: 'log',
  xRange: [leastFar, 1],
  yRange: [Math.floor(20 * Math.min(leastTar, 0.95)) / 20, 1],
  series: [{ name: 'TAR', color: BLUE, points: roc }],
})}
${lineChart({
  title: 'DET: false non-match rate over false match rate',
  xLabel: 'false match rate',
  xAxis: 'log',
  yAxis: 'log',
  xRange: [leastFar, 1],
  series: [{ name: 'FNMR', color: BLUE, points: det }],
})}
${lineChart({
  title: 'Similarities of pairs',
  xLabel: 'cosine similarity',
  series: [
    { name: 'one person', color: GREEN, points: histogram(scoresOf(true), -0.4, 1) },
    { name: 'two people', color: ORANGE, points: histogram(scoresOf(false), -0.4, 1) },
  ],
  mark: { x: result.threshold, label: 'threshold' },
  filled: true,
})}
</div>
${result.groups ? `<h2>Groups at the common threshold</h2>\n${groupsHtml(result.groups, verificationColumns)}` : ''}
<h2>One person, judged least alike</h2>
${await pairsHtml(scored, photos, true)}
<h2>Two people, judged most alike</h2>
${await pairsHtml(scored, photos, false)}`,
  );
}

async function pairsHtml(
  scored: ScoredPairs,
  photos: readonly EvaluatedPhoto[],
  same: boolean,
): Promise<string> {
  const worst = await worstPairs(scored, photos, { same, count: NUM_SHOWN });
  const cards = worst.map(({ first, second, similarity, pictures }) => {
    const [one, other] = [escapeHtml(first), escapeHtml(second)];
    return `<figure class="pair"><img src="${pictures[0]}" alt="${one}" title="${one}"><img src="${pictures[1]}" alt="${other}" title="${other}"><figcaption>${similarity.toFixed(3)} ${one}, ${other}</figcaption></figure>`;
  });
  return `<div class="photos">${cards.join('\n')}</div>`;
}
