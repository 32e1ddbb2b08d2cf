import type { ServiceLog } from '../log/service-log.ts';
import type { App } from './service.ts';

/** Where browsers say that a page's policy has refused something. */
export const REPORTS_PATH = '/ui/reports';

/** The types that browsers send: of `report-uri`, and of `report-to`. */
const TYPES = ['application/csp-report', 'application/reports+json'];
const MOST_BYTES = 16 << 10;
/** Anybody may send a report: of however many there is one line in so long a time. */
const SAY_EVERY_MS = 60_000;

/** Directives of the page's policy, which are all of a report that is believed. */
const directives = [
  ...['default-src', 'script-src', 'script-src-elem', 'script-src-attr', 'style-src', 'style-src-elem'],
  ...['style-src-attr', 'font-src', 'img-src', 'connect-src', 'manifest-src', 'worker-src', 'base-uri'],
  ...['form-action', 'frame-ancestors', 'frame-src', 'object-src', 'require-trusted-types-for'],
] as const;

/** The directive that was violated, as far as the page's policy has it; `another` where it has not. */
export function directiveOf(report: unknown): string {
  const [first = report] = Array.isArray(report) ? report : [report];
  const { 'csp-report': old, body } = (first ?? {}) as { 'csp-report'?: object; body?: object };
  const { effectiveDirective, ...others } = { ...body, ...old } as Record<string, unknown>;
  const said = effectiveDirective ?? others['effective-directive'] ?? others['violated-directive'];
  const name = String(said ?? '').split(' ')[0]!;
  return directives.find((directive) => directive === name) ?? 'another';
}

/** Takes the reports of the page's policy: at most a line a minute, which holds nothing that a stranger has written. */
export function takeReports(app: App, log: ServiceLog): void {
  let saidMs = -Infinity;
  let numUnsaid = 0;
  // its types are read nowhere else
  app.register(async (scope) => {
    scope.addContentTypeParser<string>(TYPES, { parseAs: 'string' }, (_, body, done) => done(null, body));
    scope.post(
      REPORTS_PATH,
      { bodyLimit: MOST_BYTES, config: { role: null }, schema: { hide: true } },
      async (request, reply) => {
        numUnsaid++;
        if (performance.now() - saidMs >= SAY_EVERY_MS) {
          const directive = directiveOf(parsed(request.body));
          const count = numUnsaid;
          const also = count > 1 ? `; ${count - 1} more since the last was told` : '';
          log.event('warn', `a browser refused what the policy of the page forbids: ${directive}${also}`, {
            ...{ directive, count },
          });
          saidMs = performance.now();
          numUnsaid = 0;
        }
        return reply.code(204).send();
      },
    );
  });
}

function parsed(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : body;
  } catch {
    return null;
  }
}
