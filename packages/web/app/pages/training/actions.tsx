import { GitCompareArrows, Pin, Play, Rocket, Square, Star, Trash2, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { isActive, nameOf, type ShownVersion } from '../../training/queries.ts';
import { useParent } from '../../training/use-parent.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { texts } from './texts.ts';
import { useChange } from './use-change.ts';
import styles from './version.module.css';

/** What can be done with a version in the state that it is in. */
export function Actions({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const [, go] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const change = useChange(version, (done) => {
    if (done === 'delete') go('/');
  });
  const { job_name, version_name, state, is_starred, is_pinned } = version;
  const parent = useParent(version);
  const canResume = ['failed', 'stopped', 'lost'].includes(state);
  const doing = change.isPending ? change.variables : null;
  return (
    <>
      <IconButton
        label={is_starred ? t.unstar : t.star}
        onPress={() => change.mutate({ is_starred: !is_starred })}
      >
        <Star aria-hidden className={is_starred ? styles.on : undefined} />
      </IconButton>
      <IconButton
        label={is_pinned ? t.unpin : t.pin}
        onPress={() => change.mutate({ is_pinned: !is_pinned })}
      >
        <Pin aria-hidden className={is_pinned ? styles.on : undefined} />
      </IconButton>
      {!isActive(state) && (
        <IconButton label={t.delete} onPress={() => setAsking(true)}>
          <Trash2 aria-hidden />
        </IconButton>
      )}
      {parent && (
        <Button onPress={() => go(`~/ui/compare?versions=${nameOf(parent)},${nameOf(version)}`)}>
          <GitCompareArrows aria-hidden />
          {t.compareParent}
        </Button>
      )}
      {state === 'completed' && (
        <Button onPress={() => go(`~/ui/deploy/new?version=${nameOf(version)}`)}>
          <Rocket aria-hidden />
          {t.deploy}
        </Button>
      )}
      {isActive(state) && (
        <Button onPress={() => change.mutate('stop')} isDisabled={doing === 'stop'}>
          <Square aria-hidden />
          {t.stop}
        </Button>
      )}
      {canResume && (
        <Button onPress={() => change.mutate('resume')} isDisabled={doing === 'resume'}>
          <Play aria-hidden />
          {t.resume}
        </Button>
      )}
      <Button kind="primary" onPress={() => go(`/${job_name}/${version_name}/modify`)}>
        <WandSparkles aria-hidden />
        {t.modify}
      </Button>
      {change.error && !isAsking && <ErrorNotice error={change.error} />}
      <Dialog
        title={t.deleteAsk(nameOf(version))}
        role="alertdialog"
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>{t.cancel}</Button>
            <Button kind="danger" onPress={() => change.mutate('delete')} isDisabled={doing === 'delete'}>
              {t.delete}
            </Button>
          </>
        }
      >
        <p>{t.deleteLead}</p>
        {change.error && <ErrorNotice error={change.error} />}
      </Dialog>
    </>
  );
}
