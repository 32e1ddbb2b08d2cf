/** The plain form of a value's type: what JSON makes of interfaces, read-only lists and tuples. */
export type Told<T> = T extends object ? { -readonly [K in keyof T]: Told<T[K]> } : T;

/** A value as an answer takes it, whose schema is open for further fields. Nothing is copied. */
export const told = <T>(value: T): Told<T> => value as Told<T>;
