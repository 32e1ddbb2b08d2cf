/**
 * Charts as SVG.
 *
 * @module
 */

export { ink, palette } from './colors.ts';
export { corners } from './corners.ts';
export { lineChart, type Series } from './line-chart.ts';
export { type Line, linePicture, type PictureAxis, type Zone } from './line-picture.ts';
export { type Panel, panelGrid } from './panel-grid.ts';
export { histogram, smooth } from './series.ts';
export { dotPath, el, group, linePath, num, type Svg } from './svg.ts';
