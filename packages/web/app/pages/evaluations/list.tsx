import { useQueries, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { figure, moment } from '../../training/figures.ts';
import { jobsQuery, nameOf, type Version, versionsQuery } from '../../training/queries.ts';
import { StateBadge } from '../../training/state.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './evaluations.module.css';
import { texts } from './texts.ts';

/** Jobs that are looked through, and evaluations that are shown. */
const MOST_JOBS = 50;
const MOST_SHOWN = 200;

const telling = ['accuracy', 'eer', 'rank1', 'tarAtFar.0.001', 'ap', 'map'];

/** Every evaluation of the jobs, the newest first. */
export function EvaluationList() {
  const t = useTexts(texts);
  const language = useLanguage();
  const [, go] = useLocation();
  const jobs = useQuery(jobsQuery);
  const found = useQueries({
    queries: (jobs.data ?? []).slice(0, MOST_JOBS).map(({ job_name }) => versionsQuery(job_name)),
    combine: (answers) => ({
      isPending: answers.some(({ isPending }) => isPending),
      versions: answers
        .flatMap(({ data = [] }) => data.filter(({ task }) => task.startsWith('evaluate-')))
        .toSorted((a, b) => b.create_time - a.create_time),
    }),
  });
  const heads = [t.evaluation, t.measured, t.set, t.state, t.figures, t.begun].map((name) => ({ name }));
  const toEvaluate = (
    <Button kind="primary" onPress={() => go('/new')}>
      <Plus aria-hidden />
      {t.evaluate}
    </Button>
  );
  const isEmpty = jobs.data !== undefined && !found.isPending && found.versions.length === 0;
  return (
    <>
      <PageHead title={t.title}>{!isEmpty && toEvaluate}</PageHead>
      {jobs.error && <ErrorNotice error={jobs.error} onRetry={() => void jobs.refetch()} />}
      {isEmpty && (
        <Empty title={t.emptyTitle} action={toEvaluate}>
          {t.emptyLead}
        </Empty>
      )}
      {found.versions.length > 0 && (
        <Table label={t.title} heads={heads}>
          {found.versions.slice(0, MOST_SHOWN).map((version) => (
            <tr key={version.version_id}>
              <th scope="row">
                <Link href={`/${nameOf(version)}`}>{nameOf(version)}</Link>
              </th>
              <td>{measuredOf(version)}</td>
              <td>{setOf(version)}</td>
              <td>
                <StateBadge state={version.state} />
              </td>
              <td className={styles.figures}>
                {telling
                  .filter((name) => name in version.metrics)
                  .slice(0, 3)
                  .map((name) => (
                    <span key={name}>
                      {name} <strong>{figure(version.metrics[name])}</strong>
                    </span>
                  ))}
              </td>
              <td className={styles.time}>{moment(version.create_time, language)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}

type Measuring = Pick<Version, 'uses' | 'options'>;
const lastOf = (path: string): string => path.replace(/\/+$/, '').split('/').at(-1) ?? '';

/** Whose model is measured: a version, or a place. */
export const measuredOf = ({ uses, options }: Measuring): string =>
  uses.recognizer ?? uses.detector ?? lastOf(options.recognizer ?? options.detector ?? '');
export const setOf = ({ options }: Measuring): string => lastOf(options.pairs ?? options.data ?? '');
