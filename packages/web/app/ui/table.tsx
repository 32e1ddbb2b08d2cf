import type { ReactNode } from 'react';
import styles from './table.module.css';

export interface TableProps {
  label: string;
  /** Heads of the columns; of one that holds numbers with `isNumber`, which stand to the right. */
  heads: readonly { name: string; isNumber?: boolean; isHidden?: boolean }[];
  children: ReactNode;
}

/** Rows to be compared; what is wider than the screen is scrolled in its own frame. */
export function Table({ label, heads, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever scrolls by keys reaches what scrolls
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map(({ name, isNumber, isHidden }) => (
              <th key={name} scope="col" className={isNumber ? styles.number : undefined}>
                {isHidden ? <span className="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

/** A cell of a number. */
export const NumberCell = ({ children }: { children: ReactNode }) => (
  <td className={styles.number}>{children}</td>
);
