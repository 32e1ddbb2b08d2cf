import type { Readable } from 'node:stream';

/** An object as a store lists it. */
export interface ObjectInfo {
  /** Below the location, with `/` between its parts. */
  key: string;
  sizeBytes: number;
}

/** An object with what is known of its content. */
export interface ObjectHead extends ObjectInfo {
  /** In hex; null for an object that was put there by something that does not say. */
  sha256: string | null;
}

export interface PutFileOptions {
  /** SHA-256 of the file, kept with the object. */
  sha256: string;
  sizeBytes: number;
  /** Called with bytes as they are done, those of a part that was there already included. */
  onBytes?(sizeBytes: number): void;
  signal?: AbortSignal;
}

/**
 * A place that objects lie in: everything below one URL, and nothing else.
 *
 * Each object appears whole or not at all. Keys pass {@link safeRelativePath}: no `..`, not absolute, no backslash.
 * One conformance suite (`storage-suite.ts`) runs for every driver. Errors: STORAGE_DENIED, STORAGE_UNREACHABLE,
 * STORAGE_NOT_FOUND (no such bucket), PATH_OUTSIDE_ROOT, PATH_NOT_FOUND (no such object).
 */
export interface ObjectStorage {
  /** The location, without credentials. */
  readonly url: string;
  /** Every object below a folder of the location (all of it if none is given), in no promised order. */
  list(folder?: string): AsyncIterable<ObjectInfo>;
  /** null where there is no such object. */
  head(key: string): Promise<ObjectHead | null>;
  /** The object's bytes from an offset (0) on. */
  read(key: string, options?: { fromByte?: number; signal?: AbortSignal }): Promise<Readable>;
  /** Writes a small object. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Writes a file of any size; a large one in parts, going on where an earlier try stopped. */
  putFile(key: string, path: string, options: PutFileOptions): Promise<void>;
  /** Removes an object; one that is not there is as good as removed. */
  remove(key: string): Promise<void>;
  close(): Promise<void>;
}

/** Where objects lie: what a location's text says. */
export interface Location {
  scheme: string;
  /** '' for files. */
  bucket: string;
  /** Of files the absolute folder; of buckets the part of the keys before the rest, without `/` at its ends. */
  prefix: string;
}

/** Opens a location of one scheme. @param env where endpoints and regions are looked up */
export type StorageDriver = (
  location: Location,
  env: Readonly<Record<string, string | undefined>>,
) => Promise<ObjectStorage>;

/** Drivers by the scheme of their locations. */
export type StorageDrivers = Readonly<Record<string, StorageDriver>>;
