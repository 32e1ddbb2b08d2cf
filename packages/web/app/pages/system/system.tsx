import { type components, dataOf } from '@semblance/client';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { api } from '../../api/client.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { bytes, duration, moment } from '../../training/figures.ts';
import { Card, Fact, Facts } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Checks } from './checks.tsx';
import { Models } from './models.tsx';
import { Requests } from './requests.tsx';
import styles from './system.module.css';
import { texts } from './texts.ts';

export type SystemState = components['schemas']['System'];

const LOOK_AGAIN_MS = 5000;

/** How the service is: whether it takes requests, how long they take, what it runs on, and by which models. */
export default function System() {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery({
    queryKey: ['system'],
    queryFn: async () => dataOf(await api.http.GET('/api/v1/system')),
    refetchInterval: LOOK_AGAIN_MS,
  });
  return (
    <>
      <PageHead title={t.title} lead={data && `Semblance ${data.version}`} />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && (
        <>
          <Readiness state={data} />
          <Requests requests={data.requests} />
          <Models models={data.models} galleries={data.galleries} />
          <div className={styles.columns}>
            <Machine state={data} />
            <Checks />
          </div>
        </>
      )}
    </>
  );
}

function Readiness({ state: { refusal, startedAt } }: { state: SystemState }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const startedMs = Date.parse(startedAt);
  return (
    <div className={`${styles.ready} ${refusal ? styles.not : ''}`} role="status">
      {refusal ? <TriangleAlert aria-hidden /> : <CircleCheck aria-hidden />}
      <p>
        <strong>{refusal ? t.notReady : t.ready}</strong>{' '}
        {refusal && (
          <>
            {refusal.message} <code>{refusal.code}</code>{' '}
          </>
        )}
        <span className={styles.quiet}>
          {t.since(moment(startedMs, language), duration(Date.now() - startedMs))}
        </span>
      </p>
    </div>
  );
}

function Machine({ state: { memory, disks, cores, node } }: { state: SystemState }) {
  const t = useTexts(texts);
  const share = (free: number, total: number) => (total > 0 ? 1 - free / total : 0);
  return (
    <Card title={t.machine}>
      <ul className={styles.bars}>
        <Bar
          name={t.memory}
          share={share(memory.freeBytes, memory.totalBytes)}
          said={t.memoryOf(bytes(memory.usedBytes), bytes(memory.freeBytes), bytes(memory.totalBytes))}
        />
        {disks.map(({ what, path, freeBytes, totalBytes }) => (
          <Bar
            key={path}
            name={what === 'state' ? t.stateFolder : t.gallery}
            share={share(freeBytes, totalBytes)}
            said={t.freeOf(bytes(freeBytes), bytes(totalBytes))}
            path={path}
          />
        ))}
      </ul>
      <Facts>
        <Fact name={t.cores}>{cores}</Fact>
        <Fact name="Node.js">{node}</Fact>
      </Facts>
    </Card>
  );
}

/** Beyond this share a disk or memory is looked at. */
const FULL = 0.9;

function Bar({ name, share, said, path }: { name: string; share: number; said: string; path?: string }) {
  return (
    <li>
      <p className={styles.barHead}>
        <span>{name}</span>
        <span className={styles.quiet}>{said}</span>
      </p>
      <div className={styles.track} aria-hidden>
        <div
          className={share > FULL ? styles.full : undefined}
          style={{ width: `${Math.round(100 * share)}%` }}
        />
      </div>
      {path && <code className={styles.path}>{path}</code>}
    </li>
  );
}
