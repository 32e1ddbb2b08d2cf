import { ServiceError } from '@semblance/client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'wouter';
import { useTexts } from '../../texts/texts.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import styles from './deploy.module.css';
import { followedQuery, useStep } from './queries.ts';
import { texts } from './texts.ts';

/** Aliases whose versions are deployed whenever they are moved; nothing where the service has no jobs. */
export function Followed() {
  const t = useTexts(texts);
  const [alias, setAlias] = useState('');
  const { data, error, refetch } = useQuery(followedQuery);
  const step = useStep(() => setAlias(''));
  if (error instanceof ServiceError && error.code === 'JOBS_UNSUPPORTED') return null;
  const follow = (event: FormEvent): void => {
    event.preventDefault();
    if (alias.trim() !== '') step.mutate({ what: 'follow', alias: alias.trim() });
  };
  return (
    <Card title={t.followed}>
      <p className={styles.quiet}>{t.followedLead}</p>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data && data.length > 0 && (
        <ul className={styles.followed}>
          {data.map(({ alias: name, version }) => (
            <li key={name}>
              <code>{name}</code>
              {version === null ? (
                <span className={styles.quiet}>{t.standsForNothing}</span>
              ) : (
                <Link href={`~/ui/training/${version}`}>{version}</Link>
              )}
              <IconButton
                label={t.unfollow(name)}
                isPending={step.isPending}
                onPress={() => step.mutate({ what: 'unfollow', alias: name })}
              >
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <form className={styles.inline} onSubmit={follow}>
        <Field label={t.alias} placeholder="faces@production" isCode value={alias} onChange={setAlias} />
        <Button type="submit" isPending={step.isPending}>
          {t.follow}
        </Button>
      </form>
      {step.error && <ErrorNotice error={step.error} />}
    </Card>
  );
}
