import { destination, type Level, pino, stdTimeFunctions } from 'pino';
import { prettyLine } from './pretty-line.ts';
import type { LoggedRequest, LogLevel, ServiceLog } from './service-log.ts';

/**
 * Forms of a log: a JSON object a line, a line for people, or nothing.
 *
 * @example
 * ```ts
 * import { logFormats } from '@semblance/serve';
 *
 * console.log(logFormats.join(' ')); // json pretty off
 * ```
 */
export const logFormats = ['json', 'pretty', 'off'] as const;

/** How a log is written. */
export interface LogOptions {
  /** A JSON object a line, a line for people, or nothing. */
  format: (typeof logFormats)[number];
  /** The least that is written (`info`). */
  level?: LogLevel;
  /** Takes the lines; the standard error if not given. */
  write?(line: string): void;
}

/** Bytes that wait for a reader who does not read: what comes beyond them is dropped, and the service goes on. */
const MOST_WAITING = 4 << 20;
/** Lines are written together, within a tenth of a second: one by one, writing took as long as all else of an answer's log. */
const gathering = { minLength: 4096, periodicFlush: 100 };
/** Asked every few seconds by machines: a line of each would bury the others. */
export const PROBES = /^\/(v2\/)?(health\/|metrics$)/;

/**
 * A log in lines: of each request, of faults, of what the service does by itself.
 *
 * @example
 * ```ts
 * import { createLog } from '@semblance/serve';
 *
 * const lines: string[] = [];
 * const log = createLog({ format: 'json', write: (line) => void lines.push(line) });
 * log.event('info', 'listening', { port: 8080 });
 * console.log(JSON.parse(lines[0]!).port); // 8080
 * ```
 */
export function createLog({ format, level = 'info', write }: LogOptions): ServiceLog {
  if (format === 'off') return { event() {}, request() {} };
  // written in the background: whoever reads the log slowly slows no request down
  const stream = write ? null : destination({ dest: 2, sync: false, maxLength: MOST_WAITING, ...gathering });
  const put = write ?? ((line: string) => void stream!.write(`${line}\n`));
  const lines = {
    write: (json: string) => put(format === 'json' ? json.trimEnd() : prettyLine(json)),
  };
  const options = {
    level,
    base: null,
    messageKey: 'text',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = format === 'json' && stream ? pino(options, stream) : pino(options, lines);
  return {
    event: (at, text, fields = {}) => logger[at](fields, text),
    request: (request) => logger[levelOf(request)](request, 'request'),
  };
}

/** What was shed wants an eye; what is the caller's doing is theirs. */
function levelOf({ status, route }: LoggedRequest): Level {
  if (PROBES.test(route)) return 'debug';
  if (status === 429 || status === 503) return 'warn';
  return status >= 500 ? 'error' : 'info';
}
