/** Ids of a page: those of a gallery follow each other. */
const PAGE = 256;
const NONE = -1;

/** A whole number for each id: a Map takes ten times the memory, and as long to fill as a million rows to read. */
export class IdTable {
  readonly #pages = new Map<number, Int32Array>();
  #size = 0;
  /** The page that was last written to: ids mostly come in their order. */
  #last: { key: number; page: Int32Array } = { key: -1, page: new Int32Array(0) };

  get size(): number {
    return this.#size;
  }

  get(id: number): number | undefined {
    const value = this.#pages.get(Math.floor(id / PAGE))?.[id % PAGE];
    return value === NONE ? undefined : value;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  /** @param value 0 or more */
  set(id: number, value: number): void {
    const page = this.#page(Math.floor(id / PAGE));
    if (page[id % PAGE] === NONE) this.#size++;
    page[id % PAGE] = value;
  }

  #page(key: number): Int32Array {
    if (key === this.#last.key) return this.#last.page;
    let page = this.#pages.get(key);
    if (!page) this.#pages.set(key, (page = new Int32Array(PAGE).fill(NONE)));
    this.#last = { key, page };
    return page;
  }

  delete(id: number): void {
    const page = this.#pages.get(Math.floor(id / PAGE));
    if (!page || page[id % PAGE]! === NONE) return;
    page[id % PAGE] = NONE;
    this.#size--;
  }

  /** The ids that have a value, by rising id. */
  idsOf(value: number): number[] {
    const ids: number[] = [];
    for (const key of this.#keys()) {
      const page = this.#pages.get(key)!;
      for (let i = page.indexOf(value); i >= 0; i = page.indexOf(value, i + 1)) ids.push(key * PAGE + i);
    }
    return ids;
  }

  /** The ids of several values in one pass, by the value. @param limit more than any value */
  idsOfThese(values: readonly number[], limit: number): Map<number, number[]> {
    const found = new Map<number, number[]>(values.map((value) => [value, []]));
    const isWanted = new Uint8Array(limit);
    for (const value of values) isWanted[value] = 1;
    for (const key of this.#keys()) {
      const page = this.#pages.get(key)!;
      for (let i = 0; i < PAGE; i++)
        if (page[i]! >= 0 && isWanted[page[i]!] === 1) found.get(page[i]!)!.push(key * PAGE + i);
    }
    return found;
  }

  /** By rising id. */
  *entries(): IterableIterator<[id: number, value: number]> {
    for (const key of this.#keys()) {
      const page = this.#pages.get(key)!;
      for (let i = 0; i < PAGE; i++) if (page[i] !== NONE) yield [key * PAGE + i, page[i]!];
    }
  }

  #keys(): number[] {
    return [...this.#pages.keys()].sort((a, b) => a - b);
  }
}
