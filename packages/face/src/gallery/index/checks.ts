import { SemblanceError } from '../../error.ts';

/** @throws SemblanceError GALLERY_MODEL_MISMATCH for a vector of another length */
export function checkLength({ length }: Float32Array, dimensions: number): void {
  if (length === dimensions) return;
  throw new SemblanceError(
    'GALLERY_MODEL_MISMATCH',
    `expected an embedding of ${dimensions} numbers but received ${length}`,
  );
}

/** An index holds each id once: whoever adds it again has lost count. */
export function checkNew(isThere: boolean, id: number): void {
  if (isThere) throw new SemblanceError('INTERNAL', `the index already has a vector ${id}`);
}
