/** Who asked for a change: the id of an API key, or the service or the command line by itself. */
export interface Actor {
  by: string;
  reqId: string | null;
}

/** Changes that come of no request. */
export const theService: Actor = { by: 'the service', reqId: null };
export const theCommandLine: Actor = { by: 'the command line', reqId: null };

/** A change of who is known, what serves or who may. */
export interface AuditedChange extends Actor {
  action:
    | 'enrol'
    | 'name'
    | 'rename'
    | 'merge'
    | 'split'
    | 'undo'
    | 'erase'
    | 'erase everybody'
    | 'reject'
    | 'take back'
    | 'review'
    | 'describe'
    | 'expire'
    | 'create collection'
    | 'change collection'
    | 'delete collection'
    | 'deploy'
    | 'roll back'
    | 'restore'
    | 'create key'
    | 'revoke key';
  /** Names of people: only what they are hashed to is written. */
  subject?: string;
  to?: string;
  /** Ids of faces. */
  faces?: readonly number[];
  /** A deployment's name or id, a key's id, when a backup was made, or a collection's name where it is not `default`. */
  target?: string;
}

/** A line of an audit: a change that has begun, is done, or has failed. */
export interface AuditEntry extends AuditedChange {
  time: string;
  /** `begun`, `done`, or `failed` with the code of the error. */
  outcome: string;
  /** The seal of the line before; zeros in the first line of a file. */
  prev: string;
  /** The seal of this line: an HMAC of all that stands before it. */
  seal: string;
}
