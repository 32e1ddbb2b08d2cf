import { useTexts } from '../../texts/texts.ts';
import styles from './queue.module.css';
import { texts } from './texts.ts';
import { UnknownFace } from './unknown-face.tsx';
import type { Group } from './use-review.ts';

/** What else waits, a face of each. */
export function Queue({ groups, at, onOpen }: { groups: Group[]; at: number; onOpen(index: number): void }) {
  const t = useTexts(texts);
  if (groups.length < 2) return null;
  return (
    <nav aria-label={t.others} className={styles.queue}>
      {groups.map(({ id, faces, seen }, i) => (
        <button
          key={id}
          type="button"
          data-seen={seen > 1 ? seen : undefined}
          aria-label={t.open(i + 1, groups.length)}
          aria-current={i === at || undefined}
          onClick={() => onOpen(i)}
        >
          <UnknownFace id={faces[0]!.id} size={56} />
        </button>
      ))}
    </nav>
  );
}
