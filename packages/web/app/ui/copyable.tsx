import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Button } from './button.tsx';
import styles from './copyable.module.css';

/** Where a page is not of a secure origin there is no clipboard but by the old command. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Lines of code, and a button that copies them. */
export function Copyable({ code }: { code: string }) {
  const t = useTexts(texts);
  const [copied, setCopied] = useState('');
  const isCopied = copied === code;
  return (
    <div className={styles.copyable}>
      <pre>
        <code>{code}</code>
      </pre>
      <div className={styles.button}>
        <Button size="small" onPress={() => void copy(code).then(() => setCopied(code))}>
          {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {isCopied ? t.copied : t.copy}
        </Button>
      </div>
    </div>
  );
}
