import styles from './review.module.css';

/** The key that does the same; who listens to the page hears of it in the list of keys. */
export const Key = ({ name }: { name: string }) => (
  <kbd aria-hidden className={styles.key}>
    {name}
  </kbd>
);
