import type { CallContext, Converter } from '../context.ts';
import { isOpen, reshapeValue, sizesOf, sizesValue } from '../dims.ts';
import { int, ints } from '../graph.ts';

const same: Converter = (c) => c.value(0);

/** Any change of shape that keeps the order of elements. */
const reshape: Converter = (c) => {
  const input = c.info(0);
  return c.graph.node('Reshape', [c.value(0), reshapeValue(c, input, c.out)]);
};

// (self, start_dim=0, end_dim=-1)
const flatten: Converter = (c) => {
  const rank = c.info(0).shape.length;
  const isTail = c.axis(1, rank, 0) === 1 && c.axis(2, rank, -1) === rank - 1;
  return isTail && rank > 1 ? c.graph.node('Flatten', [c.value(0)], { axis: int(1) }) : reshape(c);
};

const permute: Converter = (c) => {
  const rank = c.info(0).shape.length;
  const order = c.numbers(1).map((d) => (d < 0 ? d + rank : d));
  return c.graph.node('Transpose', [c.value(0)], { perm: ints(order) });
};

function swapped(c: CallContext, a: number, b: number): string {
  const order = c.info(0).shape.map((_, d) => (d === a ? b : d === b ? a : d));
  return c.graph.node('Transpose', [c.value(0)], { perm: ints(order) });
}

const t: Converter = (c) => (c.info(0).shape.length < 2 ? c.value(0) : swapped(c, 0, 1));

// (self, size, *, implicit) or (self, other): the result's sizes are all that counts
const expand: Converter = (c) => c.graph.node('Expand', [c.value(0), sizesValue(c, sizesOf(c.out))]);

// unsqueeze (self, dim): counted in the result
const unsqueeze: Converter = (c) =>
  c.graph.node('Unsqueeze', [c.value(0), c.graph.int64([c.axis(1, c.out.shape.length)])]);

// squeeze (self), squeeze.dim (self, dim), squeeze.dims (self, dim[])
const squeeze: Converter = (c) => {
  const sizes = sizesOf(c.info(0));
  const wanted = c.call.opName.includes('.dim') ? c.numbers(1) : sizes.map((_, d) => d);
  const axes = wanted
    .map((d) => (d < 0 ? d + sizes.length : d))
    .filter((d) => sizes[d]!.size === 1 && !isOpen(sizes[d]!));
  return axes.length === 0 ? c.value(0) : c.graph.node('Squeeze', [c.value(0), c.graph.int64(axes)]);
};

export const shapeConverters: Record<string, Converter> = {
  view: reshape,
  reshape,
  view_as: reshape,
  reshape_as: reshape,
  _unsafe_view: reshape,
  unflatten: reshape,
  flatten,
  permute,
  transpose: (c) => swapped(c, c.axis(1), c.axis(2)),
  t,
  numpy_T: (c) =>
    c.graph.node('Transpose', [c.value(0)], {
      perm: ints(
        c
          .info(0)
          .shape.map((_, d) => d)
          .reverse(),
      ),
    }),
  expand,
  expand_as: expand,
  unsqueeze,
  squeeze,
  contiguous: same,
  clone: same,
  detach: same,
  alias: same,
  lift_fresh: same,
  dropout: (c) => {
    if (c.bool(2)) throw c.fail('dropout in training mode');
    return c.value(0);
  },
};
