import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { evaluationsQuery } from '../../training/evaluations.ts';
import { Misses } from '../../training/misses.tsx';
import type { Comparison } from '../../training/queries.ts';
import { RateTable } from '../../training/rate-table.tsx';
import styles from './compare.module.css';
import { texts } from './texts.ts';

/** Of more versions than these no misses are shown. */
const MOST_WITH_MISSES = 6;

/** How the versions did on sets of one's own: error rates at operating points, and what each judged worst. */
export function Measured({ comparison: { versions, baseline } }: { comparison: Comparison }) {
  const t = useTexts(texts);
  const names = versions.map(({ name }) => name);
  const { data = [] } = useQuery(evaluationsQuery(names, names.length <= MOST_WITH_MISSES));
  const done = data.filter(({ state }) => state === 'completed');
  const missing = done.filter(({ misses }) => misses.length > 0);
  return (
    <section aria-label={t.errorRates} className={styles.section}>
      <h2>{t.errorRates}</h2>
      {done.length === 0 ? (
        <p className={styles.quiet}>{t.notMeasured}</p>
      ) : (
        <RateTable evaluations={done} baseline={baseline} />
      )}
      <p className={styles.quiet}>
        <Link href={`~/ui/evaluations/new?versions=${names.join(',')}`}>{t.measure}</Link>
      </p>
      {missing.map(({ version, set, by, misses }) => (
        <details key={`${version} ${set} ${by}`}>
          <summary>{t.worstOf(version, set)}</summary>
          <Misses misses={misses} most={4} />
        </details>
      ))}
    </section>
  );
}
