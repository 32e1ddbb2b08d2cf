/**
 * Where long work says how far it is.
 *
 * @module
 */

/** Where long work says how far it is. */
export interface Progress {
  /** Says how far it is; `note` is a few words about now. */
  update(done: number, total: number, note?: string): void;
  /** Writes a line for people without breaking the bar. */
  say(line: string): void;
  /** Removes the bar; elsewhere writes the last line. */
  end(): void;
}
