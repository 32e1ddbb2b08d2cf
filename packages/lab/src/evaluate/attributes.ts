import { readTextFile } from '@semblance/core/files';
import { SemblanceError } from '../error.ts';
import { csvRows } from '../tables/csv.ts';

/** What is known of photos or people: the value of each attribute by name. */
export interface Attributes {
  /** In the order of the file's columns. */
  names: string[];
  /** The value of an attribute of a photo, by its own line or by that of a folder above it; null where none has one. */
  valueOf(photo: string, attribute: string): string | null;
}

/**
 * Reads attributes from a CSV file: a head line with a name for the first column and one for each attribute, then a
 * line for each photo (as the pairs write it) or person (the photo's folder).
 *
 * @throws SemblanceError PATH_NOT_FOUND; DATA_INVALID with the line's number; DATA_EMPTY.
 */
export async function readAttributes(file: string): Promise<Attributes> {
  return parseAttributes(await readTextFile(file), file);
}

/** {@link readAttributes} on text; `source` names it in errors. */
export function parseAttributes(text: string, source = 'groups'): Attributes {
  const [head, ...lines] = csvRows(text, source);
  if (!head || lines.length === 0) throw new SemblanceError('DATA_EMPTY', `no attributes in ${source}`);
  const names = head.fields.slice(1);
  if (names.length === 0 || new Set(names).size < names.length || names.includes('')) {
    throw new SemblanceError('DATA_INVALID', `${source}: expected a head line "name,attribute,…"`);
  }
  const values = new Map<string, string[]>();
  for (const { line, fields } of lines) {
    if (fields.length !== head.fields.length) {
      const message = `${source}:${line}: expected ${head.fields.length} fields but received ${fields.length}`;
      throw new SemblanceError('DATA_INVALID', message);
    }
    values.set(fields[0]!, fields.slice(1));
  }
  return {
    names,
    valueOf(photo, attribute) {
      const column = names.indexOf(attribute);
      for (let name = photo; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
        const value = values.get(name)?.[column];
        if (value !== undefined && value !== '') return value;
      }
      return null;
    },
  };
}
