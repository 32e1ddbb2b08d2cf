import type { CallContext, Converter } from '../context.ts';
import { type Attribute, int, ints, text } from '../graph.ts';

interface ConvArguments {
  stride: number;
  padding: number;
  dilation: number;
  groups: number;
}

/** ONNX has begin and end of each axis where PyTorch has one number for both. */
export const bothEnds = (padding: readonly number[]): number[] => [...padding, ...padding];

function conv(c: CallContext, at: ConvArguments): string {
  const weight = c.info(1);
  const rank = weight.shape.length - 2;
  if (c.info(0).shape.length !== rank + 2) throw c.fail('an input without batch');
  const padding = c.fixed(at.padding);
  const padAttributes: Record<string, Attribute> =
    typeof padding === 'string'
      ? { auto_pad: text(padding === 'same' ? 'SAME_UPPER' : 'VALID') }
      : { pads: ints(bothEnds(c.numbers(at.padding, rank))) };
  return c.graph.node('Conv', [c.value(0), c.value(1), c.optional(2)], {
    kernel_shape: ints(weight.shape.slice(2)),
    strides: ints(c.numbers(at.stride, rank)),
    dilations: ints(c.numbers(at.dilation, rank)),
    group: int(c.number(at.groups, 1)),
    ...padAttributes,
  });
}

function convTranspose(c: CallContext, at: ConvArguments & { outputPadding: number }): string {
  const weight = c.info(1);
  const rank = weight.shape.length - 2;
  return c.graph.node('ConvTranspose', [c.value(0), c.value(1), c.optional(2)], {
    kernel_shape: ints(weight.shape.slice(2)),
    strides: ints(c.numbers(at.stride, rank)),
    dilations: ints(c.numbers(at.dilation, rank)),
    group: int(c.number(at.groups, 1)),
    pads: ints(bothEnds(c.numbers(at.padding, rank))),
    output_padding: ints(c.numbers(at.outputPadding, rank)),
  });
}

// (input, weight, bias, stride, padding, dilation, groups)
const convNd: Converter = (c) => conv(c, { stride: 3, padding: 4, dilation: 5, groups: 6 });
// (input, weight, bias, stride, padding, output_padding, groups, dilation)
const convTransposeNd: Converter = (c) =>
  convTranspose(c, { stride: 3, padding: 4, outputPadding: 5, groups: 6, dilation: 7 });

// (input, weight, bias, stride, padding, dilation, transposed, output_padding, groups)
const convolution: Converter = (c) => {
  const at = { stride: 3, padding: 4, dilation: 5, groups: 8 };
  return c.bool(6) ? convTranspose(c, { ...at, outputPadding: 7 }) : conv(c, at);
};

export const convConverters: Record<string, Converter> = {
  conv1d: convNd,
  conv2d: convNd,
  conv3d: convNd,
  conv_transpose1d: convTransposeNd,
  conv_transpose2d: convTransposeNd,
  convolution,
};
