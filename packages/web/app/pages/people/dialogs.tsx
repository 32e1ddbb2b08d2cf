import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { texts } from './texts.ts';

export interface RenameDialogProps {
  subject: string;
  renaming: UseMutationResult<void, Error, string>;
  onClose(): void;
}

/** Asks for another name. */
export function RenameDialog({ subject, renaming, onClose }: RenameDialogProps) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const [name, setName] = useState(subject);
  const wanted = name.trim();
  const rename = (): void => {
    if (wanted === subject) onClose();
    else if (wanted !== '') renaming.mutate(wanted);
  };
  return (
    <Dialog
      title={t.rename}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" isPending={renaming.isPending} onPress={rename}>
            {t.rename}
          </Button>
        </>
      }
    >
      <Field
        label={t.newName}
        hint={t.joins}
        value={name}
        onChange={setName}
        autoFocus
        maxLength={200}
        error={wanted === '' ? t.nameNeeded : undefined}
        onKeyDown={({ key }) => key === 'Enter' && rename()}
      />
      {renaming.error && <ErrorNotice error={renaming.error} />}
    </Dialog>
  );
}

export interface EraseDialogProps {
  title: string;
  lead: string;
  error: unknown;
  isPending: boolean;
  onErase(): void;
  onClose(): void;
}

/** Asks once more before something is gone for good. */
export function EraseDialog({ title, lead, error, isPending, onErase, onClose }: EraseDialogProps) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  return (
    <Dialog
      role="alertdialog"
      title={title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {cancel}
          </Button>
          <Button kind="danger" isPending={isPending} onPress={onErase}>
            {t.erase}
          </Button>
        </>
      }
    >
      <p>{lead}</p>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}
