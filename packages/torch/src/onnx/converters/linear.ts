import type { Converter } from '../context.ts';
import { float, int, ints } from '../graph.ts';

// (input, weight, bias): input [..., in], weight [out, in]
const linear: Converter = (c) => {
  if (c.info(0).shape.length === 2) {
    return c.graph.node('Gemm', [c.value(0), c.value(1), c.optional(2)], { transB: int(1) });
  }
  const transposed = c.graph.node('Transpose', [c.value(1)], { perm: ints([1, 0]) });
  const product = c.graph.node('MatMul', [c.value(0), transposed]);
  const bias = c.optional(2);
  return bias === null ? product : c.graph.node('Add', [product, bias]);
};

// beta·input + alpha·(mat1 @ mat2): (input, mat1, mat2, *, beta, alpha)
const addmm: Converter = (c) =>
  c.graph.node('Gemm', [c.value(1), c.value(2), c.value(0)], {
    beta: float(c.number(3, 1)),
    alpha: float(c.number(4, 1)),
  });

const matmul: Converter = (c) => c.graph.node('MatMul', [c.value(0), c.value(1)]);

// (weight, indices, …)
const embedding: Converter = (c) => c.graph.node('Gather', [c.value(0), c.value(1)], { axis: int(0) });

export const linearConverters: Record<string, Converter> = {
  linear,
  addmm,
  matmul,
  mm: matmul,
  bmm: matmul,
  embedding,
};
