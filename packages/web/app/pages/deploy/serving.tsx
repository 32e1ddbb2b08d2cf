import { useQuery } from '@tanstack/react-query';
import { Rocket, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { moment } from '../../training/figures.ts';
import { ProgressBar } from '../../training/state.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import styles from './deploy.module.css';
import { RollBackDialog, ShareDialog } from './dialogs.tsx';
import { Entries } from './entries.tsx';
import { Followed } from './followed.tsx';
import { History } from './history.tsx';
import { type Entry, healthQuery, type Revision, revisionsQuery } from './queries.ts';
import { ShareBar } from './share-bar.tsx';
import { texts } from './texts.ts';

type Asked = { what: 'roll back' } | { what: 'share' | 'promote'; entry: Entry };

/** What serves and how it fares, what is on its way, and what served before. */
export function Serving() {
  const t = useTexts(texts);
  const language = useLanguage();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<Asked | null>(null);
  const revisions = useQuery(revisionsQuery);
  const health = useQuery(healthQuery);
  const all = revisions.data ?? [];
  const active = all.find(({ state }) => state === 'active');
  const before = all.find(({ id }) => id === active?.before);
  const preparing = all.find(({ state }) => state === 'preparing');
  const toDeploy = (
    <Button kind="primary" onPress={() => go('/new')} isDisabled={preparing !== undefined}>
      <Rocket aria-hidden />
      {t.deployVersion}
    </Button>
  );
  const close = (): void => setAsked(null);
  return (
    <>
      <PageHead
        title={t.title}
        lead={active && t.since(active.id, moment(Date.parse(active.createdAt), language))}
      >
        {before && (
          <Button onPress={() => setAsked({ what: 'roll back' })} isDisabled={preparing !== undefined}>
            <RotateCcw aria-hidden />
            {t.rollBack}
          </Button>
        )}
        {active && toDeploy}
      </PageHead>
      {revisions.error && <ErrorNotice error={revisions.error} onRetry={() => void revisions.refetch()} />}
      {preparing && <Preparing revision={preparing} />}
      {revisions.data && !active && !preparing && (
        <Empty title={t.emptyTitle} action={toDeploy}>
          {t.emptyLead}
        </Empty>
      )}
      {active && (
        <Card title={t.serves}>
          <ShareBar shares={active.entries} />
          {health.error && <ErrorNotice error={health.error} onRetry={() => void health.refetch()} />}
          <Entries
            entries={active.entries}
            health={health.data ?? []}
            isBusy={preparing !== undefined}
            onShare={(entry) => setAsked({ what: 'share', entry })}
            onPromote={(entry) => setAsked({ what: 'promote', entry })}
          />
        </Card>
      )}
      <Followed />
      {all.length > 0 && <History revisions={all} />}
      {asked?.what === 'roll back' && active && before && (
        <RollBackDialog active={active} before={before} onClose={close} />
      )}
      {asked && asked.what !== 'roll back' && active && (
        <ShareDialog
          entry={asked.entry}
          entries={active.entries}
          isPromotion={asked.what === 'promote'}
          onClose={close}
        />
      )}
    </>
  );
}

function Preparing({ revision: { id, entries, progress } }: { revision: Revision }) {
  const t = useTexts(texts);
  const { done = 0, total = 0 } = progress ?? {};
  return (
    <div className={styles.preparing} aria-live="polite">
      <p>
        <strong>{t.preparing(id, entries.at(-1)?.name ?? '')}</strong>{' '}
        {total > 0 ? t.embedding(done, total) : t.loadingModels}
      </p>
      {total > 0 && <ProgressBar share={done / total} label={t.preparing(id, '')} />}
    </div>
  );
}
