import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import type { PictureSize } from '../../ui/face.tsx';
import styles from './photo-view.module.css';
import { texts } from './texts.ts';
import type { Face } from './use-photos.ts';

export interface PhotoViewProps {
  url: string;
  faces: readonly Face[] | null;
  /** Once it is known. */
  picture: PictureSize | null;
  /** The face that is looked at in the list. */
  active: number | null;
  onSize(picture: PictureSize): void;
  onActive(face: number | null): void;
}

/** Where in a photo a face is: a name at an edge must not leave it. */
function sideOf({ box: { x_min, x_max } }: Face, { width }: PictureSize): 'left' | 'right' | undefined {
  const center = (x_min + x_max) / 2 / width;
  return center < 0.2 ? 'left' : center > 0.8 ? 'right' : undefined;
}

/** A photo with a box around each face: known ones in the accent, strangers dashed. */
export function PhotoView({ url, faces, picture, active, onSize, onActive }: PhotoViewProps) {
  const t = useTexts(texts);
  const [isUnreadable, setUnreadable] = useState(false);
  if (isUnreadable) return <p className={styles.unreadable}>{t.notShown}</p>;
  const percent = (value: number, of: number): string => `${(100 * value) / of}%`;
  return (
    <div className={styles.frame}>
      <div className={styles.photo}>
        <img
          src={url}
          alt={t.photo}
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) =>
            onSize({ width, height })
          }
          onError={() => setUnreadable(true)}
        />
        {picture &&
          faces?.map((face, i) => (
            <div
              key={i}
              className={styles.box}
              data-at={sideOf(face, picture)}
              data-known={face.reason === null || undefined}
              data-active={active === i || undefined}
              onPointerEnter={() => onActive(i)}
              onPointerLeave={() => onActive(null)}
              style={{
                left: percent(face.box.x_min, picture.width),
                top: percent(face.box.y_min, picture.height),
                width: percent(face.box.x_max - face.box.x_min, picture.width),
                height: percent(face.box.y_max - face.box.y_min, picture.height),
              }}
            >
              <span className={styles.name}>
                {faces.length > 1 && <b>{i + 1}</b>}
                {face.reason === null ? face.subjects[0]?.subject : t.unknown}
              </span>
            </div>
          ))}
      </div>
    </div>
  );
}
