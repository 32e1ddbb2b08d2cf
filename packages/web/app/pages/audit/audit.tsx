import { type components, dataOf } from '@semblance/client';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useDeferredValue } from 'react';
import { api } from '../../api/client.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { moment } from '../../training/figures.ts';
import { useSearch } from '../../training/search.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Select } from '../../ui/select.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './audit.module.css';
import { actions, texts } from './texts.ts';

type Entry = components['schemas']['AuditEntry'];

const PAGE = 100;
const outcomes = ['', 'done', 'failed', 'begun'] as const;

/** Who changed what, and whether all of it is as it was written. */
export default function Audit() {
  const t = useTexts(texts);
  const a = useTexts(actions) as Readonly<Record<string, string>>;
  const [param, set] = useSearch();
  const filter = useDeferredValue(
    JSON.stringify([param('action'), param('outcome'), param('by'), param('subject')]),
  );
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: async ({ pageParam: before }) => {
      const [action, outcome, by, subject] = JSON.parse(filter) as string[];
      const given = Object.entries({ action, outcome, by, subject }).filter(([, value]) => value !== '');
      const query = { ...Object.fromEntries(given), limit: PAGE, ...(before ? { before } : {}) };
      return dataOf(await api.http.GET('/api/v1/audit', { params: { query } }));
    },
    initialPageParam: 0,
    getNextPageParam: ({ entries, found }) => (found > entries.length ? entries.at(-1)?.line : undefined),
    placeholderData: keepPreviousData,
  });
  const [first] = data?.pages ?? [];
  const entries = data?.pages.flatMap((page) => page.entries) ?? [];
  const heads = [t.time, t.action, t.of, t.by, t.outcome].map((name) => ({ name }));
  return (
    <>
      <PageHead title={t.title} lead={first && t.lines(first.lines)} />
      {first && <Chain lines={first.lines} lastSeal={first.lastSeal} flaw={first.flaw} />}
      <search className={styles.filters}>
        <Select
          label={t.action}
          value={param('action')}
          options={[
            { value: '', label: t.any },
            ...Object.entries(a).map(([value, label]) => ({ value, label })),
          ]}
          onChange={(action) => set({ action })}
        />
        <Select
          label={t.outcome}
          value={outcomes.find((one) => one === param('outcome')) ?? ''}
          options={outcomes.map((value) => ({ value, label: value === '' ? t.any : t[value] }))}
          onChange={(outcome) => set({ outcome })}
        />
        <Field label={t.by} isCode value={param('by')} onChange={(by) => set({ by })} />
        <Field label={t.person} value={param('subject')} onChange={(subject) => set({ subject })} />
      </search>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {first && entries.length === 0 && <Empty title={t.nothingTitle}>{t.nothingLead}</Empty>}
      {entries.length > 0 && (
        <Table label={t.title} heads={heads}>
          {entries.map((entry) => (
            <Line key={entry.line} entry={entry} />
          ))}
        </Table>
      )}
      {hasNextPage && (
        <div className={styles.more}>
          <Button isPending={isFetchingNextPage} onPress={() => void fetchNextPage()}>
            {t.older}
          </Button>
        </div>
      )}
    </>
  );
}

function Chain({
  lines,
  lastSeal,
  flaw,
}: {
  lines: number;
  lastSeal: string;
  flaw: { line: number; why: string } | null;
}) {
  const t = useTexts(texts);
  if (lines === 0 && flaw === null) return null;
  return (
    <div className={`${styles.chain} ${flaw ? styles.broken : ''}`} role={flaw ? 'alert' : undefined}>
      {flaw ? <ShieldAlert aria-hidden /> : <ShieldCheck aria-hidden />}
      <div>
        <p>{flaw ? t.broken(flaw.line, flaw.why) : t.whole(lines)}</p>
        <p className={styles.seal}>
          {t.seal} <code>{lastSeal}</code>
        </p>
      </div>
    </div>
  );
}

const toneOf = (outcome: string): Tone =>
  outcome === 'done' ? 'good' : outcome === 'begun' ? 'waiting' : 'bad';

function Line({ entry: { time, action, by, outcome, target, subject, faces, reqId } }: { entry: Entry }) {
  const t = useTexts(texts);
  const a = useTexts(actions) as Readonly<Record<string, string>>;
  const language = useLanguage();
  const [, code] = outcome.split(' ');
  const said = outcome === 'done' ? t.done : outcome === 'begun' ? t.begun : t.failed;
  return (
    <tr>
      <td className={styles.time}>
        <time dateTime={time} title={time}>
          {moment(Date.parse(time), language)}
        </time>
      </td>
      <th scope="row" className={styles.action}>
        {a[action] ?? action}
      </th>
      <td className={styles.of}>
        {target ?? (subject !== undefined && <span title={subject}>{t.hash(subject.slice(0, 12))}</span>)}
        {faces && faces.length > 0 && <span className={styles.note}>{t.faces(faces.length)}</span>}
      </td>
      <td>
        <code>{by}</code>
        {reqId && <span className={styles.note}>{reqId}</span>}
      </td>
      <td>
        <Badge tone={toneOf(outcome)}>{said}</Badge> {code && <code>{code}</code>}
      </td>
    </tr>
  );
}
