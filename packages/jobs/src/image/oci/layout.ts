import { existsSync } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  asidePath,
  hashBytes,
  hashFile,
  makeFolder,
  putInPlace,
  readJsonFile,
  takeLock,
  writeFileAside,
  writeJsonFile,
} from '@semblance/core/files';
import { check } from '@semblance/core/schema';
import type { z } from 'zod';
import { isSemblanceError, SemblanceError } from '../../error.ts';
import { type Descriptor, type ImageIndex, indexSchema, media } from './media.ts';

/** Annotation of a descriptor in `index.json` that holds an image's name. */
const REF_NAME = 'org.opencontainers.image.ref.name';
const LOCK_ATTEMPTS = 60;
const LOCK_PAUSE_MS = 250;

/**
 * Images in a folder, as the OCI image layout says: blobs under their SHA-256, and an index of names.
 *
 * Readers and writers may share a folder: blobs take their place whole, and names are changed under a lock.
 */
export class ImageLayout {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  /** The layout in a folder; an empty one is made where there is none. */
  static async open(dir: string): Promise<ImageLayout> {
    await makeFolder(join(dir, 'blobs', 'sha256'));
    if (!existsSync(join(dir, 'oci-layout')))
      await writeFileAside(join(dir, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
    return new ImageLayout(dir);
  }

  /** @throws OCI_NOT_FOUND for a folder that is no layout */
  static existing(dir: string): ImageLayout {
    if (existsSync(join(dir, 'oci-layout'))) return new ImageLayout(dir);
    throw new SemblanceError('OCI_NOT_FOUND', `${dir} is not an OCI image layout: it has no file oci-layout`);
  }

  blobPath(digest: string): string {
    return join(this.dir, 'blobs', ...digest.split(':'));
  }

  /** Whether a blob is there, by its size; its content is held against its digest when it is read. */
  async has({ digest, size }: Descriptor): Promise<boolean> {
    const found = await stat(this.blobPath(digest)).catch(() => null);
    return found?.size === size;
  }

  /** Adds a blob of bytes. */
  async put(bytes: Uint8Array | string, mediaType: string): Promise<Descriptor> {
    const buffer = Buffer.from(bytes as Uint8Array);
    const descriptor = { mediaType, digest: `sha256:${hashBytes(buffer)}`, size: buffer.length };
    if (!(await this.has(descriptor))) await writeFileAside(this.blobPath(descriptor.digest), buffer);
    return descriptor;
  }

  putJson(value: unknown, mediaType: string): Promise<Descriptor> {
    return this.put(JSON.stringify(value), mediaType);
  }

  /** Adds a blob that is written as a file first. @param write gives its digest and size */
  async putWritten(write: (path: string) => Promise<{ digest: string; size: number }>, mediaType: string) {
    const aside = asidePath(join(this.dir, 'blobs', 'sha256', 'blob'));
    try {
      const written = await write(aside);
      const descriptor: Descriptor = { mediaType, ...written };
      if (!(await this.has(descriptor))) await putInPlace(aside, this.blobPath(written.digest));
      return descriptor;
    } finally {
      await rm(aside, { force: true });
    }
  }

  /** A blob's bytes. @throws OCI_CORRUPT where they are not those of its digest */
  async read({ digest }: Pick<Descriptor, 'digest'>): Promise<Buffer> {
    const bytes = await readFile(this.blobPath(digest)).catch((cause) => {
      throw new SemblanceError('OCI_CORRUPT', `the blob ${digest} is missing in ${this.dir}`, { cause });
    });
    if (`sha256:${hashBytes(bytes)}` === digest) return bytes;
    throw new SemblanceError('OCI_CORRUPT', `the blob ${digest} in ${this.dir} has another content`);
  }

  /** A blob that holds JSON, held against a schema. @throws OCI_CORRUPT */
  async readJson<S extends z.ZodType>(
    descriptor: Pick<Descriptor, 'digest'>,
    schema: S,
  ): Promise<z.output<S>> {
    const bytes = await this.read(descriptor);
    return parsed(bytes.toString('utf8'), schema, descriptor.digest);
  }

  /** Holds a large blob against its digest. @throws OCI_CORRUPT */
  async verify({ digest }: Pick<Descriptor, 'digest'>): Promise<void> {
    const path = this.blobPath(digest);
    if (!existsSync(path))
      throw new SemblanceError('OCI_CORRUPT', `the blob ${digest} is missing in ${this.dir}`);
    if (`sha256:${await hashFile(path)}` !== digest)
      throw new SemblanceError('OCI_CORRUPT', `the blob ${digest} in ${this.dir} has another content`);
  }

  /** The images by their names; one without a name has its digest as its name. */
  async images(): Promise<Map<string, Descriptor>> {
    const { manifests } = await this.#index();
    return new Map(manifests.map((each) => [each.annotations?.[REF_NAME] ?? each.digest, each]));
  }

  /** Gives an image a name, which any other that had it loses. */
  async tag(name: string, image: Descriptor): Promise<void> {
    using _lock = await this.#lock();
    const { manifests } = await this.#index();
    const others = manifests.filter(({ annotations }) => annotations?.[REF_NAME] !== name);
    const named = { ...image, annotations: { ...image.annotations, [REF_NAME]: name } };
    await this.#writeIndex([...others, named]);
  }

  async #index(): Promise<ImageIndex> {
    const value = await readJsonFile(join(this.dir, 'index.json'));
    return value === null
      ? emptyIndex
      : parsed(JSON.stringify(value), indexSchema, join(this.dir, 'index.json'));
  }

  #writeIndex(manifests: Descriptor[]): Promise<void> {
    const name = ({ annotations }: Descriptor): string => annotations?.[REF_NAME] ?? '';
    const sorted = manifests.sort((a, b) => (name(a) < name(b) ? -1 : 1));
    return writeJsonFile(join(this.dir, 'index.json'), { ...emptyIndex, manifests: sorted });
  }

  async #lock(): Promise<Disposable> {
    const options = { what: `the images in ${this.dir}`, holder: 'image' };
    for (let attempt = 1; ; attempt++) {
      try {
        return takeLock(join(this.dir, '.lock'), options);
      } catch (error) {
        if (attempt === LOCK_ATTEMPTS || !isSemblanceError(error, 'PATH_BUSY')) throw error;
        await sleep(LOCK_PAUSE_MS);
      }
    }
  }
}

const emptyIndex: ImageIndex = { schemaVersion: 2, mediaType: media.index, manifests: [] };

/** JSON of an image held against its schema. @throws OCI_CORRUPT */
export function parsed<S extends z.ZodType>(text: string, schema: S, whole: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SemblanceError('OCI_CORRUPT', `${whole} is not valid JSON`, { cause });
  }
  const flaw = check(schema, value, { whole });
  if (flaw) throw new SemblanceError('OCI_CORRUPT', `${whole} is not part of an image: ${flaw.message}`);
  return schema.parse(value);
}
