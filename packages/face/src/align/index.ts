/**
 * Faces turned, scaled and moved onto the template that recognizers are trained on.
 *
 * @module
 */

export { alignFace } from './align.ts';
export { alignFaces } from './align-faces.ts';
export { alignmentTemplate, TEMPLATE_112 } from './template.ts';
export { warpImage } from './warp.ts';
