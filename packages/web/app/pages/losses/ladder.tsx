import { useTexts } from '../../texts/texts.ts';
import results from './ladder.json' with { type: 'json' };
import styles from './ladder.module.css';
import page from './losses.module.css';
import type { LabControl } from './state.ts';
import { curveOf } from './targets.ts';
import { texts } from './texts.ts';
import tones from './tones.module.css';

const width = 200;
/** From 10 % to 40 %: dots need no 0. */
const rank1At = (part: number): number => (width * (part - 0.1)) / 0.3;
const directionsAt = (count: number): number => (width * count) / 45;
/** What the classes of the training set span when each is pressed to a point. */
const needed = 23;

const titleOf = (loss: string): string => (loss === 'triplet' ? 'Triplet' : curveOf(loss).title);

/** How the losses recognise others after 24 people, and how many directions they leave. */
export default function Ladder({ lab }: LabControl) {
  const t = useTexts(texts);
  return (
    <section className={page.part} aria-labelledby="losses-ladder">
      <h2 id="losses-ladder">{t.ladder}</h2>
      <p className={page.lead}>{t.ladderLead}</p>
      <div className={styles.both}>
        <div className={page.card}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t.loss}</th>
                <th scope="col" colSpan={2}>
                  {t.rank1}
                </th>
                <th scope="col" colSpan={2}>
                  {t.directions}
                </th>
              </tr>
            </thead>
            <tbody>
              {results.map(({ loss, rank1, low, high, directions }) => (
                <tr key={loss} className={loss === lab.loss ? styles.chosen : undefined}>
                  <th scope="row">{titleOf(loss)}</th>
                  <td className={styles.plot}>
                    <svg
                      aria-hidden
                      className={tones[loss]}
                      viewBox={`0 0 ${width} 24`}
                      preserveAspectRatio="none"
                    >
                      <path className={styles.bar} d={`M${rank1At(low)} 12H${rank1At(high)}`} />
                      <path className={styles.dot} d={`M${rank1At(rank1)} 12h0`} />
                    </svg>
                  </td>
                  <td title={t.interval(low, high)}>
                    {t.percent(rank1)}
                    <span className="visually-hidden"> ({t.interval(low, high)})</span>
                  </td>
                  <td className={styles.plot}>
                    <svg
                      aria-hidden
                      className={tones[loss]}
                      viewBox={`0 0 ${width} 24`}
                      preserveAspectRatio="none"
                    >
                      <path className={styles.span} d={`M0 12H${directionsAt(directions)}`} />
                      <path className={styles.needed} d={`M${directionsAt(needed)} 0V24`} />
                    </svg>
                  </td>
                  <td>{directions}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={styles.note}>
            <span className={styles.key} /> {t.people24}. {t.ladderNote}
          </p>
        </div>
        <div className={styles.words}>
          <p>{t.findingFew}</p>
          <p>{t.findingMany}</p>
        </div>
      </div>
    </section>
  );
}
