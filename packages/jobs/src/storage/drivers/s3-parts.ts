import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { CompletedPart, S3Client } from '@aws-sdk/client-s3';
import { mapAhead } from '@semblance/core/async';
import { SemblanceError } from '../../error.ts';

export interface PartsUpload {
  where: { Bucket: string; Key: string };
  path: string;
  sizeBytes: number;
  partBytes: number;
  metadata: { sha256: string };
  onBytes?(sizeBytes: number): void;
  signal?: AbortSignal;
}

/** What the S3 API allows. */
const MOST_PARTS = 10_000;
/** Parts on their way at a time: so many of them are in memory. */
const PARTS_AHEAD = 3;

interface Part {
  number: number;
  bytes: Buffer;
  md5Hex: string;
}

/**
 * Uploads a file in parts and has the service join them: the object appears at the end, in one step.
 *
 * Goes on with an earlier upload of the same key where every part it left is, by size and MD5, one of this file's;
 * otherwise that upload is given up and a new one begun.
 */
export async function uploadInParts(client: S3Client, upload: PartsUpload): Promise<void> {
  const s3 = await import('@aws-sdk/client-s3');
  const { where, path, sizeBytes, metadata, onBytes, signal } = upload;
  const sending = signal ? { abortSignal: signal } : {};
  const partBytes = Math.max(upload.partBytes, Math.ceil(sizeBytes / MOST_PARTS));
  const numbers = Array.from({ length: Math.ceil(sizeBytes / partBytes) }, (_, i) => i + 1);
  await using file = await open(path, 'r');
  const readPart = async (number: number): Promise<Part> => {
    const start = (number - 1) * partBytes;
    const bytes = await readExactly(file, path, start, Math.min(partBytes, sizeBytes - start));
    return { number, bytes, md5Hex: createHash('md5').update(bytes).digest('hex') };
  };

  const earlier = await findEarlier(client, s3, upload, readPart);
  const UploadId =
    earlier?.id ??
    (await client.send(new s3.CreateMultipartUploadCommand({ ...where, Metadata: metadata }), sending))
      .UploadId;
  const done = earlier?.parts ?? new Map<number, string>();

  async function send(number: number): Promise<CompletedPart> {
    const known = done.get(number);
    if (known !== undefined) {
      onBytes?.(Math.min(partBytes, sizeBytes - (number - 1) * partBytes));
      return { PartNumber: number, ETag: known };
    }
    signal?.throwIfAborted();
    const { bytes, md5Hex } = await readPart(number);
    const { ETag } = await client.send(
      new s3.UploadPartCommand({
        ...where,
        UploadId,
        PartNumber: number,
        Body: bytes,
        ContentMD5: Buffer.from(md5Hex, 'hex').toString('base64'),
      }),
      sending,
    );
    onBytes?.(bytes.length);
    return { PartNumber: number, ETag: ETag ?? `"${md5Hex}"` };
  }

  const Parts = await Array.fromAsync(mapAhead(numbers, send, PARTS_AHEAD - 1));
  await client.send(
    new s3.CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts } }),
    sending,
  );
  // an upload that was gone on with was begun with the hash of its time: the file may have changed beyond the parts
  if (earlier) await requireHash(client, s3, upload);
}

type Sdk = typeof import('@aws-sdk/client-s3');

/** The unfinished upload of this key, if all it holds are parts of this very file; others are given up. */
async function findEarlier(
  client: S3Client,
  s3: Sdk,
  { where }: PartsUpload,
  readPart: (number: number) => Promise<Part>,
): Promise<{ id: string; parts: Map<number, string> } | null> {
  const listed = await client.send(
    new s3.ListMultipartUploadsCommand({ Bucket: where.Bucket, Prefix: where.Key }),
  );
  const ids = (listed.Uploads ?? []).filter(({ Key }) => Key === where.Key).map(({ UploadId }) => UploadId);
  let found: { id: string; parts: Map<number, string> } | null = null;
  for (const UploadId of ids) {
    const parts: Map<number, string> | null =
      found === null ? await partsOf(client, s3, { ...where, UploadId }, readPart) : null;
    if (parts) found = { id: UploadId!, parts };
    else await client.send(new s3.AbortMultipartUploadCommand({ ...where, UploadId }));
  }
  return found;
}

/** ETags by number; null where a part is not this file's. */
async function partsOf(
  client: S3Client,
  s3: Sdk,
  upload: { Bucket: string; Key: string; UploadId: string | undefined },
  readPart: (number: number) => Promise<Part>,
): Promise<Map<number, string> | null> {
  const parts = new Map<number, string>();
  let marker: string | undefined;
  do {
    const page = await client.send(new s3.ListPartsCommand({ ...upload, PartNumberMarker: marker }));
    for (const { PartNumber = 0, Size, ETag = '' } of page.Parts ?? []) {
      const own = await readPart(PartNumber).catch(() => null);
      if (own?.bytes.length !== Size || ETag.replaceAll('"', '') !== own?.md5Hex) return null;
      parts.set(PartNumber, ETag);
    }
    marker = page.IsTruncated ? page.NextPartNumberMarker : undefined;
  } while (marker !== undefined);
  return parts;
}

async function requireHash(client: S3Client, s3: Sdk, { where, path, metadata }: PartsUpload): Promise<void> {
  const { Metadata } = await client.send(new s3.HeadObjectCommand(where));
  if (Metadata?.sha256 === metadata.sha256) return;
  await client.send(new s3.DeleteObjectCommand(where));
  throw new SemblanceError('STORAGE_CORRUPT', `${path} changed while it was uploaded: upload it again`);
}

async function readExactly(file: FileHandle, path: string, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, length));
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0)
      throw new SemblanceError(
        'STORAGE_CORRUPT',
        `${path} became shorter during the upload: upload it again`,
      );
    filled += bytesRead;
  }
  return bytes;
}
