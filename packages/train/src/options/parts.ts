import { invalidValue } from '@semblance/core/schema';
import { z } from 'zod';
import { recipeError } from './check.ts';

/** What a recipe names: a loss, a backbone, a detector. One of your own is handed in as the object it is. */
export interface Part {
  /** What manifests and checkpoints record of it. */
  readonly name: string;
}

type TableOf<T extends readonly Part[]> = { [P in T[number] as P['name']]: P };

/** The parts by their names. */
export const tableOf = <const T extends readonly Part[]>(...parts: T): TableOf<T> =>
  Object.fromEntries(parts.map((part) => [part.name, part])) as TableOf<T>;

/** A field of a recipe that takes a name of a table, or a part of your own. */
export function partField<N extends string, P extends Part>(table: Readonly<Record<N, P>>) {
  const own = z.custom<P>((value) => typeof (value as Part | null)?.name === 'string');
  return z.union([z.enum(Object.keys(table) as [N, ...N[]]), own]);
}

/**
 * The part of that name, or the one of your own.
 *
 * @param field key of the recipe, for the message
 * @throws RECIPE_INVALID_VALUE for a name that is not in the table, and for a part of your own under a name that is
 */
export function partOf<P extends Part>(
  table: Readonly<Record<string, P>>,
  given: string | P,
  field: string,
): P {
  const name = nameOf(given);
  const known = Object.hasOwn(table, name) ? table[name] : undefined;
  if (typeof given === 'string') {
    if (known) return known;
    const names = Object.keys(table);
    throw recipeError(invalidValue(field, `one of ${names.join(', ')}`, given, names));
  }
  if (!known || known === given) return given;
  throw recipeError(invalidValue(`${field}.name`, 'a name that is not taken', name));
}

export const nameOf = (part: string | Part): string => (typeof part === 'string' ? part : part.name);
