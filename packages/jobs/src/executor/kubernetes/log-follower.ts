import { appendFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeFileAsideSync } from '@semblance/core/files';
import { apiMessage, type Cluster, openStream, statusOf } from './client.ts';

const RETRY_MS = 500;
/** How long the log of a pod that has ended is asked for in vain. */
const PATIENCE_MS = 30_000;

/** How far a log was followed: what a later supervisor goes on from. */
interface Place {
  /** Time of the last line that was taken, as kubelet writes it, to the nanosecond. */
  at: string;
  /** How many lines of that time were taken. */
  count: number;
  /** Size of the file after it. */
  size: number;
}

export interface Followed {
  pod: string;
  container: string;
  /** File that lines are appended to. */
  file: string;
  /** Where the place is kept. */
  placeFile: string;
}

/**
 * Appends what a pod prints to a file, each line once, whatever is disconnected or killed on the way: kubelet gives
 * each line its time, and the place in the file stands beside it.
 */
export class LogFollower {
  /** Whether all that the pod has printed is in the file, or cannot be had. */
  isDone = false;
  /** Whether the pod has ended: then an end of the log is its end. */
  hasEnded = false;
  private readonly stopping = new AbortController();
  private endedMs = 0;
  /** What was read up to an end of the log; null where the connection was cut. */
  private last: LogLines | null = null;
  private readonly cluster: Cluster;
  private readonly followed: Followed;

  constructor(cluster: Cluster, followed: Followed) {
    this.cluster = cluster;
    this.followed = followed;
    // what cannot be kept, on a full disk perhaps, is missing in the log and holds nothing up
    void this.run()
      .catch(() => {})
      .finally(() => {
        this.isDone = true;
      });
  }

  stop(): void {
    this.stopping.abort();
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      // asked before the log is read: what is printed before the end is in what is read after it
      const wasEnded = this.hasEnded;
      if (wasEnded) this.endedMs ||= Date.now();
      try {
        await this.read(wasEnded);
        if (wasEnded) break;
      } catch (error) {
        if (signal.aborted) return;
        const isGone = statusOf(error) === 404;
        if (wasEnded && (isGone || Date.now() - this.endedMs > PATIENCE_MS)) {
          // a pod that was deleted had its log followed up to its end
          if (isGone && this.last) this.append(this.last.rest(), this.last);
          else this.say(`the rest of the log could not be read: ${apiMessage(error)}`);
          break;
        }
      }
      await sleep(RETRY_MS, undefined, { signal }).catch(() => {}); // aborted: the loop sees it
    }
  }

  private async read(isWhole: boolean): Promise<void> {
    const { pod, container } = this.followed;
    const place = this.place();
    const query = new URLSearchParams({ container, follow: 'true', timestamps: 'true' });
    // the API takes whole seconds
    if (place.at !== '') query.set('sinceTime', `${place.at.slice(0, 19)}Z`);
    const path = `/api/v1/namespaces/${this.cluster.namespace}/pods/${pod}/log?${query}`;
    const stream = await openStream(this.cluster, path, this.stopping.signal);
    const lines = new LogLines(place);
    this.last = null;
    stream.setEncoding('utf8');
    for await (const piece of stream) {
      const text = lines.take(piece as string);
      this.append(text, lines);
    }
    // half a line of a connection that was cut comes again
    if (isWhole) this.append(lines.rest(), lines);
    this.last = lines;
  }

  private append(text: string, { at, count }: LogLines): void {
    if (text === '') return;
    const { file } = this.followed;
    appendFileSync(file, text);
    const place: Place = { at, count, size: statSync(file).size };
    writeFileAsideSync(this.followed.placeFile, JSON.stringify(place));
  }

  /** The place that was kept; what a killed supervisor appended after it comes again, and is cut off first. */
  private place(): Place {
    const { file, placeFile } = this.followed;
    const size = existsSync(file) ? statSync(file).size : 0;
    if (!existsSync(placeFile)) {
      const place: Place = { at: '', count: 0, size };
      writeFileAsideSync(placeFile, JSON.stringify(place));
      return place;
    }
    const place = JSON.parse(readFileSync(placeFile, 'utf8')) as Place;
    if (size > place.size) truncateSync(file, place.size);
    return place;
  }

  private say(text: string): void {
    appendFileSync(this.followed.file, `[${this.followed.pod}] ${text}\n`);
  }
}

/** Lines with their times taken off, those that were taken before left out. */
export class LogLines {
  at: string;
  count: number;
  private readonly from: { at: string; count: number };
  private begun = '';
  private seen = { at: '', count: 0 };

  constructor({ at, count }: { at: string; count: number }) {
    this.from = { at, count };
    this.at = at;
    this.count = count;
  }

  take(piece: string): string {
    const lines = (this.begun + piece).split('\n');
    this.begun = lines.pop()!;
    return lines.map((line) => this.line(line)).join('');
  }

  /** What the log ends with, without a line break. */
  rest(): string {
    const line = this.begun === '' ? '' : this.line(this.begun);
    this.begun = '';
    return line;
  }

  private line(line: string): string {
    const end = line.indexOf(' ');
    const at = end < 0 ? line : line.slice(0, end);
    this.seen = { at, count: at === this.seen.at ? this.seen.count + 1 : 1 };
    // times are written with as many digits as they need: as text they compare wrongly
    const order = compareTimes(at, this.from.at);
    if (order < 0 || (order === 0 && this.seen.count <= this.from.count)) return '';
    this.at = at;
    this.count = this.seen.count;
    return `${end < 0 ? '' : line.slice(end + 1)}\n`;
  }
}

/** -1, 0, 1 of two times of RFC 3339 with up to nine digits of seconds; '' is before all. */
function compareTimes(a: string, b: string): number {
  const [x, y] = [nanoseconds(a), nanoseconds(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

function nanoseconds(time: string): bigint {
  if (time === '') return -1n;
  const [whole, fraction = ''] = time.replace(/(Z|[+-]\d\d:\d\d)$/, '').split('.');
  const zone = /([+-]\d\d:\d\d)$/.exec(time)?.[1] ?? 'Z';
  return BigInt(Date.parse(`${whole}${zone}`)) * 1_000_000n + BigInt(fraction.padEnd(9, '0').slice(0, 9));
}
