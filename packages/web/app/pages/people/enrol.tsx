import { ServiceError } from '@semblance/client';
import { useMutation } from '@tanstack/react-query';
import { Check, CircleAlert, FolderOpen, ImagePlus, X } from 'lucide-react';
import { FileTrigger, Input, TextField } from 'react-aria-components';
import { Link } from 'wouter';
import { may, useSession } from '../../api/session.ts';
import { pageLink, personLink } from '../../shell/links.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { useTexts } from '../../texts/texts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DropHint } from '../../ui/drop-hint.tsx';
import { givenFrom, PHOTO_TYPES, useGivenFiles } from '../../ui/files.ts';
import { Empty, useMend } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import styles from './enrol.module.css';
import { takeGiven } from './given.ts';
import person from './person.module.css';
import { texts } from './texts.ts';
import { type Enrolment, useEnrolments } from './use-enrolments.ts';

/** Many photos at once, each with its name and, when it was sent, its verdict. */
export function EnrolPeople() {
  return may(useSession(), 'enrol') ? <Enrol /> : <NotFound />;
}

function Enrol() {
  const t = useTexts(texts);
  const { list, add, enrol, rename, remove } = useEnrolments(takeGiven);
  const enrolling = useMutation({ mutationFn: enrol });
  const isOver = useGivenFiles(add, !enrolling.isPending);
  const numWaiting = list.filter(({ state, name }) => state !== 'done' && name.trim() !== '').length;
  const [done, refused] = (['done', 'refused'] as const).map(
    (state) => list.filter((one) => one.state === state).length,
  );
  const choosers = (
    <>
      <FileTrigger
        acceptedFileTypes={PHOTO_TYPES}
        allowsMultiple
        onSelect={(files) => files && add(givenFrom(files))}
      >
        <Button>
          <ImagePlus aria-hidden />
          {t.choose}
        </Button>
      </FileTrigger>
      <FileTrigger acceptDirectory onSelect={(files) => files && add(givenFrom(files))}>
        <Button>
          <FolderOpen aria-hidden />
          {t.chooseFolder}
        </Button>
      </FileTrigger>
    </>
  );
  return (
    <>
      <Link href={pageLink('/people')} className={person.back}>
        ← {t.toPeople}
      </Link>
      <PageHead title={t.enrolTitle}>
        {list.length > 0 && choosers}
        {numWaiting > 0 && (
          <Button kind="primary" isPending={enrolling.isPending} onPress={() => enrolling.mutate()}>
            {enrolling.isPending ? t.enrolling : t.enrol(numWaiting)}
          </Button>
        )}
      </PageHead>
      {list.length === 0 ? (
        <Empty title={t.enrolTitle} action={choosers}>
          {t.emptyLead}
        </Empty>
      ) : (
        <>
          <p className={styles.lead} aria-live="polite">
            {done! + refused! > 0 ? t.summary(done!, refused!) : t.enrolLead}
          </p>
          <ul className={styles.list}>
            {list.map((one) => (
              <Row
                key={one.id}
                enrolment={one}
                onName={(name) => rename(one.id, name)}
                onRemove={() => remove(one.id)}
              />
            ))}
          </ul>
        </>
      )}
      {isOver && <DropHint>{t.drop}</DropHint>}
    </>
  );
}

interface RowProps {
  enrolment: Enrolment;
  onName(name: string): void;
  onRemove(): void;
}

function Row({ enrolment: { file, url, name, state, error }, onName, onRemove }: RowProps) {
  const t = useTexts(texts);
  const mend = useMend()(error);
  return (
    <li className={styles.row}>
      <img src={url} alt="" />
      <div className={styles.who}>
        {state === 'done' ? (
          <Link href={personLink(name.trim())}>{name}</Link>
        ) : (
          <TextField
            aria-label={t.nameOf(file.name)}
            value={name}
            onChange={onName}
            isDisabled={state === 'sending'}
            maxLength={200}
          >
            <Input />
          </TextField>
        )}
        <span className={styles.file}>{file.name}</span>
      </div>
      <div className={styles.verdict} data-state={state}>
        {state === 'ready' && t.ready}
        {state === 'sending' && t.sending}
        {state === 'done' && (
          <>
            <Check aria-hidden /> {t.done}
          </>
        )}
        {state === 'refused' && (
          <>
            <CircleAlert aria-hidden />
            <span>
              {error instanceof Error && error.message} <small>{mend}</small>{' '}
              {error instanceof ServiceError && <code>{error.code}</code>}
            </span>
          </>
        )}
      </div>
      {state !== 'done' && state !== 'sending' ? (
        <IconButton label={t.takeOff} onPress={onRemove}>
          <X aria-hidden />
        </IconButton>
      ) : (
        <span />
      )}
    </li>
  );
}
