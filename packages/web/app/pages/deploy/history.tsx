import { useLanguage, useTexts } from '../../texts/texts.ts';
import { moment } from '../../training/figures.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './deploy.module.css';
import type { Revision } from './queries.ts';
import { texts } from './texts.ts';

/** Deployments that are shown; older ones are in the API. */
const MOST_SHOWN = 50;

const tones: Readonly<Record<string, Tone>> = {
  active: 'good',
  preparing: 'waiting',
  superseded: 'ended',
  rolled_back: 'doubtful',
  failed: 'bad',
};

/** What served, served before, or failed to, and why. */
export function History({ revisions }: { revisions: readonly Revision[] }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const states = t as unknown as Readonly<Record<string, string>>;
  const heads = [t.deployment, t.state, t.serves, t.begun].map((name) => ({ name }));
  return (
    <section className={styles.section} aria-label={t.history}>
      <h2>{t.history}</h2>
      <Table label={t.history} heads={heads}>
        {revisions.slice(0, MOST_SHOWN).map(({ id, state, reason, entries, createdAt }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>
              <Badge tone={tones[state] ?? 'waiting'}>{states[state] ?? state}</Badge>
            </td>
            <td className={styles.what}>
              {entries.map(({ name, weight }) => `${name} ${weight} %`).join(', ')}
              {reason && <span className={styles.reason}>{reason}</span>}
            </td>
            <td className={styles.time}>{moment(Date.parse(createdAt), language)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
