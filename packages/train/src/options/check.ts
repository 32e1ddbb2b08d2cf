import { type CheckOptions, check, type Flaw } from '@semblance/core/schema';
import type { z } from 'zod';
import { SemblanceError } from '../error.ts';

/** Values by name, as recipes and callers give them. */
export type GivenOptions = Readonly<Record<string, unknown>>;

/** The values of declared options. */
export type OptionsOf<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/**
 * Holds a recipe, or the options of a part of it, against its declared fields.
 *
 * @throws RECIPE_UNKNOWN_KEY for a field that is not declared, RECIPE_INVALID_VALUE for a value its field does not take
 */
export function assertRecipe(schema: z.ZodType, value: unknown, options: CheckOptions): void {
  const flaw = check(schema, value, options);
  if (flaw) throw recipeError(flaw);
}

/**
 * The options of a part (a loss, a backbone), with its defaults where none are given.
 *
 * @throws RECIPE_UNKNOWN_KEY, RECIPE_INVALID_VALUE
 */
export function resolveOptions<S extends z.ZodType>(
  { name, options }: { name: string; options: S },
  given: GivenOptions,
): z.output<S> {
  assertRecipe(options, given, { whole: name, path: name });
  return options.parse(given);
}

export function recipeError({ kind, path, message }: Flaw): SemblanceError {
  const code = kind === 'unknown-key' ? 'RECIPE_UNKNOWN_KEY' : 'RECIPE_INVALID_VALUE';
  return new SemblanceError(code, message, { details: { key: path } });
}
