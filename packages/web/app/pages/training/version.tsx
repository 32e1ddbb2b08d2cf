import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { duration, figure, isFigure, moment } from '../../training/figures.ts';
import { isActive, type ShownVersion, versionQuery } from '../../training/queries.ts';
import { ProgressBar, StateBadge } from '../../training/state.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Actions } from './actions.tsx';
import { CurveCharts } from './curves.tsx';
import { Facts } from './facts.tsx';
import { Log } from './log.tsx';
import { Marks } from './marks.tsx';
import { texts } from './texts.ts';
import { useMetrics } from './use-metrics.ts';
import styles from './version.module.css';

const ASK_AGAIN_MS = 2000;

/** A version: how it goes, what it was made of, what it left. */
export function VersionPage({ job, name }: { job: string; name: string }) {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery({
    ...versionQuery(job, name),
    // progress and what is left; curves and the log come by themselves
    refetchInterval: ({ state }) => (isActive(state.data?.state) ? ASK_AGAIN_MS : false),
  });
  const back = (
    <Link href="/" className={styles.back}>
      {t.title} / {job}
    </Link>
  );
  if (!data)
    return (
      <>
        {back}
        {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      </>
    );
  return (
    <>
      <div className={styles.top}>
        {back}
        <PageHead title={data.version_name} lead={data.version_desc}>
          <Actions version={data} />
        </PageHead>
        <Standing version={data} />
      </div>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      <Body version={data} />
    </>
  );
}

function Body({ version }: { version: ShownVersion }) {
  const live = useMetrics(version);
  return (
    <div className={styles.columns}>
      <div className={styles.main}>
        <Figures version={version} />
        <CurveCharts curves={live.curves} error={live.error} isActive={isActive(version.state)} />
        <Log version={version} />
      </div>
      <aside className={styles.aside}>
        <Marks version={version} />
        <Facts version={version} />
      </aside>
    </div>
  );
}

/** The state in a line; of a run how far it is, of a failure why and what to do. */
function Standing({ version }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { state, reason, progress, waiting, hint, start_time, create_time } = version;
  const isBad = state === 'failed' || state === 'lost';
  return (
    <>
      <div className={styles.standing} aria-live="polite">
        <StateBadge state={state} />
        {!isBad && state !== 'completed' && reason && <span>{reason}</span>}
        {state === 'pending' && waiting && <span>{waiting}</span>}
        {start_time !== null && <span>{duration(version.duration)}</span>}
        <span>{moment(start_time ?? create_time, language)}</span>
        {version.attempt > 1 && <span>{t.attempt(version.attempt)}</span>}
        {version.aliases.map((alias) => (
          <code key={alias}>{alias}</code>
        ))}
      </div>
      {state === 'running' && progress && (
        <div className={styles.progress}>
          <ProgressBar share={progress.share} label={t.progressOf(version.version_name)} />
          <span>
            {t.stepOf(progress.step, progress.totalSteps)}
            {progress.etaMs !== null && ` · ${t.left(duration(progress.etaMs))}`}
          </span>
        </div>
      )}
      {isBad && (
        <div className={styles.failure} role="note">
          <p className={styles.reason}>{reason}</p>
          {hint && (
            <p>
              {hint.cause} {hint.fix}
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Figures({ version: { metrics, best_metrics } }: { version: ShownVersion }) {
  const t = useTexts(texts);
  const names = Object.keys(metrics).filter(isFigure);
  if (names.length === 0) return null;
  // what can be better stands first
  names.sort((a, b) => Number(b in best_metrics) - Number(a in best_metrics));
  return (
    <section aria-label={t.figures} className={styles.figures}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t.figure}</th>
            <th scope="col">{t.bestValue}</th>
            <th scope="col">{t.atStep}</th>
            <th scope="col">{t.lastValue}</th>
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.best}>{name in best_metrics && figure(best_metrics[name]?.value)}</td>
              <td>{best_metrics[name]?.step.toLocaleString('en')}</td>
              <td>{figure(metrics[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
