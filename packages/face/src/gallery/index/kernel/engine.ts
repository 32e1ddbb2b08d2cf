/** Memory that threads share, and that grows without moving. */
export interface GrowingMemory {
  readonly buffer: SharedArrayBuffer;
  grow(numPages: number): void;
}

/** What is used here of WebAssembly, whose types come with browsers' alone. */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { exports: Record<string, unknown> };
  Memory: new (options: { initial: number; maximum: number; shared: boolean }) => GrowingMemory;
}

/** Null where the engine runs without it (`node --jitless`). */
export const webAssembly: WebAssemblyApi | null =
  (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly ?? null;
