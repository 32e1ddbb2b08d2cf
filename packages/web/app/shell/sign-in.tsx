import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { signIn } from '../api/session.ts';
import { useTexts } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { LanguageChoice, ThemeChoice } from './choices.tsx';
import styles from './gate.module.css';
import { Mark } from './mark.tsx';
import { texts } from './texts.ts';

/** Asks for a key, once. */
export function SignIn() {
  const t = useTexts(texts);
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [isMissing, setMissing] = useState(false);
  const signingIn = useMutation({ mutationFn: () => signIn(queries, key.trim()) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(key.trim() === '');
    if (key.trim() !== '') signingIn.mutate();
  };
  return (
    <main className={styles.alone}>
      <div className={styles.way}>
        <form className={styles.card} onSubmit={submit} noValidate>
          <div className={styles.brand}>
            <Mark />
            <h1>Semblance</h1>
          </div>
          <p className={styles.lead}>{t.signInLead}</p>
          <Field
            label={t.key}
            hint={t.keyHint}
            type="password"
            name="key"
            autoComplete="current-password"
            autoFocus
            isCode
            placeholder="smb_…"
            value={key}
            onChange={setKey}
            error={isMissing ? t.keyNeeded : undefined}
          />
          {signingIn.error && <ErrorNotice error={signingIn.error} />}
          <Button kind="primary" type="submit" isPending={signingIn.isPending}>
            {t.signIn}
          </Button>
        </form>
        <div className={styles.settings}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </div>
    </main>
  );
}
