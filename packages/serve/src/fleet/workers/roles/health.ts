import { isSemblanceError } from '../../../error.ts';

// biome-ignore lint/suspicious/noExplicitAny: methods of any payload
type Methods = Record<string, (payload: any) => unknown>;

/** Whether a gallery is damaged, as far as its use has shown. */
export interface Health {
  /**
   * Reads a little of the gallery; all of it after a method has found it damaged, until it is whole again.
   *
   * @throws SemblanceError GALLERY_CORRUPT; those of the disk
   */
  requireWhole(_: null): null;
  /** The same methods, and damage that one of them finds is remembered. */
  watching<M extends Methods>(methods: M): M;
}

/**
 * @param check reads a little of a gallery, or all of it, and throws where it is damaged
 * @param before is done before each method
 */
export function createHealth(check: (isAllRead: boolean) => void, before?: () => Promise<void>): Health {
  let isDamaged = false;
  const note = (error: unknown): never => {
    isDamaged ||= isSemblanceError(error, 'GALLERY_CORRUPT');
    throw error;
  };
  return {
    requireWhole() {
      check(isDamaged);
      isDamaged = false;
      return null;
    },
    watching<M extends Methods>(methods: M): M {
      const watched = Object.entries(methods).map(([name, method]) => [
        name,
        (payload: unknown) => {
          try {
            const value = before ? before().then(() => method(payload)) : method(payload);
            return value instanceof Promise ? value.catch(note) : value;
          } catch (error) {
            return note(error);
          }
        },
      ]);
      return Object.fromEntries(watched) as M;
    },
  };
}
