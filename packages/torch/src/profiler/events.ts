import { formatTable } from '@semblance/core/table';
/** One call of an operator or one gradient node, in nanoseconds of process.hrtime(). */
export interface TimedEvent {
  name: string;
  kind: 'operator' | 'gradient';
  startNs: number;
  endNs: number;
  /** Memory of new results; views and in-place writes have none. */
  bytes: number;
  /** Tensors given, as `float32[2,3]`. */
  inputs: string[];
}

export interface OperatorTime {
  name: string;
  kind: TimedEvent['kind'];
  calls: number;
  /** Without the calls inside it. */
  selfMs: number;
  totalMs: number;
  bytes: number;
}

/** Time of each event without the events inside it. */
function selfTimes(events: readonly TimedEvent[]): Map<TimedEvent, number> {
  const ordered = [...events].sort((a, b) => a.startNs - b.startNs || b.endNs - a.endNs);
  const self = new Map(ordered.map((event) => [event, event.endNs - event.startNs]));
  const open: TimedEvent[] = [];
  for (const event of ordered) {
    while (open.length > 0 && open.at(-1)!.endNs <= event.startNs) open.pop();
    const outer = open.at(-1);
    if (outer) self.set(outer, self.get(outer)! - (event.endNs - event.startNs));
    open.push(event);
  }
  return self;
}

/** Events summed by name, the one that took most time by itself first. */
export function sumByOperator(events: readonly TimedEvent[]): OperatorTime[] {
  const self = selfTimes(events);
  const rows = new Map<string, OperatorTime>();
  for (const event of events) {
    const key = `${event.kind} ${event.name}`;
    const { name, kind } = event;
    const row = rows.get(key) ?? { name, kind, calls: 0, selfMs: 0, totalMs: 0, bytes: 0 };
    row.calls++;
    row.selfMs += self.get(event)! / 1e6;
    row.totalMs += (event.endNs - event.startNs) / 1e6;
    row.bytes += event.bytes;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => b.selfMs - a.selfMs);
}

/**
 * The events in Chrome's trace event format (complete events "X", microseconds): open the file in
 * chrome://tracing or ui.perfetto.dev.
 */
export function chromeTrace(events: readonly TimedEvent[], originNs: number): object {
  return {
    displayTimeUnit: 'ms',
    traceEvents: [...events]
      .sort((a, b) => a.startNs - b.startNs)
      .map(({ name, kind, startNs, endNs, bytes, inputs }) => ({
        name,
        cat: kind,
        ph: 'X',
        ts: (startNs - originNs) / 1000,
        dur: (endNs - startNs) / 1000,
        pid: process.pid,
        tid: 0,
        args: kind === 'operator' ? { inputs, bytes } : {},
      })),
  };
}

/** The rows as text columns. */
export function operatorTable(rows: readonly OperatorTime[], wallMs: number): string {
  const ms = (value: number) => value.toFixed(2);
  const cells = [
    ['operator', 'calls', 'self ms', 'self %', 'total ms', 'MB'],
    ...rows.map((row) => [
      row.name,
      String(row.calls),
      ms(row.selfMs),
      ((100 * row.selfMs) / wallMs).toFixed(1),
      ms(row.totalMs),
      (row.bytes / 1e6).toFixed(1),
    ]),
  ];
  return formatTable(cells, (_, column) => column > 0).join('\n');
}
