import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a session lasts: a working day, whatever is done in it. */
const SESSION_MS = 12 * 3600_000;
/** Most sessions at a time: of more the oldest ends. */
const MOST_SESSIONS = 10_000;

/** Somebody who signed in with a key. */
export interface Session {
  /** Id of the key: its role is looked up for each request, so that a key that is revoked ends its sessions. */
  keyId: string;
  /** What a page of ours sends with whatever changes something, and a page of others cannot know. */
  csrfToken: string;
  expiresAtMs: number;
}

const secret = (): string => randomBytes(32).toString('base64url');
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The sessions of the page, in the service's memory: a restart ends them.
 *
 * Of a token only the SHA-256 is kept, so that neither a dump of the memory nor the time of a comparison gives one away.
 */
export class Sessions {
  readonly #byHash = new Map<string, Session>();

  get size(): number {
    return this.#byHash.size;
  }

  /** Begins a session; its token is given once. */
  open(keyId: string, nowMs = Date.now()): { token: string; session: Session } {
    for (const [id, { expiresAtMs }] of this.#byHash) if (expiresAtMs <= nowMs) this.#byHash.delete(id);
    for (const id of this.#byHash.keys()) {
      if (this.#byHash.size < MOST_SESSIONS) break;
      this.#byHash.delete(id);
    }
    const token = secret();
    const session: Session = { keyId, csrfToken: secret(), expiresAtMs: nowMs + SESSION_MS };
    this.#byHash.set(hash(token).toString('hex'), session);
    return { token, session };
  }

  /** The session of a token; null where it has ended or never was. */
  find(token: string, nowMs = Date.now()): Session | null {
    const session = this.#byHash.get(hash(token).toString('hex'));
    return session === undefined || session.expiresAtMs <= nowMs ? null : session;
  }

  close(token: string): void {
    this.#byHash.delete(hash(token).toString('hex'));
  }
}

/** Whether a request carries the token of its session, in a time that says nothing about how much of it was right. */
export const hasCsrfToken = ({ csrfToken }: Session, given: unknown): boolean =>
  typeof given === 'string' && timingSafeEqual(hash(given), hash(csrfToken));
