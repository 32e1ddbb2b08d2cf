import { dot } from '@semblance/core/vector';
import type { Image } from '@semblance/face/image';
import { openImages, selectImages } from '@semblance/lab/datasets';
import { type nn, noGrad, scope } from '@semblance/torch';
import { createCacheMemory, openImageCache } from '../data/image-cache.ts';
import type { LabelledPhotos, PersonData } from '../data/person-data.ts';
import { toInput } from '../data/pixels.ts';
import { reasonOf, usableImage } from '../data/readable-image.ts';
import { toCrop } from '../data/recognition-batches.ts';
import { normalize } from '../losses/cosine.ts';

const enrolledPerPerson = 5;
const batchSize = 64;

export interface Rank1Options {
  /** Side of a crop in the network. */
  inputSize: number;
  /** Where the network is. */
  device: string;
  /** Is told of photos that cannot be used: they are neither enrolled nor asked for. */
  onLeftOut?: (what: string) => void;
}

/**
 * Rank-1 of the held-out photos: each goes to the person with the most similar of five enrolled training photos.
 *
 * @returns `valRank1`, 0 to 1; null where no held-out photo or no enrolled one can be used
 */
export async function evaluateRank1(
  backbone: nn.Module,
  data: PersonData,
  options: Rank1Options,
): Promise<{ valRank1: number } | null> {
  const gallery = await embed(backbone, firstOfEach(data.train, enrolledPerPerson), options);
  const probes = await embed(backbone, data.held, options);
  if (gallery.length === 0 || probes.length === 0) return null;
  let numRight = 0;
  for (const probe of probes) {
    let best = -1;
    let bestSimilarity = -Infinity;
    for (const { embedding, label } of gallery) {
      const similarity = dot(probe.embedding, embedding);
      if (similarity > bestSimilarity) [best, bestSimilarity] = [label, similarity];
    }
    if (best === probe.label) numRight++;
  }
  return { valRank1: numRight / probes.length };
}

function firstOfEach({ images, labels }: LabelledPhotos, most: number): LabelledPhotos {
  const seen = new Map<number, number>();
  const taken = [...labels.keys()].filter((i) => {
    const count = seen.get(labels[i]!) ?? 0;
    seen.set(labels[i]!, count + 1);
    return count < most;
  });
  return { images: selectImages(images, taken), labels: Int32Array.from(taken, (i) => labels[i]!) };
}

interface LabelledEmbedding {
  embedding: Float32Array;
  label: number;
}

/** L2-normalised embeddings of the crops that can be used, in order; the backbone must be in eval mode. */
async function embed(
  backbone: nn.Module,
  { images: list, labels }: LabelledPhotos,
  { inputSize, device, onLeftOut = () => {} }: Rank1Options,
): Promise<LabelledEmbedding[]> {
  const images = openImages(list);
  const noCache = openImageCache(createCacheMemory(images.length, 0));
  const prepare = (image: Image, name: string) => toCrop(image, name, inputSize);
  const cropBytes = inputSize * inputSize * 3;
  const embeddings: LabelledEmbedding[] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    const end = Math.min(images.length, start + batchSize);
    const pixels = new Uint8Array((end - start) * cropBytes);
    const used: number[] = [];
    for (let i = start; i < end; i++) {
      const image = await usableImage(images, i, noCache, prepare);
      if (typeof image === 'string') onLeftOut(reasonOf(images.label(i), image));
      else {
        pixels.set(image.data, used.length * cropBytes);
        used.push(i);
      }
    }
    if (used.length === 0) continue;
    using _ = scope();
    const taken = pixels.subarray(0, used.length * cropBytes);
    const emb_ND = noGrad(() =>
      normalize(backbone.forward(toInput(taken, inputSize, [127.5, 127.5, 127.5], 127.5, device))),
    );
    const values = emb_ND.toArray() as Float32Array;
    const size = values.length / used.length;
    for (const [n, i] of used.entries())
      embeddings.push({ embedding: values.slice(n * size, (n + 1) * size), label: labels[i]! });
  }
  await images.close();
  return embeddings;
}
