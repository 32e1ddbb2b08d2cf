import { useEffect, useState } from 'react';
import { useTexts } from '../texts/texts.ts';
import type { Miss } from './evaluations.ts';
import styles from './misses.module.css';
import { texts } from './rate-texts.ts';

/** The pairs that were judged worst, both photos side by side, each with its similarity. */
export function Misses({ misses, most = 8 }: { misses: readonly Miss[]; most?: number }) {
  const t = useTexts(texts);
  if (misses.length === 0) return <p className={styles.quiet}>{t.noMisses}</p>;
  return (
    <div className={styles.kinds}>
      {[true, false].map((isSame) => (
        <section key={String(isSame)} aria-label={isSame ? t.samePerson : t.twoPeople}>
          <h3>{isSame ? t.samePerson : t.twoPeople}</h3>
          <ul className={styles.pairs}>
            {misses
              .filter(({ same }) => same === isSame)
              .slice(0, most)
              .map((miss) => (
                <li key={`${miss.first} ${miss.second}`}>
                  <figure>
                    <Picture uri={miss.pictures[0]} name={miss.first} />
                    <Picture uri={miss.pictures[1]} name={miss.second} />
                    <figcaption>{miss.similarity.toFixed(3)}</figcaption>
                  </figure>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

const JPEG = 'data:image/jpeg;base64,';

/** A picture of a data URL, which the policy of the page takes only as bytes of its own. */
function Picture({ uri = '', name }: { uri: string | undefined; name: string }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const bytes = uri.startsWith(JPEG) ? bytesOf(uri.slice(JPEG.length)) : null;
    if (bytes === null) return;
    const made = URL.createObjectURL(new Blob([bytes], { type: 'image/jpeg' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [uri]);
  if (url === null) return <span role="img" aria-label={name} title={name} className={styles.none} />;
  return <img src={url} alt={name} title={name} width={72} height={72} />;
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
