import { formatFacts } from '@semblance/core/table';
import type { ExitCode } from '../cli/command.ts';
import type { Io } from '../cli/io.ts';
import { createProgress } from '../cli/progress.ts';
import { sayFirst } from '../cli/say-first.ts';

export interface ForeignOptions {
  source: string;
  /** The gallery's folder. */
  to: string;
  from: string | undefined;
  collection: string | undefined;
  model: string | undefined;
  merge: boolean;
  check: 'off' | 'standard' | 'strict';
  detector: string | undefined;
  recognizer: string | undefined;
}

/** Takes over the people of another system. */
export async function importForeign(options: ForeignOptions, io: Io): Promise<ExitCode> {
  const { source, to, from: kind, collection, model: modelId, merge, check } = options;
  const { importForeignPeople, readForeignPeople } = await import('@semblance/lab/foreign');
  const { galleryKeys, newGalleryMeta } = await import('@semblance/face/gallery');
  const { FacePipeline } = await import('@semblance/face/pipeline');
  const faces = await readForeignPeople(source, { kind, collection });
  const { detector, recognizer } = await modelsFor(options, io);
  const progress = createProgress(io, 'importing');
  try {
    const { id, embeddingSize, impostors, threshold } = recognizer;
    const thresholdBy = { impostors, fallback: threshold };
    const meta = newGalleryMeta({ modelId: id, embeddingSize, thresholdBy, detectorId: detector.id });
    const {
      faces: numFaces,
      skipped,
      refused,
    } = await importForeignPeople(faces, {
      ...{ to, meta, merge, modelId, check, keys: galleryKeys({}, io.env) },
      pipeline: new FacePipeline({ detector, recognizer }),
      onProgress: (done) => progress.update(done, done + 1), // how many there are is not known before
    }).finally(() => progress.end());
    sayFirst(
      io,
      refused.map(
        ({ subject, source: name, code, message }) => `refused ${subject} (${name}): ${code}: ${message}`,
      ),
    );
    const lines = formatFacts({
      gallery: to,
      faces: `${numFaces}${skipped > 0 ? ` (${skipped} were there already)` : ''}`,
      embeddings: modelId === undefined ? 'made anew of the pictures' : 'taken over where there were any',
      recognizer: id,
    });
    for (const line of lines) io.out(line);
    return refused.length > 0 ? 3 : 0;
  } finally {
    await detector.close();
    await recognizer.close();
  }
}

/** The models of the gallery that is there, else those asked for or the defaults. */
async function modelsFor({ to, detector, recognizer }: ForeignOptions, io: Io) {
  const { Gallery, GALLERY_FILE, galleryKeys, modelsOfGallery } = await import('@semblance/face/gallery');
  const { findModel, loadDetector, loadRecognizer } = await import('@semblance/face/models');
  const { exists } = await import('@semblance/core/files');
  const { join } = await import('node:path');
  const given = { ...(detector ? { detector } : {}), ...(recognizer ? { recognizer } : {}) };
  const paths = { detector: '', recognizer: '' };
  if (await exists(join(to, GALLERY_FILE))) {
    await using gallery = await Gallery.open(to, { readOnly: true, keys: galleryKeys({}, io.env) });
    Object.assign(paths, await modelsOfGallery(gallery.meta, given, io.env));
  } else {
    paths.detector = await findModel(detector, 'detection', io.env);
    paths.recognizer = await findModel(recognizer, 'recognition', io.env);
  }
  return { detector: await loadDetector(paths.detector), recognizer: await loadRecognizer(paths.recognizer) };
}
