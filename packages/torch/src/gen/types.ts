import type { ArgInfo, KindInfo, OpInfo } from '../native.ts';

const baseTypes: Record<KindInfo['base'], string> = {
  Tensor: 'Tensor',
  int: 'number',
  float: 'number',
  Scalar: 'Scalar',
  bool: 'boolean',
  str: 'string',
  Device: 'string',
  Generator: 'Generator',
  other: 'never',
};

// In schemas these integers are enumerations; callers give their names.
const enumArgs: Record<string, string> = {
  dtype: 'DType',
  memory_format: 'MemoryFormat',
  layout: "'strided'",
};

const reserved = new Set([
  'default',
  'function',
  'in',
  'new',
  'var',
  'with',
  'delete',
  'class',
  'for',
  'if',
  'this',
]);

function argType(arg: ArgInfo): string {
  let type = arg.kind.enumeration ? (enumArgs[arg.name] ?? 'DType') : baseTypes[arg.kind.base];
  if (arg.kind.list) {
    const element = arg.kind.optionalElements ? `(${type} | null)` : type;
    const list = `readonly ${element}[]`;
    type = arg.kind.broadcast && arg.kind.base !== 'Tensor' ? `${type} | ${list}` : list;
  }
  return arg.kind.optional ? `${type} | null` : type;
}

function returnType(kind: KindInfo): string {
  const base = kind.base === 'Scalar' ? 'number' : baseTypes[kind.base];
  return kind.list ? `${base}[]` : base;
}

const identifier = (name: string) => (reserved.has(name) ? `${name}_` : name);
const isOptional = (arg: ArgInfo) => arg.hasDefault || arg.kind.optional || arg.kind.base === 'Generator';

/** Kinds JavaScript cannot give: operators that need one are left out of the types. */
export function isCallable(op: OpInfo): boolean {
  return (
    op.args.every((arg) => arg.kind.base !== 'other' || isOptional(arg)) &&
    op.returns.every((r) => r.base !== 'other')
  );
}

/** The TypeScript call signature of an operator; `asMethod` drops the first argument, which is self. */
export function signature(op: OpInfo, asMethod = false): string {
  const usable = op.args.filter((arg) => arg.kind.base !== 'other');
  const given = asMethod ? usable.slice(1) : usable;
  const positional = given.filter((arg) => !arg.kwargOnly);
  const keywords = given.filter((arg) => arg.kwargOnly);
  // A required argument (or required keywords) behind an optional one makes that one required too, but nullable.
  const lastRequired = keywords.every(isOptional)
    ? positional.findLastIndex((arg) => !isOptional(arg))
    : positional.length;
  const parts = positional.map((arg, i) => {
    const optional = isOptional(arg) && i > lastRequired;
    const nullable = isOptional(arg) && !optional && !arg.kind.optional ? ' | undefined' : '';
    return `${identifier(arg.name)}${optional ? '?' : ''}: ${argType(arg)}${nullable}`;
  });
  if (keywords.length > 0) {
    const optional = keywords.every(isOptional);
    const fields = keywords.map((arg) => `${arg.name}${isOptional(arg) ? '?' : ''}: ${argType(arg)}`);
    parts.push(`keywords${optional ? '?' : ''}: { ${fields.join('; ')} }`);
  }
  const returns = op.returns.map(returnType);
  const result =
    returns.length === 0 ? 'void' : returns.length === 1 ? returns[0] : `[${returns.join(', ')}]`;
  return `(${parts.join(', ')}): ${result}`;
}

/** Whether an operator is also a method: its first argument is one tensor, positional. */
export function isMethod(op: OpInfo): boolean {
  const first = op.args[0];
  return first !== undefined && first.kind.base === 'Tensor' && !first.kind.list && !first.kwargOnly;
}
