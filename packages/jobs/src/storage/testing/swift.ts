import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Debian's own Python: the packages are not there for another one. */
const PYTHON = '/usr/bin/python3';

/** Whether OpenStack Swift can be started here. */
export const hasSwift = ((): boolean => {
  try {
    execFileSync(PYTHON, ['-c', 'import swift.proxy.server'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** What a suite that needs it says where it is skipped. */
export const needsSwift = 'needs OpenStack Swift: semblance setup tests installs it';

export interface SwiftServer {
  endpoint: string;
  /** What the SDK reads: endpoint and credentials. */
  env: Record<string, string>;
  /** Makes an empty bucket with a name of its own. */
  createBucket(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a real object store with the S3 API: OpenStack Swift, whole, on loopback ports of its own. */
export async function startSwift(): Promise<SwiftServer> {
  const folder = await mkdtemp(join(tmpdir(), 'semblance-swift-'));
  const script = fileURLToPath(new URL('swift-server.py', import.meta.url));
  // its standard input is held open by this process: it ends with it, however that ends
  const child = spawn(PYTHON, [script, folder], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let port: string | undefined;
  for await (const line of createInterface(child.stdout)) {
    port = /^ready (\d+)$/.exec(line)?.[1];
    if (port) break;
  }
  if (!port) throw new Error('Swift did not start');
  const endpoint = `http://127.0.0.1:${port}`;
  const env = {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test:tester',
    AWS_SECRET_ACCESS_KEY: 'testing',
  };
  return {
    endpoint,
    env,
    async createBucket() {
      const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
      const client = new S3Client({
        endpoint,
        region: env.AWS_REGION,
        forcePathStyle: true,
        credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY },
      });
      const Bucket = `semblance-${randomBytes(6).toString('hex')}`;
      await client.send(new CreateBucketCommand({ Bucket }));
      client.destroy();
      return Bucket;
    },
    async stop() {
      child.stdin.end();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
