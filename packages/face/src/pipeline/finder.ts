import { inTurns } from '@semblance/core/async';
import { alignFaces } from '../align/align-faces.ts';
import { alignmentTemplate } from '../align/template.ts';
import type { Face } from '../geometry/types.ts';
import { decodeImage } from '../image/decode.ts';
import { encodeJpeg } from '../image/encode.ts';
import type { Image } from '../image/image.ts';
import { openPhoto, type Picture, pixelsOf, resizePicture } from '../image/photo.ts';
import { chooseSubject } from './choose-subject.ts';
import { faceQuality } from './quality.ts';
import type {
  DecodePlan,
  FaceDetector,
  FaceFinder,
  FoundFace,
  FoundPicture,
  PicturePlan,
  PictureSource,
} from './stages.ts';

/**
 * The finder over a detector: opens a picture, detects, chooses, cuts the faces out and judges them. Decoding and
 * aligning are done where it is called; the network runs where the detector's session has it.
 *
 * Its `find` throws the SemblanceErrors of `openPhoto` and of `Detector.detect`.
 */
export function createFinder(detector: FaceDetector): FaceFinder {
  return {
    get hasLandmarks() {
      return detector.hasLandmarks;
    },
    async find(source, { decode, faces: wanted = 'all', ...plan } = {}, signal): Promise<FoundPicture> {
      const startMs = performance.now();
      const picture = await openPicture(source, decode);
      signal?.throwIfAborted();
      const openedMs = performance.now();
      const { width, height } = picture;
      const { cropSize, keepCrops, jpegQuality, ...detect } = plan;
      if (wanted === 'whole') {
        const faces = [await wholePicture(picture, plan)];
        const detectMs = performance.now() - openedMs;
        return { width, height, faces, numFaces: 1, decodeMs: openedMs - startMs, detectMs };
      }
      const detected = await detector.detect(picture, detect);
      signal?.throwIfAborted();
      const subject = wanted === 'subject' ? chooseSubject(detected, width, height) : null;
      const chosen = wanted === 'all' ? detected : subject ? [subject] : [];
      const faces = detector.hasLandmarks
        ? await cut(picture, chosen, plan)
        : chosen.map((face) => ({ ...face, quality: null, crop: null, jpeg: null }));
      const detectMs = performance.now() - openedMs;
      return { width, height, faces, numFaces: detected.length, decodeMs: openedMs - startMs, detectMs };
    },
  };
}

async function openPicture(
  source: PictureSource,
  { size = 'needed', ...options }: DecodePlan = {},
): Promise<Picture> {
  const isOpen = typeof source !== 'string' && !(source instanceof Uint8Array);
  if (isOpen) return size === 'whole' ? pixelsOf(source) : source;
  return size === 'whole' ? decodeImage(source, options) : openPhoto(source, options);
}

/** The picture as a face by itself, with the landmarks where aligning puts them. */
async function wholePicture(picture: Picture, plan: PicturePlan): Promise<FoundFace> {
  const { width, height } = picture;
  const { cropSize = 112 } = plan;
  const landmarks = alignmentTemplate(cropSize).map(([x, y]): [number, number] => [
    (x * width) / cropSize,
    (y * height) / cropSize,
  ]);
  const face: Face = { box: [0, 0, width, height], score: 1, landmarks };
  return finish(face, await resizePicture(picture, cropSize, cropSize), plan);
}

async function cut(picture: Picture, faces: readonly Face[], plan: PicturePlan): Promise<FoundFace[]> {
  const crops = await alignFaces(
    picture,
    faces.map(({ landmarks }) => landmarks!),
    plan.cropSize ?? 112,
  );
  return inTurns(faces, (face, i) => finish(face, crops[i]!, plan));
}

async function finish(
  face: Face,
  crop: Image,
  { keepCrops = true, jpegQuality }: PicturePlan,
): Promise<FoundFace> {
  // a copy: what crosses to another thread must not be a view of something larger
  const jpeg =
    jpegQuality === undefined ? null : new Uint8Array(await encodeJpeg(crop, { quality: jpegQuality }));
  return { ...face, quality: faceQuality(face, crop), crop: keepCrops ? crop : null, jpeg };
}
