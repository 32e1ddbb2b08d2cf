type Forward = { forward(...inputs: unknown[]): unknown };

/**
 * What a module is made of: a function that calls `forward`, so that `model(x)` reads as it does in Python.
 *
 * An object cannot be called in JavaScript, but a constructor may return a function in its place. This is a base class
 * of its own because fields of a class land on what the constructor *above* it returned.
 */
class CallableObject {
  constructor() {
    const self = (...inputs: unknown[]) => (self as unknown as Forward).forward(...inputs);
    // A function's own `name` and `length` would hide a module's.
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    // biome-ignore lint/correctness/noConstructorReturn: this is the point
    return Object.setPrototypeOf(self, new.target.prototype);
  }
}

/** The call is typed by the class that has `forward`: see `Module`. */
export const Callable = CallableObject as new () => object;
