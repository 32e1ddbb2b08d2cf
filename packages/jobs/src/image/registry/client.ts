import { SemblanceError } from '../../error.ts';
import type { Credentials } from './credentials.ts';

export interface RegistryOptions {
  /** Host and port. */
  registry: string;
  repository: string;
  credentials: Credentials | null;
  /** Speaks HTTP to a registry that is not of this machine; one of this machine is spoken to so anyway. */
  isInsecure?: boolean;
}

/** Where images of `docker.io` really are. */
const hosts: Readonly<Record<string, string>> = { 'docker.io': 'registry-1.docker.io' };

const isLoopback = (registry: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(registry);

export interface Call {
  method?: string;
  headers?: Record<string, string>;
  body?: RequestInit['body'];
  /** Statuses that are an answer, and no failure. */
  expects?: readonly number[];
}

/** Speaks the OCI distribution protocol with one repository of a registry. */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #base: string;
  #authorization: string | null = null;

  constructor(options: RegistryOptions) {
    const { registry, isInsecure = false } = options;
    this.#options = options;
    const scheme = isInsecure || isLoopback(registry) ? 'http' : 'https';
    this.#base = `${scheme}://${hosts[registry] ?? registry}`;
  }

  /** What people call it in messages. */
  get name(): string {
    return `${this.#options.registry}/${this.#options.repository}`;
  }

  /** A path below the repository, as a URL. */
  at(path: string): string {
    return `${this.#base}/v2/${this.#options.repository}/${path}`;
  }

  /**
   * Sends a request; where the registry asks who calls, once more with an answer to that.
   *
   * @param make the request, made anew for a second try
   * @param what is being done, for the message of a failure
   * @throws REGISTRY_DENIED, REGISTRY_UNREACHABLE
   */
  async call(url: string, what: string, make: () => Call = () => ({})): Promise<Response> {
    const first = await this.#send(url, what, make());
    const isAsked = first.status === 401 && first.headers.has('www-authenticate');
    if (!isAsked) return this.#held(first, what, make());
    await first.body?.cancel();
    this.#authorization = await this.#answer(first.headers.get('www-authenticate')!);
    const call = make();
    return this.#held(await this.#send(url, what, call), what, call);
  }

  async #send(url: string, what: string, { method = 'GET', headers = {}, body }: Call): Promise<Response> {
    const { isOwn } = this.#placeOf(url);
    // a registry sends to storage elsewhere, which has no business with our credentials
    const authorization = isOwn && this.#authorization ? { authorization: this.#authorization } : {};
    const init = { method, headers: { ...headers, ...authorization }, redirect: 'manual' as const };
    try {
      const response = await fetch(url, body === undefined ? init : { ...init, body, ...{ duplex: 'half' } });
      const location = response.headers.get('location');
      const isRedirect = method === 'GET' && [301, 302, 303, 307, 308].includes(response.status) && location;
      return isRedirect ? await this.#send(new URL(location, url).href, what, { method, headers }) : response;
    } catch (cause) {
      const reason = (cause as { cause?: Error }).cause?.message ?? (cause as Error).message;
      throw new SemblanceError(
        'REGISTRY_UNREACHABLE',
        `${what}: ${this.#options.registry} does not answer: ${reason}`,
        {
          cause,
        },
      );
    }
  }

  #placeOf(url: string): { isOwn: boolean } {
    return { isOwn: new URL(url).origin === new URL(this.#base).origin };
  }

  async #held(response: Response, what: string, { expects = [] }: Call): Promise<Response> {
    if (response.ok || expects.includes(response.status)) return response;
    const { status } = response;
    const said = (await response.text()).slice(0, 300);
    const detail = /"message":\s*"([^"]*)"/.exec(said)?.[1] ?? '';
    const message = `${what}: ${this.#options.registry} answers ${status}${detail ? `, ${detail}` : ''}`;
    if (status !== 401 && status !== 403) throw new SemblanceError('REGISTRY_UNREACHABLE', message);
    const how = this.#options.credentials
      ? 'check the credentials'
      : `log in with docker, podman or buildah login ${this.#options.registry}, or use --creds-stdin`;
    throw new SemblanceError('REGISTRY_DENIED', `${message}: ${how}`);
  }

  /** Answers `Basic` with the credentials, and `Bearer` with a token of the service that the registry names. */
  async #answer(challenge: string): Promise<string> {
    const { credentials } = this.#options;
    const basic = credentials
      ? `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`
      : null;
    if (/^basic/i.test(challenge)) return basic ?? '';
    const fields = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    if (!fields.realm) return basic ?? '';
    const url = new URL(fields.realm);
    if (fields.service) url.searchParams.set('service', fields.service);
    url.searchParams.set('scope', fields.scope || `repository:${this.#options.repository}:pull,push`);
    const response = await fetch(url, { headers: basic ? { authorization: basic } : {} }).catch((cause) => {
      throw new SemblanceError('REGISTRY_UNREACHABLE', `${url.host}, which gives tokens, does not answer`, {
        cause,
      });
    });
    await this.#held(response.clone(), 'asking for a token', {});
    const { token, access_token } = (await response.json()) as { token?: string; access_token?: string };
    return `Bearer ${token ?? access_token ?? ''}`;
  }
}
