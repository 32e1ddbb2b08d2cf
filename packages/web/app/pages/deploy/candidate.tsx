import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { evaluationsQuery } from '../../training/evaluations.ts';
import { RateTable } from '../../training/rate-table.tsx';
import styles from './deploy.module.css';
import { texts } from './texts.ts';

const form = /^[\w-]+\/V\d+$/;

/** How the candidate did on one's own pairs, beside what serves, before it is switched to. */
export function CandidateRates({ version, serving }: { version: string; serving: readonly string[] }) {
  const t = useTexts(texts);
  // what came of a version is called after it: faces.V0003
  const others = serving.map((name) => name.replace('.', '/')).filter((name) => form.test(name));
  const names = [...new Set([version, ...others])];
  const { data = [] } = useQuery({ ...evaluationsQuery(names), enabled: form.test(version) });
  if (!form.test(version)) return null;
  const own = data.filter((one) => one.version === version && one.state === 'completed');
  const sets = new Set(own.map(({ fingerprint }) => fingerprint));
  const shown = data.filter(({ fingerprint, state }) => sets.has(fingerprint) && state === 'completed');
  return (
    <div className={styles.candidate}>
      {own.length === 0 ? (
        <p className={styles.quiet}>{t.notEvaluated}</p>
      ) : (
        <RateTable evaluations={shown} baseline={others[0] ?? null} />
      )}
      <Link href={`~/ui/evaluations/new?versions=${names.join(',')}`}>
        {own.length === 0 ? t.evaluate : t.evaluateAgain}
      </Link>
    </div>
  );
}
