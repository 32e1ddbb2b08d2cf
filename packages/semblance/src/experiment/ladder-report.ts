import { corners, lineChart, type Series, smooth } from '@semblance/core/charts';
import { escapeHtml, page, percent } from '@semblance/core/html';
import { mean } from '@semblance/core/statistics';
import type { Rung } from './ladder-measure.ts';

/** Told apart by people who do not see all colours too: hues and lightness alternate. */
const palette = [
  ...['#7f7f7f', '#17becf', '#8c564b', '#bcbd22', '#e377c2'],
  ...['#1f77b4', '#2ca02c', '#9467bd', '#d62728', '#ff7f0e', '#000000'],
];

const interval = (values: readonly [number, number]): string =>
  `${percent(values[0])} to ${percent(values[1])}`;

/** Head and rows: each loss with its rates and their 95 % intervals. */
export function ladderTable(rungs: readonly Rung[], fpirs: readonly number[]): string[][] {
  const head = [
    'loss',
    'rank 1',
    ...fpirs.map((fpir) => `TPIR at FPIR ${fpir}`),
    'training accuracy',
    'directions',
  ];
  const rows = rungs.map(({ loss, result, directions, training }) => [
    loss,
    `${percent(result.rank1)} (${interval(result.rank1Interval)})`,
    ...fpirs.map((fpir) => {
      const at = result.openSet?.atFpir[String(fpir)];
      return at ? `${percent(at.tpir)} (${interval(at.tpirInterval)})` : '';
    }),
    percent(meanOfLast(training.map(({ accuracy }) => accuracy))),
    String(directions),
  ]);
  return [head, ...rows];
}

const meanOfLast = (values: readonly number[], most = 50): number => mean(values.slice(-most));

/** The table in Markdown. */
export function markdownTable([head, ...rows]: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** A page with the table, TPIR over FPIR of all, and how training went. */
export function ladderReport(rungs: readonly Rung[], fpirs: readonly number[]): string {
  const [head, ...rows] = ladderTable(rungs, fpirs);
  const cell = (tag: string) => (text: string) => `<${tag}>${escapeHtml(text)}</${tag}>`;
  const series = (points: (rung: Rung) => Series['points']): Series[] =>
    rungs.map((rung, i) => ({ name: rung.loss, color: palette[i % palette.length]!, points: points(rung) }));
  const { result } = rungs[0]!;
  return page(
    'The losses beside each other',
    `<h1>The losses beside each other</h1>
<p class="lead">Same data, network, seed and number of images for each. ${result.subjects} people unseen in training,
enrolled by ${result.enrolledFaces} photos, ${result.probes} probes of them, ${result.strangerProbes} of ${result.strangers} strangers;
intervals are 95 % by a bootstrap over people. Directions: how many hold 95 % of the variance of these people's embeddings.</p>
<table><tr>${head!.map(cell('th')).join('')}</tr>
${rows.map((row) => `<tr>${row.map(cell('td')).join('')}</tr>`).join('\n')}</table>
<div class="charts">
${lineChart({
  title: 'TPIR over FPIR',
  xLabel: 'FPIR',
  xAxis: 'log',
  xRange: [0.001, 1],
  series: series(({ curve }) => curve.map(({ fpir, tpir }) => [fpir, tpir])),
})}
${lineChart({
  title: 'Training accuracy, logits without margin',
  xLabel: 'step',
  yRange: [0, 1],
  series: series(({ training }) => smooth(training.map(({ step, accuracy }) => [step, accuracy]))),
})}
</div>`,
  );
}

/** The numbers of table and curves, curves thinned to what a picture shows. */
export function ladderFacts(rungs: readonly Rung[]): object[] {
  return rungs.map(({ loss, result, curve, directions, training }) => ({
    loss,
    directions,
    ...result,
    cmc: result.cmc.map(rounded),
    curve: corners(
      curve.map(({ fpir, tpir }) => ({ fpir: rounded(fpir), tpir: rounded(tpir) })),
      ({ fpir }) => fpir,
      ({ tpir }) => tpir,
    ),
    training: smooth(
      training.map(({ step, accuracy }) => [step, accuracy]),
      60,
    ).map(([step, accuracy]) => [Math.round(step), rounded(accuracy)]),
  }));
}

const rounded = (value: number): number => Number(value.toFixed(4));
