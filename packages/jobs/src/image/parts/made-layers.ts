import { join } from 'node:path';
import { hashBytes, makeFolder, writeJsonFile } from '@semblance/core/files';
import { readCheckedFile } from '@semblance/core/schema';
import { z } from 'zod';
import type { ImageLayout } from '../oci/layout.ts';
import { descriptorSchema, type Layer } from '../oci/media.ts';

const recordSchema = z.strictObject({ descriptor: descriptorSchema, diffId: z.string() });

/** Remembers which layer was made of what, so that it is made once. */
export class MadeLayers {
  readonly layout: ImageLayout;
  readonly #dir: string;
  readonly #isFresh: boolean;

  /**
   * @param dir where that is kept
   * @param isFresh makes every layer again
   */
  constructor(layout: ImageLayout, dir: string, isFresh: boolean) {
    this.layout = layout;
    this.#dir = dir;
    this.#isFresh = isFresh;
  }

  /** @param parts all that the layer depends on */
  async once(parts: readonly unknown[], make: () => Promise<Layer>): Promise<Layer> {
    const path = join(this.#dir, `${hashBytes(JSON.stringify(parts))}.json`);
    const known = this.#isFresh ? null : await readCheckedFile(path, recordSchema);
    if (known && (await this.layout.has(known.descriptor))) return known;
    const layer = await make();
    await makeFolder(this.#dir);
    await writeJsonFile(path, layer);
    return layer;
  }
}
