import { histogram, lineChart } from '@semblance/core/charts';
import { escapeHtml, page } from '@semblance/core/html';
import type { Box } from '@semblance/face/geometry';
import type { Annotation } from '@semblance/face/image';
import { judgeDetections } from '../metrics/detection.ts';
import type { PrPoint } from '../metrics/precision-recall.ts';
import { groupsHtml, recallColumns } from '../tables/groups.ts';
import { type DetectedPhoto, type DetectionFindings, shorterSide } from './detection.ts';
import { figure, percentOf } from './report-parts.ts';
import { thumbnail } from './thumbnail.ts';

const COLORS = ['#2f7ed8', '#16a34a', '#ea7a1a', '#9333ea', '#dc2626', '#0891b2'];
const MISSED = '#ef4444';
const FOUND = '#22c55e';
const EXTRA = '#f59e0b';

/** Mistakes of each kind that are shown. */
const NUM_SHOWN = 16;

/** A page with the figures, the curves, recall by size and attribute, and the worst mistakes as pictures. */
export async function detectionReport(
  { metrics, curves, results, outcomes, landmarkErrors }: DetectionFindings,
  photos: readonly DetectedPhoto[],
  title: string,
): Promise<string> {
  const { ap, recall, precision, score, faces, landmarks } = metrics;
  const aps = Object.entries(ap).map(([name, value]) => figure(value.toFixed(4), `AP, ${name}`));
  const points = (curve: readonly PrPoint[]): [number, number][] =>
    thinned(curve).map((point) => [point.recall, point.precision]);
  const landmarkChart = landmarks
    ? lineChart({
        title: 'Landmark errors, in distances of the eyes',
        xLabel: 'normalised mean error',
        series: [
          { name: 'share of faces', color: COLORS[0]!, points: histogram(landmarkErrors, 0, 0.3, 60) },
        ],
        mark: { x: landmarks.nmeMedian, label: `median ${landmarks.nmeMedian.toFixed(4)}` },
        filled: true,
      })
    : '';
  const misses = outcomes
    .filter(({ ignore, detection }) => !ignore && detection === null)
    .map(({ photo, face }) => ({ photo, box: results[photo]!.truth[face]!.box }))
    .sort((a, b) => shorterSide(b.box) - shorterSide(a.box));
  const extras = results
    .flatMap((result, photo) =>
      judgeDetections(result)
        .filter((judged) => judged.verdict === 'miss' && judged.score >= score)
        .map((judged) => ({ photo, box: result.found[judged.detection]!.box, score: judged.score })),
    )
    .sort((a, b) => b.score - a.score);
  return page(
    title,
    `<h1>${escapeHtml(title)}</h1>
<p class="lead">${faces} faces that count in ${photos.length} photos; IoU 0.5; ${metrics.rule === 'wider' ? 'the rule of WIDER FACE' : 'VOC, all points'}.</p>
<div class="figures">
${aps.join('\n')}
${figure(percentOf(recall), `recall at score ${score}`)}
${figure(percentOf(precision), `precision at score ${score}`)}
${landmarks ? figure(landmarks.nmeMedian.toFixed(4), `median landmark error of ${landmarks.faces} faces (1: the distance of the eyes)`) : ''}
</div>
<div class="charts">
${lineChart({
  title: 'Precision over recall',
  xLabel: 'recall',
  xRange: [0, 1],
  yRange: [0, 1],
  series: Object.entries(curves).map(([name, curve], i) => ({
    name,
    color: COLORS[i % COLORS.length]!,
    points: points(curve),
  })),
})}
${landmarkChart}
</div>
<h2>Recall at score ${score}</h2>
${groupsHtml({ 'shorter side': metrics.recallBySize, ...metrics.recallByAttribute }, recallColumns)}
<h2>The largest faces that were missed (${misses.length})</h2>
${await pictures(photos, misses, MISSED, score)}
<h2>Detections that show no labelled face, or one that was found already (${extras.length})</h2>
${await pictures(photos, extras, EXTRA, score)}`,
  );
}

/** Some hundred points: those that a curve on a page can show. */
function thinned(curve: readonly PrPoint[], numPoints = 400): PrPoint[] {
  const step = Math.max(1, Math.floor(curve.length / numPoints));
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1);
}

/** The surroundings of each box, with what was found there in green. */
async function pictures(
  photos: readonly DetectedPhoto[],
  mistakes: readonly { photo: number; box: Box; score?: number }[],
  color: string,
  threshold: number,
): Promise<string> {
  if (mistakes.length === 0) return '<p>None.</p>';
  const cards = mistakes.slice(0, NUM_SHOWN).map(async ({ photo, box, score }) => {
    const { path, found } = photos[photo]!;
    const side = 3 * Math.max(box[2] - box[0], box[3] - box[1], 24);
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    const part: Box = [x - side / 2, y - side / 2, x + side / 2, y + side / 2];
    const shown = found.filter((face) => face.score >= threshold);
    const annotations: Annotation[] = shown.map((face) => ({ box: face.box, color: FOUND }));
    const source = await thumbnail(path, {
      height: 160,
      part,
      annotations: [...annotations, { box, color }],
    });
    const words = `${score === undefined ? '' : `${score.toFixed(3)} `}${Math.round(shorterSide(box))} px ${path.split('/').at(-1)!}`;
    return `<figure><img src="${source}" alt=""><figcaption>${escapeHtml(words)}</figcaption></figure>`;
  });
  return `<div class="photos">${(await Promise.all(cards)).join('\n')}</div>`;
}
