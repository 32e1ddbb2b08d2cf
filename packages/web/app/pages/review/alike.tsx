import { useTexts } from '../../texts/texts.ts';
import styles from './alike.module.css';
import { Key } from './key.tsx';
import { texts } from './texts.ts';
import { UnknownFace } from './unknown-face.tsx';
import type { Group } from './use-review.ts';

/** Groups that may be the same person's, the most alike first. */
export function Alike({ groups, onChoose }: { groups: readonly Group[]; onChoose(index: number): void }) {
  const t = useTexts(texts);
  if (groups.length === 0) return <p>{t.noOther}</p>;
  return (
    <ol className={styles.list}>
      {groups.map(({ id, faces }, i) => (
        <li key={id}>
          <button type="button" aria-label={t.open(i + 1, groups.length)} onClick={() => onChoose(i)}>
            <Key name={String(i + 1)} />
            {faces.slice(0, 3).map((face) => (
              <UnknownFace key={face.id} id={face.id} size={72} />
            ))}
          </button>
        </li>
      ))}
    </ol>
  );
}
