import { useTexts } from '../../texts/texts.ts';
import { EnrolledFace } from '../../ui/face.tsx';
import { Key } from './key.tsx';
import styles from './suggestions.module.css';
import { texts } from './texts.ts';
import type { Suggestion } from './use-review.ts';

export interface SuggestionsProps {
  suggestions: readonly Suggestion[];
  /** Similarity from which a face counts as known. */
  threshold: number;
  /** The one that N refuses. */
  chosen: number;
  isPending: boolean;
  onAccept(index: number): void;
}

/** Who it may be: the enrolled face, the name, and how alike in words; its number accepts it. */
export function Suggestions({ suggestions, threshold, chosen, isPending, onAccept }: SuggestionsProps) {
  const t = useTexts(texts);
  if (suggestions.length === 0) return <p className={styles.nobody}>{t.nobody}</p>;
  return (
    <ol className={styles.list}>
      {suggestions.map(({ subject, similarity, imageId, strangers }, i) => (
        <li key={subject}>
          <button
            type="button"
            disabled={isPending}
            data-chosen={i === chosen || undefined}
            onClick={() => onAccept(i)}
          >
            <Key name={String(i + 1)} />
            <EnrolledFace imageId={imageId} size={72} />
            <span className={styles.words}>
              <strong>{subject}</strong>
              <span>{wordsOf(t, similarity / threshold)}</span>
              <span className={styles.note}>
                {t.score(similarity.toFixed(2), threshold.toFixed(2))}
                {strangers !== null && strangers > 0 && ` · ${t.strangers(everyText(strangers))}`}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

const everyText = (rate: number): string =>
  Number(Math.max(1, 1 / rate).toPrecision(rate > 0.1 ? 1 : 2)).toLocaleString('en');

/** How alike, by the share of the threshold that is reached. */
function wordsOf(t: Record<'enough' | 'nearly' | 'somewhat' | 'hardly', string>, share: number): string {
  if (share >= 1) return t.enough;
  if (share >= 0.8) return t.nearly;
  return share >= 0.5 ? t.somewhat : t.hardly;
}
