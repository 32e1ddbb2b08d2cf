import { dot, norm } from '@semblance/core/vector';

/**
 * How alike two faces are: the cosine of the angle between their embeddings, a·b / (‖a‖ ‖b‖), from −1 to 1.
 *
 * From which value on they are one person's: see `chooseThreshold`.
 *
 * @param a, b embeddings of one recognizer.
 * @example
 * ```ts
 * import { cosine } from '@semblance/face';
 *
 * console.log(cosine(Float32Array.of(1, 0), Float32Array.of(3, 4)).toFixed(2)); // 0.60
 * ```
 */
export function cosine(a: Float32Array, b: Float32Array): number {
  return dot(a, b) / (norm(a) * norm(b));
}
