import { vi } from 'vitest';
import type { Gallery } from '../gallery/gallery.ts';
import type { NewFace } from '../gallery/store.ts';

/** What made the embeddings of these faces. */
export const model = { modelId: 'net-aaaaaaaaaaaa', embeddingSize: 4 };
export const axis = (i: number): Float32Array =>
  Float32Array.from({ length: 4 }, (_, at) => (at === i ? 1 : 0));
export const faceOf = (subject: string, i = 0): NewFace => ({ subject, embedding: axis(i) });

/** Who has a face on that axis. */
export async function nearest(gallery: Gallery, i: number): Promise<string | undefined> {
  const [best] = await gallery.search(axis(i), 1);
  return best && best.similarity > 0.5 ? best.subject : undefined;
}

/** Waits for what is told from elsewhere. */
export const soon = (look: () => Promise<void>): Promise<void> =>
  vi.waitFor(look, { timeout: 60_000, interval: 20 });
