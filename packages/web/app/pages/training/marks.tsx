import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Label, TextArea, TextField } from 'react-aria-components';
import { useTexts } from '../../texts/texts.ts';
import type { ShownVersion } from '../../training/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { texts } from './texts.ts';
import { useChange } from './use-change.ts';
import styles from './version.module.css';

/** What people say of a version: tags and a note. */
export function Marks({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const [tag, setTag] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const change = useChange(version, () => {
    setTag('');
    setNote(null);
  });
  const addTag = (event: FormEvent): void => {
    event.preventDefault();
    if (tag.trim() !== '') change.mutate({ add_tags: [tag.trim()] });
  };
  const isChanged = note !== null && note !== version.note;
  return (
    <section aria-label={t.marks} className={styles.card}>
      <ul className={styles.tags} aria-label={t.tags}>
        {version.tags.map((one) => (
          <li key={one}>
            {one}
            <button
              type="button"
              aria-label={t.removeTag(one)}
              onClick={() => change.mutate({ remove_tags: [one] })}
            >
              <X aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <form onSubmit={addTag} className={styles.addTag}>
        <Field label={t.addTag} value={tag} onChange={setTag} maxLength={64} />
        <Button type="submit">{t.add}</Button>
      </form>
      <TextField
        value={note ?? version.note}
        onChange={setNote}
        maxLength={10_000}
        className={styles.noteField!}
      >
        <Label>{t.note}</Label>
        <TextArea rows={3} />
      </TextField>
      {isChanged && (
        <div className={styles.row}>
          <Button size="small" kind="quiet" onPress={() => setNote(null)}>
            {t.cancel}
          </Button>
          <Button size="small" onPress={() => change.mutate({ note })} isDisabled={change.isPending}>
            {t.save}
          </Button>
        </div>
      )}
      {change.error && <ErrorNotice error={change.error} />}
    </section>
  );
}
