import { z } from 'zod';

/** The field, or the word `auto`. */
export const autoOr = <T extends z.ZodType>(field: T) => z.union([z.literal('auto'), field]);

/** A part of a whole: 0 to 1. */
export const part = () => z.number().min(0).max(1);

/** Options of a part that declares its own: they are held against its declaration, one by one. */
export const optionsOf = (key: string) =>
  z
    .record(z.string(), z.unknown())
    .readonly()
    .meta({ expected: `named options, set one by one as ${key}.name=value` });
