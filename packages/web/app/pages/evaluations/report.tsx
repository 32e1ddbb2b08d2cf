import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import type { Miss } from '../../training/evaluations.ts';
import { Misses } from '../../training/misses.tsx';
import { isActive, project, type ShownVersion, versionQuery } from '../../training/queries.ts';
import { percent } from '../../training/rate-table.tsx';
import { StateBadge } from '../../training/state.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import styles from './evaluations.module.css';
import { measuredOf, setOf } from './list.tsx';
import { RateCurve } from './rate-curve.tsx';
import { type Facts, Groups, OperatingPoints } from './tables.tsx';
import { texts } from './texts.ts';

/** A file that an evaluation left, by the end of its path; null where it left none. */
const artifactQuery = <T,>(version: ShownVersion | undefined, end: string) => ({
  queryKey: ['training', 'artifact', version?.version_id, end],
  enabled: version?.state === 'completed',
  queryFn: async (): Promise<T | null> => {
    const { job_name, version_name, artifacts } = version!;
    const path = artifacts.find((one) => one.path.endsWith(end))?.path;
    if (path === undefined) return null;
    const place = `/v1/${project}/training-jobs/${encodeURIComponent(job_name)}/versions/${version_name}`;
    const answer = await fetch(`${place}/artifacts?${new URLSearchParams({ path })}`);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return JSON.parse(await answer.text()) as T;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** One evaluation: its figures, its curves, error rates at operating points and of groups, and what it judged worst. */
export function Report({ job, name }: { job: string; name: string }) {
  const t = useTexts(texts);
  const version = useQuery({
    ...versionQuery(job, name),
    refetchInterval: ({ state }) => (isActive(state.data?.state) ? 2000 : false),
  });
  const { data } = version;
  const report = useQuery(artifactQuery<Facts>(data, 'report.json'));
  const misses = useQuery(artifactQuery<Miss[]>(data, 'misses.json'));
  const facts = report.data;
  const error = version.error ?? report.error ?? misses.error;
  return (
    <>
      <Link href="/" className={styles.back}>
        ← {t.title}
      </Link>
      <PageHead title={`${job}/${name}`} lead={data && t.lead(measuredOf(data), setOf(data))}>
        {data && <StateBadge state={data.state} />}
        <Link href={`~/ui/training/${job}/${name}`}>{t.asVersion}</Link>
      </PageHead>
      {error && <ErrorNotice error={error} onRetry={() => void version.refetch()} />}
      {data && !['completed', 'running', 'pending', 'creating'].includes(data.state) && (
        <p className={styles.failure}>{data.reason}</p>
      )}
      {data && isActive(data.state) && <p className={styles.quiet}>{t.notYet}</p>}
      {facts === null && <p className={styles.quiet}>{t.noReport}</p>}
      {facts && (
        <>
          <Tiles facts={facts} />
          {facts.curves?.roc && (
            <div className={styles.curves}>
              <RateCurve title={t.roc} x={t.far} y={t.tar} points={facts.curves.roc} yScale="linear" />
              <RateCurve title={t.det} x={t.fmr} y={t.fnmr} points={facts.curves.det ?? []} yScale="log" />
            </div>
          )}
          {facts.tarAtFar && <OperatingPoints facts={facts} />}
          {facts.groups && <Groups groups={facts.groups} />}
        </>
      )}
      {misses.data && (
        <section className={styles.section} aria-label={t.worst}>
          <h2>{t.worst}</h2>
          <Misses misses={misses.data} />
        </section>
      )}
    </>
  );
}

function Tiles({
  facts: { accuracy, accuracyInterval, eer, threshold, pairs, missedPairs },
}: {
  facts: Facts;
}) {
  const t = useTexts(texts);
  const tiles: (readonly [string, string, string?])[] = [
    ...(accuracy === undefined
      ? []
      : [
          [
            t.accuracy,
            percent(accuracy),
            accuracyInterval && accuracyInterval.map(percent).join(' – '),
          ] as const,
        ]),
    ...(eer === undefined ? [] : [[t.eer, percent(eer)] as const]),
    ...(threshold === undefined ? [] : [[t.threshold, threshold.toFixed(3)] as const]),
    ...(pairs === undefined
      ? []
      : [[t.pairs, pairs.toLocaleString('en'), missedPairs ? t.missed(missedPairs) : ''] as const]),
  ];
  return (
    <dl className={styles.tiles}>
      {tiles.map(([name, value, note]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          {note && <dd className={styles.quiet}>{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
