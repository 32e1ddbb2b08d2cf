import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { commandOf } from './command.ts';
import styles from './losses.module.css';
import type { Lab } from './state.ts';
import { curveOf } from './targets.ts';
import { texts } from './texts.ts';

/** The command that trains with the loss as it is set. */
export function TrainThis({ lab }: { lab: Lab }) {
  const t = useTexts(texts);
  const command = commandOf(lab);
  // what was copied, or could not be, so that another setting takes it back
  const [done, setDone] = useState<{ command: string; isCopied: boolean } | null>(null);
  const now = done?.command === command ? done : null;
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setDone({ command, isCopied: true }),
      () => setDone({ command, isCopied: false }),
    );
  return (
    <section className={styles.part}>
      <h2>{t.train}</h2>
      <p className={styles.lead}>{t.trainLead(curveOf(lab.loss).title)}</p>
      <div className={styles.command}>
        <pre>{command}</pre>
        {/* browsers have a clipboard for pages of this machine and of TLS alone */}
        {navigator.clipboard !== undefined && (
          <Button onPress={copy}>
            {now?.isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
            <span aria-live="polite">{now === null ? t.copy : now.isCopied ? t.copied : t.copyFailed}</span>
          </Button>
        )}
      </div>
    </section>
  );
}
