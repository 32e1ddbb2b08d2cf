import type { components } from '@semblance/client';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';

export type Face = components['schemas']['RecognizedFace'];

/** A photo that somebody gave, and what became of it. */
export interface Photo {
  id: number;
  file: File;
  /** Of its bytes, in the browser's own memory. */
  url: string;
  faces: Face[] | null;
  error: unknown;
}

/** How many subjects are asked for; more than one reach the threshold where two people look alike. */
export const NUM_CANDIDATES = 3;
/** The service has other clients. */
const AT_A_TIME = 2;

export interface Photos {
  photos: readonly Photo[];
  add(files: readonly File[]): void;
  clear(): void;
}

/** Photos in the order they came, recognised a few at a time. */
export function usePhotos(): Photos {
  const [photos, setPhotos] = useState<readonly Photo[]>([]);
  const ids = useRef(0);
  const begun = useRef(new Set<number>());
  const urls = useRef(new Set<string>());
  useEffect(() => {
    const { current } = urls;
    return () => {
      for (const url of current) URL.revokeObjectURL(url);
    };
  }, []);

  useEffect(() => {
    const unfinished = photos.filter(({ faces, error }) => faces === null && error === undefined);
    const running = unfinished.filter(({ id }) => begun.current.has(id)).length;
    const next = unfinished.filter(({ id }) => !begun.current.has(id)).slice(0, AT_A_TIME - running);
    for (const { id, file } of next) {
      begun.current.add(id);
      const done = (result: Pick<Photo, 'faces' | 'error'>): void =>
        setPhotos((all) => all.map((photo) => (photo.id === id ? { ...photo, ...result } : photo)));
      api.recognize(file, { prediction_count: NUM_CANDIDATES }).then(
        (faces) => done({ faces, error: undefined }),
        (error: unknown) => done({ faces: null, error }),
      );
    }
  }, [photos]);

  return {
    photos,
    add(files) {
      const added = files.map((file): Photo => {
        const url = URL.createObjectURL(file);
        urls.current.add(url);
        return { id: ids.current++, file, url, faces: null, error: undefined };
      });
      setPhotos((all) => [...all, ...added]);
    },
    clear() {
      for (const url of urls.current) URL.revokeObjectURL(url);
      urls.current.clear();
      setPhotos([]);
    },
  };
}
