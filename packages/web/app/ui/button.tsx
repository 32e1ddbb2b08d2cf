import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'style'> {
  children: ReactNode;
  /** `primary`: what the page is for, one at a time; `danger`: what cannot be undone; `quiet`: all beside. */
  kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  size?: 'normal' | 'small';
}

/** A button for a mouse, a finger, a key or a screen reader. */
export function Button({ kind = 'plain', size = 'normal', children, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      className={`${styles.button} ${styles[kind]} ${size === 'small' ? styles.small : ''}`}
    >
      {children}
    </AriaButton>
  );
}

/** A button that shows an icon alone; `label` says what it does. */
export function IconButton({ label, ...props }: ButtonProps & { label: string }) {
  return (
    <AriaButton {...props} aria-label={label} className={`${styles.button} ${styles.quiet} ${styles.icon}`} />
  );
}
