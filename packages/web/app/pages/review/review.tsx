import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { pageLink } from '../../shell/links.ts';
import { useTexts } from '../../texts/texts.ts';
import { useSearch } from '../../training/search.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { AskedGroup } from './asked-group.tsx';
import { Key } from './key.tsx';
import { Queue } from './queue.tsx';
import styles from './review.module.css';
import { texts } from './texts.ts';
import { useKeys } from './use-keys.ts';
import { type Said, useAnswer, useReview } from './use-review.ts';

/** The unknown faces that were kept: who they are, one group after the other, by keyboard alone. */
export default function Review() {
  const t = useTexts(texts);
  const [param, set] = useSearch();
  const review = useReview();
  const [word, setWord] = useState('');
  const { data } = review;
  const groups = data?.groups ?? [];
  const at = Math.max(
    0,
    groups.findIndex(({ id }) => String(id) === param('group')),
  );
  const group = groups[at];
  const go = (index: number): void => {
    const next = groups[Math.min(groups.length - 1, Math.max(0, index))];
    if (next) set({ group: String(next.id) });
  };
  const answer = useAnswer((said) => setWord(wordOf(t, said)));
  const say = (said: Said): void => {
    if (answer.isPending) return;
    // the next one takes its place where it is settled; what is parted or taken back is looked at again
    if (['accept', 'new', 'dismiss'].includes(said.what)) set({ group: String(groups[at + 1]?.id ?? '') });
    answer.mutate(said);
  };
  useKeys((key) => {
    if (key === 'z' && data?.last) say({ what: 'undo' });
    else if (key === 'ArrowRight') go(at + 1);
    else if (key === 'ArrowLeft') go(at - 1);
    else return false;
    return true;
  });
  return (
    <>
      <PageHead title={t.title} lead={data?.isOn ? t.waiting(data.total, data.days ?? 0) : undefined}>
        {data?.isOn && (
          <Button isDisabled={data.last === null || answer.isPending} onPress={() => say({ what: 'undo' })}>
            <Undo2 aria-hidden />
            {t.undo} <Key name="Z" />
          </Button>
        )}
      </PageHead>
      <p role="status" className={styles.word}>
        {word}
      </p>
      {review.error && <ErrorNotice error={review.error} onRetry={() => void review.refetch()} />}
      {answer.error && <ErrorNotice error={answer.error} />}
      {data && !data.isOn && (
        <Empty
          title={t.offTitle}
          action={
            <div className={styles.command}>
              <Copyable code="semblance serve --keep-unknown 30" />
            </div>
          }
        >
          {t.offLead}
        </Empty>
      )}
      {data?.isOn && !group && (
        <Empty title={t.emptyTitle} action={<Link href={pageLink('/recognize')}>{t.toRecognize}</Link>}>
          {t.emptyLead}
        </Empty>
      )}
      {group && (
        <>
          <AskedGroup
            key={group.id}
            group={group}
            groups={groups}
            threshold={data?.threshold ?? 1}
            isPending={answer.isPending}
            say={say}
          />
          <Queue groups={groups} at={at} onOpen={go} />
          <p className={styles.keys}>{t.keys}</p>
        </>
      )}
    </>
  );
}

function wordOf(t: ReturnType<typeof useTexts<typeof texts>>, said: Said): string {
  if (said.what === 'accept' || said.what === 'new') return t.accepted(said.subject);
  if (said.what === 'reject') return t.rejected(said.subject);
  const words = { merge: t.merged, split: t.parted, dismiss: t.dismissed, undo: t.undone };
  return words[said.what];
}
