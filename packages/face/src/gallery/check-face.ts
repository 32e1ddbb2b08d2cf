import { norm } from '@semblance/core/vector';
import { SemblanceError } from '../error.ts';
import { checkedMetadata } from './check-profile.ts';
import type { NewFace } from './store.ts';

/** @throws SemblanceError DATA_INVALID, GALLERY_MODEL_MISMATCH where a face cannot be enrolled */
export function checkFace({ subject, embedding, metadata }: NewFace, embeddingSize: number): void {
  if (subject.trim() === '') throw new SemblanceError('DATA_INVALID', 'a subject needs a name');
  if (embedding.length !== embeddingSize) {
    throw new SemblanceError(
      'GALLERY_MODEL_MISMATCH',
      `expected an embedding of ${embeddingSize} numbers but received ${embedding.length}`,
    );
  }
  if (metadata) checkedMetadata(metadata);
  const length = norm(embedding);
  if (!(Math.abs(length - 1) < 1e-3)) {
    throw new SemblanceError(
      'DATA_INVALID',
      `expected an embedding of length 1 but received one of length ${length}`,
    );
  }
}

export const noSubject = (name: string): SemblanceError =>
  new SemblanceError('GALLERY_SUBJECT_NOT_FOUND', `the gallery has no subject ${name}`, {
    details: { subject: name },
  });
