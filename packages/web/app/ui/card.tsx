import type { ReactNode } from 'react';
import styles from './card.module.css';

export interface CardProps {
  title: string;
  children: ReactNode;
  /** Beside the title: a few words, or what can be done with it. */
  aside?: ReactNode;
}

/** A part of a page under its name. */
export function Card({ title, children, aside }: CardProps) {
  return (
    <section aria-label={title} className={styles.card}>
      <div className={styles.head}>
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Names with their values, in a card. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children, isCode }: { name: string; children: ReactNode; isCode?: boolean }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{isCode ? <code>{children}</code> : children}</dd>
    </div>
  );
}
