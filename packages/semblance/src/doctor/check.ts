export interface Finding {
  /** `ok`; `limited`: something works less well or not at all, the rest does; `broken`: nothing much works. */
  state: 'ok' | 'limited' | 'broken';
  /** What was found. */
  detail: string;
  /** The one command that mends it. */
  mend?: string;
}

/** One thing that has to be in place: one file or function, one line in the table. */
export interface Check {
  name: string;
  run(): Promise<Finding>;
}

export const ok = (detail: string): Finding => ({ state: 'ok', detail });
export const limited = (detail: string, mend?: string): Finding => ({
  state: 'limited',
  detail,
  ...(mend === undefined ? {} : { mend }),
});
export const broken = (detail: string, mend?: string): Finding => ({
  state: 'broken',
  detail,
  ...(mend === undefined ? {} : { mend }),
});
