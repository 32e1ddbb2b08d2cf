import { dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { api } from '../../api/client.ts';
import { personLink } from '../../shell/links.ts';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import styles from './moves.module.css';
import { texts } from './texts.ts';

/** Names that are offered while one is typed. */
const MOST_OFFERED = 20;

/** What is asked for again once faces have changed hands. */
const useForget = () => {
  const queries = useQueryClient();
  return () =>
    Promise.all(['people', 'faces', 'names'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
};

export interface MoveDialogProps {
  subject: string;
  /** The faces that are given to somebody else; null for all of them: the two are one person. */
  imageIds: readonly string[] | null;
  onClose(): void;
}

/** Asks whose faces these are: of somebody who is the same person, or of another one. */
export function MoveDialog({ subject, imageIds, onClose }: MoveDialogProps) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const [, go] = useLocation();
  const [into, setInto] = useState('');
  const forget = useForget();
  const { data } = useQuery({
    queryKey: ['people', 'offered', into],
    queryFn: async () => {
      const query = { search: into, size: MOST_OFFERED };
      return dataOf(await api.http.GET('/api/v1/people', { params: { query } })).people;
    },
  });
  const wanted = into.trim();
  const moving = useMutation({
    mutationFn: async () => {
      if (imageIds === null) {
        const body = { subjects: [subject], into: wanted };
        dataOf(await api.http.POST('/api/v1/people/merge', { body }));
      } else {
        const body = { subject, image_ids: [...imageIds], into: wanted };
        dataOf(await api.http.POST('/api/v1/people/split', { body }));
      }
      onClose();
      go(personLink(wanted), { replace: imageIds === null });
      await forget();
    },
  });
  const can = wanted !== '' && wanted !== subject;
  const [title, lead] =
    imageIds === null ? [t.mergeOne(subject), t.mergeLead] : [t.splitOff(imageIds.length), t.splitLead];
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            isDisabled={!can}
            isPending={moving.isPending}
            onPress={() => moving.mutate()}
          >
            {imageIds === null ? t.merge : t.split}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
      <Field
        label={t.newName}
        value={into}
        maxLength={200}
        autoComplete="off"
        offered={data?.map((person) => person.subject).filter((name) => name !== subject) ?? []}
        onChange={setInto}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && can) moving.mutate();
          event.continuePropagation(); // Escape is the dialog's
        }}
      />
      {moving.error && <ErrorNotice error={moving.error} />}
    </Dialog>
  );
}

/** The last renaming, merge or split, and a button that undoes it; nothing where there is none. */
export function UndoLast() {
  const t = useTexts(texts);
  const forget = useForget();
  const { data } = useQuery({
    queryKey: ['names'],
    queryFn: async () => dataOf(await api.http.GET('/api/v1/people/changes')).changes,
  });
  const undoing = useMutation({
    mutationFn: async () => {
      dataOf(await api.http.POST('/api/v1/people/undo'));
      await forget();
    },
  });
  const last = data?.[0];
  if (!last) return null;
  const said = { rename: t.renamed, merge: t.merged, split: t.wasSplit };
  return (
    <div className={styles.last}>
      <p>{said[last.kind](last.from.join(', '), last.to)}</p>
      <Button size="small" isPending={undoing.isPending} onPress={() => undoing.mutate()}>
        <Undo2 aria-hidden />
        {t.undo}
      </Button>
      {undoing.error && <ErrorNotice error={undoing.error} />}
    </div>
  );
}
