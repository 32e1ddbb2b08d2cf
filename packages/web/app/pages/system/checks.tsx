import { dataOf } from '@semblance/client';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import styles from './system.module.css';
import { texts } from './texts.ts';

const tones = { ok: 'good', limited: 'doubtful', broken: 'bad' } as const;

/** What the doctor finds on the machine of the service, what needs a hand first; it takes seconds, and is asked once. */
export function Checks() {
  const t = useTexts(texts);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['system', 'checks'],
    queryFn: async () => dataOf(await api.http.GET('/api/v1/system/checks')).checks,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (data?.length === 0) return null;
  const order = ['broken', 'limited', 'ok'];
  const sorted = data?.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <Card
      title={t.doctor}
      aside={
        <Button size="small" isPending={isFetching} onPress={() => void refetch()}>
          {t.lookAgain}
        </Button>
      }
    >
      {error && <ErrorNotice error={error} />}
      {!data && !error && <p className={styles.quiet}>{t.looking}</p>}
      <ul className={styles.checks}>
        {sorted?.map(({ name, state, detail, mend }) => (
          <li key={name}>
            <Badge tone={tones[state]}>{name}</Badge>
            <p className={styles.quiet}>{detail}</p>
            {mend && <code>{mend}</code>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
