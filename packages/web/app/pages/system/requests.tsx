import { useTexts } from '../../texts/texts.ts';
import { NumberCell, Table } from '../../ui/table.tsx';
import styles from './system.module.css';
import type { SystemState } from './system.tsx';
import { texts } from './texts.ts';

type Given = SystemState['requests'];

/** Requests since the start: how they ended, what was sent away and why, and how long what took. */
export function Requests({
  requests: { done, refused, failed, shed, replaced, stages, routes },
}: {
  requests: Given;
}) {
  const t = useTexts(texts);
  const words = t as unknown as Readonly<Record<string, string>>;
  const sum = (counts: Given['shed']) => counts.reduce((all, { count }) => all + count, 0);
  const why = (counts: Given['shed']) =>
    counts
      .filter(({ count }) => count > 0)
      .map(({ reason, count }) => `${words[reason] ?? reason} ${count.toLocaleString('en')}`)
      .join(', ');
  const counts = [
    { name: t.answered, count: done },
    { name: t.refused, count: refused },
    { name: t.failed, count: failed, isBad: failed > 0 },
    { name: t.sentAway, count: sum(shed), note: why(shed) },
    { name: t.workersReplaced, count: sum(replaced), note: why(replaced) },
  ];
  const times = [t.times, t.mean, t.median, t.p95].map((name) => ({ name, isNumber: true }));
  return (
    <section className={styles.section} aria-label={t.requests}>
      <h2>{t.requests}</h2>
      <dl className={styles.tiles}>
        {counts.map(({ name, count, note, isBad }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={isBad ? styles.bad : undefined}>{count.toLocaleString('en')}</dd>
            {note && <dd className={styles.quiet}>{note}</dd>}
          </div>
        ))}
      </dl>
      <div className={styles.times}>
        {stages.length > 0 && (
          <Table label={t.byStage} heads={[{ name: t.stage }, ...times]}>
            {stages.map(({ stage, ...summary }) => (
              <Times key={stage} name={words[stage] ?? stage} {...summary} />
            ))}
          </Table>
        )}
        {routes.length > 0 && (
          <Table label={t.byRoute} heads={[{ name: t.route }, ...times]}>
            {routes.map(({ route, ...summary }) => (
              <Times key={route} name={<code>{route}</code>} {...summary} />
            ))}
          </Table>
        )}
      </div>
    </section>
  );
}

interface TimesProps {
  name: React.ReactNode;
  count: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
}

function Times({ name, count, meanMs, p50Ms, p95Ms }: TimesProps) {
  return (
    <tr>
      <th scope="row" className={styles.what}>
        {name}
      </th>
      <NumberCell>{count.toLocaleString('en')}</NumberCell>
      {[meanMs, p50Ms, p95Ms].map((ms, i) => (
        <NumberCell key={i}>{msText(ms)}</NumberCell>
      ))}
    </tr>
  );
}

const msText = (ms: number): string =>
  ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
