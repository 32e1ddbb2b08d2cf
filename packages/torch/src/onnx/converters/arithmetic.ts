import type { CallContext, Converter } from '../context.ts';
import { int, onnxTypes } from '../graph.ts';
import { unary } from './activation.ts';

const isFloat = (dtype: string): boolean => dtype.includes('float');

/** The operand at a position in the dtype of the computation: a tensor, or a number. */
function operand(c: CallContext, position: number, dtype = c.out.dtype): string {
  return c.isTensor(position) ? c.cast(c.info(position), dtype) : c.scalar(c.number(position), dtype);
}

/** alpha·y, as add and sub have it in their third argument. */
function scaled(c: CallContext, position: number, alpha: number): string {
  const value = operand(c, position);
  return alpha === 1 ? value : c.graph.node('Mul', [value, c.scalar(alpha, c.out.dtype)]);
}

const add: Converter = (c) => c.graph.node('Add', [operand(c, 0), scaled(c, 1, c.number(2, 1))]);
const sub: Converter = (c) => c.graph.node('Sub', [operand(c, 0), scaled(c, 1, c.number(2, 1))]);
const rsub: Converter = (c) => c.graph.node('Sub', [operand(c, 1), scaled(c, 0, c.number(2, 1))]);
const mul: Converter = (c) => c.graph.node('Mul', [operand(c, 0), operand(c, 1)]);

// (self, other, *, rounding_mode)
const div: Converter = (c) => {
  const mode = c.call.args[2] ?? null;
  if (mode === null) return c.graph.node('Div', [operand(c, 0), operand(c, 1)]);
  if (!isFloat(c.out.dtype)) throw c.fail('rounded division of integers is not exported');
  const quotient = c.graph.node('Div', [operand(c, 0), operand(c, 1)]);
  if (mode !== 'floor') throw c.fail(`rounding_mode ${String(mode)} is not exported`);
  return c.graph.node('Floor', [quotient]);
};

const pow: Converter = (c) => {
  if (!c.isTensor(1) && c.number(1) === 2) return c.graph.node('Mul', [operand(c, 0), operand(c, 0)]);
  if (!c.isTensor(1) && c.number(1) === 0.5) return c.graph.node('Sqrt', [operand(c, 0)]);
  return c.graph.node('Pow', [operand(c, 0), operand(c, 1)]);
};

const binary =
  (opType: string): Converter =>
  (c) =>
    c.graph.node(opType, [operand(c, 0), operand(c, 1)]);

/** A comparison: its operands have a dtype of their own, its result is bool. */
const comparison =
  (opType: string): Converter =>
  (c) => {
    const { dtype } = c.info(0);
    return c.graph.node(opType, [operand(c, 0, dtype), operand(c, 1, dtype)]);
  };

// (condition, self, other)
const where: Converter = (c) => c.graph.node('Where', [c.value(0), operand(c, 1), operand(c, 2)]);

// (self, mask, value)
const maskedFill: Converter = (c) => c.graph.node('Where', [c.value(1), operand(c, 2), c.value(0)]);

const cast: Converter = (c) =>
  c.info(0).dtype === c.out.dtype
    ? c.value(0)
    : c.graph.node('Cast', [c.value(0)], { to: int(onnxTypes[c.out.dtype]) });

export const arithmeticConverters: Record<string, Converter> = {
  add,
  sub,
  rsub,
  mul,
  multiply: mul,
  div,
  divide: div,
  true_divide: div,
  pow,
  square: (c) => c.graph.node('Mul', [c.value(0), c.value(0)]),
  minimum: binary('Min'),
  maximum: binary('Max'),
  where,
  masked_fill: maskedFill,
  gt: comparison('Greater'),
  ge: comparison('GreaterOrEqual'),
  lt: comparison('Less'),
  le: comparison('LessOrEqual'),
  eq: comparison('Equal'),
  sqrt: unary('Sqrt'),
  rsqrt: (c) => c.graph.node('Reciprocal', [c.graph.node('Sqrt', [c.value(0)])]),
  exp: unary('Exp'),
  log: unary('Log'),
  abs: unary('Abs'),
  neg: unary('Neg'),
  reciprocal: unary('Reciprocal'),
  floor: unary('Floor'),
  ceil: unary('Ceil'),
  round: unary('Round'),
  sin: unary('Sin'),
  cos: unary('Cos'),
  erf: unary('Erf'),
  to: cast,
  _to_copy: cast,
  type_as: cast,
};
