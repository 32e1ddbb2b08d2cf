import { dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Square } from 'lucide-react';
import { Link } from 'wouter';
import { api } from '../../api/client.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { figure, moment } from '../../training/figures.ts';
import { project } from '../../training/queries.ts';
import { StateBadge } from '../../training/state.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { NumberCell, Table } from '../../ui/table.tsx';
import { texts } from './texts.ts';
import styles from './version.module.css';

const ASK_AGAIN_MS = 3000;
const base = '/v1/{project}/training-job-sweeps' as const;

/** Sweeps, the newest first: how far each rung is, and which version is the best so far. */
export function Sweeps() {
  const t = useTexts(texts);
  const language = useLanguage();
  const queries = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['training', 'sweeps'],
    queryFn: async () => dataOf(await api.http.GET(base, { params: { path: { project } } })).sweeps,
    refetchInterval: ({ state }) =>
      state.data?.some(({ state }) => state === 'running') ? ASK_AGAIN_MS : false,
  });
  const stopping = useMutation({
    mutationFn: async (id: number) => {
      const params = { path: { project, sweep: String(id) } };
      dataOf(await api.http.POST(`${base}/{sweep}/stop`, { params }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['training'] }),
  });
  return (
    <>
      <Link href="/" className={styles.back}>
        ← {t.title}
      </Link>
      <PageHead title={t.sweeps} />
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {stopping.error && <ErrorNotice error={stopping.error} />}
      {data?.length === 0 && <Empty title={t.noSweeps}>{t.noSweepsLead}</Empty>}
      {data?.map(({ id, job, state, reason, createdMs, metric, best, rungs }) => (
        <Card
          key={id}
          title={`${job} ${t.sweep(id)}`}
          aside={
            state === 'running' && (
              <Button size="small" isPending={stopping.isPending} onPress={() => stopping.mutate(id)}>
                <Square aria-hidden />
                {t.stopAll}
              </Button>
            )
          }
        >
          <div className={styles.standing}>
            <StateBadge state={state} />
            <span>{moment(createdMs, language)}</span>
            {state !== 'completed' && reason && <span>{reason}</span>}
            {best && (
              <span>
                {t.winner} <Link href={`/${best.version}`}>{best.version}</Link> {metric}{' '}
                <strong>{figure(best.value)}</strong>
              </span>
            )}
          </div>
          <Table
            label={t.sweep(id)}
            heads={[{ name: t.rung }, { name: t.done, isNumber: true }, { name: t.versionsOf }]}
          >
            {rungs.map(({ budget, size, versions }, i) => (
              <tr key={i}>
                <th scope="row">{budget || i + 1}</th>
                <NumberCell>{`${versions.filter((one) => one.state === 'completed').length} / ${size}`}</NumberCell>
                <td>
                  {versions.map(({ version }) => (
                    <span key={version}>
                      <Link href={`/${version}`}>{version.split('/').at(-1)}</Link>{' '}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </Table>
          <p className={styles.quiet}>
            <Link
              href={`~/ui/compare?versions=${rungs.flatMap(({ versions }) => versions.map((one) => one.version)).join(',')}`}
            >
              {t.compareAll}
            </Link>
          </p>
        </Card>
      ))}
    </>
  );
}
