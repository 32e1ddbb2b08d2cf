import type { nn } from '@semblance/torch';
import { type GivenOptions, resolveOptions } from '../options/check.ts';
import { partOf, tableOf } from '../options/parts.ts';
import type { BackboneSpec } from './backbone.ts';
import { r10, r18, r34, r50, r100 } from './iresnet.ts';
import { mbf } from './mobilefacenet.ts';
import { mbfPaper } from './mobilefacenet-paper.ts';

/**
 * Recognition backbones by name: adding one is a file and a line here.
 *
 * @example
 * ```ts
 * import { backbones } from '@semblance/train';
 *
 * console.log(Object.keys(backbones.r50.options.shape)); // [ 'inputSize', 'embeddingSize', …
 * ```
 */
export const backbones = tableOf(r10, r18, r34, r50, r100, mbf, mbfPaper);

export type BackboneName = keyof typeof backbones;
/**
 * The names of the table of backbones.
 *
 * @example
 * ```ts
 * import { backboneNames } from '@semblance/train';
 *
 * console.log(backboneNames.includes('mbf')); // true
 * ```
 */
export const backboneNames = Object.keys(backbones) as BackboneName[];

/** The backbone of that name, or the one of your own. @throws RECIPE_INVALID_VALUE for an unknown name */
export const backboneOf = (backbone: string | BackboneSpec): BackboneSpec =>
  partOf<BackboneSpec>(backbones, backbone, 'backbone');

/**
 * A recognition backbone with freshly drawn weights.
 *
 * @param backbone a name of the table, or a backbone of your own
 * @throws RECIPE_INVALID_VALUE for an unknown name or an option out of its range, as an input side that is no multiple
 *   of 16; RECIPE_UNKNOWN_KEY for an option the backbone does not have
 * @returns a module that takes crops [N, 3, S, S], scaled to −1 … 1, and gives embeddings [N, D], not normalised
 * @example
 * ```ts
 * import { randn, scope } from '@semblance/torch';
 * import { createBackbone } from '@semblance/train';
 *
 * using _ = scope();
 * const backbone = createBackbone('r10', { inputSize: 48, embeddingSize: 64, width: 0.25 });
 * backbone.eval();
 * const emb_ND = backbone.forward(randn([2, 3, 48, 48]));
 * console.log(emb_ND.shape); // [ 2, 64 ]
 * ```
 */
export function createBackbone(backbone: string | BackboneSpec, options: GivenOptions = {}): nn.Module {
  const spec = backboneOf(backbone);
  return spec.create(resolveOptions(spec, options));
}

export { type BackboneSpec, defineBackbone } from './backbone.ts';
