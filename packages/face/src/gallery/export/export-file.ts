import { createCipheriv, createDecipheriv, createHash, type KeyObject, sign, verify } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AsideFile } from '@semblance/core/files';
import { SemblanceError } from '../../error.ts';
import { readPublicKey } from './export-keys.ts';
import {
  CHUNK_BYTES,
  contextOf,
  type ExportHeader,
  MAGIC,
  MOST_HEADER_BYTES,
  nonceOf,
  parseHeader,
  SIGNATURE_BYTES,
  TAG_BYTES,
} from './header.ts';

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
/** What is signed: a word of its own before the hash, so that the signature says nothing of anything else. */
const signedText = (hash: Buffer): Buffer => Buffer.concat([Buffer.from('semblance gallery export\0'), hash]);

/**
 * Writes an export; its file appears when it is whole.
 *
 * @param pieces the plain content, in pieces of any size
 */
export async function writeExportFile(
  path: string,
  { header, fileKey, signer }: { header: ExportHeader; fileKey: Buffer; signer: KeyObject },
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await AsideFile.create(path);
  try {
    await file.handle.chmod(0o600);
    const hash = createHash('sha512');
    const append = async (bytes: Uint8Array): Promise<void> => {
      hash.update(bytes);
      await file.append(bytes);
    };
    const json = Buffer.from(JSON.stringify(header));
    const context = contextOf(json);
    await append(Buffer.concat([MAGIC, u32(json.length), json]));
    let number = 0;
    const chunk = async (plain: Buffer, isLast: boolean): Promise<void> => {
      const cipher = createCipheriv('aes-256-gcm', fileKey, nonceOf(number++, isLast), {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(context);
      const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
      await append(Buffer.concat([u32(sealed.length), sealed]));
    };
    let waiting: Buffer[] = [];
    let numWaiting = 0;
    for await (const piece of pieces) {
      waiting.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
      numWaiting += piece.length;
      if (numWaiting < CHUNK_BYTES) continue;
      const all = Buffer.concat(waiting);
      let at = 0;
      for (; all.length - at >= CHUNK_BYTES; at += CHUNK_BYTES)
        await chunk(all.subarray(at, at + CHUNK_BYTES), false);
      waiting = [all.subarray(at)];
      numWaiting = all.length - at;
    }
    await chunk(Buffer.concat(waiting), true);
    await append(u32(0));
    await file.append(sign(null, signedText(hash.digest()), signer));
    await file.finish();
  } finally {
    await file.abandon();
  }
}

/** Whether a file begins as an export does. */
export async function isExportFile(path: string): Promise<boolean> {
  await using handle = await open(path, 'r');
  const isFile = (await handle.stat()).isFile();
  return isFile && (await readAt(handle, 0, MAGIC.length)).equals(MAGIC);
}

/** An export that is open; its signature was verified. */
export interface OpenExport extends AsyncDisposable {
  header: ExportHeader;
  /** Decrypts the content, piece by piece. */
  pieces(fileKey: Buffer): AsyncGenerator<Buffer>;
}

/**
 * Opens an export and verifies that it is as its exporter signed it; whether to trust the exporter is not asked here.
 *
 * @throws SemblanceError EXPORT_INVALID for another file, EXPORT_TRUNCATED for one that was cut off, EXPORT_TAMPERED for one that
 *   was changed
 */
export async function openExportFile(path: string): Promise<OpenExport> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const start = await readAt(handle, 0, Math.min(size, MAGIC.length + 4));
    if (!start.subarray(0, MAGIC.length).equals(MAGIC))
      throw new SemblanceError('EXPORT_INVALID', `${path} is no export of a gallery`);
    if (start.length < MAGIC.length + 4) throw truncated(path);
    const headerBytes = start.readUInt32LE(MAGIC.length);
    if (headerBytes > MOST_HEADER_BYTES) throw tampered(path);
    const body = MAGIC.length + 4 + headerBytes;
    if (size < body) throw truncated(path);
    const json = await readAt(handle, MAGIC.length + 4, headerBytes);
    const header = parseHeader(json, path);
    await verifySignature(handle, path, { header, body, size });
    return {
      header,
      pieces: (fileKey) => decrypt(handle, path, { fileKey, context: contextOf(json), body }),
      [Symbol.asyncDispose]: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Walks over the chunks to where they end, and verifies the signature that follows. */
async function verifySignature(
  handle: FileHandle,
  path: string,
  { header, body, size }: { header: ExportHeader; body: number; size: number },
): Promise<void> {
  const hash = createHash('sha512').update(await readAt(handle, 0, body));
  for (let at = body; ; ) {
    if (size < at + 4) throw truncated(path);
    const head = await readAt(handle, at, 4);
    const length = head.readUInt32LE();
    if (length > CHUNK_BYTES + TAG_BYTES) throw tampered(path);
    hash.update(head);
    at += 4;
    if (size < at + length) throw truncated(path);
    if (length > 0) {
      hash.update(await readAt(handle, at, length));
      at += length;
      continue;
    }
    if (size < at + SIGNATURE_BYTES) throw truncated(path);
    const signature = await readAt(handle, at, SIGNATURE_BYTES);
    const isWhole = verify(null, signedText(hash.digest()), readPublicKey(header.exporter), signature);
    if (!isWhole || size !== at + SIGNATURE_BYTES) throw tampered(path);
    return;
  }
}

async function* decrypt(
  handle: FileHandle,
  path: string,
  { fileKey, context, body }: { fileKey: Buffer; context: Buffer; body: number },
): AsyncGenerator<Buffer> {
  let isLast = false;
  for (let at = body, number = 0; !isLast; number++) {
    const length = (await readAt(handle, at, 4)).readUInt32LE();
    const sealed = await readAt(handle, at + 4, length);
    at += 4 + length;
    isLast = (await readAt(handle, at, 4)).readUInt32LE() === 0;
    if (length < TAG_BYTES) throw tampered(path);
    try {
      const decipher = createDecipheriv('aes-256-gcm', fileKey, nonceOf(number, isLast), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(context);
      decipher.setAuthTag(sealed.subarray(length - TAG_BYTES));
      const plain = decipher.update(sealed.subarray(0, length - TAG_BYTES));
      decipher.final();
      yield plain;
    } catch (cause) {
      throw new SemblanceError('EXPORT_TAMPERED', `${path} does not hold what was encrypted`, { cause });
    }
  }
}

/** Exactly so many bytes; fewer where the file ends. */
async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(buffer, done, length - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return buffer.subarray(0, done);
}

const truncated = (path: string): SemblanceError =>
  new SemblanceError('EXPORT_TRUNCATED', `${path} ends before its signature: copy it again`);
const tampered = (path: string): SemblanceError =>
  new SemblanceError('EXPORT_TAMPERED', `${path} is not as it was signed: it was changed after it was made`);
