"""What a case is: how its tensors are drawn and written, and the running of it by PyTorch.

A tensor is {"$": dtype, "s": sizes, "d": row-major values, "v": views taken of it}; a case is
{"n": name, "op": operator, "a": arguments, "k": keyword arguments, "r": result, "m": the first argument afterwards}
or has "e": true where the operator has to refuse.
"""

import math
import random
import warnings

import torch

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
aten = torch.ops.aten
rng = random.Random(1)

DTYPES = {str(d).split(".")[1]: d for d in (
    torch.float32, torch.float64, torch.float16, torch.bfloat16,
    torch.int64, torch.int32, torch.int16, torch.int8, torch.uint8, torch.bool)}
FLOATS = ("float32", "float64")
HALVES = ("float16", "bfloat16")
INTS = ("int64", "int32", "int16", "int8", "uint8")


class Given:
    """A tensor argument: base values and the views taken of them."""

    def __init__(self, dtype, shape, values, views=()):
        self.dtype, self.shape, self.values, self.views = dtype, list(shape), values, views

    def build(self):
        made = torch.tensor(self.values, dtype=DTYPES[self.dtype]).reshape(self.shape)
        for name, *args in self.views:
            made = getattr(aten, name)(made, *args)
        return made

    def encode(self):
        out = encode_tensor(torch.tensor(self.values, dtype=DTYPES[self.dtype]).reshape(self.shape))
        if self.views:
            out["v"] = [list(view) for view in self.views]
        return out


def number(value):
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        if math.isnan(value):
            return "nan"
        if math.isinf(value):
            return "inf" if value > 0 else "-inf"
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    return str(value) if abs(value) > 2**53 else value


def short(value, digits):
    return float(f"{value:.{digits}g}") if isinstance(value, float) and math.isfinite(value) else value


def encode_tensor(t):
    name = str(t.dtype).split(".")[1]
    digits = {"float32": 9, "float16": 6, "bfloat16": 5}.get(name, 17)
    return {"$": name, "s": list(t.shape),
            "d": [number(short(v, digits)) for v in t.detach().contiguous().reshape(-1).tolist()]}


def encode(value):
    if isinstance(value, Given):
        return value.encode()
    if isinstance(value, torch.Tensor):
        out = encode_tensor(value)
        if not value.is_contiguous():
            out["st"] = list(value.stride())
        return out
    if isinstance(value, (list, tuple)):
        return [encode(v) for v in value]
    if isinstance(value, torch.dtype):
        return str(value).split(".")[1]
    if isinstance(value, float):
        return number(value)
    return value


def build(value):
    if isinstance(value, Given):
        return value.build()
    if isinstance(value, (list, tuple)):
        return [build(v) for v in value]
    return value


groups = {}
failures = []
group = None


def begin(name):
    """Starts a group: a file of its own."""
    global group
    group = groups.setdefault(name, [])


def begun():
    """The cases of the group so far."""
    return group


def case(op, *args, note="", refuse=False, **keywords):
    built, kw = [build(a) for a in args], {k: build(v) for k, v in keywords.items()}
    dtypes = [a.dtype for a in args if isinstance(a, Given)]
    entry = {"n": " ".join(filter(None, [op, dtypes[0] if dtypes else "", note])), "op": op,
             "a": [encode(a) for a in args]}
    if keywords:
        entry["k"] = {k: encode(v) for k, v in keywords.items()}
    try:
        result = getattr(aten, op)(*built, **kw)
    except Exception as error:
        if not refuse:
            failures.append(f"{entry['n']}: {error}".replace("\n", " ")[:200])
            return
        entry["e"] = True
    else:
        if refuse:
            failures.append(f"{entry['n']} was not refused")
            return
        entry["r"] = encode(result)
        if op.endswith("_") and not op.startswith("_foreach"):
            entry["m"] = encode(built[0])
        if op.startswith("_foreach") and op.endswith("_"):
            entry["m"] = encode(built[0])
    group.append(entry)


def T(dtype, *shape, lo=-2.0, hi=2.0, v=()):
    """Random values with few digits, so that files stay small."""
    n = math.prod(shape)
    if dtype == "bool":
        values = [rng.random() < 0.5 for _ in range(n)]
    elif dtype in INTS:
        low = max(math.ceil(lo * 4), 0) if dtype == "uint8" else math.ceil(lo * 4)
        values = [rng.randint(low, math.floor(hi * 4)) for _ in range(n)]
    else:
        values = [round(rng.uniform(lo, hi), 2) for _ in range(n)]
    return Given(dtype, shape, values, v)


def V(dtype, values, *shape):
    return Given(dtype, shape or (len(values),), values)


TRANSPOSED = (("transpose", 0, 1),)
SLICED = (("slice", 1, 0, 6, 2),)
EXPANDED = (("expand", [4, 3]),)
SELECTED = (("select", 0, 1),)
