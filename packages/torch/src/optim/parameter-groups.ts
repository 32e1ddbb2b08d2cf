import { Module, Parameter } from '../nn/module.ts';
import { Tensor } from '../tensor.ts';
import { refuse } from './options.ts';

/** Parameters with options of their own. */
export type GivenGroup<Options> = { params: Iterable<Parameter> } & Partial<Options>;

/** What an optimizer is made for: parameters, or groups of them. */
export type OptimizerParams<Options> = Iterable<Parameter> | Iterable<GivenGroup<Options>>;

/** One group, its parameters distinct. */
export interface PlainGroup {
  params: Parameter[];
  options: Record<string, unknown>;
}

const isGroup = (value: unknown): value is { params: unknown } & Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Tensor) && 'params' in value;

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** What is wrong with something that stands where a parameter was expected, and what to do. */
function adviceFor(value: unknown): string {
  if (value instanceof Tensor)
    return 'a Tensor: wrap it, new nn.Parameter(tensor), and read and write its value';
  if (value instanceof Module) return 'a module: pass module.parameters()';
  if (Array.isArray(value) && typeof value[0] === 'string' && value[1] instanceof Parameter)
    return 'a name with its parameter: pass module.parameters() in place of namedParameters()';
  if (Array.isArray(value) && typeof value[0] === 'string' && value[1] instanceof Tensor)
    return 'a name with its tensor: pass module.parameters() in place of stateDict()';
  if (Array.isArray(value)) return 'a list: spread it, [...a.parameters(), ...b.parameters()]';
  return value === null ? 'null' : typeof value;
}

function listOf(name: string, given: unknown): unknown[] {
  if (given instanceof Module || given instanceof Tensor || given instanceof Parameter)
    refuse(
      name,
      `Expected a list of Parameters but received ${given instanceof Parameter ? 'one: put it into [ ]' : adviceFor(given)}`,
    );
  if (isGroup(given)) refuse(name, 'Expected a list of groups but received one: put it into [ ]');
  if (!isIterable(given)) refuse(name, `Expected a list of Parameters but received ${adviceFor(given)}`);
  return [...given];
}

function parametersOf(name: string, given: unknown): Parameter[] {
  return listOf(name, given).map((one) => {
    if (one instanceof Parameter) return one;
    return refuse(name, `Expected Parameters but received ${adviceFor(one)}`);
  });
}

/**
 * The groups of an optimizer. A parameter that is given twice, or whose tensor is another's too, is kept once, so that
 * tied weights take one step.
 *
 * @throws TorchError TORCH_BAD_ARGUMENT for anything but parameters, for none at all, and for one in two groups
 */
export function toGroups(name: string, given: unknown): PlainGroup[] {
  const all = listOf(name, given);
  const groups = all.some(isGroup)
    ? all.map((group) => {
        if (!isGroup(group))
          return refuse(name, 'Expected either Parameters or groups { params, … } but received both');
        const { params, ...options } = group;
        return { params: parametersOf(name, params), options };
      })
    : [{ params: parametersOf(name, all), options: {} }];
  const groupOf = new Map<Tensor, number>();
  for (const [i, group] of groups.entries())
    group.params = group.params.filter(({ value }) => {
      const before = groupOf.get(value);
      if (before === undefined) groupOf.set(value, i);
      else if (before !== i) refuse(name, `a parameter of shape [${value.shape}] is in two groups`);
      return before === undefined;
    });
  if (groupOf.size === 0)
    refuse(name, 'Expected Parameters but received none: does the module hold its layers as properties?');
  return groups;
}
