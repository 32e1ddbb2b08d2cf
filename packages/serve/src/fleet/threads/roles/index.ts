/** Every kind of thread, loaded where it runs: adding one is adding a file and a line. */
export const roles = {
  pictures: async () => (await import('./pictures.ts')).picturesRole,
  crops: async () => (await import('./crops.ts')).cropsRole,
  gallery: async () => (await import('./gallery.ts')).galleryRole,
};

export type RoleName = keyof typeof roles;
type Loaded<R extends RoleName> = Awaited<ReturnType<(typeof roles)[R]>>;
export type DataOf<R extends RoleName> = Parameters<Loaded<R>['open']>[0];
export type RoleOf<R extends RoleName> = Awaited<ReturnType<Loaded<R>['open']>>;
export type MethodsOf<R extends RoleName> = RoleOf<R>['methods'];
