interface Document {
  components?: { schemas?: object };
}

/** Leaves out schemas that nothing refers to: each has a form for requests and one for answers, and few need both. */
export function withoutUnused<T extends Document>(document: T): T {
  const schemas = (document.components?.schemas ?? {}) as Record<string, unknown>;
  const { components, ...rest } = document;
  const used = new Set<string>();
  const collect = (text: string): void => {
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (used.has(name!)) continue;
      used.add(name!);
      collect(JSON.stringify(schemas[name!]));
    }
  };
  collect(JSON.stringify(rest));
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return { ...document, components: { ...components, schemas: Object.fromEntries(kept) } };
}
