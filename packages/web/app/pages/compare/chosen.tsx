import { X } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { useOfferedVersions } from '../../training/use-offered-versions.ts';
import { Button } from '../../ui/button.tsx';
import styles from './compare.module.css';
import { texts } from './texts.ts';

/** The versions that are compared, each taken away with a click, and a line that adds one. */
export function Chosen({
  names,
  onChange,
}: {
  names: readonly string[];
  onChange(names: readonly string[]): void;
}) {
  const t = useTexts(texts);
  const [text, setText] = useState('');
  const id = useId();
  const offered = useOfferedVersions();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    const added = text.split(/[\s,]+/).filter((name) => name !== '' && !names.includes(name));
    if (added.length > 0) onChange([...names, ...added]);
    setText('');
  };
  return (
    <div className={styles.chosen}>
      {names.length > 0 && (
        <ul aria-label={t.versions}>
          {names.map((name) => (
            <li key={name}>
              {name.includes('/') ? <Link href={`~/ui/training/${name}`}>{name}</Link> : name}
              <button
                type="button"
                aria-label={t.remove(name)}
                onClick={() => onChange(names.filter((one) => one !== name))}
              >
                <X aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={add}>
        <label htmlFor={id} className="visually-hidden">
          {t.versions}
        </label>
        <input
          id={id}
          list={`${id}-offered`}
          value={text}
          onChange={({ target }) => setText(target.value)}
          placeholder={t.versionsHint}
          spellCheck={false}
          autoComplete="off"
        />
        <datalist id={`${id}-offered`}>
          {offered
            .filter((name) => !names.includes(name))
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
        <Button type="submit">{t.add}</Button>
      </form>
    </div>
  );
}
