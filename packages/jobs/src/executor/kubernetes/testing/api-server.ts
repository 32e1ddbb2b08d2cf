import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Controllers, deleteObject } from './controllers.ts';
import { Kubelet } from './kubelet.ts';
import { isSelected, mergePatch, ObjectStore, type Stored } from './object-store.ts';

const TOKEN = 'test-token';
const verbs = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const resources: Readonly<Record<string, readonly (readonly [plural: string, kind: string])[]>> = {
  v1: [
    ['pods', 'Pod'],
    ['services', 'Service'],
    ['secrets', 'Secret'],
    ['events', 'Event'],
  ],
  'batch/v1': [['jobs', 'Job']],
  'kubeflow.org/v1': [['pytorchjobs', 'PyTorchJob']],
};

/**
 * For tests: a cluster as its API shows it, over HTTP: jobs whose pods are processes of this machine, watches with
 * versions that are forgotten, logs that are followed, connections that are cut.
 */
export class ApiServer implements AsyncDisposable {
  readonly store = new ObjectStore();
  readonly kubelet = new Kubelet(this.store);
  /** Requests so far: `POST /apis/batch/v1/namespaces/default/jobs`. */
  readonly requests: string[] = [];
  /** Whether Kubeflow's training operator is installed. */
  readonly hasKubeflow: boolean;
  private server: Server;
  private port = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(hasKubeflow: boolean) {
    this.hasKubeflow = hasKubeflow;
    new Controllers(this.store);
    this.server = this.listenable();
  }

  static async start({ hasKubeflow = false } = {}): Promise<ApiServer> {
    const cluster = new ApiServer(hasKubeflow);
    await cluster.open();
    return cluster;
  }

  /** A kubeconfig that leads here. */
  get kubeconfig(): string {
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'toy',
          cluster: { server: `http://127.0.0.1:${this.port}`, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'tester', user: { token: TOKEN } }],
      contexts: [{ name: 'toy', context: { cluster: 'toy', user: 'tester', namespace: 'training' } }],
      'current-context': 'toy',
    });
  }

  /** Cuts every connection, watches and logs among them. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  /** Is not there until {@link open}. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.cut();
    await closed;
  }

  async open(): Promise<void> {
    this.server = this.listenable();
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.kubelet.close();
    if (this.server.listening) await this.close();
  }

  private listenable(): Server {
    const server = createServer((request, response) => void this.answer(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    return server;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://cluster');
    this.requests.push(`${request.method} ${url.pathname}`);
    // what there is may be known to all: kubectl sends no token where there is no TLS
    const known = this.discovery(url.pathname);
    if (known) return send(response, 200, known);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return fail(response, 401, 'Unauthorized');
    const [, version, , plural, name, part] =
      /^\/(?:api|apis)\/((?:[^/]+\/)?v[^/]+)\/namespaces\/([^/]+)\/([^/]+)(?:\/([^/]+)(?:\/(.+))?)?$/.exec(
        url.pathname,
      ) ?? [];
    const kind = this.served(version)?.find(([of]) => of === plural)?.[1];
    if (!kind) return fail(response, 404, `the server could not find the requested resource`);
    if (part === 'log') return this.log(name!, url, request, response);
    const chunks = await request.toArray();
    const text = Buffer.concat(chunks as Buffer[]).toString();
    const body = text === '' ? null : JSON.parse(text);
    if (name === undefined) {
      if (request.method === 'POST') return this.create(body, response);
      return url.searchParams.get('watch') === 'true'
        ? this.watch(kind, url, response)
        : this.list(kind, version!, url, response);
    }
    const object = this.store.get(kind, name);
    if (!object) return fail(response, 404, `${plural} "${name}" not found`);
    if (request.method === 'GET') return send(response, 200, object);
    if (request.method === 'PATCH')
      return send(
        response,
        200,
        this.store.update(kind, name, (now) => mergePatch(now, body)),
      );
    const grace = body?.gracePeriodSeconds ?? url.searchParams.get('gracePeriodSeconds');
    deleteObject(this.store, kind, name, grace === null || grace === undefined ? undefined : Number(grace));
    send(response, 200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' });
  }

  private served(version: string | undefined) {
    if (version === 'kubeflow.org/v1' && !this.hasKubeflow) return undefined;
    return version === undefined ? undefined : resources[version];
  }

  private discovery(path: string): object | null {
    if (path === '/version') return { major: '1', minor: '34', gitVersion: 'v1.34.0' };
    if (path === '/api') return { kind: 'APIVersions', versions: ['v1'] };
    const groups = Object.keys(resources).filter((version) => version.includes('/') && this.served(version));
    if (path === '/apis')
      return {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: groups.map((groupVersion) => {
          const [name, version] = groupVersion.split('/');
          return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
        }),
      };
    const version = /^\/(?:api|apis)\/((?:[^/]+\/)?v\w+)$/.exec(path)?.[1];
    const served = this.served(version);
    if (!served) return null;
    const list = served.map(([name, kind]) => ({
      name,
      singularName: kind.toLowerCase(),
      namespaced: true,
      kind,
      verbs,
    }));
    return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources: list };
  }

  private create(body: Stored, response: ServerResponse): void {
    const object = this.store.create(body);
    if (object) {
      send(response, 201, object);
      return;
    }
    fail(response, 409, `${body.kind} "${body.metadata.name}" already exists`, 'AlreadyExists');
  }

  private list(kind: string, apiVersion: string, { searchParams }: URL, response: ServerResponse): void {
    const items = this.store
      .list(kind)
      .filter((object) =>
        isSelected(object, searchParams.get('labelSelector'), searchParams.get('fieldSelector')),
      );
    const metadata = { resourceVersion: String(this.store.version) };
    send(response, 200, { kind: `${kind}List`, apiVersion, metadata, items });
  }

  private watch(kind: string, { searchParams }: URL, response: ServerResponse): void {
    const since = this.store.since(Number(searchParams.get('resourceVersion')));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (!since) {
      const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' };
      response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`);
      return;
    }
    const tell = ({ type, object }: { type: string; object: Stored }): void => {
      if (object.kind === kind && isSelected(object, searchParams.get('labelSelector'), null))
        response.write(`${JSON.stringify({ type, object })}\n`);
    };
    for (const change of since) tell(change);
    response.once('close', this.store.on(tell));
  }

  private log(name: string, { searchParams }: URL, request: IncomingMessage, response: ServerResponse): void {
    const book = this.kubelet.logs.get(name);
    if (!this.store.get('Pod', name)) {
      fail(response, 404, `pods "${name}" not found`);
      return;
    }
    if (!book) {
      fail(response, 400, `container in pod "${name}" is waiting to start`);
      return;
    }
    const since = Date.parse(searchParams.get('sinceTime') ?? '1970-01-01T00:00:00Z');
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.flushHeaders();
    let sent = 0;
    const more = (): void => {
      for (; sent < book.lines.length; sent++) {
        const line = book.lines[sent]!;
        if (Date.parse(line.split(' ')[0]!) >= since)
          response.write(`${searchParams.get('timestamps') === 'true' ? line : line.replace(/^\S+ /, '')}\n`);
      }
      if (book.isEnded || searchParams.get('follow') !== 'true') {
        book.off('more', more);
        response.end();
      }
    };
    book.on('more', more);
    request.once('close', () => book.off('more', more));
    more();
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const fail = (response: ServerResponse, code: number, message: string, reason = ''): void =>
  send(response, code, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
