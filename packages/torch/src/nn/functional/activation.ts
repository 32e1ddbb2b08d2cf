import { ops } from '../../ops.ts';
import type { Tensor } from '../../tensor.ts';

/** max(x, 0). */
export const relu = (x: Tensor): Tensor => ops.relu(x);

/** max(x, 0) + slope·min(x, 0). */
export const leaky_relu = (x: Tensor, { negativeSlope = 0.01 } = {}): Tensor =>
  ops.leaky_relu(x, negativeSlope);

/** max(x, 0) + a·min(x, 0), one slope or one for each channel. */
export const prelu = (x: Tensor, weight: Tensor): Tensor => ops.prelu(x, weight);

/** x for x > 0, else α·(e^x − 1). */
export const elu = (x: Tensor, { alpha = 1 } = {}): Tensor => ops.elu(x, alpha);

/** x·Φ(x), Φ the normal distribution function; 'tanh' computes an approximation. */
export const gelu = (x: Tensor, options: { approximate?: 'none' | 'tanh' } = {}): Tensor =>
  ops.gelu(x, { approximate: options.approximate ?? 'none' });

/** x·σ(x). */
export const silu = (x: Tensor): Tensor => ops.silu(x);

/** 1 / (1 + e^−x). */
export const sigmoid = (x: Tensor): Tensor => ops.sigmoid(x);

export const tanh = (x: Tensor): Tensor => ops.tanh(x);

/** log(1 + e^(βx)) / β, x itself where βx is above the threshold. */
export const softplus = (x: Tensor, { beta = 1, threshold = 20 } = {}): Tensor =>
  ops.softplus(x, beta, threshold);

/** e^x / Σ e^x along `dim`. */
export const softmax = (x: Tensor, dim: number): Tensor => ops.softmax(x, dim);

/** log softmax(x) along `dim`, without overflow. */
export const log_softmax = (x: Tensor, dim: number): Tensor => ops.log_softmax(x, dim);

/** Zeroes elements with probability p and scales the rest by 1 / (1 − p); nothing where not training. */
export const dropout = (x: Tensor, { p = 0.5, training = true } = {}): Tensor =>
  training && p > 0 ? ops.dropout(x, p, true) : x;
