const LEAST_WAIT_MS = 500;
const MOST_WAIT_MS = 30_000;

/** What goes wrong in a supervisor, told once each: the same, ten times a second, would fill the log. */
export class Troubles {
  private readonly say: (line: string) => void;
  private readonly last = new Map<string, string>();
  private waitMs = LEAST_WAIT_MS;

  constructor(say: (line: string) => void) {
    this.say = say;
  }

  /** @returns how long to wait before the next try: longer each time, until it {@link isOver} */
  tell(who: string, error: unknown): number {
    const trouble = `${who}: ${(error as Error).stack}`;
    if (this.last.get(who) !== trouble) this.say(trouble);
    this.last.set(who, trouble);
    const { waitMs } = this;
    this.waitMs = Math.min(MOST_WAIT_MS, waitMs * 2);
    return waitMs;
  }

  /** Does what may fail without harm. */
  listen(what: string, action: () => void): void {
    try {
      action();
      this.last.delete(what);
    } catch (error) {
      if (!this.last.has(what)) this.say(`${what}: ${(error as Error).message}`);
      this.last.set(what, '');
    }
  }

  isOver(): void {
    this.waitMs = LEAST_WAIT_MS;
  }
}
