import type { Image } from '@semblance/face/image';

/** Most photos a detector is tried on. */
export const MAX_TRIED = 8;

/** Pictures with faces, three each, on which a detector is tried before it is kept. */
export async function renderedScenes(count = MAX_TRIED): Promise<Image[]> {
  const { renderScene } = await import('@semblance/synthetic');
  const size = { width: 640, height: 640, minFace: 60 };
  return Array.from({ length: count }, (_, i) => {
    return renderScene({ seed: 1000 + i, ...size, numFaces: 3, nuisance: 0.3 }).image;
  });
}
