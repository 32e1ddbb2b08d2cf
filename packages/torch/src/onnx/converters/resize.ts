import type { CallContext, Converter } from '../context.ts';
import { isOpen, sizesOf, sizesValue } from '../dims.ts';
import { type Attribute, text } from '../graph.ts';

/**
 * Resize to the sizes the trace saw: fixed ones, those of another value, or else a multiple of the input's.
 */
function resize(c: CallContext, attributes: Record<string, Attribute>, hasScales: boolean): string {
  const [input, output] = [sizesOf(c.info(0)), sizesOf(c.out)];
  const ratios = output.map((s, d) => s.size / input[d]!.size);
  const isMultiple = output.every((s, d) => s.probe === ratios[d]! * input[d]!.probe);
  const isFixed = !output.slice(2).some(isOpen);
  if (isFixed && !output.some(isOpen))
    return node(c, attributes, null, c.graph.int64(output.map((s) => s.size)));
  // Sizes that were asked for follow the value they were read from, also where rounding breaks the ratio.
  if (!hasScales || !isMultiple) {
    try {
      return node(c, attributes, null, sizesValue(c, output));
    } catch (error) {
      if (!isMultiple) throw error;
    }
  }
  return node(c, attributes, c.graph.float32(ratios), null);
}

const node = (
  c: CallContext,
  attributes: Record<string, Attribute>,
  scales: string | null,
  sizes: string | null,
) => c.graph.node('Resize', [c.value(0), null, scales, sizes], attributes);

// upsample_*2d (self, output_size, [align_corners,] scales_h, scales_w); .vec (input, output_size, [align_corners,] scale_factors)
const hasScales = (c: CallContext, position: number): boolean => !c.isLeftOut(position);

const nearest: Converter = (c) =>
  resize(
    c,
    {
      mode: text('nearest'),
      coordinate_transformation_mode: text('asymmetric'),
      nearest_mode: text('floor'),
    },
    hasScales(c, 2),
  );

const bilinear: Converter = (c) => {
  const coordinates = c.bool(2) ? 'align_corners' : 'half_pixel';
  return resize(
    c,
    { mode: text('linear'), coordinate_transformation_mode: text(coordinates) },
    hasScales(c, 3),
  );
};

export const resizeConverters: Record<string, Converter> = {
  upsample_nearest2d: nearest,
  upsample_bilinear2d: bilinear,
};
