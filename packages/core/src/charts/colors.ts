/** Colours of text and axes. */
export const ink = { strong: '#1c1e21', normal: '#4b5058', faint: '#9aa0a8', rule: '#e3e6ea' };

/** Colours that stay apart from each other, also for most who see fewer of them. */
export const palette = [
  '#2f6fde',
  '#e8590c',
  '#2b9348',
  '#c2255c',
  '#7048e8',
  '#0b9fa8',
  '#b08900',
  '#7a5230',
  '#495057',
  '#d6409f',
];
