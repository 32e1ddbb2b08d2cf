import { readFile } from 'node:fs/promises';
import { hashBytes, type ListedImage } from '@semblance/core/files';
import { type FacePicture, measureFace } from '@semblance/face/doctor';
import { asPhotoError, takenOn } from '@semblance/face/image';
import { createFinder, type FaceDetector, photosAt } from '@semblance/face/pipeline';

/** A photo that cannot be used, and why. */
export interface UnusablePhoto {
  photo: string;
  code: string;
  message: string;
}

/** The photos of a folder, measured once each and found by their content. */
export class FolderPictures {
  readonly #detector: FaceDetector;
  readonly #byHash: ReadonlyMap<string, ListedImage>;
  readonly #measured = new Set<string>();
  readonly refused: UnusablePhoto[] = [];

  private constructor(detector: FaceDetector, byHash: ReadonlyMap<string, ListedImage>) {
    this.#detector = detector;
    this.#byHash = byHash;
  }

  /** @throws SemblanceError PATH_NOT_FOUND, DATA_EMPTY */
  static async open(folder: string, detector: FaceDetector): Promise<FolderPictures> {
    const byHash = new Map<string, ListedImage>();
    for (const photo of await photosAt(folder)) byHash.set(hashBytes(await readFile(photo.path)), photo);
    return new FolderPictures(detector, byHash);
  }

  /** The picture of that content; null where the folder has none, or no face is found in it. */
  async measure(contentHash: string | null): Promise<FacePicture | null> {
    const photo = contentHash === null ? undefined : this.#byHash.get(contentHash);
    if (photo === undefined) return null;
    this.#measured.add(contentHash!);
    try {
      const bytes = await readFile(photo.path);
      const { faces, numFaces } = await createFinder(this.#detector).find(bytes, { faces: 'subject' });
      const [face] = faces;
      if (!face?.crop || !face.landmarks) {
        this.refused.push({ photo: photo.name, code: 'NO_FACE', message: 'no face was found in it' });
        return null;
      }
      const facts = await measureFace({ landmarks: face.landmarks, crop: face.crop }, numFaces);
      return { facts, day: await takenOn(bytes) };
    } catch (error) {
      const { code, message } = asPhotoError(error);
      this.refused.push({ photo: photo.name, code, message });
      return null;
    }
  }

  /** Looks at the photos that no face of the gallery was cut from, too. */
  async measureOthers(onPicture: (photo: string, picture: FacePicture) => void): Promise<void> {
    for (const [hash, { name }] of this.#byHash) {
      if (this.#measured.has(hash)) continue;
      const picture = await this.measure(hash);
      if (picture) onPicture(name, picture);
    }
  }
}
