import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '../api/session.ts';
import { ErrorNotice } from '../ui/notice.tsx';
import { Frame } from './frame.tsx';
import styles from './gate.module.css';
import { SignIn } from './sign-in.tsx';

/** The page for whoever is signed in, the way in for others. */
export function Gate() {
  const { data, error, isPending, refetch } = useQuery(sessionQuery);
  if (isPending) return null;
  if (error && data === undefined) {
    return (
      <div className={styles.alone}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  return data ? <Frame /> : <SignIn />;
}
