import { useQueries, useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { jobsQuery, nameOf, versionsQuery } from '../../training/queries.ts';
import styles from './deploy.module.css';
import { texts } from './texts.ts';

/** Jobs whose versions are offered. */
const MOST_OFFERED = 20;

/** A line for a version or an alias; versions that completed are offered. */
export function VersionField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const t = useTexts(texts);
  const id = useId();
  const { data: jobs = [] } = useQuery(jobsQuery);
  const offered = useQueries({
    queries: jobs.slice(0, MOST_OFFERED).map(({ job_name }) => versionsQuery(job_name)),
    combine: (results) =>
      results.flatMap(({ data }) => data?.filter(({ state }) => state === 'completed').map(nameOf) ?? []),
  });
  return (
    <div className={styles.version}>
      <label htmlFor={id}>{t.version}</label>
      <input
        id={id}
        list={`${id}-offered`}
        value={value}
        placeholder="faces/V0003"
        spellCheck={false}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value.trim())}
      />
      <datalist id={`${id}-offered`}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <p id={`${id}-hint`} className={styles.quiet}>
        {t.versionHint}
      </p>
    </div>
  );
}
