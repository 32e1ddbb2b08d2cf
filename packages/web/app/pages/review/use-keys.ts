import { useEffect, useRef } from 'react';

/** Calls what a key stands for, while nothing is typed and no dialog is open; keys with Ctrl, Alt or ⌘ are the browser's. */
export function useKeys(onKey: (key: string) => boolean): void {
  const latest = useRef(onKey);
  latest.current = onKey;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest('input, textarea, select, [role=dialog], [role=alertdialog]')) return;
      // a button that has the focus is pressed by Enter
      if (event.key === 'Enter' && target?.closest('button, a')) return;
      if (latest.current(event.key.length === 1 ? event.key.toLowerCase() : event.key))
        event.preventDefault();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
