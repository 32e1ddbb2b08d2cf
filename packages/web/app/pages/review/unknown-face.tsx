import styles from './review.module.css';

/** A face that was kept, as it was cut out. */
export const UnknownFace = ({ id, size, alt = '' }: { id: number; size?: number; alt?: string }) => (
  <img
    className={styles.unknown}
    src={`/api/v1/review/faces/${id}/img`}
    width={size}
    height={size}
    alt={alt}
    decoding="async"
  />
);
