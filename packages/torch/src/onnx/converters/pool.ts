import type { CallContext, Converter } from '../context.ts';
import { isOpen, sizesOf } from '../dims.ts';
import { int, ints } from '../graph.ts';
import { bothEnds } from './conv.ts';

function window(c: CallContext, at: { kernel: number; stride: number; padding: number }) {
  const kernel = c.numbers(at.kernel, 2);
  const stride = c.numbers(at.stride, 2);
  return {
    kernel_shape: ints(kernel),
    strides: ints(stride.length === 0 ? kernel : stride),
    pads: ints(bothEnds(c.numbers(at.padding, 2))),
  };
}

// (self, kernel_size, stride=[], padding=0, dilation=1, ceil_mode=False)
const maxPool2d: Converter = (c) =>
  c.graph.node('MaxPool', [c.value(0)], {
    ...window(c, { kernel: 1, stride: 2, padding: 3 }),
    dilations: ints(c.numbers(4, 2)),
    ceil_mode: int(c.bool(5)),
  });

// (self, kernel_size, stride=[], padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)
const avgPool2d: Converter = (c) => {
  if (!c.isLeftOut(6)) throw c.fail('divisor_override has no ONNX form');
  return c.graph.node('AveragePool', [c.value(0)], {
    ...window(c, { kernel: 1, stride: 2, padding: 3 }),
    ceil_mode: int(c.bool(4)),
    count_include_pad: int(c.bool(5, true)),
  });
};

/** (self, output_size): whole maps to 1×1, or fixed maps whose sizes are multiples of the output's. */
const adaptive =
  (kind: 'Average' | 'Max'): Converter =>
  (c) => {
    const target = c.numbers(1, 2);
    if (target.every((size) => size === 1)) return c.graph.node(`Global${kind}Pool`, [c.value(0)]);
    const map = sizesOf(c.info(0)).slice(-2);
    if (map.some(isOpen) || map.some(({ size }, d) => size % target[d]! !== 0)) {
      throw c.fail(`only 1×1, or fixed sizes that divide the map, have an ONNX form; this is ${target}`);
    }
    const kernel = map.map(({ size }, d) => size / target[d]!);
    return c.graph.node(`${kind}Pool`, [c.value(0)], { kernel_shape: ints(kernel), strides: ints(kernel) });
  };

export const poolConverters: Record<string, Converter> = {
  max_pool2d: maxPool2d,
  avg_pool2d: avgPool2d,
  adaptive_avg_pool2d: adaptive('Average'),
  _adaptive_avg_pool2d: adaptive('Average'),
  adaptive_max_pool2d: adaptive('Max'),
};
