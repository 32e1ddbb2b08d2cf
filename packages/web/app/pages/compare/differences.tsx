import { useTexts } from '../../texts/texts.ts';
import type { Comparison } from '../../training/queries.ts';
import styles from './compare.module.css';
import { texts } from './texts.ts';

/** What changed in code and data from each version to the next. */
export function Differences({ comparison: { differences } }: { comparison: Comparison }) {
  const t = useTexts(texts);
  const shown = differences.filter(({ code, data }) => code || data.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-label={t.differences} className={styles.section}>
      <h2>{t.differences}</h2>
      {shown.map(({ from, to, code, data }) => (
        <details key={`${from} ${to}`} open={shown.length === 1}>
          <summary>{t.diffOf(from, to)}</summary>
          {data.map(({ input, numAdded, numRemoved, numChanged, shown: files }) => (
            <div key={input}>
              <p className={styles.quiet}>{t.dataChange(input, numAdded, numRemoved, numChanged)}</p>
              <ul className={styles.files}>
                {files.map((file) => (
                  <li key={file}>{file}</li>
                ))}
              </ul>
            </div>
          ))}
          {code && <Diff text={code} />}
        </details>
      ))}
    </section>
  );
}

function Diff({ text }: { text: string }) {
  const kinds: Record<string, string | undefined> = { '+': styles.added, '-': styles.removed };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys reaches what scrolls
    <pre className={styles.diff} tabIndex={0}>
      {text.split('\n').map((line, i) => (
        <span key={i} className={kinds[line.charAt(0)]}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
