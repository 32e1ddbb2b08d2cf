const dtypes: Record<string, string> = {
  Long: 'int64',
  Int: 'int32',
  Short: 'int16',
  Char: 'int8',
  Byte: 'uint8',
  Bool: 'bool',
  Float: 'float32',
  Double: 'float64',
  Half: 'float16',
  BFloat16: 'bfloat16',
  'unsigned char': 'uint8',
  float: 'float32',
  double: 'float64',
  long: 'int64',
};
const dtype = (name: string) => dtypes[name] ?? name;

type Replacement = string | ((...groups: string[]) => string);

/** Where libtorch speaks of Python's or C++'s names: what it says there, and our words for it. */
const phrases: readonly [said: RegExp, ours: Replacement][] = [
  [
    / Saved intermediate values of the graph are freed when .*calling backward\./s,
    ' Its saved values are freed by the first backward(): compute the loss again, or keep them by ' +
      'backward(undefined, { retainGraph: true }).',
  ],
  [
    /a leaf Variable that requires grad is being used in an in-place operation\./,
    'a leaf that requires gradients is changed in place: wrap it into noGrad(() => …).',
  ],
  [
    /a view of a leaf Variable that requires grad is being used in an in-place operation\./,
    'a view of a leaf that requires gradients is changed in place: wrap it into noGrad(() => …).',
  ],
  [
    /element (\d+) of tensors does not require grad and does not have a grad_fn/,
    'this tensor has no gradient history: nothing that it was computed from requires gradients, or it was computed in ' +
      'noGrad() or after detach()',
  ],
  [
    /grad can be implicitly created only for scalar outputs/,
    'backward() without a gradient is for one number: take loss.mean() or loss.sum() first, or pass the gradient',
  ],
  [/modified by an inplace operation/, 'changed in place, by an operator whose name ends with _'],
  [
    /Hint: (?:enable anomaly detection|the backtrace).*$/s,
    'detectAnomaly(() => { forward and backward }) names the operator and its line.',
  ],
  [/Set allow_unused=True if this is the desired behavior\./, 'Pass { allowUnused: true } if that is meant.'],
  [
    /expected scalar type (\w+) but found (\w+)/,
    (_all, wanted, found) =>
      `expected ${dtype(wanted!)} but found ${dtype(found!)}: to('${dtype(wanted!)}') converts`,
  ],
  [
    /to have one of the following scalar types: Long, Int; but got \w*?(Float|Double|Half|Byte|Bool|Short|Char)Type instead \(while checking arguments for \w+\)/,
    (_all, found) => `to be int64 or int32 but found ${dtype(found!)}: to('int64') converts`,
  ],
  [
    /Input type \(([\w ]+)\) and (weight|bias) type \(([\w ]+)\) should be the same/,
    (_all, input, what, wanted) =>
      `the input is ${dtype(input!)} and the ${what} ${dtype(wanted!)}: to('${dtype(wanted!)}') converts`,
  ],
  [
    /mat1 and mat2 must have the same dtype/,
    "both must have one dtype: to('float32') or module.to({ dtype }) converts",
  ],
  [
    /result type (\w+) can't be cast to the desired output type (\w+)/,
    (_all, found, wanted) =>
      `the result is ${dtype(found!)}, which an ${dtype(wanted!)} tensor cannot hold: use the operator without _`,
  ],
  [
    /\w+\(\): could not infer output dtype\. Input dtype must be either a floating point or complex dtype\. Got: (\w+)/,
    (_all, found) => `needs a floating-point dtype but found ${dtype(found!)}: to('float32') converts`,
  ],
  [/Use \.reshape\(\.\.\.\) instead\./, 'Use reshape() instead.'],
  [/in no_grad mode/, 'in noGrad()'],
  [/inside the no_grad block/, 'inside the noGrad()'],
  [
    /To work around you can make a clone to get a normal tensor/,
    'clone() outside inferenceMode() makes a normal one',
  ],
];

/** libtorch's message in the names of this package, with what to do where that is known. */
export const inOurWords = (message: string): string =>
  phrases.reduce((text, [said, ours]) => text.replace(said, ours as string), message);
