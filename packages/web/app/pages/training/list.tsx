import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { isFigure } from '../../training/figures.ts';
import { jobsQuery, type Version, versionsQuery } from '../../training/queries.ts';
import { useSearch } from '../../training/search.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Filters } from './filters.tsx';
import styles from './list.module.css';
import { type Filter, rowsOf, type Sort, sorts } from './rows.ts';
import { Table } from './table.tsx';
import { texts } from './texts.ts';
import { useLiveJobs } from './use-live-jobs.ts';

/** Jobs whose versions are seen at once; those of others are asked for when they are opened. */
const OPEN_AT_FIRST = 12;

/** What the address says of the list. */
function useFilter(): [Filter, (changes: Partial<Record<keyof Filter, string>>) => void] {
  const [param, set] = useSearch();
  const wanted = param('sort');
  const filter = {
    text: param('text'),
    state: param('state') as Filter['state'],
    isStarred: param('isStarred') !== '',
    sort: sorts.find((sort): sort is Sort => sort === wanted) ?? 'tree',
    metric: param('metric'),
  };
  return [filter, set];
}

/** Every job with its versions, as a tree by what was made from what. */
export function VersionList() {
  const t = useTexts(texts);
  const [filter, setFilter] = useFilter();
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data: jobs, error, isPending, refetch } = useQuery(jobsQuery);
  useLiveJobs();

  const openAtFirst = useMemo(
    () => new Set(jobs?.slice(0, OPEN_AT_FIRST).map(({ job_name }) => job_name)),
    [jobs],
  );
  const isOpen = (job: string): boolean => openAtFirst.has(job) !== turned.has(job);
  const asked = (jobs ?? []).map(({ job_name }) => job_name).filter(isOpen);
  const answers = useQueries({
    queries: asked.map(versionsQuery),
    combine: (results) => ({
      byJob: new Map(results.flatMap(({ data }, i) => (data ? [[asked[i]!, data] as const] : []))),
      error: results.find(({ error }) => error)?.error ?? null,
    }),
  });
  const rows = rowsOf(jobs ?? [], (job) => answers.byJob.get(job), isOpen, filter);

  if (error && !jobs) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (isPending || !jobs) return <PageHead title={t.title} />;
  if (jobs.length === 0) return <NoJobs />;

  const all = [...answers.byJob.values()].flat();
  return (
    <>
      <PageHead title={t.title} lead={t.counts(jobs.length, sum(jobs.map((job) => job.version_count)))}>
        {chosen.size === 0 && <Link href="/sweeps">{t.sweeps}</Link>}
        {chosen.size > 0 && (
          <>
            <Button kind="quiet" onPress={() => setChosen(new Set())}>
              {t.chooseNone}
            </Button>
            {chosen.size > 1 ? (
              <Link className={styles.compare} href={`~/ui/compare?versions=${[...chosen].join(',')}`}>
                {t.compare(chosen.size)}
              </Link>
            ) : (
              <span className={styles.quiet}>{t.chooseAnother}</span>
            )}
          </>
        )}
      </PageHead>
      <Filters filter={filter} metrics={metricsOf(all)} onChange={setFilter} />
      {answers.error && <ErrorNotice error={answers.error} onRetry={() => void refetch()} />}
      {rows.length === 0 ? (
        <Empty
          title={t.noneSeen}
          action={
            <Button onPress={() => setFilter({ text: '', state: '', isStarred: '' })}>{t.seeAll}</Button>
          }
        >
          {t.noneSeenLead}
        </Empty>
      ) : (
        <Table
          rows={rows}
          chosen={chosen}
          onTurn={(job) => setTurned((before) => toggled(before, job))}
          onChoose={(name) => setChosen((before) => toggled(before, name))}
        />
      )}
    </>
  );
}

const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

function toggled(set: ReadonlySet<string>, value: string): Set<string> {
  const after = new Set(set);
  if (!after.delete(value)) after.add(value);
  return after;
}

const metricsOf = (versions: readonly Version[]): string[] =>
  [...new Set(versions.flatMap(({ metrics }) => Object.keys(metrics)))].filter(isFigure).sort();

function NoJobs() {
  const t = useTexts(texts);
  return (
    <>
      <PageHead title={t.title} />
      <Empty
        title={t.empty}
        action={
          <div className={styles.command}>
            <Copyable code={'semblance jobs create faces \\\n  -- train recognition --data people/'} />
          </div>
        }
      >
        {t.emptyLead}
      </Empty>
    </>
  );
}
