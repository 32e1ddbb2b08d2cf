import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, CircleX } from 'lucide-react';
import styles from './badge.module.css';

export type Tone = 'good' | 'waiting' | 'ended' | 'doubtful' | 'bad';

const icons = {
  good: CircleCheck,
  waiting: CircleDashed,
  ended: CircleSlash,
  doubtful: CircleAlert,
  bad: CircleX,
} as const;

/** A state by its word, with a sign of it; neither needs its colour to be understood. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  const Icon = icons[tone];
  return (
    <span className={`${styles.badge} ${styles[tone]}`}>
      <Icon aria-hidden />
      {children}
    </span>
  );
}
