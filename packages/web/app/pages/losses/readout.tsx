import { useTexts } from '../../texts/texts.ts';
import { readingOf } from './curves.tsx';
import styles from './readout.module.css';
import type { LabControl } from './state.ts';
import { contentBelow, lossCurves, presetsOf } from './targets.ts';
import { texts } from './texts.ts';
import tones from './tones.module.css';

const signed = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');

/** Each loss at the angle: the legend of the chart, its numbers, and the choice of a loss. */
export function Readout({ lab, choose }: LabControl) {
  const t = useTexts(texts);
  return (
    <table className={styles.table}>
      <caption>{t.table(lab.angle)}</caption>
      <thead>
        <tr>
          <th scope="col">{t.loss}</th>
          <th scope="col">{t.logit}</th>
          <th scope="col" className={styles.extra}>
            {t.slope}
          </th>
          <th scope="col">{t.pull}</th>
          <th scope="col">{t.content}</th>
        </tr>
      </thead>
      <tbody>
        {lossCurves.map((curve) => {
          const reading = readingOf(curve, lab, lab.angle);
          const isChosen = curve.name === lab.loss;
          const content = contentBelow(curve, isChosen ? lab.knobs : presetsOf(curve), lab.people);
          return (
            <tr key={curve.name} className={isChosen ? styles.chosen : undefined}>
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={isChosen}
                  onClick={() => {
                    if (!isChosen) choose(curve.name);
                  }}
                >
                  <span className={`${tones[curve.name]} ${styles.swatch}`} />
                  {curve.title}
                </button>
              </th>
              <td>{signed(reading.logit, 1)}</td>
              <td className={styles.extra}>{signed(reading.slope, 2)}</td>
              <td>{signed(Math.abs(reading.pull) < 0.05 ? 0 : reading.pull, 1)}</td>
              <td>{content === 0 ? t.never : `${content.toFixed(0)}°`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
