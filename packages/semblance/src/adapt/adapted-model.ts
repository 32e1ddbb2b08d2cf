import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { Gallery } from '@semblance/face/gallery';
import { loadRecognizer, writeManifest } from '@semblance/face/models';
import { appendLinearHead, type LinearHead } from '@semblance/lab/adapt';

/** The embeddings of a gallery's people, and what it was built with. */
export async function readFaces(place: string) {
  await using gallery = await Gallery.open(place, { readOnly: true });
  const people = new Map<string, Float32Array[]>();
  for (const { id, subject } of gallery.faces()) {
    const own = people.get(subject) ?? [];
    people.set(subject, [...own, gallery.embedding(id)!]);
  }
  return { meta: gallery.meta, people };
}

/** Writes the recognizer with a head on it as a model of its own; thresholds and curves of the old one do not hold for it. */
export async function writeAdapted(
  recognizer: string,
  head: LinearHead,
  out: string,
  metrics: Record<string, unknown>,
): Promise<void> {
  await using loaded = await loadRecognizer(recognizer);
  const { manifest } = loaded;
  const { threshold: _, impostors: __, format: ___, files: ____, ...kept } = manifest;
  const path = (await stat(recognizer)).isDirectory() ? join(recognizer, 'model.onnx') : recognizer;
  const model = appendLinearHead(await readFile(path), manifest.recognizer.output, head);
  await makeFolder(out);
  await writeFile(join(out, 'model.onnx'), model.bytes);
  await writeManifest(out, {
    ...kept,
    architecture: `${manifest.architecture} + linear head`,
    createdAt: new Date().toISOString(),
    recognizer: { ...manifest.recognizer, output: model.output },
    metrics: { ...manifest.metrics, adapt: metrics },
  });
}
