import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useTexts } from '../../texts/texts.ts';
import styles from './photo-list.module.css';
import { texts } from './texts.ts';
import type { Photo } from './use-photos.ts';

export interface PhotoListProps {
  photos: readonly Photo[];
  shown: number;
  onChoose(id: number): void;
}

/** The photos that were given, each with what became of it. */
export function PhotoList({ photos, shown, onChoose }: PhotoListProps) {
  const t = useTexts(texts);
  const become = ({ faces, error }: Photo): string =>
    faces ? t.faces(faces.length) : error === undefined ? t.waiting : t.failed;
  return (
    <ToggleButtonGroup
      aria-label={t.photos}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[shown]}
      onSelectionChange={(keys) => {
        for (const key of keys) onChoose(Number(key));
      }}
      className={styles.list!}
    >
      {photos.map((photo) => (
        <ToggleButton key={photo.id} id={photo.id} className={styles.photo!}>
          <img src={photo.url} alt="" />
          <span className={styles.name}>{photo.file.name}</span>
          <span className={styles.state}>{become(photo)}</span>
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
