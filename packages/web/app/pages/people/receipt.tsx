import type { operations } from '@semblance/client';
import { useEffect, useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './moves.module.css';
import { texts } from './texts.ts';

export type Receipts = NonNullable<
  operations['deleteSubject']['responses'][200]['content']['application/json']['receipts']
>;

/** Shows what proves an erasure from an encrypted gallery, to be kept as a file. */
export function ReceiptDialog({
  subject,
  receipts,
  onClose,
}: {
  subject: string;
  receipts: Receipts;
  onClose(): void;
}) {
  const t = useTexts(texts);
  const text = JSON.stringify(receipts.length === 1 ? receipts[0] : receipts, null, 2);
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <Dialog
      role="alertdialog"
      title={t.erased(subject)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <a className={styles.download} href={url} download="erasure-receipt.json">
            {t.saveReceipt}
          </a>
          <Button kind="primary" onPress={onClose}>
            {t.close}
          </Button>
        </>
      }
    >
      <p>{t.receiptLead}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys reaches what scrolls */}
      <pre className={styles.receipt} tabIndex={0}>
        {text}
      </pre>
    </Dialog>
  );
}
