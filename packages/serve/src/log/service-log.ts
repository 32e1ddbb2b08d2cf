/**
 * What is worth being told, from the least.
 *
 * @example
 * ```ts
 * import { logLevels } from '@semblance/serve';
 *
 * console.log(logLevels.join(' ')); // debug info warn error
 * ```
 */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Facts beside a line's words: ids, codes and counts. No name of a person, picture, vector, key or path that a caller sent. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** A request that was answered. */
export interface LoggedRequest {
  reqId: string;
  method: string;
  /** The route's template, as `/api/v1/recognition/subjects/:subject`: what stands in a path may be a name. */
  route: string;
  status: number;
  ms: number;
  /** The id of its API key. */
  key: string | null;
  /** Why it was refused. */
  code: string | null;
}

/** Where a service says what happens. */
export interface ServiceLog {
  event(level: LogLevel, text: string, fields?: LogFields): void;
  request(request: LoggedRequest): void;
}

/** Gives the words of what needs somebody's eye to a function, a line at a time. */
export const sayLog = (say: (line: string) => void): ServiceLog => ({
  event: (level, text) => {
    if (level === 'warn' || level === 'error') say(text);
  },
  request() {},
});

/** Two logs that are told the same. */
export const bothLogs = (first: ServiceLog, second: ServiceLog | undefined): ServiceLog =>
  second === undefined
    ? first
    : {
        event(level, text, fields) {
          first.event(level, text, fields);
          second.event(level, text, fields);
        },
        request(request) {
          first.request(request);
          second.request(request);
        },
      };
