import { useSearchParams } from 'wouter';

/** A part of the address that says what is seen; what is as it is anyway is left out. */
export function useSearch(): [(name: string) => string, (changes: Record<string, string>) => void] {
  const [params, setParams] = useSearchParams();
  const set = (changes: Record<string, string>): void =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value === '') after.delete(name);
          else after.set(name, value);
        }
        return after;
      },
      { replace: true },
    );
  return [(name) => params.get(name) ?? '', set];
}
