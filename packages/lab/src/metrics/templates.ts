import { normalize } from '@semblance/core/vector';

/** A face that is part of a template. */
export interface TemplateFace {
  /** The photo or video it comes from: faces of one medium are averaged before media are added up. */
  medium: string;
  embedding: Float32Array;
  /** What the embedding counts. IJB evaluations: the detector's score, and the length of the network's own output. */
  weight: number;
}

/**
 * The embedding of a template, as IJB-B and IJB-C evaluations build it: t = Σ_media mean_{faces of the medium} w·e,
 * then t / ‖t‖. Templates are compared by their cosine.
 *
 * @returns a unit vector; zeros where the faces cancel out
 * @see Maze et al., IARPA Janus Benchmark – C, 2018; the IJB evaluation code of InsightFace
 * @example
 * ```ts
 * import { templateEmbedding } from '@semblance/lab';
 *
 * const template = templateEmbedding([
 *   { embedding: Float32Array.of(1, 0), weight: 1, medium: 'video 1' },
 *   { embedding: Float32Array.of(0, 1), weight: 1, medium: 'photo 2' },
 * ]);
 * console.log([...template].map((value) => value.toFixed(3))); // [ '0.707', '0.707' ]
 * ```
 */
export function templateEmbedding(faces: readonly TemplateFace[]): Float32Array {
  const media = new Map<string, TemplateFace[]>();
  for (const face of faces) {
    const list = media.get(face.medium);
    if (list) list.push(face);
    else media.set(face.medium, [face]);
  }
  const size = faces[0]?.embedding.length ?? 0;
  const sum = new Float64Array(size);
  for (const list of media.values()) {
    for (const { embedding, weight } of list) {
      for (let k = 0; k < size; k++) sum[k]! += (weight * embedding[k]!) / list.length;
    }
  }
  return Float32Array.from(normalize(sum));
}
