import { alignFaces } from '../align/align-faces.ts';
import type { Face } from '../geometry/types.ts';
import { decodeImage } from '../image/decode.ts';
import { encodeJpeg } from '../image/encode.ts';
import { openPhoto, type Picture, pixelsOf } from '../image/photo.ts';
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
    async find(source, { decode, faces: wanted = 'all', ...plan } = {}): Promise<FoundPicture> {
      const startMs = performance.now();
      const picture = await openPicture(source, decode);
      const openedMs = performance.now();
      const { width, height } = picture;
      const { cropSize, keepCrops, jpegQuality, ...detect } = plan;
      const detected = await detector.detect(picture, detect);
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

async function cut(
  picture: Picture,
  faces: readonly Face[],
  { cropSize = 112, keepCrops = true, jpegQuality }: PicturePlan,
): Promise<FoundFace[]> {
  const crops = await alignFaces(
    picture,
    faces.map(({ landmarks }) => landmarks!),
    cropSize,
  );
  const found: FoundFace[] = [];
  for (const [i, face] of faces.entries()) {
    const crop = crops[i]!;
    // a copy: what crosses to another thread must not be a view of something larger
    const jpeg =
      jpegQuality === undefined ? null : new Uint8Array(await encodeJpeg(crop, { quality: jpegQuality }));
    found.push({ ...face, quality: faceQuality(face, crop), crop: keepCrops ? crop : null, jpeg });
  }
  return found;
}
