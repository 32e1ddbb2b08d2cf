import { corners, histogram, lineChart } from '@semblance/core/charts';
import { escapeHtml, page } from '@semblance/core/html';
import { type OpenSetPoint, openSetCurve } from '../metrics/identification.ts';
import { groupsHtml, identificationColumns } from '../tables/groups.ts';
import type { IdentificationResult, LookedUp } from './identification.ts';
import type { IdentificationPlan } from './identification-plan.ts';
import { figure, intervalText, percentOf } from './report-parts.ts';
import { thumbnail } from './thumbnail.ts';

const BLUE = '#2f7ed8';
const GREEN = '#16a34a';
const ORANGE = '#ea7a1a';

/** Mistakes of each kind that are shown. */
const NUM_SHOWN = 12;

/** TPIR over FPIR, without the points between which only strangers' scores of one TPIR lie. */
export function identificationCurve(looked: readonly LookedUp[]): OpenSetPoint[] {
  return corners(
    openSetCurve(looked),
    ({ fpir }) => fpir,
    ({ tpir }) => tpir,
  );
}

/** A page with the figures, the curves, the rates of groups, and the probes that were judged worst. */
export async function identificationReport(
  result: IdentificationResult,
  looked: readonly LookedUp[],
  plan: IdentificationPlan,
): Promise<string> {
  const curve = identificationCurve(looked);
  const numStrangers = looked.filter(({ subject }) => subject === null).length;
  const leastFpir = Math.min(0.1, 1 / Math.max(1, numStrangers));
  const rates = Object.entries(result.openSet?.atFpir ?? {}).map(([fpir, at]) =>
    figure(
      percentOf(at.tpir),
      `TPIR at FPIR ${fpir}${intervalText(at.tpirInterval)}; FPIR found: ${percentOf(at.fpir)}`,
    ),
  );
  const tops = (isMated: boolean): number[] =>
    looked
      .filter(({ subject }) => (subject !== null) === isMated)
      .map(({ candidates }) => candidates[0]?.similarity ?? -1);
  const openSetCharts = `${lineChart({
    title: 'TPIR over FPIR: known people named, strangers named',
    xLabel: 'FPIR',
    xAxis: 'log',
    xRange: [leastFpir, 1],
    yRange: [0, 1],
    series: [{ name: 'TPIR', color: BLUE, points: curve.map(({ fpir, tpir }) => [fpir, tpir]) }],
  })}
${lineChart({
  title: 'FNIR over FPIR',
  xLabel: 'FPIR',
  xAxis: 'log',
  yAxis: 'log',
  xRange: [leastFpir, 1],
  series: [{ name: 'FNIR', color: BLUE, points: curve.map(({ fpir, tpir }) => [fpir, 1 - tpir]) }],
})}`;
  return page(
    'Identification',
    `<h1>Identification</h1>
<p class="lead">${result.subjects} people enrolled by ${result.enrolledFaces} templates, ${result.probes} probes of them,
${result.strangerProbes} probes of ${result.strangers} strangers.</p>
<div class="figures">
${figure(percentOf(result.rank1), `rank 1${intervalText(result.rank1Interval)}`)}
${rates.join('\n')}
</div>
<div class="charts">
${lineChart({
  title: 'CMC: own subject among the first k',
  xLabel: 'rank k',
  series: [{ name: 'share', color: GREEN, points: result.cmc.map((share, k) => [k + 1, share]) }],
  yRange: [Math.floor(20 * Math.min(result.rank1, 0.95)) / 20, 1],
})}
${numStrangers > 0 ? openSetCharts : ''}
${lineChart({
  title: 'Similarity of the first candidate',
  xLabel: 'cosine similarity',
  series: [
    { name: 'known people', color: GREEN, points: histogram(tops(true), -0.2, 1) },
    ...(numStrangers > 0
      ? [{ name: 'strangers', color: ORANGE, points: histogram(tops(false), -0.2, 1) }]
      : []),
  ],
  filled: true,
})}
</div>
${result.groups ? `<h2>Groups at the threshold ${result.groupsThreshold!.toFixed(4)}</h2>\n${groupsHtml(result.groups, identificationColumns)}` : ''}
<h2>Known people taken for others</h2>
${await cards(plan, wrongNames(looked))}
<h2>Strangers most like somebody</h2>
${await cards(
  plan,
  looked.filter(({ subject, candidates }) => subject === null && candidates.length > 0),
)}`,
  );
}

const wrongNames = (looked: readonly LookedUp[]): LookedUp[] =>
  looked.filter(
    ({ subject, candidates }) => subject !== null && candidates[0] && candidates[0].subject !== subject,
  );

/** The probes whose first candidate is most alike, each beside a photo of that candidate. */
async function cards(plan: IdentificationPlan, probes: readonly LookedUp[]): Promise<string> {
  const pathOf = new Map(
    [...plan.enrolled, ...plan.probes, ...plan.strangers].flatMap(({ photos }) =>
      photos.map(({ photo }) => [photo.name, photo.path]),
    ),
  );
  const enrolledPhoto = new Map(
    plan.enrolled.toReversed().map(({ subject, photos }) => [subject, photos[0]!.photo.path]),
  );
  const worst = [...probes]
    .sort((a, b) => b.candidates[0]!.similarity - a.candidates[0]!.similarity)
    .slice(0, NUM_SHOWN);
  if (worst.length === 0) return '<p>None.</p>';
  const figures = worst.map(async ({ person, photo, candidates: [best] }) => {
    const paths = [pathOf.get(photo)!, enrolledPhoto.get(best!.subject)!];
    const pictures = await Promise.all(
      paths.map(async (path) => `<img src="${await thumbnail(path)}" alt="">`),
    );
    const words = `${best!.similarity.toFixed(3)} ${person}, taken for ${best!.subject}`;
    return `<figure class="pair">${pictures.join('')}<figcaption>${escapeHtml(words)}</figcaption></figure>`;
  });
  return `<div class="photos">${(await Promise.all(figures)).join('\n')}</div>`;
}
