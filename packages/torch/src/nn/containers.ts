import type { Tensor } from '../tensor.ts';
import { Module } from './module.ts';

/** Modules one after another, keyed '0', '1', … or by the names of an object. */
export class Sequential extends Module {
  private readonly children: [string, Module][];

  constructor(...modules: Module[] | [Record<string, Module>]) {
    super();
    const first = modules[0];
    this.children =
      first && !(first instanceof Module)
        ? Object.entries(first)
        : (modules as Module[]).map((module, i) => [String(i), module]);
  }

  override namedChildren(): [string, Module][] {
    return this.children;
  }

  forward(x: Tensor): Tensor {
    for (const [, child] of this.children) x = child.forward(x);
    return x;
  }
}

/** A list of modules that its owner calls as it likes; iterable, keyed '0', '1', …. */
export class ModuleList extends Module {
  private readonly modules: Module[];

  constructor(modules: Module[] = []) {
    super();
    this.modules = [...modules];
  }

  override get length(): number {
    return this.modules.length;
  }

  at(index: number): Module | undefined {
    return this.modules.at(index);
  }

  [Symbol.iterator](): Iterator<Module> {
    return this.modules[Symbol.iterator]();
  }

  override namedChildren(): [string, Module][] {
    return this.modules.map((module, i) => [String(i), module]);
  }

  forward(): never {
    throw new Error('a ModuleList has no forward');
  }
}
