import { createClient } from '@semblance/client';

let csrfToken = '';

/** Whatever changes something carries the token of the session; reading it needs the same origin. */
export const setCsrfToken = (token: string): void => {
  csrfToken = token;
};

/** The service that delivered the page; the cookie of the session goes with each request. */
export const api = createClient({
  baseUrl: location.origin,
  async fetch(input, init) {
    const request = new Request(input, init);
    if (!['GET', 'HEAD'].includes(request.method)) request.headers.set('x-csrf-token', csrfToken);
    return fetch(request);
  },
});
