import { useState } from 'react';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { Actions } from './actions.tsx';
import { Alike } from './alike.tsx';
import styles from './asked-group.module.css';
import { Key } from './key.tsx';
import { NewPerson } from './new-person.tsx';
import { Suggestions } from './suggestions.tsx';
import { texts } from './texts.ts';
import { UnknownFace } from './unknown-face.tsx';
import { useKeys } from './use-keys.ts';
import type { Group, Said } from './use-review.ts';

export interface AskedGroupProps {
  group: Group;
  groups: Group[];
  threshold: number;
  isPending: boolean;
  say(said: Said): void;
}

export type Mode = 'ask' | 'merge' | 'split' | 'new';

/** One group: its faces, large, who they may be beside them, and what can be said. */
export function AskedGroup({ group, groups, threshold, isPending, say }: AskedGroupProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const [mode, setMode] = useState<Mode>('ask');
  const [chosen, setChosen] = useState(0);
  const [marked, setMarked] = useState<readonly number[]>([]);
  const { faces, suggestions } = group;
  const others = group.alike.flatMap((alike) => groups.find(({ id }) => id === alike.group) ?? []);
  const at = Math.min(chosen, Math.max(0, suggestions.length - 1));
  const back = (): void => {
    setMode('ask');
    setMarked([]);
  };
  const mark = (id: number): void =>
    setMarked((all) => (all.includes(id) ? all.filter((other) => other !== id) : [...all, id]));
  const accept = (index: number): void => {
    const suggestion = suggestions[index];
    if (suggestion) say({ what: 'accept', group: group.id, subject: suggestion.subject });
  };
  const reject = (): void => {
    const suggestion = suggestions[at];
    if (suggestion) say({ what: 'reject', group: group.id, subject: suggestion.subject });
  };
  const merge = (index: number): void => {
    const other = others[index];
    if (!other) return;
    back();
    say({ what: 'merge', group: group.id, groups: [other.id] });
  };
  const canSplit = marked.length > 0 && marked.length < faces.length;
  const split = (): void => {
    if (!canSplit) return;
    back();
    say({ what: 'split', group: group.id, faces: [...marked] });
  };
  const dismiss = (): void => say({ what: 'dismiss', group: group.id });
  useKeys((key) => {
    const index = Number(key) - 1;
    const isNumber = Number.isInteger(index) && index >= 0 && key.trim() !== '';
    if (key === 'Escape' && mode !== 'ask') back();
    else if (mode === 'split' && key === 'Enter') split();
    else if (isNumber && mode === 'split' && faces[index]) mark(faces[index].id);
    else if (isNumber && mode === 'merge') merge(index);
    else if (isNumber && mode === 'ask') accept(index);
    else if (mode !== 'ask') return false;
    else if (key === 'ArrowDown') setChosen(Math.min(suggestions.length - 1, at + 1));
    else if (key === 'ArrowUp') setChosen(Math.max(0, at - 1));
    else if (key === 'n') reject();
    else if (key === 'e') setMode('new');
    else if (key === 'm' && others.length > 0) setMode('merge');
    else if (key === 's' && faces.length > 1) setMode('split');
    else if (key === 'd') dismiss();
    else return false;
    return true;
  });
  const last = new Date(group.lastAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className={styles.asked} aria-busy={isPending}>
      <div className={styles.faces} data-many={faces.length > 1 || undefined}>
        {faces.map(({ id }, i) => {
          const picture = <UnknownFace id={id} alt={t.face(i + 1, faces.length)} />;
          if (mode !== 'split') return <div key={id}>{picture}</div>;
          return (
            <button key={id} type="button" aria-pressed={marked.includes(id)} onClick={() => mark(id)}>
              {picture}
              {i < 9 && <Key name={String(i + 1)} />}
            </button>
          );
        })}
      </div>
      <div className={styles.words}>
        <div>
          <h2>{mode === 'merge' ? t.merging : mode === 'split' ? t.splitting : t.who}</h2>
          <p className={styles.note}>
            {mode === 'merge' ? t.mergeHint : mode === 'split' ? t.splitHint : t.seen(group.seen, last)}
          </p>
        </div>
        {mode === 'merge' && <Alike groups={others} onChoose={merge} />}
        {(mode === 'ask' || mode === 'new') && (
          <Suggestions {...{ suggestions, threshold, isPending, chosen: at }} onAccept={accept} />
        )}
        <Actions
          {...{ mode, isPending, numMarked: marked.length, canSplit }}
          name={suggestions[at]?.subject ?? null}
          canMerge={others.length > 0}
          canPart={faces.length > 1}
          onMode={setMode}
          onBack={back}
          onReject={reject}
          onSplit={split}
          onDismiss={dismiss}
        />
      </div>
      {mode === 'new' && (
        <NewPerson
          numFaces={Math.min(3, faces.length)}
          onClose={back}
          onName={(subject) => {
            back();
            say({ what: 'new', group: group.id, subject });
          }}
        />
      )}
    </section>
  );
}
