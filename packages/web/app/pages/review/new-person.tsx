import { useState } from 'react';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { texts } from './texts.ts';

export interface NewPersonProps {
  numFaces: number;
  onName(subject: string): void;
  onClose(): void;
}

/** Asks what somebody new is called. */
export function NewPerson({ numFaces, onName, onClose }: NewPersonProps) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const [name, setName] = useState('');
  const [isTried, setIsTried] = useState(false);
  const wanted = name.trim();
  const enrol = (): void => {
    setIsTried(true);
    if (wanted !== '') onName(wanted);
  };
  return (
    <Dialog
      title={t.newPerson}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" onPress={enrol}>
            {t.enrol}
          </Button>
        </>
      }
    >
      <Field
        label={t.name}
        hint={t.nameHint(numFaces)}
        value={name}
        onChange={setName}
        autoFocus
        maxLength={200}
        error={isTried && wanted === '' ? t.nameNeeded : undefined}
        onKeyDown={({ key }) => key === 'Enter' && enrol()}
      />
    </Dialog>
  );
}
