import { dataOf } from '@semblance/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import type { Role } from '../../api/session.ts';
import { texts as common } from '../../shell/texts.ts';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Select } from '../../ui/select.tsx';
import { texts } from './texts.ts';

const roles: readonly Role[] = ['read', 'enrol', 'admin'];
const days = ['', '1', '30', '365'] as const;
const DAY_MS = 86_400_000;

/** Asks what a key is for, and shows it, this once. */
export function CreateDialog({ onClose }: { onClose(): void }) {
  const t = useTexts(texts);
  const { cancel } = useTexts(common);
  const queries = useQueryClient();
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<Role>('read');
  const [lasts, setLasts] = useState<(typeof days)[number]>('');
  const creating = useMutation({
    mutationFn: async () => {
      const expiresAt = lasts === '' ? null : new Date(Date.now() + Number(lasts) * DAY_MS).toISOString();
      const body = { role, label: label.trim(), expiresAt };
      return dataOf(await api.http.POST('/api/v1/keys', { body })).text;
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
    // what was shown once is kept nowhere
    gcTime: 0,
  });
  const { data: text } = creating;
  if (text !== undefined)
    return (
      <Dialog
        role="alertdialog"
        title={t.made}
        isOpen
        onClose={onClose}
        actions={
          <Button kind="primary" onPress={onClose}>
            {t.kept}
          </Button>
        }
      >
        <p>{t.madeLead}</p>
        <Copyable code={text} />
      </Dialog>
    );
  const names: Record<string, string> = { '': t.never, '1': t.day, '30': t.month, '365': t.year };
  return (
    <Dialog
      title={t.create}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{cancel}</Button>
          <Button kind="primary" isPending={creating.isPending} onPress={() => creating.mutate()}>
            {t.create}
          </Button>
        </>
      }
    >
      <Field
        label={t.label}
        hint={t.labelHint}
        value={label}
        onChange={setLabel}
        maxLength={200}
        autoFocus
        onKeyDown={({ key }) => key === 'Enter' && creating.mutate()}
      />
      <Select<Role>
        label={t.role}
        value={role}
        options={roles.map((value) => ({ value, label: `${value}: ${t[value]}` }))}
        onChange={setRole}
      />
      <Select<(typeof days)[number]>
        label={t.expires}
        value={lasts}
        options={days.map((value) => ({ value, label: names[value]! }))}
        onChange={setLasts}
      />
      {creating.error && <ErrorNotice error={creating.error} />}
    </Dialog>
  );
}
