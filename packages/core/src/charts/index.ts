export { histogram, lineChart, type Series, smooth } from './chart.ts';
export { corners } from './corners.ts';
export { escapeHtml, page, percent } from './html.ts';
