import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { nameOf } from '../../training/queries.ts';
import styles from './list.module.css';
import type { Row } from './rows.ts';
import { texts } from './texts.ts';
import { VersionRow } from './version-row.tsx';

const narrow = matchMedia('(max-width: 60rem)');
const watchNarrow = (tell: () => void) => {
  narrow.addEventListener('change', tell);
  return () => narrow.removeEventListener('change', tell);
};

export interface TableProps {
  rows: readonly Row[];
  chosen: ReadonlySet<string>;
  onTurn(job: string): void;
  onChoose(version: string): void;
}

const keyOf = (row: Row): string =>
  row.kind === 'job' ? `job ${row.job.job_name}` : String(row.version.version_id);

/** The rows that are on the screen, of however many there are. */
export function Table({ rows, chosen, onTurn, onChoose }: TableProps) {
  const t = useTexts(texts);
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const isNarrow = useSyncExternalStore(watchNarrow, () => narrow.matches);
  useLayoutEffect(() => {
    const { top = 0 } = list.current?.getBoundingClientRect() ?? {};
    setTop(top + scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => (isNarrow ? 76 : 44),
    getItemKey: (i) => keyOf(rows[i]!),
    overscan: 12,
    scrollMargin: top,
  });
  return (
    <div className={styles.table}>
      <div className={styles.heads} aria-hidden>
        <span />
        {[t.version, t.state, t.figure, t.duration, t.created].map((head) => (
          <span key={head}>{head}</span>
        ))}
      </div>
      <ul ref={list} aria-label={t.title} className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index]!;
          const place = {
            'data-index': index,
            ref: virtual.measureElement,
            style: { transform: `translateY(${start - top}px)` },
          };
          return (
            <li
              key={key}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className={styles.row}
              {...place}
            >
              {row.kind === 'job' ? (
                <JobCell row={row} onTurn={() => onTurn(row.job.job_name)} />
              ) : (
                <VersionRow
                  {...row}
                  isChosen={chosen.has(nameOf(row.version))}
                  onChoose={() => onChoose(nameOf(row.version))}
                />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function JobCell({ row, onTurn }: { row: Extract<Row, { kind: 'job' }>; onTurn(): void }) {
  const t = useTexts(texts);
  const { job, isOpen, numShown } = row;
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const isPart = numShown !== null && numShown !== job.version_count;
  return (
    <span className={styles.job}>
      <button type="button" aria-expanded={isOpen} onClick={onTurn}>
        <Icon aria-hidden />
        <strong>{job.job_name}</strong>
        <span>{isPart ? t.shownOf(numShown, job.version_count) : t.versions(job.version_count)}</span>
      </button>
    </span>
  );
}
