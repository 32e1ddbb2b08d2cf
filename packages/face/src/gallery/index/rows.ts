import { checkNew } from './checks.ts';
import { IdTable } from './id-table.ts';

/** Where the ids of an index are: a row for each, and the rows that removals left, which are taken again first. */
export class Rows {
  /** The id of each row; −1 where a face was removed. */
  #idOf: Float64Array = new Float64Array(1024);
  readonly #rowOf = new IdTable();
  readonly #free: number[] = [];
  #end = 0;

  /** Faces. */
  get size(): number {
    return this.#rowOf.size;
  }

  /** Rows that are or were used. */
  get end(): number {
    return this.#end;
  }

  rowOf(id: number): number | undefined {
    return this.#rowOf.get(id);
  }

  /** −1 where there is none. */
  idOf(row: number): number {
    return row < this.#end ? this.#idOf[row]! : -1;
  }

  /** Takes over the ids of rows, from the first on; of no id is −1. There are none yet. */
  restore(ids: Float64Array): void {
    this.#idOf = ids;
    this.#end = ids.length;
    for (let row = 0; row < ids.length; row++) {
      if (ids[row]! < 0) this.#free.push(row);
      else this.#rowOf.set(ids[row]!, row);
    }
  }

  /** A row for a new id. */
  take(id: number): number {
    checkNew(this.#rowOf.has(id), id);
    const row = this.#free.pop() ?? this.#end;
    while (row >= this.#idOf.length) {
      const larger = new Float64Array(Math.max(1024, 2 * this.#idOf.length));
      larger.set(this.#idOf);
      this.#idOf = larger;
    }
    this.#end = Math.max(this.#end, row + 1);
    this.#idOf[row] = id;
    this.#rowOf.set(id, row);
    return row;
  }

  /** Gives the row that is free now. */
  delete(id: number): number | undefined {
    const row = this.#rowOf.get(id);
    if (row === undefined) return undefined;
    this.#rowOf.delete(id);
    this.#idOf[row] = -1;
    this.#free.push(row);
    return row;
  }

  *ids(): IterableIterator<number> {
    for (let row = 0; row < this.#end; row++) if (this.#idOf[row]! >= 0) yield this.#idOf[row]!;
  }
}
