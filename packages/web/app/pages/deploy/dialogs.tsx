import { useState } from 'react';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Slider } from '../../ui/slider.tsx';
import styles from './deploy.module.css';
import { type Entry, type Revision, useStep } from './queries.ts';
import { ShareBar } from './share-bar.tsx';
import { type Share, sharesWith } from './shares.ts';
import { texts } from './texts.ts';

/** Asks whether to go back, and says what will serve then. */
export function RollBackDialog({
  active,
  before,
  onClose,
}: {
  active: Revision;
  before: Revision;
  onClose(): void;
}) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const step = useStep(onClose);
  return (
    <Dialog
      role="alertdialog"
      title={t.rollBackTo(before.id)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {cancel}
          </Button>
          <Button kind="danger" isPending={step.isPending} onPress={() => step.mutate({ what: 'roll back' })}>
            {t.rollBack}
          </Button>
        </>
      }
    >
      <Change from={active.entries} to={before.entries} />
      <p>{t.rollBackLead}</p>
      {step.error && <ErrorNotice error={step.error} />}
    </Dialog>
  );
}

/** Asks for another share of the requests; or for all of them. */
export function ShareDialog({
  entry: { name, detector, recognizer, weight: before },
  entries,
  isPromotion,
  onClose,
}: {
  entry: Entry;
  entries: readonly Entry[];
  isPromotion: boolean;
  onClose(): void;
}) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const [chosen, setWeight] = useState(before);
  const weight = isPromotion ? 100 : chosen;
  const step = useStep(onClose);
  const say = isPromotion ? t.promote : t.changeShare;
  const go = () => step.mutate({ what: 'deploy', wanted: { name, detector, recognizer, weight } });
  return (
    <Dialog
      title={isPromotion ? t.promoteName(name) : t.shareOf(name)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            isPending={step.isPending}
            isDisabled={weight === before && !isPromotion}
            onPress={go}
          >
            {say}
          </Button>
        </>
      }
    >
      {!isPromotion && (
        <Slider label={t.share} value={chosen} min={1} max={100} shown={`${chosen} %`} onChange={setWeight} />
      )}
      <Change from={entries} to={sharesWith(entries, name, weight)} />
      {isPromotion && <p>{t.promoteLead}</p>}
      {step.error && <ErrorNotice error={step.error} />}
    </Dialog>
  );
}

/** What serves, and what will. */
function Change({ from, to }: { from: readonly Share[]; to: readonly Share[] }) {
  const t = useTexts(texts);
  return (
    <div className={styles.change}>
      <div>
        <h3>{t.now}</h3>
        <ShareBar shares={from} />
      </div>
      <div>
        <h3>{t.afterwards}</h3>
        <ShareBar shares={to} colored={from} />
      </div>
    </div>
  );
}
