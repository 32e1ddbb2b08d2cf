import { escapeHtml } from '@semblance/core/html';
import type { Difference } from './differences.ts';

/** What changed in code and data, each pair folded: its headline says how much there is. */
export function differencesHtml(differences: readonly Difference[]): string {
  const changed = differences.filter(({ code, data }) => code !== '' || data.length > 0);
  if (changed.length === 0) return '';
  return `<h2>Changes in code and data</h2>
${changed.map(differenceHtml).join('\n')}`;
}

function differenceHtml({ from, to, code, data }: Difference): string {
  const files = data.map(
    ({ input, numAdded, numRemoved, numChanged, shown }) =>
      `<p>${escapeHtml(input)}: ${numAdded} files added, ${numRemoved} removed, ${numChanged} changed</p><pre>${escapeHtml(shown.join('\n'))}</pre>`,
  );
  const parts = [
    ...(code === null ? ['code cannot be compared'] : code === '' ? [] : [`code ${sizeOf(code)}`]),
    ...data.map(
      ({ input, numAdded, numRemoved, numChanged }) => `${input} +${numAdded} −${numRemoved} ~${numChanged}`,
    ),
  ];
  const body = code === null || code === '' ? '' : `<pre>${code.split('\n').map(lineHtml).join('\n')}</pre>`;
  return `<details><summary>${escapeHtml(from)} → ${escapeHtml(to)} <small>${escapeHtml(parts.join(', '))}</small></summary>${files.join('')}${body}</details>`;
}

/** `+12 −3`: lines of a diff. */
function sizeOf(diff: string): string {
  const lines = diff.split('\n');
  const count = (mark: RegExp): number => lines.filter((line) => mark.test(line)).length;
  return `+${count(/^\+(?!\+\+)/)} −${count(/^-(?!--)/)}`;
}

function lineHtml(line: string): string {
  const kind = /^\+(?!\+\+)/.test(line) ? 'added' : /^-(?!--)/.test(line) ? 'removed' : '';
  return kind === '' ? escapeHtml(line) : `<span class="${kind}">${escapeHtml(line)}</span>`;
}
