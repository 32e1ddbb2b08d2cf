import type { nn } from '@semblance/torch';
import { z } from 'zod';
import type { OptionsOf } from '../options/check.ts';

/** Options every backbone has; each declares its own besides. */
export interface BackboneShape extends z.ZodRawShape {
  /** Side of the square input in pixels. */
  inputSize: z.ZodType<number, number | undefined>;
  /** Length of the embedding. */
  embeddingSize: z.ZodType<number, number | undefined>;
}

/** A network that turns aligned crops [N, 3, S, S] into embeddings [N, D], not normalised. */
export interface BackboneSpec<Name extends string = string, Shape extends BackboneShape = BackboneShape> {
  /** What recipes, manifests and checkpoints call it. */
  readonly name: Name;
  readonly options: z.ZodObject<Shape, z.core.$strict>;
  /** @param options checked, each with its default where none was given */
  create(options: OptionsOf<Shape>): nn.Module;
}

/**
 * Declares a backbone, for the table or for `trainRecognition({ recipe: { …, backbone } })`.
 *
 * @param spec.options a zod field with a default for each option, `inputSize` and `embeddingSize` among them
 * @example
 * ```ts
 * import { nn } from '@semblance/torch';
 * import { createBackbone, defineBackbone } from '@semblance/train';
 * import { z } from 'zod';
 *
 * const tiny = defineBackbone({
 *   name: 'tiny',
 *   options: { inputSize: z.int().default(32), embeddingSize: z.int().default(8) },
 *   create: ({ inputSize, embeddingSize }) =>
 *     new nn.Sequential(new nn.Flatten(), new nn.Linear(3 * inputSize ** 2, embeddingSize)),
 * });
 * console.log(createBackbone(tiny, { inputSize: 16 }).parameters().length); // 2
 * ```
 */
export function defineBackbone<const Name extends string, Shape extends BackboneShape>({
  options,
  ...spec
}: Omit<BackboneSpec<Name, Shape>, 'options'> & { options: Shape }): BackboneSpec<Name, Shape> {
  return { ...spec, options: z.strictObject(options) };
}

/** Input and embedding of networks that halve their input four times. */
export const sizeOptions = (embeddingSize: number) => ({
  inputSize: z
    .int()
    .min(16)
    .multipleOf(16)
    .default(112)
    .meta({ unit: 'px', description: 'Side of the square input.' }),
  embeddingSize: z.int().min(1).default(embeddingSize).describe('Length of the embedding.'),
});

export const widthOption = z
  .number()
  .gt(0)
  .max(16)
  .default(1)
  .describe('Factor on every channel count; 1 is the published network.');
