import { ServiceError } from '@semblance/client';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { mends } from '../api/mends.ts';
import { texts } from '../shell/texts.ts';
import { useTexts } from '../texts/texts.ts';
import { Button } from './button.tsx';
import styles from './notice.module.css';

/** What to do about an error; null where its own sentence has to do. */
export function useMend(): (error: unknown) => string | null {
  const t = useTexts(mends) as Readonly<Record<string, string>>;
  const { unreachableMend } = useTexts(texts);
  return (error) => (error instanceof ServiceError ? (t[error.code] ?? null) : unreachableMend);
}

/** An error as people can use it: what was wrong, what to do, and its code for whoever is asked for help. */
export function ErrorNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const t = useTexts(texts);
  const mend = useMend()(error);
  const known = error instanceof ServiceError ? error : null;
  return (
    <div role="alert" className={styles.notice}>
      <CircleAlert aria-hidden />
      <div className={styles.words}>
        <p className={styles.sentence}>{known ? capital(known.message) : t.unreachable}</p>
        {mend && <p>{mend}</p>}
        {known && (
          <p className={styles.code}>
            <code>{known.code}</code>
            {known.requestId && <span>{t.request(known.requestId)}</span>}
          </p>
        )}
      </div>
      {onRetry && (
        <Button size="small" onPress={onRetry}>
          {t.again}
        </Button>
      )}
    </div>
  );
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** A place where nothing is yet: what belongs there, and how it gets there. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action && <div className={styles.actions}>{action}</div>}
    </div>
  );
}
