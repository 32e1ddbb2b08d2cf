import { CornerDownRight, Pin, Star } from 'lucide-react';
import { Link } from 'wouter';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { duration, figure, moment } from '../../training/figures.ts';
import { nameOf, type Version } from '../../training/queries.ts';
import { ProgressBar, StateBadge } from '../../training/state.tsx';
import styles from './list.module.css';
import { figureOf } from './rows.ts';
import { texts } from './texts.ts';

/** Levels that are seen as such: what is deeper stands no further to the right. */
const MOST_DEPTH = 8;

export interface VersionRowProps {
  version: Version;
  depth: number;
  /** The figure that is shown. */
  metric: string;
  isChosen: boolean;
  onChoose(): void;
}

/** A version in the list: what it is, how it is, and its figure at its best. */
export function VersionRow({ version, depth, metric, isChosen, onChoose }: VersionRowProps) {
  const t = useTexts(texts);
  const language = useLanguage();
  const { job_name, version_name, version_desc, tags, state, progress, waiting } = version;
  const [best, last] = [figureOf(version, metric), version.metrics[metric] ?? null];
  return (
    <>
      <span className={styles.choose}>
        <input
          type="checkbox"
          checked={isChosen}
          onChange={onChoose}
          aria-label={t.chooseOne(nameOf(version))}
        />
      </span>
      <span
        className={styles.name}
        style={{ paddingInlineStart: `${1.25 * Math.min(depth, MOST_DEPTH)}rem` }}
      >
        {depth > 0 && <CornerDownRight aria-label={t.madeFrom} role="img" className={styles.branch} />}
        <Link href={`/${job_name}/${version_name}`}>{version_name}</Link>
        {version.is_starred && <Star role="img" aria-label={t.starred} className={styles.sign} />}
        {version.is_pinned && <Pin role="img" aria-label={t.pinned} className={styles.sign} />}
        <span className={styles.words}>{version_desc}</span>
        {tags.map((tag) => (
          <span key={tag} className={styles.tag}>
            {tag}
          </span>
        ))}
      </span>
      <span className={styles.how}>
        <StateBadge state={state} />
        {state === 'running' && progress && (
          <>
            <ProgressBar share={progress.share} label={t.progressOf(nameOf(version))} />
            {progress.etaMs !== null && (
              <span className={styles.quiet}>{t.left(duration(progress.etaMs))}</span>
            )}
          </>
        )}
        {state === 'pending' && waiting && <span className={styles.quiet}>{waiting}</span>}
      </span>
      <span className={styles.figure}>
        {best !== null && (
          <>
            <strong>{figure(best)}</strong>
            {last !== null && last !== best && <span className={styles.quiet}>{t.last(figure(last))}</span>}
            <span className={styles.metric}>{metric}</span>
          </>
        )}
      </span>
      <span className={styles.time}>{version.start_time === null ? '' : duration(version.duration)}</span>
      <span className={styles.time}>{moment(version.create_time, language)}</span>
    </>
  );
}
