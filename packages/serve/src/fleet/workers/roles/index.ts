/**
 * Every kind of worker, loaded where it runs: adding one is adding a file and a line. What reads strangers' pictures runs
 * in a process: whatever a picture does to it ends that process alone.
 */
export const roles = {
  pictures: { in: 'process', load: async () => (await import('./pictures.ts')).picturesRole },
  crops: { in: 'process', load: async () => (await import('./crops.ts')).cropsRole },
  gallery: { in: 'thread', load: async () => (await import('./gallery.ts')).galleryRole },
} as const;

export type RoleName = keyof typeof roles;
type Loaded<R extends RoleName> = Awaited<ReturnType<(typeof roles)[R]['load']>>;
export type DataOf<R extends RoleName> = Parameters<Loaded<R>['open']>[0];
export type RoleOf<R extends RoleName> = Awaited<ReturnType<Loaded<R>['open']>>;
export type MethodsOf<R extends RoleName> = RoleOf<R>['methods'];
