import { escapeHtml } from '@semblance/core/html';
import type { Evaluation, Miss } from '../evaluations.ts';
import { isLowerBetter } from '../record/best.ts';
import type { Head } from './page-tables.ts';

/** Pairs of each kind of mistake that are shown of a version. */
const NUM_SHOWN = 4;

/** Error rates of versions on one set, coloured from the best to the worst of each column, and their worst misses. */
export function evaluationsHtml(
  heads: readonly Head[],
  evaluations: readonly ReadonlyMap<string, Evaluation>[],
): string {
  const sets = [...new Set(evaluations.flatMap((of) => [...of.keys()]))];
  return sets
    .map((set) =>
      setHtml(
        set,
        heads,
        evaluations.map((of) => of.get(set)),
      ),
    )
    .join('\n');
}

function setHtml(set: string, heads: readonly Head[], found: readonly (Evaluation | undefined)[]): string {
  const measured = found.flatMap((evaluation, i) => (evaluation ? [{ evaluation, head: heads[i]! }] : []));
  const isOne = new Set(measured.map(({ evaluation }) => evaluation.fingerprint)).size === 1;
  const names = [...new Set(measured.flatMap(({ evaluation }) => Object.keys(evaluation.metrics)))];
  const columns = names.map((name) => {
    const values = measured.map(({ evaluation }) => evaluation.metrics[name]?.value ?? null);
    return { name, cells: values.map((value) => rateCell(value, values, isLowerBetter(name) ?? true)) };
  });
  const rows = measured.map(
    ({ head, evaluation }, i) =>
      `<tr${head.isBaseline ? ' class="baseline"' : ''}><th scope="row">${head.html}</th>${columns.map(({ name, cells }) => `<td class="number rate" style="${cells[i]!.style}" title="${intervalText(evaluation, name)}">${cells[i]!.text}</td>`).join('')}</tr>`,
  );
  return `<h2>Error rates on ${escapeHtml(set)}</h2>
${isOne ? '' : '<p class="warn">The list of pairs was changed between these measurements: they do not compare.</p>'}
<div class="table" tabindex="0"><table><thead><tr><th></th>${columns.map(({ name }) => `<th scope="col" class="number">${escapeHtml(headOf(name))}</th>`).join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>
<h3>Worst misses</h3>
<div class="misses">${measured.map(({ head, evaluation }) => missesHtml(head, evaluation.misses)).join('\n')}</div>`;
}

const headOf = (name: string): string => {
  const [, fmr] = /^fnmrAtFmr\.(.+)$/.exec(name) ?? [];
  return fmr === undefined ? name : `FNMR at FMR ${fmr}`;
};

/** Greener the nearer it is to the best of its column, redder the nearer to the worst. */
function rateCell(
  value: number | null,
  column: readonly (number | null)[],
  isLower: boolean,
): { text: string; style: string } {
  if (value === null) return { text: '–', style: '' };
  const all = column.filter((other) => other !== null);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const text = `${(100 * value).toFixed(2)} %`;
  if (low === high) return { text, style: '' };
  const badness = (isLower ? value - low : high - value) / (high - low);
  return { text, style: `--hue:${Math.round(140 * (1 - badness))}` };
}

function intervalText({ metrics }: Evaluation, name: string): string {
  const interval = metrics[name]?.interval;
  return interval ? `95 %: ${interval.map((end) => `${(100 * end).toFixed(2)} %`).join(' to ')}` : '';
}

function missesHtml({ html }: Head, misses: readonly Miss[]): string {
  const of = (isSame: boolean): string =>
    misses
      .filter(({ same }) => same === isSame)
      .slice(0, NUM_SHOWN)
      .map(missHtml)
      .join('');
  return `<section><h4>${html}</h4>
<p><small>one person, least alike</small></p><div class="pairs">${of(true)}</div>
<p><small>two people, most alike</small></p><div class="pairs">${of(false)}</div></section>`;
}

function missHtml({ first, second, similarity, pictures }: Miss): string {
  const picture = (uri: string, name: string): string =>
    // what a store holds is not trusted to be a picture
    `<img src="${/^data:image\/jpeg;base64,[A-Za-z0-9+/=]*$/.test(uri) ? uri : ''}" alt="${escapeHtml(name)}" title="${escapeHtml(name)}">`;
  return `<figure class="pair">${picture(pictures[0], first)}${picture(pictures[1], second)}<figcaption>${similarity.toFixed(3)}</figcaption></figure>`;
}
