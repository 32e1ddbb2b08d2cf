import { useId } from 'react';
import styles from './select.module.css';

export interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange(value: T): void;
  /** Whether the label is for screen readers alone, as where the values say it. */
  isLabelHidden?: boolean;
}

/** One of several, chosen with the browser's own list: it fits every screen and every hand. */
export function Select<T extends string>({ label, value, options, onChange, isLabelHidden }: SelectProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={({ target }) => onChange(target.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
