import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { hashBytes, safeRelativePath } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import type { Location, ObjectStorage } from '../storage.ts';
import { createS3Client, type S3Service } from './s3-client.ts';
import { explainS3, isMissing } from './s3-error.ts';
import { uploadInParts } from './s3-parts.ts';

export interface S3Options {
  /** Files of more bytes go up in parts of at least so many (16 MiB). */
  partBytes?: number;
}

const PART_BYTES = 16 * 2 ** 20;
/** Kept with each object, so that what is there already need not be sent again. */
const SHA256 = 'sha256';

/** A bucket's part behind a prefix, by the S3 API. */
export async function openS3Storage(
  { scheme, bucket, prefix }: Location,
  service: S3Service,
  { partBytes = PART_BYTES }: S3Options = {},
): Promise<ObjectStorage> {
  const client = await createS3Client(service);
  const s3 = await import('@aws-sdk/client-s3');
  const url = `${scheme}://${bucket}${prefix && `/${prefix}`}`;
  const fullKey = (key: string): string => [prefix, safeRelativePath(key)].filter(Boolean).join('/');
  const at = (key: string) => ({ Bucket: bucket, Key: fullKey(key) });

  async function guard<T>(action: (client: S3Client) => Promise<T>): Promise<T> {
    try {
      return await action(client);
    } catch (cause) {
      throw explainS3(url, cause);
    }
  }

  return {
    url,

    async *list(below = '') {
      const parts = [prefix, below === '' ? '' : safeRelativePath(below)].filter(Boolean);
      const start = parts.length === 0 ? '' : `${parts.join('/')}/`;
      const cut = prefix === '' ? 0 : prefix.length + 1;
      let token: string | undefined;
      do {
        const page = await guard((c) =>
          c.send(new s3.ListObjectsV2Command({ Bucket: bucket, Prefix: start, ContinuationToken: token })),
        );
        for (const { Key = '', Size = 0 } of page.Contents ?? []) {
          // a key that ends in / stands for a folder in some tools
          if (!Key.endsWith('/')) yield { key: Key.slice(cut), sizeBytes: Size };
        }
        token = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (token !== undefined);
    },

    async head(key) {
      const where = at(key);
      try {
        const { ContentLength = 0, Metadata } = await client.send(new s3.HeadObjectCommand(where));
        return { key, sizeBytes: ContentLength, sha256: Metadata?.[SHA256] ?? null };
      } catch (error) {
        if (isMissing(error)) return null;
        throw explainS3(url, error);
      }
    },

    async read(key, { fromByte = 0, signal } = {}) {
      const range = fromByte > 0 ? { Range: `bytes=${fromByte}-` } : {};
      const where = at(key);
      const { Body } = await guard((c) =>
        c.send(new s3.GetObjectCommand({ ...where, ...range }), signal ? { abortSignal: signal } : {}),
      );
      if (!(Body instanceof Readable)) throw new SemblanceError('STORAGE_UNREACHABLE', `${url} gave no body`);
      return Body;
    },

    async put(key, bytes) {
      const where = at(key);
      await guard((c) => c.send(new s3.PutObjectCommand({ ...where, Body: bytes })));
    },

    async putFile(key, path, options) {
      const { sha256, sizeBytes, onBytes, signal } = options;
      const where = at(key);
      const metadata = { [SHA256]: sha256 };
      if (sizeBytes > partBytes) {
        return guard((c) => uploadInParts(c, { ...options, where, path, partBytes, metadata }));
      }
      // in memory and not as a stream, so that the SDK can send it again after an error
      const body = await readFile(path);
      if (hashBytes(body) !== sha256) {
        throw new SemblanceError('STORAGE_CORRUPT', `${path} changed while it was uploaded: upload it again`);
      }
      await guard((c) =>
        c.send(
          new s3.PutObjectCommand({ ...where, Body: body, Metadata: metadata, ContentMD5: md5(body) }),
          signal ? { abortSignal: signal } : {},
        ),
      );
      onBytes?.(sizeBytes);
    },

    async remove(key) {
      const where = at(key);
      await guard((c) => c.send(new s3.DeleteObjectCommand(where)));
    },

    async close() {
      client.destroy();
    },
  };
}

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('base64');
