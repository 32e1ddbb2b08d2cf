import { useTexts } from '../../texts/texts.ts';
import { colorOf } from '../../training/series.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import styles from './deploy.module.css';
import type { Entry } from './queries.ts';
import { texts } from './texts.ts';

interface Health {
  name: string;
  queued: number;
  in_use: number;
  requests: number;
  faults: number;
  requests_total: number;
  faults_total: number;
}

export interface EntriesProps {
  entries: readonly Entry[];
  health: readonly Health[];
  /** Whether a deployment is in work: nothing else is begun then. */
  isBusy: boolean;
  onShare(entry: Entry): void;
  onPromote(entry: Entry): void;
}

/** Each model that serves: how it fares, what it is made of, and what can be done with it. */
export function Entries({ entries, health, isBusy, onShare, onPromote }: EntriesProps) {
  const t = useTexts(texts);
  const most = Math.max(...entries.map(({ weight }) => weight));
  const isAlone = entries.length === 1;
  return (
    <ul className={styles.entries}>
      {entries.map((entry, i) => {
        const own = health.find(({ name }) => name === entry.name);
        return (
          <li key={entry.name} style={{ borderInlineStartColor: colorOf(i) }}>
            <div className={styles.entryHead}>
              <h3>{entry.name}</h3>
              {!isAlone && (
                <span className={styles.kind}>{entry.weight === most ? t.primary : t.canary}</span>
              )}
              {own && <Standing health={own} />}
            </div>
            {own && <Counts health={own} />}
            <dl className={styles.parts}>
              {(['detector', 'recognizer', 'gallery'] as const).map((part) => (
                <div key={part}>
                  <dt>{t[part]}</dt>
                  <dd>
                    {entry[part] === null ? (
                      t.noGallery
                    ) : (
                      <code title={entry[part]}>{shortened(entry[part])}</code>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
            {!isAlone && (
              <div className={styles.entryActions}>
                <Button size="small" isDisabled={isBusy} onPress={() => onShare(entry)}>
                  {t.changeShare}
                </Button>
                <Button size="small" isDisabled={isBusy} onPress={() => onPromote(entry)}>
                  {t.promote}
                </Button>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The end of a path says which model it is. */
const shortened = (path: string): string => {
  const parts = path.split('/');
  return parts.length > 3 ? `…/${parts.slice(-2).join('/')}` : path;
};

function Standing({ health: { requests, faults } }: { health: Health }) {
  const t = useTexts(texts);
  if (requests === 0) return <Badge tone="waiting">{t.noRequests}</Badge>;
  if (faults === 0) return <Badge tone="good">{t.wellLately(requests)}</Badge>;
  return <Badge tone="bad">{t.faultsLately(faults, requests)}</Badge>;
}

function Counts({ health: { requests_total, faults_total, in_use, queued } }: { health: Health }) {
  const t = useTexts(texts);
  const counts = [
    [t.requests, requests_total],
    [t.failed, faults_total],
    [t.inWork, in_use],
    [t.queued, queued],
  ] as const;
  return (
    <dl className={styles.counts}>
      {counts.map(([name, count]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{count.toLocaleString('en')}</dd>
        </div>
      ))}
    </dl>
  );
}
