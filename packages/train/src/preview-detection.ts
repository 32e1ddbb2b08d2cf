import { dirname } from 'node:path';
import { makeFolder, writeFile } from '@semblance/core/files';
import { encodeJpeg } from '@semblance/face/image';
import { previewDetection } from './data/detection-preview.ts';
import { detectionRecipe, type RecipeOverrides } from './recipes/index.ts';
import { detectionAugmentation, readDetectionData } from './trainer/detection-task.ts';

export interface WritePreviewOptions {
  /** Labelled images, as for trainDetection. */
  data: string;
  /** The JPEG file to be written. */
  out: string;
  recipe?: string;
  overrides?: RecipeOverrides;
  /** From 0 (0). */
  epoch?: number;
  /** Samples across and down (6 × 4), each so many pixels (256). */
  columns?: number;
  rows?: number;
  tile?: number;
}

/**
 * Writes a contact sheet of augmented samples with their boxes and landmarks, exactly as a training by this recipe sees them.
 *
 * @throws RECIPE_*, those of readDetectionData
 * @example
 * ```ts
 * import { writeDetectionPreview } from '@semblance/train';
 *
 * const overrides = { inputSize: 160 };
 * await writeDetectionPreview({ data: 'scenes', out: 'preview.jpg', overrides, columns: 2, rows: 1, tile: 64 });
 * ```
 */
export async function writeDetectionPreview(options: WritePreviewOptions): Promise<void> {
  const { data, out, epoch = 0, columns = 6, rows = 4, tile = 256 } = options;
  const recipe = detectionRecipe(options.recipe, options.overrides);
  const images = await readDetectionData(data);
  const augmentation = detectionAugmentation(recipe);
  const sheet = await previewDetection(images, {
    augmentation,
    seed: recipe.seed,
    epoch,
    columns,
    rows,
    tile,
  });
  await makeFolder(dirname(out));
  await writeFile(out, await encodeJpeg(sheet, { quality: 88 }));
}
