/** An address of the page from within any of its pages: `pageLink('/people/Ada')`. */
export const pageLink = (path: `/${string}`): string => `~/ui${path}`;

/** Somebody's own page. */
export const personLink = (subject: string): string => pageLink(`/people/${encodeURIComponent(subject)}`);
