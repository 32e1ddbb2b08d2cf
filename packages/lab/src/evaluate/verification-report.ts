import { corners, histogram, lineChart } from '@semblance/core/charts';
import { escapeHtml, page } from '@semblance/core/html';
import { rocCurve } from '../metrics/roc.ts';
import { groupsHtml, verificationColumns } from '../tables/groups.ts';
import type { EvaluatedPhoto } from './embed-photos.ts';
import { figure, intervalText, percentOf } from './report-parts.ts';
import { thumbnail } from './thumbnail.ts';
import type { ScoredPairs, VerificationResult } from './verification.ts';

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
  const photoOf = new Map(photos.map((photo) => [photo.name, photo]));
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
${await pairsHtml(scored, photoOf, true)}
<h2>Two people, judged most alike</h2>
${await pairsHtml(scored, photoOf, false)}`,
  );
}

const sourceOf = ({ path, read }: EvaluatedPhoto): string | Promise<Uint8Array> => read?.() ?? path;

async function pairsHtml(
  { pairs, similarities }: ScoredPairs,
  photoOf: ReadonlyMap<string, EvaluatedPhoto>,
  same: boolean,
): Promise<string> {
  const kind = pairs.flatMap((pair, i) =>
    pair.same === same ? [{ pair, similarity: similarities[i]! }] : [],
  );
  kind.sort((a, b) => (same ? a.similarity - b.similarity : b.similarity - a.similarity));
  const cards = kind.slice(0, NUM_SHOWN).map(async ({ pair, similarity }) => {
    const pictures = await Promise.all(
      [pair.first, pair.second].map(
        async (name) =>
          `<img src="${await thumbnail(sourceOf(photoOf.get(name)!))}" alt="${escapeHtml(name)}" title="${escapeHtml(name)}">`,
      ),
    );
    return `<figure class="pair">${pictures.join('')}<figcaption>${similarity.toFixed(3)} ${escapeHtml(pair.first)}, ${escapeHtml(pair.second)}</figcaption></figure>`;
  });
  return `<div class="photos">${(await Promise.all(cards)).join('\n')}</div>`;
}
