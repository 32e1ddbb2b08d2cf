/** An address of the page from within any of its pages: `pageLink('/people/Ada')`. */
export const pageLink = (path: `/${string}`): string => `~/ui${path}`;

/**
 * The last part of the address, decoded once: the router decodes what it gives by halves, and a name may hold anything.
 */
export function lastOfAddress(): string {
  const last = location.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Somebody's own page. */
export const personLink = (subject: string): string =>
  pageLink(`/people/named/${encodeURIComponent(subject)}`);
