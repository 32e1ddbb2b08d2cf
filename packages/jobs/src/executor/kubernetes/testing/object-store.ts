import { randomUUID } from 'node:crypto';

/** An object of Kubernetes, as JSON. */
export interface Stored {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    creationTimestamp: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { uid: string }[];
    deletionTimestamp?: string;
    deletionGracePeriodSeconds?: number;
  };
  // biome-ignore lint/suspicious/noExplicitAny: JSON of many kinds, read by those who know them
  [part: string]: any;
}

export interface Change {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: Stored;
  version: number;
}

/** For tests: what etcd and the API server's cache are: objects, a version that rises, and the changes since some version. */
export class ObjectStore {
  version = 1000;
  private oldest = 1000;
  private readonly objects = new Map<string, Stored>();
  private readonly changes: Change[] = [];
  private readonly listeners = new Set<(change: Change) => void>();

  list(kind: string): Stored[] {
    return [...this.objects.values()].filter((object) => object.kind === kind);
  }

  get(kind: string, name: string): Stored | null {
    return this.objects.get(`${kind}/${name}`) ?? null;
  }

  /** null where that name is taken. */
  create(body: Omit<Stored, 'metadata'> & { metadata: Partial<Stored['metadata']> }): Stored | null {
    const { kind, metadata } = body;
    if (this.get(kind as string, metadata.name!)) return null;
    const object = {
      ...body,
      metadata: {
        ...metadata,
        uid: randomUUID(),
        creationTimestamp: new Date().toISOString().replace(/\.\d+/, ''),
      },
    } as Stored;
    if (object.stringData) {
      object.data = mapValues(object.stringData, (text) => Buffer.from(text as string).toString('base64'));
      delete object.stringData;
    }
    this.put('ADDED', object);
    return object;
  }

  /** Writes what `change` makes of the object that is there now; nothing where there is none. */
  update(kind: string, name: string, change: (object: Stored) => void): Stored | null {
    const now = this.get(kind, name);
    if (!now) return null;
    const object = structuredClone(now);
    change(object);
    this.put('MODIFIED', object);
    return object;
  }

  remove(kind: string, name: string): void {
    const object = this.get(kind, name);
    if (object) this.put('DELETED', structuredClone(object));
  }

  on(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Changes after a version; null where they are forgotten. */
  since(version: number): Change[] | null {
    return version < this.oldest ? null : this.changes.filter((change) => change.version > version);
  }

  /** Forgets all changes up to now. */
  compact(): void {
    this.oldest = this.version;
    this.changes.length = 0;
  }

  private put(type: Change['type'], object: Stored): void {
    const version = ++this.version;
    object.metadata.resourceVersion = String(version);
    const key = `${object.kind}/${object.metadata.name}`;
    if (type === 'DELETED') this.objects.delete(key);
    else this.objects.set(key, object);
    const change = { type, object, version };
    this.changes.push(change);
    for (const listener of [...this.listeners]) listener(change);
  }
}

const mapValues = (object: Record<string, unknown>, map: (value: unknown) => unknown) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

/** `a=b,c=d` as labels and fields are selected. */
export function isSelected(object: Stored, labels: string | null, fields: string | null): boolean {
  const pairs = (text: string | null) => (text ? text.split(',').map((pair) => pair.split('=')) : []);
  // biome-ignore lint/suspicious/noExplicitAny: a path into JSON
  const at = (path: string): any => path.split('.').reduce((part: any, name) => part?.[name], object);
  return (
    pairs(labels).every(([name, value]) => object.metadata.labels?.[name!] === value) &&
    pairs(fields).every(([path, value]) => String(at(path!)) === value)
  );
}

/** A JSON merge patch (RFC 7396). */
export function mergePatch(target: Record<string, unknown>, patch: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete target[key];
    else if (typeof value === 'object' && !Array.isArray(value)) {
      if (typeof target[key] !== 'object' || target[key] === null) target[key] = {};
      mergePatch(target[key] as Record<string, unknown>, value as Record<string, unknown>);
    } else target[key] = value;
  }
}
