import { dataOf } from '@semblance/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ImagePlus, Merge, Pencil, Split, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { Link, useLocation } from 'wouter';
import { api } from '../../api/client.ts';
import { may, useSession } from '../../api/session.ts';
import { pageLink, personLink } from '../../shell/links.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { DropHint } from '../../ui/drop-hint.tsx';
import { EnrolledFace } from '../../ui/face.tsx';
import { type Given, givenFrom, PHOTO_TYPES, useGivenFiles } from '../../ui/files.ts';
import { Empty, ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { EraseDialog, RenameDialog } from './dialogs.tsx';
import { give } from './given.ts';
import { MoveDialog } from './moves.tsx';
import styles from './person.module.css';
import { ReceiptDialog, type Receipts } from './receipt.tsx';
import { texts } from './texts.ts';

/** Most photos of one person that are shown; nobody has more. */
const MOST_PHOTOS = 2000;

type Asked = { what: 'rename' | 'erase' | 'merge' | 'split' } | { what: 'photo'; imageId: string };

/** Somebody by all their enrolled faces. */
export function Person({ subject }: { subject: string }) {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [, go] = useLocation();
  const mayEnrol = may(useSession(), 'enrol');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [receipts, setReceipts] = useState<Receipts | null>(null);
  const faces = useQuery({
    queryKey: ['faces', subject, 'all'],
    queryFn: async () => {
      const query = { subject, size: MOST_PHOTOS };
      return dataOf(await api.http.GET('/api/v1/recognition/faces', { params: { query } })).faces;
    },
  });
  const forget = () =>
    Promise.all(['people', 'faces'].map((name) => queries.invalidateQueries({ queryKey: [name] })));
  const renaming = useMutation({
    mutationFn: async (name: string) => {
      const path = '/api/v1/recognition/subjects/{subject}';
      dataOf(await api.http.PUT(path, { params: { path: { subject } }, body: { subject: name } }));
      await forget();
      go(personLink(name), { replace: true });
    },
  });
  const erasing = useMutation({
    mutationFn: async (of: Asked) => {
      if (of.what === 'photo') {
        const params = { path: { image_id: of.imageId } };
        dataOf(await api.http.DELETE('/api/v1/recognition/faces/{image_id}', { params }));
      } else {
        const params = { path: { subject } };
        const { receipts: given = [] } = dataOf(
          await api.http.DELETE('/api/v1/recognition/subjects/{subject}', { params }),
        );
        // whoever closes what proves it goes on to the others
        if (given.length > 0) setReceipts(given);
        else go(pageLink('/people'), { replace: true });
      }
      setAsked(null);
      await forget();
    },
  });
  const enrol = (given: Given[]): void => {
    give(given.map(({ file }) => ({ file, folder: subject })));
    go(pageLink('/people/add'));
  };
  const isOver = useGivenFiles(enrol, mayEnrol && asked === null);
  const ask = (what: Asked): void => {
    renaming.reset();
    erasing.reset();
    setAsked(what);
  };
  const all = faces.data;
  return (
    <>
      <Link href={pageLink('/people')} className={styles.back}>
        ← {t.toPeople}
      </Link>
      <PageHead title={subject} lead={all && t.photos(all.length)}>
        {mayEnrol && (
          <>
            <FileTrigger
              acceptedFileTypes={PHOTO_TYPES}
              allowsMultiple
              onSelect={(files) => files && enrol(givenFrom(files))}
            >
              <Button>
                <ImagePlus aria-hidden />
                {t.addPhotos}
              </Button>
            </FileTrigger>
            <Button onPress={() => ask({ what: 'rename' })}>
              <Pencil aria-hidden />
              {t.rename}
            </Button>
            {chosen.size > 0 ? (
              <Button onPress={() => ask({ what: 'split' })}>
                <Split aria-hidden />
                {t.split}
              </Button>
            ) : (
              <Button onPress={() => ask({ what: 'merge' })}>
                <Merge aria-hidden />
                {t.merge}
              </Button>
            )}
            <Button onPress={() => ask({ what: 'erase' })}>
              <Trash2 aria-hidden />
              {t.erase}
            </Button>
          </>
        )}
      </PageHead>
      {faces.error && <ErrorNotice error={faces.error} onRetry={() => void faces.refetch()} />}
      {all?.length === 0 && <Empty title={t.noPhotosTitle}>{t.noPhotosLead}</Empty>}
      {all && all.length > 0 && (
        <ul className={styles.faces}>
          {all.map(({ image_id }, i) => (
            <li key={image_id}>
              {mayEnrol && all.length > 1 && (
                <input
                  type="checkbox"
                  aria-label={t.choosePhoto(i + 1)}
                  className={styles.choose}
                  checked={chosen.has(image_id)}
                  onChange={() => setChosen(toggled(chosen, image_id))}
                />
              )}
              <EnrolledFace imageId={image_id} size={144} />
              {mayEnrol && (
                <Button size="small" kind="quiet" onPress={() => ask({ what: 'photo', imageId: image_id })}>
                  {t.removePhoto}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {asked?.what === 'rename' && (
        <RenameDialog subject={subject} renaming={renaming} onClose={() => setAsked(null)} />
      )}
      {(asked?.what === 'merge' || asked?.what === 'split') && (
        <MoveDialog
          subject={subject}
          imageIds={asked.what === 'merge' ? null : [...chosen]}
          onClose={() => setAsked(null)}
        />
      )}
      {receipts && (
        <ReceiptDialog
          {...{ subject, receipts }}
          onClose={() => go(pageLink('/people'), { replace: true })}
        />
      )}
      {(asked?.what === 'erase' || asked?.what === 'photo') && (
        <EraseDialog
          title={asked.what === 'photo' ? t.removeTitle : t.eraseTitle(subject)}
          lead={asked.what === 'photo' ? t.removeLead : t.eraseLead}
          error={erasing.error}
          isPending={erasing.isPending}
          onErase={() => erasing.mutate(asked)}
          onClose={() => setAsked(null)}
        />
      )}
      {isOver && <DropHint>{t.drop}</DropHint>}
    </>
  );
}

function toggled(chosen: ReadonlySet<string>, imageId: string): Set<string> {
  const after = new Set(chosen);
  if (!after.delete(imageId)) after.add(imageId);
  return after;
}
