/** What a question mark of a statement stands for. */
export type Value = string | number | null;

export type Row = Readonly<Record<string, unknown>>;

/** A statement and the values of its question marks. */
export type Statement = readonly [text: string, ...values: Value[]];

/**
 * What a transaction does: it gives one statement after the other, and is given the rows of each. So the same lines serve a
 * driver that has the rows at once, and one that waits for them.
 */
export type Work<T> = Generator<Statement, T, Row[]>;

/** Where a store keeps its rows: one file for each driver. */
export interface Database {
  readonly dialect: Dialect;
  read(...statement: Statement): Promise<Row[]>;
  /**
   * Does a work as one transaction, and nobody else writes meanwhile. It may be begun anew where the transaction was undone.
   *
   * Once it returns, what was written survives a crash.
   */
  write<T>(work: () => Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** Where the SQL of the drivers differs. All statements keep to what the others have in common. */
export interface Dialect {
  /** The condition that the list in a column of JSON holds the value of one question mark. */
  isInList(column: string): string;
  /** The condition that the object under a key, in a column of JSON, has the value of one question mark. */
  isInObject(column: string, key: string): string;
}
