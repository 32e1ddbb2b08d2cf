import { CircleCheck, CircleDashed, CircleSlash, CircleX, LoaderCircle, Unplug } from 'lucide-react';
import { useTexts } from '../texts/texts.ts';
import type { State } from './queries.ts';
import styles from './state.module.css';
import { texts } from './texts.ts';

const icons = {
  creating: CircleDashed,
  pending: CircleDashed,
  running: LoaderCircle,
  completed: CircleCheck,
  failed: CircleX,
  stopped: CircleSlash,
  lost: Unplug,
} as const;

/** The state of a version by its word, with a sign of it; neither needs its colour to be understood. */
export function StateBadge({ state }: { state: State }) {
  const t = useTexts(texts);
  const Icon = icons[state];
  return (
    <span className={`${styles.state} ${styles[state] ?? ''}`}>
      <Icon aria-hidden />
      {t[state]}
    </span>
  );
}

/** How far a run is. */
export function ProgressBar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <div
      className={styles.track}
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <div className={styles.bar} style={{ width: `${percent}%` }} />
    </div>
  );
}
