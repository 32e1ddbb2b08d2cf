import type { Converter } from '../context.ts';
import { activationConverters } from './activation.ts';
import { arithmeticConverters } from './arithmetic.ts';
import { convConverters } from './conv.ts';
import { linearConverters } from './linear.ts';
import { normConverters } from './norm.ts';
import { pieceConverters } from './pieces.ts';
import { poolConverters } from './pool.ts';
import { reduceConverters } from './reduce.ts';
import { resizeConverters } from './resize.ts';
import { shapeConverters } from './shape.ts';

/** Operator (base name, in-place variants too) → its ONNX form. To add one: a line in its family's table. */
export const converters: ReadonlyMap<string, Converter> = new Map(
  Object.entries({
    ...activationConverters,
    ...arithmeticConverters,
    ...convConverters,
    ...linearConverters,
    ...normConverters,
    ...pieceConverters,
    ...poolConverters,
    ...reduceConverters,
    ...resizeConverters,
    ...shapeConverters,
  }),
);
