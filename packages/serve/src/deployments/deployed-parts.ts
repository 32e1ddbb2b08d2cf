import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { GALLERY_FILE } from '@semblance/face/gallery';
import { readManifest } from '@semblance/face/models';
import { SemblanceError } from '../error.ts';

/** Where tasks leave a model and a gallery, below their outputs. */
const PLACES = { model: 'model', gallery: 'gallery' };

/**
 * What of a version's outputs can be deployed: a detector, a recognizer, a gallery. Outputs are a record: a gallery among
 * them is copied, since a service enrols into its own.
 *
 * @param model where the model lies; where a training leaves it, if null.
 * @throws SemblanceError DEPLOYMENT_REFUSED where there is neither; those of reading a manifest.
 * @example
 * ```ts
 * import { deployedParts } from '@semblance/serve';
 *
 * console.log(await deployedParts('outputs', 'models/recognizer')); // { recognizer: 'models/recognizer' }
 * ```
 */
export async function deployedParts(
  outputs: string,
  model: string | null,
): Promise<{ detector?: string; recognizer?: string; gallery?: string; copyGallery?: boolean }> {
  const folder = model ?? join(outputs, PLACES.model);
  if (model !== null || existsSync(join(folder, 'manifest.json'))) {
    const { task } = await readManifest(folder);
    return task === 'detection' ? { detector: folder } : { recognizer: folder };
  }
  const gallery = join(outputs, PLACES.gallery);
  if (existsSync(join(gallery, GALLERY_FILE))) return { gallery, copyGallery: true };
  throw new SemblanceError(
    'DEPLOYMENT_REFUSED',
    `the outputs in ${outputs} contain neither a model nor a gallery`,
  );
}
