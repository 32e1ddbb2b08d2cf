import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { histogram, lineChart, smooth } from '@semblance/core/charts';
import { escapeHtml, page, percent } from '@semblance/core/html';
import type { measureDetection, measureIdentification } from './measure.ts';
import type { DemoFolders } from './plan.ts';

export interface DemoResults {
  detection: Awaited<ReturnType<typeof measureDetection>>;
  identification: Awaited<ReturnType<typeof measureIdentification>>;
  seconds: number;
}

const BLUE = '#2f7ed8';
const GREEN = '#16a34a';
const ORANGE = '#ea7a1a';

/** A column of a run's metrics.jsonl over its steps. */
function curve(model: string, key: string): [number, number][] {
  const lines = readFileSync(join(model, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const rows = lines.map((line) => JSON.parse(line) as Record<string, number>);
  return smooth(
    rows.flatMap((row) => (typeof row[key] === 'number' ? [[row.step!, row[key]] as [number, number]] : [])),
  );
}

const figure = (value: string, what: string) => `<div><b>${value}</b>${escapeHtml(what)}</div>`;
const photos = (paths: readonly string[]) =>
  `<div class="photos">${paths.map((path) => `<img src="${escapeHtml(path)}" loading="lazy" alt="">`).join('')}</div>`;

/** The demo's page: figures, curves and photos with what was found. */
export function demoReport(
  folders: DemoFolders,
  results: DemoResults,
  scenes: readonly string[],
  probes: readonly string[],
): string {
  const { detection, identification: id } = results;
  return page(
    'Semblance demo',
    `<h1>Semblance demo</h1>
<p class="lead">A detector and a recognizer trained from scratch on rendered faces, a gallery of ${id.enrolled} people whom
neither has seen, and photos that nothing was tuned on.</p>
<h2>Finding faces</h2>
<div class="figures">
${figure(percent(detection.recall), `recall at IoU 0.5 (${detection.faces} faces)`)}
${figure(percent(detection.precision), `precision (${detection.photos} unseen scenes)`)}
${figure(detection.ap.toFixed(3), 'average precision')}
${figure(detection.scoreThreshold.toFixed(2), 'score threshold, chosen on other scenes')}
</div>
${photos(scenes)}
<h2>Recognising people</h2>
<div class="figures">
${figure(percent(id.rank1), `rank-1 (${id.probes.mated} photos of ${id.enrolled} enrolled people)`)}
${figure(percent(id.tpir), `TPIR: known people named (at ${percent(id.fpir)} FPIR)`)}
${figure(percent(id.fpir), `FPIR: strangers named (${id.probes.nonMated} photos of ${id.strangers} strangers)`)}
${figure(id.threshold.toFixed(3), 'threshold, chosen on other photos and other strangers')}
</div>
<p><small>95 % intervals: rank-1 ${id.rank1Interval.map((v) => percent(v)).join(' to ')}, TPIR ${id.tpirInterval.map((v) => percent(v)).join(' to ')},
FPIR ${id.fpirInterval.map((v) => percent(v)).join(' to ')}.</small></p>
${photos(probes)}
<h2>Curves</h2>
<div class="charts">
${lineChart({
  title: 'Similarity to the own subject, and of strangers to the nearest one',
  xLabel: 'cosine similarity',
  series: [
    { name: 'known people', color: GREEN, points: histogram(id.similarities.mated, -0.2, 1) },
    { name: 'strangers', color: ORANGE, points: histogram(id.similarities.strangers, -0.2, 1) },
  ],
  mark: { x: id.threshold, label: 'threshold' },
  filled: true,
})}
${lineChart({
  title: 'Detector: loss',
  xLabel: 'step',
  series: [{ name: 'loss', color: BLUE, points: curve(folders.detector, 'loss') }],
})}
${lineChart({
  title: 'Recognizer: ArcFace loss (its margin grows in the first part of the training)',
  xLabel: 'step',
  series: [{ name: 'loss', color: BLUE, points: curve(folders.recognizer, 'loss') }],
})}
${lineChart({
  title: 'Recognizer: training accuracy, without the margin',
  xLabel: 'step',
  series: [{ name: 'accuracy', color: GREEN, points: curve(folders.recognizer, 'accuracy') }],
})}
</div>
<p><small>All faces on this page are rendered: none of these people exists. This run took ${Math.round(results.seconds / 60)} min.</small></p>`,
  );
}
