import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import type { PictureSize } from '../../ui/face.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { FaceCard } from './face-card.tsx';
import { PhotoView } from './photo-view.tsx';
import { RequestAsCode } from './request-as-code.tsx';
import styles from './result.module.css';
import { texts } from './texts.ts';
import type { Photo } from './use-photos.ts';

/** A photo with its faces drawn, and beside it who they are. */
export function Result({ photo }: { photo: Photo }) {
  const t = useTexts(texts);
  const { faces, error, url, file } = photo;
  const [picture, setPicture] = useState<PictureSize | null>(null);
  const [active, setActive] = useState<number | null>(null);
  return (
    <div className={styles.result}>
      <PhotoView {...{ url, faces, picture, active }} onSize={setPicture} onActive={setActive} />
      <div className={styles.side} aria-live="polite">
        {error !== undefined && <ErrorNotice error={error} />}
        {faces === null && error === undefined && <p className={styles.looking}>{t.looking}</p>}
        {faces?.length === 0 && <Empty title={t.noFaceTitle}>{t.noFaceLead}</Empty>}
        {faces && faces.length > 0 && (
          <ul className={styles.faces}>
            {faces.map((face, i) => (
              <li
                key={i}
                data-active={active === i || undefined}
                onPointerEnter={() => setActive(i)}
                onPointerLeave={() => setActive(null)}
              >
                <FaceCard number={faces.length > 1 ? i + 1 : null} {...{ face, url, picture }} />
              </li>
            ))}
          </ul>
        )}
        <RequestAsCode fileName={file.name} />
      </div>
    </div>
  );
}
