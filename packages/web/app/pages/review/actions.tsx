import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import styles from './asked-group.module.css';
import type { Mode } from './asked-group.tsx';
import { Key } from './key.tsx';
import { texts } from './texts.ts';

export interface ActionsProps {
  mode: Mode;
  isPending: boolean;
  /** Whom the chosen suggestion names. */
  name: string | null;
  numMarked: number;
  canSplit: boolean;
  canMerge: boolean;
  canPart: boolean;
  onMode(mode: Mode): void;
  onBack(): void;
  onReject(): void;
  onSplit(): void;
  onDismiss(): void;
}

/** What can be said beside the suggestions, each with its key. */
export function Actions({ mode, isPending, name, ...props }: ActionsProps) {
  const t = useTexts(texts);
  if (mode === 'merge' || mode === 'split') {
    return (
      <div className={styles.actions}>
        <Button onPress={props.onBack}>{t.back}</Button>
        {mode === 'split' && (
          <Button kind="primary" isDisabled={!props.canSplit || isPending} onPress={props.onSplit}>
            {t.takeOut(props.numMarked)}
          </Button>
        )}
      </div>
    );
  }
  return (
    <div className={styles.actions}>
      {name !== null && (
        <Button isDisabled={isPending} onPress={props.onReject}>
          <span className={styles.cut}>{t.notNamed(name)}</span> <Key name="N" />
        </Button>
      )}
      <Button
        kind={name === null ? 'primary' : 'plain'}
        isDisabled={isPending}
        onPress={() => props.onMode('new')}
      >
        {t.newPerson} <Key name="E" />
      </Button>
      <span className={styles.break} />
      {props.canMerge && (
        <Button size="small" isDisabled={isPending} onPress={() => props.onMode('merge')}>
          {t.merge} <Key name="M" />
        </Button>
      )}
      {props.canPart && (
        <Button size="small" isDisabled={isPending} onPress={() => props.onMode('split')}>
          {t.split} <Key name="S" />
        </Button>
      )}
      <Button size="small" isDisabled={isPending} onPress={props.onDismiss}>
        {t.dismiss} <Key name="D" />
      </Button>
    </div>
  );
}
