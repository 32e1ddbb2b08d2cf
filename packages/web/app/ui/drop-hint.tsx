import { ImageDown } from 'lucide-react';
import styles from './drop-hint.module.css';

/** Says, while files are held over the page, what becomes of them. */
export function DropHint({ children }: { children: string }) {
  return (
    <div className={styles.over}>
      <p>
        <ImageDown aria-hidden />
        {children}
      </p>
    </div>
  );
}
