import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { personLink } from '../../shell/links.ts';
import { useTexts } from '../../texts/texts.ts';
import { EnrolledFace } from '../../ui/face.tsx';
import styles from './grid.module.css';
import { texts } from './texts.ts';
import type { PeopleFound, Person } from './use-people.ts';

const TILE_WIDTH = 128;
const GAP = 16;
/** Under a face: a name, a number of photos, and the way to the next row. */
const WORDS_HEIGHT = 64;

export interface GridProps {
  found: PeopleFound;
  total: number;
  /** Told whom of all is seen. */
  onRange(range: [first: number, last: number]): void;
}

/** Faces in rows, of which those are drawn that are seen: 100,000 people are as quick as ten. */
export function Grid({ found, total, onRange }: GridProps) {
  const list = useRef<HTMLUListElement>(null);
  const [width, setWidth] = useState(0);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = list.current!;
    const measure = (): void => {
      setWidth(element.clientWidth);
      setTop(element.offsetTop);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const numColumns = Math.max(2, Math.floor((width + GAP) / (TILE_WIDTH + GAP)));
  const rowHeight = Math.round((width - (numColumns - 1) * GAP) / numColumns) + WORDS_HEIGHT;
  const rows = useWindowVirtualizer({
    count: Math.ceil(total / numColumns),
    estimateSize: () => rowHeight,
    overscan: 4,
    scrollMargin: top,
  });
  useEffect(() => rows.measure(), [rowHeight, rows]);
  const seen = rows.getVirtualItems();
  const first = (seen[0]?.index ?? 0) * numColumns;
  const last = Math.min(total, ((seen.at(-1)?.index ?? 0) + 1) * numColumns) - 1;
  useEffect(() => onRange([first, last]), [first, last, onRange]);
  const shown = Array.from({ length: width === 0 ? 0 : last - first + 1 }, (_, i) => first + i);
  return (
    <ul
      ref={list}
      className={styles.grid}
      data-stale={found.isStale || undefined}
      style={{ height: rows.getTotalSize() }}
    >
      {shown.map((index) => (
        <li
          key={index}
          aria-setsize={total}
          aria-posinset={index + 1}
          style={{
            width: `calc((100% - ${(numColumns - 1) * GAP}px) / ${numColumns})`,
            left: `calc((100% + ${GAP}px) / ${numColumns} * ${index % numColumns})`,
            top: Math.floor(index / numColumns) * rowHeight,
          }}
        >
          <Tile person={found.at(index)} />
        </li>
      ))}
    </ul>
  );
}

function Tile({ person }: { person: Person | undefined }) {
  const t = useTexts(texts);
  if (person === undefined) return <span className={styles.tile} />;
  return (
    <Link href={personLink(person.subject)} className={styles.tile}>
      <EnrolledFace imageId={person.imageId} size={TILE_WIDTH} />
      <span className={styles.name}>{person.subject}</span>
      <span className={styles.count}>{t.photos(person.faces)}</span>
    </Link>
  );
}
