import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import { isActive, type ShownVersion } from '../../training/queries.ts';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { texts } from './texts.ts';
import styles from './version.module.css';

/** Lines that are kept on the page; what is before them is in the file. */
const MOST_LINES = 2000;
const DRAW_MS = 150;

/** The lines of a log as they are written. */
function useLog({ job_name: job, version_name: version, attempt }: ShownVersion) {
  const [lines, setLines] = useState<readonly string[]>([]);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const stop = new AbortController();
    let [text, hasMore] = ['', false];
    let timer: ReturnType<typeof setTimeout> | undefined;
    setError(null);
    const show = (): void => {
      timer = undefined;
      const all = text.split('\n');
      hasMore ||= all.length > MOST_LINES;
      text = all.slice(-MOST_LINES).join('\n');
      setLines([...(hasMore ? ['…'] : []), ...text.split('\n')]);
    };
    const follow = async (): Promise<void> => {
      for await (const event of api.followLog({ job, version }, stop.signal)) {
        if (event.event !== 'log') continue;
        text += event.data.text;
        timer ??= setTimeout(show, DRAW_MS);
      }
    };
    follow().catch((failure) => stop.signal.aborted || setError(failure));
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [job, version, attempt]);
  return { lines, error };
}

/** The log, which follows its end unless somebody reads further up. */
export function Log({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const { lines, error } = useLog(version);
  const [word, setWord] = useState('');
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  const shown = word === '' ? lines : lines.filter((line) => line.toLowerCase().includes(word.toLowerCase()));
  const text = shown.join('\n');
  useEffect(() => {
    if (isAtEnd.current && text !== '') box.current!.scrollTop = box.current!.scrollHeight;
  }, [text]);
  return (
    <section aria-label={t.log} className={styles.section}>
      <div className={styles.logHead}>
        <h2>{t.log}</h2>
        <Field label={t.findInLog} type="search" value={word} onChange={setWord} />
      </div>
      {error !== null && <ErrorNotice error={error} />}
      <pre
        ref={box}
        className={styles.log}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys reaches what scrolls
        tabIndex={0}
        role="log"
        aria-label={t.log}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
        }}
      >
        {text || (word !== '' ? t.noLine : isActive(version.state) ? t.logSoon : t.noLog)}
      </pre>
    </section>
  );
}
