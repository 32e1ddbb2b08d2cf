import { useTexts } from '../../texts/texts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { commandOf } from './command.ts';
import styles from './losses.module.css';
import type { Lab } from './state.ts';
import { curveOf } from './targets.ts';
import { texts } from './texts.ts';

/** The command that trains with the loss as it is set. */
export function TrainThis({ lab }: { lab: Lab }) {
  const t = useTexts(texts);
  return (
    <section className={styles.part}>
      <h2>{t.train}</h2>
      <p className={styles.lead}>{t.trainLead(curveOf(lab.loss).title)}</p>
      <Copyable code={commandOf(lab)} />
    </section>
  );
}
