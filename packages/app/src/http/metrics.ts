type Labels = Record<string, string>;

interface Series {
  help: string;
  type: 'counter' | 'gauge' | 'histogram';
  lines(): string[];
}

const format = (name: string, labels: Labels, value: number): string => {
  const inner = Object.entries(labels).map(([key, text]) => `${key}="${text.replace(/["\\\n]/g, '_')}"`);
  return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
};

/** Numbers about the service, in Prometheus' text form. */
export class Metrics {
  readonly #series = new Map<string, Series>();

  counter(name: string, help: string): (labels?: Labels, by?: number) => void {
    const values = new Map<string, { labels: Labels; value: number }>();
    this.#series.set(name, {
      ...{ help, type: 'counter' },
      lines: () => [...values.values()].map(({ labels, value }) => format(name, labels, value)),
    });
    return (labels = {}, by = 1) => {
      const key = JSON.stringify(labels);
      const entry = values.get(key) ?? { labels, value: 0 };
      entry.value += by;
      values.set(key, entry);
    };
  }

  /** Asked for its values whenever they are read. */
  gauge(name: string, help: string, read: () => [Labels, number][]): void {
    this.#series.set(name, {
      ...{ help, type: 'gauge' },
      lines: () => read().map(([labels, value]) => format(name, labels, value)),
    });
  }

  /** Counts values up to each bound. */
  histogram(name: string, help: string, bounds: readonly number[]): (value: number, labels?: Labels) => void {
    const all = new Map<string, { labels: Labels; counts: number[]; sum: number; count: number }>();
    this.#series.set(name, {
      ...{ help, type: 'histogram' },
      lines: () =>
        [...all.values()].flatMap(({ labels, counts, sum, count }) => [
          ...bounds.map((bound, i) => format(`${name}_bucket`, { ...labels, le: String(bound) }, counts[i]!)),
          format(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
          format(`${name}_sum`, labels, sum),
          format(`${name}_count`, labels, count),
        ]),
    });
    return (value, labels = {}) => {
      const key = JSON.stringify(labels);
      const entry = all.get(key) ?? { labels, counts: bounds.map(() => 0), sum: 0, count: 0 };
      all.set(key, entry);
      bounds.forEach((bound, i) => {
        if (value <= bound) entry.counts[i]!++;
      });
      entry.sum += value;
      entry.count++;
    };
  }

  text(): string {
    return [...this.#series]
      .flatMap(([name, { help, type, lines }]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type}`,
        ...lines(),
      ])
      .map((line) => `${line}\n`)
      .join('');
  }
}
