import type { Ops } from './ops.gen.ts';
import { ops } from './ops.ts';
import type { Tensor } from './tensor.ts';

// The operators that people look for beside `tensor` and `zeros`; all others are in `ops`.

/** Joins tensors along a dimension they have: cat([a, b], dim = 0). */
export const cat: Ops['cat'] = ops.cat;
/** Joins tensors of one shape along a new dimension: stack([a, b], dim = 0). */
export const stack: Ops['stack'] = ops.stack;
/** Pieces of a size along a dimension: split(x, size or sizes, dim = 0). */
export const split: Ops['split'] = ops.split;
/** A number of pieces along a dimension: chunk(x, n, dim = 0). */
export const chunk: Ops['chunk'] = ops.chunk;
/** The tensors along a dimension, which they lose: unbind(x, dim = 0). */
export const unbind: Ops['unbind'] = ops.unbind;
/** a where the condition holds, else b: where(condition, a, b). */
export const where: Ops['where'] = ops.where;

/**
 * Sums of products along named dimensions, as in `einsum('bij,bjk->bik', x, y)`.
 *
 * @throws TorchError TORCH_OP_FAILED where the equation does not fit the tensors
 * @example
 * ```ts
 * import { einsum, ones } from '@semblance/torch';
 *
 * console.log(einsum('bij,bjk->bik', ones([2, 3, 4]), ones([2, 4, 5])).shape); // [ 2, 3, 5 ]
 * ```
 */
export const einsum = (equation: string, ...tensors: Tensor[] | [readonly Tensor[]]): Tensor =>
  ops.einsum(equation, tensors.flat());

/** The matrix product, in batches where there are more dimensions. */
export const matmul: Ops['matmul'] = ops.matmul;
/** The product of two matrices. */
export const mm: Ops['mm'] = ops.mm;
/** The products of two batches of matrices. */
export const bmm: Ops['bmm'] = ops.bmm;
/** The inner product of two vectors. */
export const dot: Ops['dot'] = ops.dot;
/** The outer product of two vectors. */
export const outer: Ops['outer'] = ops.outer;

/** a + alpha·b. */
export const add: Ops['add'] = ops.add;
/** a − alpha·b. */
export const sub: Ops['sub'] = ops.sub;
/** a·b by element. */
export const mul: Ops['mul'] = ops.mul;
/** a / b by element. */
export const div: Ops['div'] = ops.div;
/** a^b by element. */
export const pow: Ops['pow'] = ops.pow;
/** e^x. */
export const exp: Ops['exp'] = ops.exp;
/** The natural logarithm. */
export const log: Ops['log'] = ops.log;
/** √x. */
export const sqrt: Ops['sqrt'] = ops.sqrt;
/** |x|. */
export const abs: Ops['abs'] = ops.abs;
/** The sine, of radians. */
export const sin: Ops['sin'] = ops.sin;
/** The cosine, of radians. */
export const cos: Ops['cos'] = ops.cos;
/** The hyperbolic tangent. */
export const tanh: Ops['tanh'] = ops.tanh;
/** 1 / (1 + e^−x). */
export const sigmoid: Ops['sigmoid'] = ops.sigmoid;
/** max(x, 0). */
export const relu: Ops['relu'] = ops.relu;
/** Values held between bounds: clamp(x, low, high), null for none. */
export const clamp: Ops['clamp'] = ops.clamp;
/** e^x / Σ e^x along a dimension. */
export const softmax: Ops['softmax'] = ops.softmax;
/** The logarithm of softmax. */
export const log_softmax: Ops['log_softmax'] = ops.log_softmax;
/** log Σ e^x along dimensions. */
export const logsumexp: Ops['logsumexp'] = ops.logsumexp;
/** The larger of two by element. */
export const maximum: Ops['maximum'] = ops.maximum;
/** The smaller of two by element. */
export const minimum: Ops['minimum'] = ops.minimum;

/** The sum of all elements, or along dimensions: sum(x, [dims], keepdim = false). */
export const sum: Ops['sum'] = ops.sum;
/** The mean of all elements, or along dimensions: mean(x, [dims], keepdim = false). */
export const mean: Ops['mean'] = ops.mean;
/** The standard deviation, unbiased unless told: std(x, [dims], …). */
export const std: Ops['std'] = ops.std;
/** The largest element; along a dimension, the largest ones and their places: max(x, dim). */
export const max: Ops['max'] = ops.max;
/** The smallest element; along a dimension, the smallest ones and their places: min(x, dim). */
export const min: Ops['min'] = ops.min;
/** The place of the largest element: argmax(x, dim?). */
export const argmax: Ops['argmax'] = ops.argmax;
/** The place of the smallest element: argmin(x, dim?). */
export const argmin: Ops['argmin'] = ops.argmin;
/** The largest k elements and their places: topk(x, k, dim = −1). */
export const topk: Ops['topk'] = ops.topk;
/** The elements in order and their places: sort(x, dim = −1, descending = false). */
export const sort: Ops['sort'] = ops.sort;
/** The places that put the elements in order. */
export const argsort: Ops['argsort'] = ops.argsort;
/** Sums up to each element along a dimension. */
export const cumsum: Ops['cumsum'] = ops.cumsum;
/** Whether all elements, or all along a dimension, are true. */
export const all: Ops['all'] = ops.all;
/** Whether any element, or any along a dimension, is true. */
export const any: Ops['any'] = ops.any;
/** Whether two tensors have the same shape and elements. */
export const equal: Ops['equal'] = ops.equal;
/** Whether all elements agree within atol + rtol·|b|. */
export const allclose: Ops['allclose'] = ops.allclose;
/** Whether each element is NaN. */
export const isnan: Ops['isnan'] = ops.isnan;
/** Whether each element is neither infinite nor NaN. */
export const isfinite: Ops['isfinite'] = ops.isfinite;

/** The elements in another shape, copied where a view cannot do. */
export const reshape: Ops['reshape'] = ops.reshape;
/** The dimensions in another order. */
export const permute: Ops['permute'] = ops.permute;
/** Two dimensions swapped: transpose(x, a, b). */
export const transpose: Ops['transpose'] = ops.transpose;
/** Dimensions joined: flatten(x, from = 0, to = −1). */
export const flatten: Ops['flatten'] = ops.flatten;
/** Without dimensions of size 1. */
export const squeeze: Ops['squeeze'] = ops.squeeze;
/** With a new dimension of size 1. */
export const unsqueeze: Ops['unsqueeze'] = ops.unsqueeze;
/** The order of elements reversed along dimensions. */
export const flip: Ops['flip'] = ops.flip;
/** The lower triangle. */
export const tril: Ops['tril'] = ops.tril;
/** The upper triangle. */
export const triu: Ops['triu'] = ops.triu;
/** The elements at these places along a dimension: gather(x, dim, index). */
export const gather: Ops['gather'] = ops.gather;
/** The rows of these places: index_select(x, dim, index). */
export const index_select: Ops['index_select'] = ops.index_select;
/** The elements where a mask is true, in one row. */
export const masked_select: Ops['masked_select'] = ops.masked_select;
/** The places of what is not 0. */
export const nonzero: Ops['nonzero'] = ops.nonzero;

/** Zeros in the shape, dtype and place of another tensor. */
export const zeros_like: Ops['zeros_like'] = ops.zeros_like;
/** Ones in the shape, dtype and place of another tensor. */
export const ones_like: Ops['ones_like'] = ops.ones_like;
/** One value in the shape, dtype and place of another tensor. */
export const full_like: Ops['full_like'] = ops.full_like;
/** Values drawn from N(0, 1) in the shape, dtype and place of another tensor. */
export const randn_like: Ops['randn_like'] = ops.randn_like;
/** Values drawn from [0, 1) in the shape, dtype and place of another tensor. */
export const rand_like: Ops['rand_like'] = ops.rand_like;
/** 1 with the probability that each element says, else 0. */
export const bernoulli: Ops['bernoulli'] = ops.bernoulli;
/** Places drawn with the weights of each row: multinomial(weights, n, replacement = false). */
export const multinomial: Ops['multinomial'] = ops.multinomial;
