import type { Image } from '@semblance/face/image';

/** Most photos a detector is tried on. */
export const MAX_TRIED = 8;

/** Pictures with faces on which a detector is tried before it is kept. */
export async function renderedScenes(): Promise<Image[]> {
  const { renderScene } = await import('@semblance/synthetic');
  const size = { width: 640, height: 640, minFace: 60 };
  return Array.from({ length: MAX_TRIED }, (_, i) => {
    return renderScene({ seed: 1000 + i, ...size, numFaces: 3, nuisance: 0.3 }).image;
  });
}
