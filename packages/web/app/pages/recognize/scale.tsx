import { useTexts } from '../../texts/texts.ts';
import styles from './scale.module.css';
import { texts } from './texts.ts';

const share = (value: number): string => `${100 * Math.min(1, Math.max(0, value))}%`;

/** A similarity, 0 to 1 as they come, with the threshold from which a face counts as known. */
export function Scale({ similarity, threshold }: { similarity: number; threshold: number }) {
  const t = useTexts(texts);
  const [value, limit] = [similarity.toFixed(2), threshold.toFixed(2)];
  return (
    <div className={styles.scale} data-known={similarity >= threshold || undefined}>
      <p className={styles.value}>
        <span>{t.similarity}</span> <strong>{value}</strong>
      </p>
      <div role="img" aria-label={t.scale(value, limit)} className={styles.track}>
        <div className={styles.known} style={{ left: share(threshold) }} />
        <div className={styles.bar} style={{ width: share(similarity) }} />
        <div className={styles.limit} style={{ left: share(threshold) }} />
      </div>
      <p className={styles.label}>
        <span style={{ left: share(Math.min(0.8, Math.max(0.2, threshold))) }}>{t.threshold(limit)}</span>
      </p>
    </div>
  );
}
