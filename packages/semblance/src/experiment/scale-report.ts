import { lineChart, palette, type Series } from '@semblance/core/charts';
import { escapeHtml, page, percent } from '@semblance/core/html';
import { answerText, type Rate, type ScalePoint } from './scale-facts.ts';

const rateText = ({ value, interval: [low, high] }: Rate): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

/** Head and rows: each loss at each number of people. */
export function scaleTable(points: readonly ScalePoint[], fpir: number): string[][] {
  const hasPairs = points.some(({ pairs }) => pairs !== null);
  const head = [
    ...['people', 'photos each', 'loss', 'seeds', 'rank 1', `TPIR at FPIR ${fpir}`],
    ...(hasPairs ? ['accuracy on pairs'] : []),
    ...['directions', 'within', 'to the nearest', 'training accuracy'],
  ];
  const rows = points.map((point) => [
    String(point.identities),
    String(point.photosPerPerson),
    point.loss,
    String(point.seeds),
    rateText(point.rank1),
    rateText(point.tpir),
    ...(hasPairs ? [point.pairs ? rateText(point.pairs) : ''] : []),
    point.directions.toFixed(0),
    `${point.within.toFixed(1)}°`,
    `${point.between.toFixed(1)}°`,
    percent(point.trainingAccuracy),
  ]);
  return [head, ...rows];
}

/** A chart of each measured figure over the number of people, as figures with SVG. */
export function scaleCharts(points: readonly ScalePoint[], fpir: number): Record<string, string> {
  const losses = [...new Set(points.map(({ loss }) => loss))];
  const lines = (pick: (point: ScalePoint) => number | Rate | null): Series[] =>
    losses.map((loss, i) => {
      const own = points.filter((point) => point.loss === loss).sort((a, b) => a.identities - b.identities);
      const found = own.flatMap((point) => {
        const value = pick(point);
        return value === null ? [] : [{ x: point.identities, value }];
      });
      return {
        name: loss,
        color: palette[i % palette.length]!,
        dash: i < palette.length ? undefined : '4 3',
        points: found.map(({ x, value }) => [x, typeof value === 'number' ? value : value.value] as const),
        band: found.flatMap(({ x, value }) =>
          typeof value === 'number' ? [] : [[x, ...value.interval] as const],
        ),
      } as Series;
    });
  const chart = (title: string, pick: (point: ScalePoint) => number | Rate | null) =>
    lineChart({ title, xLabel: 'people in training', xAxis: 'log', series: lines(pick) });
  return {
    'tpir.svg': chart(`TPIR at FPIR ${fpir}, unseen people`, ({ tpir }) => tpir),
    ...(points.some(({ pairs }) => pairs)
      ? { 'pairs.svg': chart('Accuracy on pairs', ({ pairs }) => pairs) }
      : {}),
    'directions.svg': chart('Directions with 95 % of the variance', ({ directions }) => directions),
    'within.svg': chart('Degrees from photos to their person’s mean', ({ within }) => within),
    'between.svg': chart('Degrees from a person to the nearest other', ({ between }) => between),
  };
}

/** A page with the answer, the table and the curves. */
export function scaleReport(points: readonly ScalePoint[], fpir: number, note: string): string {
  const [head, ...rows] = scaleTable(points, fpir);
  const cells = (tag: string, texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`).join('')}</tr>`;
  return page(
    'The losses by the number of people',
    `<h1>The losses by the number of people</h1>
<p class="lead">${escapeHtml(answerText(points))}</p>
<p>${escapeHtml(note)} Intervals are 95 %: a bootstrap over people, and the spread of the seeds where there are several.</p>
<table>${cells('th', head!)}${rows.map((row) => cells('td', row)).join('\n')}</table>
<div class="charts">${Object.values(scaleCharts(points, fpir)).join('\n')}</div>`,
  );
}
