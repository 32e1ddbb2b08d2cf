import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { hashBytes } from '@semblance/core/files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSemblanceError } from '../error.ts';
import { describeCopies } from './copy-suite.ts';
import { openS3Storage } from './drivers/s3.ts';
import { createS3Client, obsService, s3Service } from './drivers/s3-client.ts';
import { copyDown, copyUp, openLocation, parseLocation } from './index.ts';
import { describeObjectStorage } from './storage-suite.ts';
import { hasSwift, needsSwift, type SwiftServer, startSwift } from './testing/swift.ts';

let root: string;
let counter = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'semblance-storage-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const refusedAs = (code: Parameters<typeof isSemblanceError>[1]) => (e: unknown) => isSemblanceError(e, code);

describe('locations', () => {
  test.each([
    ['file:///a/b%20c/', { scheme: 'file', bucket: '', prefix: '/a/b c' }],
    ['/a/b', { scheme: 'file', bucket: '', prefix: '/a/b' }],
    ['s3://bucket', { scheme: 's3', bucket: 'bucket', prefix: '' }],
    ['obs://my-bucket/runs//7/', { scheme: 'obs', bucket: 'my-bucket', prefix: 'runs/7' }],
  ])('%s', (url, location) => {
    expect(parseLocation(url)).toEqual(location);
  });

  test.each([
    'http://x/y',
    's3://',
    's3:///key',
    's3://b/x',
    's3://AKIA:secret@bucket/x',
    's3://bucket/../other',
    's3://bucket/a?versionId=1',
    'file://host/x',
    '',
  ])('%j is none', (url) => {
    expect(() => parseLocation(url)).toThrow(expect.objectContaining({ code: 'STORAGE_URL_INVALID' }));
    expect(() => parseLocation(url)).not.toThrow(/secret/);
  });

  test('endpoints and regions come from the environment', () => {
    expect(s3Service({})).toEqual({ endpoint: undefined, region: undefined, isPathStyle: false });
    expect(s3Service({ AWS_ENDPOINT_URL: 'http://h:1' })).toEqual({
      endpoint: 'http://h:1',
      region: 'us-east-1',
      isPathStyle: true,
    });
    expect(obsService({ OBS_ENDPOINT: 'obs.cn-north-4.myhuaweicloud.com' })).toEqual({
      endpoint: 'https://obs.cn-north-4.myhuaweicloud.com',
      region: 'cn-north-4',
      isPathStyle: false,
    });
    expect(() => obsService({})).toThrow('OBS_ENDPOINT');
  });
});

const newFolder = () => openLocation(join(root, `files-${counter++}`));
describeObjectStorage('file', newFolder, { largeBytes: 3_000_000 });
describeCopies('file', newFolder);

describe('file driver', () => {
  test('follows no link, wherever it stands', async () => {
    const outside = await mkdtemp(join(root, 'outside-'));
    await writeFile(join(outside, 'secret'), 'secret');
    const folder = await mkdtemp(join(root, 'links-'));
    await symlink(outside, join(folder, 'dir'));
    await symlink(join(outside, 'secret'), join(folder, 'file'));
    const storage = await openLocation(folder);
    for (const key of ['dir/secret', 'dir/new', 'file']) {
      await expect(storage.head(key)).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
      await expect(storage.read(key)).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
      await expect(storage.put(key, Buffer.from('x'))).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
    }
    await expect(Array.fromAsync(storage.list())).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
  });
});

describe.skipIf(!hasSwift)(`S3 (${needsSwift})`, () => {
  let swift: SwiftServer;
  beforeAll(async () => {
    swift = await startSwift();
    // the SDK's own chain looks in the process's environment
    Object.assign(process.env, swift.env);
  });
  afterAll(() => swift?.stop());

  // the least size of a part that the API allows
  const partBytes = 5 * 2 ** 20;
  const openBucket = async () =>
    openS3Storage(
      { scheme: 's3', bucket: await swift.createBucket(), prefix: 'runs/1' },
      s3Service(process.env),
      { partBytes },
    );
  describeObjectStorage('s3', openBucket, { largeBytes: partBytes + 4_000_000 });
  describeCopies('s3', openBucket, { partBytes });

  describe('an upload that was broken off', () => {
    const content = randomBytes(2 * partBytes + 5);
    const sha256 = hashBytes(content);
    /** Leaves an upload of the first part behind, told by its metadata. */
    async function left(firstPart: Buffer, metadata: Record<string, string>) {
      const Bucket = await swift.createBucket();
      const s3 = await import('@aws-sdk/client-s3');
      const client = await createS3Client(s3Service(process.env));
      const where = { Bucket, Key: 'model' };
      const { UploadId } = await client.send(
        new s3.CreateMultipartUploadCommand({ ...where, Metadata: metadata }),
      );
      await client.send(new s3.UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: firstPart }));
      const path = join(root, `model-${counter++}`);
      await writeFile(path, content);
      const storage = await openS3Storage(
        { scheme: 's3', bucket: Bucket, prefix: '' },
        s3Service(process.env),
        { partBytes },
      );
      return {
        storage,
        put: () => storage.putFile('model', path, { sha256, sizeBytes: content.length }),
        metadata: async () => (await client.send(new s3.HeadObjectCommand(where))).Metadata,
        uploads: async () =>
          (await client.send(new s3.ListMultipartUploadsCommand({ Bucket }))).Uploads ?? [],
      };
    }

    test('is gone on with where its parts are this file’s', async () => {
      const { storage, put, metadata, uploads } = await left(content.subarray(0, partBytes), {
        sha256,
        from: 'the earlier try',
      });
      await put();
      expect(await metadata()).toEqual({ sha256, from: 'the earlier try' });
      expect(hashBytes(await buffer(await storage.read('model')))).toBe(sha256);
      expect(await uploads()).toEqual([]);
    });

    test('is given up where a part is another file’s', async () => {
      const { storage, put, metadata, uploads } = await left(randomBytes(partBytes), {
        from: 'another file',
      });
      await put();
      expect(await metadata()).toEqual({ sha256 });
      expect(hashBytes(await buffer(await storage.read('model')))).toBe(sha256);
      expect(await uploads()).toEqual([]);
    });

    test('does not give its hash to a file that changed since', async () => {
      const { storage, put } = await left(content.subarray(0, partBytes), { sha256: 'f'.repeat(64) });
      await expect(put()).rejects.toSatisfy(refusedAs('STORAGE_CORRUPT'));
      expect(await storage.head('model')).toBeNull();
      await put();
      expect(await storage.head('model')).toMatchObject({ sha256 });
    });
  });

  test('obs:// is the same API at its own endpoint', async () => {
    const bucket = await swift.createBucket();
    const storage = await openLocation(`obs://${bucket}/x`, { env: { OBS_ENDPOINT: swift.endpoint } });
    await storage.put('a', Buffer.from('1'));
    const same = await openLocation(`s3://${bucket}`);
    expect(await Array.fromAsync(same.list())).toEqual([{ key: 'x/a', sizeBytes: 1 }]);
  });

  test('keys that leave the location are refused on the way down', async () => {
    const bucket = await swift.createBucket();
    const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const client = new S3Client({ endpoint: swift.endpoint, region: 'us-east-1', forcePathStyle: true });
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/good', Body: 'x' }));
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: 'in/a\\..\\..\\evil', Body: 'x' }));
    const storage = await openLocation(`s3://${bucket}/in`);
    const folder = join(root, 'down-evil');
    await expect(copyDown(storage, folder)).rejects.toSatisfy(refusedAs('PATH_OUTSIDE_ROOT'));
    expect(await Array.fromAsync((await openLocation(folder)).list())).toEqual([]);
  });

  test('says what is wrong, and never a secret', async () => {
    const missing = await openLocation('s3://no-such-bucket/x');
    await expect(missing.put('a', Buffer.from('1'))).rejects.toSatisfy(refusedAs('STORAGE_NOT_FOUND'));
    const folder = await mkdtemp(join(root, 'up-'));
    const [id, secret] = [process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SECRET_ACCESS_KEY];
    try {
      process.env.AWS_SECRET_ACCESS_KEY = 'a-wrong-secret';
      const storage = await openLocation(`s3://${await swift.createBucket()}`);
      const error = await copyUp(folder, storage).catch((e: unknown) => e);
      expect(isSemblanceError(error, 'STORAGE_DENIED')).toBe(true);
      expect(String((error as Error).message)).not.toContain('a-wrong-secret');
    } finally {
      Object.assign(process.env, { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret });
    }
  });

  test('a server that is not there', async () => {
    const storage = await openS3Storage(
      { scheme: 's3', bucket: 'bucket', prefix: '' },
      { endpoint: 'http://127.0.0.1:1', region: 'us-east-1', isPathStyle: true },
    );
    await expect(storage.put('a', Buffer.from('1'))).rejects.toSatisfy(refusedAs('STORAGE_UNREACHABLE'));
  });
});
