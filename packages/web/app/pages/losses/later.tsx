import { type ComponentType, lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import styles from './losses.module.css';
import type { LabControl } from './state.ts';

export interface LaterProps extends LabControl {
  /** What an address calls it, behind #. */
  id: string;
  load(): Promise<{ default: ComponentType<LabControl> }>;
}

/** A part of the page that is loaded when it comes near the screen. */
export function Later({ id, load, ...control }: LaterProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);
  const Content = useMemo(() => lazy(load), [load]);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: '300px' },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const room = <div className={styles.later} />;
  return (
    <div ref={place} id={id}>
      {isNear ? (
        <Suspense fallback={room}>
          <Content {...control} />
        </Suspense>
      ) : (
        room
      )}
    </div>
  );
}
