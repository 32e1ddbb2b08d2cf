import { dot } from '@semblance/core/vector';
import { type ImageList, openImages, selectImages } from '@semblance/lab/datasets';
import { type nn, noGrad, scope } from '@semblance/torch';
import { createCacheMemory, openImageCache } from '../data/image-cache.ts';
import type { LabelledPhotos, PersonData } from '../data/person-data.ts';
import { toInput } from '../data/pixels.ts';
import { readImage } from '../data/readable-image.ts';
import { toCrop } from '../data/recognition-batches.ts';
import { normalize } from '../losses/cosine.ts';

const enrolledPerPerson = 5;
const batchSize = 64;

/**
 * Rank-1 of the held-out photos: each goes to the person with the most similar of five enrolled training photos.
 *
 * @returns `valRank1`, 0 to 1
 */
export async function evaluateRank1(
  backbone: nn.Module,
  data: PersonData,
  inputSize: number,
  device: string,
): Promise<{ valRank1: number }> {
  const enrolled = firstOfEach(data.train, enrolledPerPerson);
  const gallery = await embed(backbone, enrolled.images, inputSize, device);
  const probes = await embed(backbone, data.held.images, inputSize, device);
  let numRight = 0;
  for (const [p, probe] of probes.entries()) {
    let best = -1;
    let bestSimilarity = -Infinity;
    for (const [g, candidate] of gallery.entries()) {
      const similarity = dot(probe, candidate);
      if (similarity > bestSimilarity) [best, bestSimilarity] = [g, similarity];
    }
    if (enrolled.labels[best] === data.held.labels[p]) numRight++;
  }
  return { valRank1: numRight / Math.max(1, probes.length) };
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

/** L2-normalised embeddings of crops, in order; the backbone must be in eval mode. */
async function embed(
  backbone: nn.Module,
  list: ImageList,
  inputSize: number,
  device: string,
): Promise<Float32Array[]> {
  const images = openImages(list);
  const noCache = openImageCache(createCacheMemory(images.length, 0));
  const cropBytes = inputSize * inputSize * 3;
  const embeddings: Float32Array[] = [];
  for (let start = 0; start < images.length; start += batchSize) {
    const end = Math.min(images.length, start + batchSize);
    const pixels = new Uint8Array((end - start) * cropBytes);
    for (let i = start; i < end; i++) {
      const prepare = (image: Parameters<typeof toCrop>[0], name: string) => toCrop(image, name, inputSize);
      const { image } = await readImage(images, i, noCache, prepare, new Set());
      pixels.set(image.data, (i - start) * cropBytes);
    }
    using _ = scope();
    const emb_ND = noGrad(() =>
      normalize(backbone.forward(toInput(pixels, inputSize, [127.5, 127.5, 127.5], 127.5, device))),
    );
    const values = emb_ND.toArray() as Float32Array;
    const size = values.length / (end - start);
    for (let n = 0; n < end - start; n++) embeddings.push(values.slice(n * size, (n + 1) * size));
  }
  await images.close();
  return embeddings;
}
