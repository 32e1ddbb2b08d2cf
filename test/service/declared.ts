/** What of the document of the API is looked at. */
export interface ApiDocument {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
}

interface Refusal {
  method: string;
  /** With its query. */
  path: string;
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: one of three shapes
  json: any;
}

/** Holds an error that a service answered against its own document: the operation has to name the status and the code. */
export function requireDeclared({ paths }: ApiDocument, { method, path, status, json }: Refusal): void {
  const [plain = ''] = path.split('?');
  const parts = plain.replace(/\/$/, '').split('/');
  const fits = (template: string): boolean => {
    const own = template.split('/');
    return own.length === parts.length && own.every((part, i) => part.startsWith('{') || part === parts[i]);
  };
  // of several the one with the fewest parameters, as a router chooses
  const [template] = Object.keys(paths)
    .filter((each) => fits(each) && paths[each]![method.toLowerCase()])
    .sort((a, b) => a.split('{').length - b.split('{').length);
  if (template === undefined) return; // no operation: there is nothing to declare
  const { operationId, responses } = paths[template]![method.toLowerCase()]!;
  const code = json?.error_code ?? (typeof json?.code === 'number' ? json.error : '');
  const declared = JSON.stringify(responses[status] ?? {});
  if (responses[status] === undefined || (!declared.includes(`"${code}"`) && code !== ''))
    throw new Error(`${operationId} answered ${status} ${code}, which the document of the API does not name`);
}
