import { colorOf } from '../../training/series.ts';
import styles from './deploy.module.css';
import type { Share } from './shares.ts';

export interface ShareBarProps {
  shares: readonly Share[];
  /** By whose order the colours go: what serves now, where it is set against what will. */
  colored?: readonly Share[];
}

/** Who answers how many of a hundred requests; the names stand beside it, for those who do not see it. */
export function ShareBar({ shares, colored = shares }: ShareBarProps) {
  const color = (name: string): string => {
    const i = colored.findIndex((share) => share.name === name);
    return colorOf(i < 0 ? colored.length : i);
  };
  return (
    <div className={styles.shares}>
      <div className={styles.track} aria-hidden>
        {shares.map(({ name, weight }) => (
          <div key={name} style={{ width: `${weight}%`, background: color(name) }} />
        ))}
      </div>
      <ul>
        {shares.map(({ name, weight }) => (
          <li key={name}>
            <span className={styles.dot} style={{ background: color(name) }} aria-hidden />
            <span className={styles.name}>{name}</span> <strong>{weight} %</strong>
          </li>
        ))}
      </ul>
    </div>
  );
}
