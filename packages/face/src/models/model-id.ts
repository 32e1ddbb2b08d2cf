import { createHash } from 'node:crypto';
import type { Manifest } from './manifest.ts';

/**
 * The name under which embeddings of this model may be compared: architecture and the first 12 digits of
 * SHA-256 over the network's hash and everything that changes its input.
 */
export function modelId(manifest: Manifest): string {
  const { channels, mean, std, width, height } = manifest.input;
  const conventions = { onnx: manifest.files['model.onnx']!.sha256, channels, mean, std, width, height };
  const digest = createHash('sha256').update(JSON.stringify(conventions)).digest('hex');
  return `${manifest.architecture}-${digest.slice(0, 12)}`;
}
