"""Writes the golden files of the operator conformance suite with an independent engine: Python's torch.

    /usr/bin/python3 generate.py        (Debian: apt-get install python3-torch)

A tensor is {"$": dtype, "s": sizes, "d": row-major values, "v": views taken of it}; a case is
{"n": name, "op": operator, "a": arguments, "k": keyword arguments, "r": result, "m": the first argument afterwards}
or has "e": true where the operator has to refuse. The files hold numbers only.
"""

import json
import math
import os
import random
import warnings

import torch

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
aten = torch.ops.aten
here = os.path.dirname(os.path.abspath(__file__))
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
    global group
    group = groups.setdefault(name, [])


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

# ------------------------------------------------------------------ elementwise
begin("elementwise")
ANY = "abs neg sign exp expm1 sin cos tan tanh sinh cosh sigmoid relu softplus gelu silu mish erf atan floor ceil trunc frac square hardtanh hardswish hardsigmoid elu selu celu log_sigmoid leaky_relu logit_free asinh round reciprocal".split()
ANY.remove("logit_free")
for name in ANY:
    case(name, T("float32", 2, 3))
    if len(group) % 3 == 0:
        case(name, T("float64", 3, 4, v=TRANSPOSED), note="transposed")
POSITIVE = "log log2 log10 log1p sqrt rsqrt lgamma digamma".split()
for name in POSITIVE:
    case(name, T("float64", 2, 3, lo=0.1, hi=4))
UNIT = "asin acos atanh erfinv logit".split()
for name in UNIT:
    case(name, T("float32", 5, lo=-0.9 if name != "logit" else 0.1, hi=0.9))
case("acosh", T("float32", 4, lo=1.1, hi=3))
for dtype in HALVES:
    for name in ("abs", "neg", "sign", "square"):
        case(name, T(dtype, 2, 3))
case("exp", T("bfloat16", 4))
case("sigmoid", T("bfloat16", 4))
for dtype in INTS:
    case("abs", T(dtype, 5))
    case("square", T(dtype, 5))
for op in ("add", "sub", "mul", "maximum", "minimum"):
    for dtype in FLOATS + HALVES + INTS:
        case(op, T(dtype, 2, 3), T(dtype, 3, lo=0), note="broadcast")
for op in ("div", "pow", "atan2", "fmod", "remainder", "fmax", "fmin", "copysign", "hypot"):
    case(op, T("float32", 2, 1, 3, lo=0.2), T("float32", 4, 1, lo=0.5), note="broadcast both ways")
for op in ("add", "sub", "rsub"):
    case(op, T("float64", 3, 4, v=TRANSPOSED), T("float64", 4, 3), note="alpha, transposed", alpha=2.5)
for left, right in (("int64", "float32"), ("uint8", "int8"), ("bool", "int32"), ("float16", "float32"), ("bfloat16", "int64"), ("int32", "int64"), ("float32", "float64"), ("bool", "bool")):
    case("add", T(left, 3), T(right, 3), note=f"and {right}: promoted")
    case("div", T(left, 3), V(right, [1, 1, 1]), note=f"and {right}: promoted")
case("mul", T("float32", 1, 3, v=EXPANDED), T("float32", 4, 3), note="expanded")
case("mul", T("float32", 3, 6, v=SLICED), 2.5, note="sliced, scalar")
case("mul", T("int32", 3), 2.5, note="float scalar promotes")
case("add", T("uint8", 3), 3, note="integer scalar keeps")
case("add", T("float32", 2), T("float64", ), note="zero-dim does not promote")
case("pow", T("float32", 4, lo=0.1), 2.5, note="scalar exponent")
case("pow", 2, T("float32", 4), note="scalar base")
case("pow", T("int64", 4, lo=0), 3, note="whole exponent")
for mode in ("floor", "trunc"):
    case("div", T("int64", 6), V("int64", [3, -3, 2, 5, -5, 1]), rounding_mode=mode, note=mode)
    case("div", T("float32", 4), 0.75, rounding_mode=mode, note=mode + " scalar")
case("floor_divide", T("int32", 4), V("int32", [3, 2, -3, 1]))
for op in ("eq", "ne", "lt", "le", "gt", "ge"):
    case(op, T("float32", 2, 3), T("float32", 3))
    case(op, T("int8", 6), 1, note="scalar")
    case(op, T("bool", 4), T("bool", 4))
for op in ("logical_and", "logical_or", "logical_xor"):
    case(op, T("bool", 4), T("int32", 4))
case("logical_not", T("float32", 4))
for op in ("bitwise_and", "bitwise_or", "bitwise_xor"):
    for dtype in ("int64", "uint8", "bool"):
        case(op, T(dtype, 4), T(dtype, 4))
case("bitwise_not", T("int16", 4))
case("__lshift__", V("int32", [1, 2, 3]), 2)
case("__rshift__", V("int64", [16, -9, 3]), 1)
case("clamp", T("float32", 2, 3), -0.5, 1.25)
case("clamp", T("float32", 6), None, 0.75, note="max only")
case("clamp", T("float32", 2, 3), T("float32", 3, hi=0), T("float32", 3, lo=0), note="tensors")
case("clamp_min", T("int32", 5), 1)
case("lerp", T("float64", 4), T("float64", 4), 0.25)
case("lerp", T("float64", 4), T("float64", 4), T("float64", 4), note="tensor weight")
case("addcmul", T("float32", 2, 3), T("float32", 3), T("float32", 2, 1), value=0.5)
case("addcdiv", T("float32", 3), T("float32", 3), T("float32", 3, lo=0.5), value=-1.5)
case("where", T("bool", 2, 3), T("float32", 3), T("float32", 2, 1))
case("nan_to_num", V("float32", [math.nan, math.inf, -math.inf, 1.5]), 0.5, 9.5, -9.5)
case("isnan", V("float32", [math.nan, math.inf, 1]))
case("isinf", V("float64", [math.nan, -math.inf, 1]))
case("isfinite", V("float32", [math.nan, math.inf, 1]))
case("sqrt", V("float32", [-1.0, 0.0, math.inf]), note="NaN and infinity")
case("heaviside", V("float32", [-1, 0, 2]), V("float32", [0.5]))
case("threshold", T("float32", 6), 0.25, -1.5)
case("prelu", T("float32", 2, 3, 2), T("float32", 3))
case("glu", T("float32", 2, 4), 1)
case("add", V("int64", [2**62, -2**62, 2**53 + 1]), V("int64", [1, -1, 2]), note="beyond 2^53")
case("gelu", T("float32", 4), approximate="tanh")

# ------------------------------------------------------------------ reductions
begin("reductions")
for op in ("sum", "mean", "prod", "amax", "amin", "std", "var", "logsumexp", "norm"):
    for note, x in (("", T("float32", 3, 4)), ("transposed", T("float64", 4, 3, v=TRANSPOSED))):
        if op == "prod":
            case(op, x, 1, note=note)
            case(op, x, note="all " + note)
        elif op == "norm":
            case(op, x, 2, [1], True, note=note)
            case(op, x, note="all " + note)
        elif op in ("std", "var"):
            case(op, x, [1], True, note=note)
            case(op, x, False, note="biased, all " + note)
        else:
            case(op, x, [1], note=note)
            case(op, x, [0, 1], True, note="keepdim " + note)
for dtype in INTS + ("bool",):
    case("sum", T(dtype, 3, 2), note="widens")
    case("sum", T(dtype, 3, 2), [0], note="by dimension")
case("sum", T("int32", 4), dtype=torch.float64, note="dtype")
case("sum", T("bfloat16", 4, 4), [1])
case("sum", T("float16", 4, 4), [1])
case("mean", T("float16", 3), dtype=torch.float32, note="dtype")
for op in ("max", "min", "median", "mode"):
    case(op, T("float32", 3, 5), 1, note="values and indices")
    if op != "mode":
        case(op, T("int64", 7), note="all")
    case(op, T("int32", 3, 4, v=TRANSPOSED), 0, True, note="keepdim, transposed")
for op in ("argmax", "argmin"):
    case(op, T("float32", 3, 5))
    case(op, T("float32", 3, 5), 1, True)
for op in ("all", "any"):
    case(op, T("bool", 2, 3), 1)
    case(op, T("uint8", 4, lo=0, hi=0.3))
for op in ("cumsum", "cumprod", "logcumsumexp"):
    case(op, T("float64", 2, 4), 1)
case("cumsum", T("int32", 4), 0, note="widens")
case("cummax", T("float32", 6), 0)
case("aminmax", T("float32", 3, 3), dim=1)
case("count_nonzero", T("int32", 3, 4), [1])
case("var_mean", T("float32", 3, 4), [0], True)
case("std_mean", T("float64", 3, 4), [1], False)
case("nansum", V("float32", [1, math.nan, 2]))
case("softmax", T("float32", 2, 5), -1)
case("log_softmax", T("float64", 2, 5), 1)
case("softmax", T("bfloat16", 6), 0, torch.float32, note="dtype")
case("trace", T("float32", 3, 3))
case("dist", T("float32", 4), T("float32", 4), 2.5)
case("diff", T("float32", 2, 5))
case("bincount", V("int64", [1, 2, 2, 5]))
case("histc", T("float32", 10), 4, -2, 2)

# ------------------------------------------------------------------ shapes and strides
begin("shapes")
X = lambda: T("float32", 2, 3, 4)
for op, args in (("view", [[6, -1]]), ("reshape", [[4, 6]]), ("permute", [[2, 0, 1]]), ("transpose", [0, 2]), ("unsqueeze", [1]), ("flatten", [1]), ("select", [1, -1]), ("slice", [2, 1, 4, 2]), ("narrow", [1, 1, 2]), ("unfold", [2, 2, 1]), ("movedim", [0, 2]), ("flip", [[0, 2]]), ("roll", [[1, -1], [0, 2]]), ("repeat", [[1, 2, 1]]), ("tile", [[2, 1]]), ("rot90", [1, [0, 1]]), ("expand", [[5, 2, 3, 4]]), ("chunk", [2, 1]), ("split", [2, 2]), ("split_with_sizes", [[1, 3], 2]), ("unbind", [1]), ("swapaxes", [0, 1]), ("diagonal", [0, 1, 2]), ("as_strided", [[2, 2], [3, 1], 1]), ("tensor_split", [3, 2]), ("unflatten", None), ("ravel", []), ("contiguous", []), ("clone", []), ("squeeze", []), ("squeeze", [0])):
    if args is not None:
        case(op, X(), *args)
case("t", T("int64", 2, 3))
case("squeeze", T("float32", 1, 3, 1), note="all")
case("squeeze", T("float32", 1, 3, 1), 0)
case("cat", [T("float32", 2, 3), T("float32", 1, 3)], 0)
case("cat", [T("int32", 2), T("float32", 1)], note="promotes")
case("stack", [T("uint8", 2, 2), T("uint8", 2, 2)], 1)
case("hstack", [T("float32", 2), T("float32", 3)])
case("vstack", [T("float32", 2), T("float32", 2)])
case("tril", T("float32", 3, 4), -1)
case("triu", T("float64", 3, 3), 1)
case("diag", T("float32", 3))
case("diag_embed", T("float32", 2, 3))
case("repeat_interleave", T("float32", 2, 3), 2, 1)
case("repeat_interleave", T("float32", 3), V("int64", [1, 0, 2]), note="counts")
case("meshgrid", [T("float32", 2), T("float32", 3)], indexing="ij")
case("constant_pad_nd", T("float32", 2, 3), [1, 0, 0, 1], 0.5)
case("reflection_pad2d", T("float32", 1, 3, 3), [1, 1, 2, 0])
case("replication_pad2d", T("float32", 1, 3, 3), [1, 1, 2, 0])
case("pixel_shuffle", T("float32", 1, 4, 2, 2), 2)
case("broadcast_to", T("float32", 3, 1), [2, 3, 4])
case("broadcast_tensors", [T("float32", 3, 1), T("float32", 4)])
case("contiguous", T("float32", 2, 3, v=TRANSPOSED), note="of a transposed one")
case("reshape", T("float32", 2, 3, v=TRANSPOSED), [6], note="of a transposed one")
case("clone", T("float32", 2, 3, v=TRANSPOSED), note="keeps strides")
case("view", T("float32", 2, 3, v=TRANSPOSED), [6], note="of a transposed one", refuse=True)
for source in ("float32", "int64", "bool", "float16"):
    for target in ("float64", "bfloat16", "uint8", "int8", "bool"):
        case("to", T(source, 4, lo=0), DTYPES[target], note="to " + target)
case("_to_copy", T("float64", 3), dtype=torch.int32)

# ------------------------------------------------------------------ indexing
begin("indexing")
IDX = V("int64", [2, 0])
for dtype in ("float32", "int64", "uint8", "bool", "bfloat16"):
    case("index_select", T(dtype, 3, 4), 0, IDX)
case("gather", T("float32", 3, 4), 1, V("int64", [0, 3, 1, 1, 2, 2], 3, 2))
case("take_along_dim", T("float32", 3, 2), V("int64", [1, 0], 1, 2), 0)
case("take", T("float32", 3, 4), V("int64", [0, 11, 5]))
case("scatter", T("float32", 3, 4), 1, V("int64", [0, 3, 1], 3, 1), T("float32", 3, 1))
case("scatter", T("float32", 3, 4), 1, V("int64", [0, 3, 1], 3, 1), 2.5, note="value")
case("scatter", T("float32", 4), 0, V("int64", [1, 1]), T("float32", 2), reduce="add")
case("scatter_add", T("float64", 3), 0, V("int64", [0, 0, 2]), T("float64", 3))
case("index", T("float32", 3, 4), [V("int64", [0, 2]), V("int64", [1, 3])])
case("index", T("float32", 3, 4), [None, V("int64", [1, 3])], note="with a gap")
case("index", T("float32", 2, 3), [V("bool", [True, False, True, False, True, True], 2, 3)], note="mask")
case("index_put", T("float32", 4), [V("int64", [1, 1])], V("float32", [1, 2]), True, note="accumulate")
case("index_add", T("float32", 3, 2), 0, IDX, T("float32", 2, 2), alpha=0.5)
case("index_copy", T("float32", 3, 2), 0, IDX, T("float32", 2, 2))
case("index_fill", T("float32", 3, 2), 0, IDX, 1.5)
case("masked_select", T("float32", 2, 3), T("bool", 2, 3))
case("masked_fill", T("float32", 2, 3), T("bool", 3), -1.5)
case("masked_scatter", T("float32", 4), V("bool", [True, False, True, False]), T("float32", 4))
case("nonzero", V("int32", [0, 1, 0, 2, 3, 0], 2, 3))
case("argwhere", V("float32", [0, 1, 0, 2]))
case("topk", T("float32", 3, 6), 2)
case("topk", T("float64", 6), 3, 0, False, True, note="smallest")
case("kthvalue", T("float32", 3, 5), 2, 1)
case("sort", V("float32", [3, 1, 2, -1]), 0, True)
case("sort", V("int32", [3, 1, 2, 1, 0, 3], 2, 3), stable=True, dim=1)
case("argsort", V("float32", [3, 1, 2, -1]))
case("unique_dim", V("int64", [1, 2, 1, 2, 3, 4], 3, 2), 0, True, True, True)
case("_unique2", V("int64", [3, 1, 3, 2]), True, True, True)
case("searchsorted", V("float32", [1, 3, 5, 7]), V("float32", [0, 3, 6, 9]))
case("bucketize", V("float32", [0, 3, 6]), V("float32", [1, 3, 5]), right=True)
case("one_hot", V("int64", [0, 2, 1]), 4)
case("embedding", T("float32", 5, 3), V("int64", [0, 4, 4], 1, 3))
case("tril_indices", 3, 3)
case("index_select", T("float32", 3, 4), 0, V("int64", [3]), note="out of range", refuse=True)
case("gather", T("float32", 3), 0, V("int64", [5]), note="out of range", refuse=True)
case("index", T("float32", 3), [V("int64", [7])], note="out of range", refuse=True)
case("embedding", T("float32", 3, 2), V("int64", [9]), note="out of range", refuse=True)

# ------------------------------------------------------------------ linear algebra
begin("linear")
for dtype in FLOATS:
    case("mm", T(dtype, 2, 3), T(dtype, 3, 4))
    case("mm", T(dtype, 3, 2, v=TRANSPOSED), T(dtype, 4, 3, v=TRANSPOSED), note="both transposed")
    case("bmm", T(dtype, 2, 2, 3), T(dtype, 2, 3, 2))
    case("addmm", T(dtype, 4), T(dtype, 2, 3), T(dtype, 3, 4), beta=0.5, alpha=2)
case("mm", T("bfloat16", 3, 4), T("bfloat16", 4, 2))
case("mm", T("int64", 3, 2), T("int64", 2, 3))
for a, b in (((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 1, 2, 3), (4, 3, 2))):
    case("matmul", T("float32", *a), T("float32", *b), note=f"{a} by {b}")
case("linear", T("float32", 2, 3), T("float32", 4, 3), T("float32", 4))
case("linear", T("float32", 2, 5, 3), T("float32", 4, 3), note="no bias")
case("dot", T("float64", 4), T("float64", 4))
case("mv", T("float32", 3, 2), T("float32", 2))
case("outer", T("float32", 3), T("float32", 2))
case("baddbmm", T("float32", 2, 2, 2), T("float32", 2, 2, 3), T("float32", 2, 3, 2), alpha=0.5)
case("einsum", "bij,bjk->bik", [T("float32", 2, 2, 3), T("float32", 2, 3, 2)])
case("einsum", "ii->i", [T("float64", 3, 3)])
case("tensordot", T("float32", 2, 3, 4), T("float32", 4, 3), [1, 2], [1, 0])
SPD = V("float64", [4, 1, 0.5, 1, 3, 0.25, 0.5, 0.25, 2], 3, 3)
case("linalg_det", SPD)
case("linalg_inv", SPD)
case("linalg_cholesky", SPD)
case("linalg_solve", SPD, T("float64", 3, 2))
case("linalg_eigvalsh", SPD)
case("linalg_svdvals", T("float64", 3, 2))
case("linalg_vector_norm", T("float32", 2, 3), 3, [1])
case("linalg_norm", T("float32", 2, 3))
case("linalg_matrix_power", SPD, 3)
case("linalg_slogdet", SPD)
case("linalg_lstsq", T("float64", 4, 2), T("float64", 4, 1), driver="gelsd")
case("kron", T("float32", 2, 2), T("float32", 1, 2))
case("linalg_cross", T("float32", 2, 3), T("float32", 2, 3))
case("cdist", T("float32", 3, 2), T("float32", 2, 2))
case("cosine_similarity", T("float32", 2, 4), T("float32", 2, 4))
case("mm", T("float32", 2, 3), T("float32", 2, 3), note="of sizes that do not fit", refuse=True)
case("mm", T("float32", 2, 3), T("float64", 3, 2), note="of two dtypes", refuse=True)
case("linalg_inv", V("float64", [1, 2, 2, 4], 2, 2), note="of a singular matrix", refuse=True)

# ------------------------------------------------------------------ neural networks
begin("nn")
IMG = lambda: T("float32", 2, 3, 5, 6)
for dtype in FLOATS:
    case("conv2d", T(dtype, 1, 2, 5, 5), T(dtype, 3, 2, 3, 3), T(dtype, 3))
case("conv2d", IMG(), T("float32", 2, 3, 3, 3), None, [2, 1], [1, 0], [1, 2], note="stride, padding, dilation")
case("conv2d", IMG(), T("float32", 3, 1, 3, 3), None, 1, 1, 1, 3, note="depthwise, numbers for lists")
case("conv2d", IMG(), T("float32", 2, 3, 3, 3), T("float32", 2), [1, 1], "same", note="same")
case("conv2d", IMG(), T("float32", 2, 3, 3, 3), T("float32", 2), [1, 1], "valid", note="valid")
case("conv2d", T("float32", 1, 5, 6, 3, v=(("permute", [0, 3, 1, 2]),)), T("float32", 2, 3, 3, 3), note="channels-last")
case("conv1d", T("float32", 2, 3, 6), T("float32", 4, 3, 2), T("float32", 4), 2)
case("conv3d", T("float32", 1, 1, 3, 3, 3), T("float32", 2, 1, 2, 2, 2))
case("conv_transpose2d", T("float32", 1, 2, 3, 3), T("float32", 2, 3, 2, 2), None, [2, 2], [0, 0], [1, 1])
case("max_pool2d", IMG(), [2, 2])
case("max_pool2d", IMG(), [3, 3], [2, 2], [1, 1], [1, 1], True, note="ceil")
case("max_pool2d_with_indices", IMG(), [2, 2], [2, 2])
case("avg_pool2d", IMG(), [2, 2], [1, 1], [1, 1], False, False, note="pad not counted")
case("adaptive_avg_pool2d", IMG(), [2, 3])
case("adaptive_max_pool2d", IMG(), [2, 2])
case("max_pool1d", T("float32", 2, 3, 6), 2)
R3 = lambda lo=0.1: T("float32", 3, lo=lo)
case("batch_norm", T("float32", 4, 3), R3(), R3(), R3(), R3(), False, 0.1, 1e-5, False, note="inference")
case("batch_norm", T("float32", 4, 3), R3(), R3(), None, None, True, 0.1, 1e-5, False, note="training")
case("layer_norm", T("float32", 2, 3, 4), [4], T("float32", 4), T("float32", 4))
case("group_norm", T("float32", 2, 4, 3), 2, T("float32", 4), T("float32", 4))
case("instance_norm", T("float32", 2, 3, 4), None, None, None, None, True, 0.1, 1e-5, False)
case("mse_loss", T("float32", 3, 2), T("float32", 3, 2))
case("mse_loss", T("float32", 3), T("float32", 3), 2, note="sum")
case("l1_loss", T("float32", 3), T("float32", 3))
case("smooth_l1_loss", T("float32", 4), T("float32", 4), 1, 0.5)
case("huber_loss", T("float32", 4), T("float32", 4), 1, 0.5)
case("cross_entropy_loss", T("float32", 3, 4), V("int64", [0, 3, 1]))
case("cross_entropy_loss", T("float32", 3, 4), V("int64", [0, -100, 1]), T("float32", 4, lo=0.1), 1, -100, 0.1, note="weights, ignored, smoothed")
case("nll_loss", T("float32", 3, 4), V("int64", [0, 3, 1]))
case("binary_cross_entropy", T("float32", 4, lo=0.1, hi=0.9), V("float32", [0, 1, 1, 0]))
case("binary_cross_entropy_with_logits", T("float32", 4), V("float32", [0, 1, 1, 0]), None, T("float32", 4, lo=0.5))
case("kl_div", T("float32", 4, hi=-0.1), T("float32", 4, lo=0.1, hi=0.9))
case("cosine_embedding_loss", T("float32", 2, 3), T("float32", 2, 3), V("float32", [1, -1]), 0.25)
case("triplet_margin_loss", T("float32", 2, 3), T("float32", 2, 3), T("float32", 2, 3))
case("margin_ranking_loss", T("float32", 3), T("float32", 3), V("float32", [1, -1, 1]), 0.5)
case("upsample_nearest2d", T("float32", 1, 1, 2, 3), [4, 6])
case("upsample_bilinear2d", T("float32", 1, 1, 2, 3), [4, 5], False)
case("upsample_bilinear2d", T("float32", 1, 1, 3, 3), [5, 5], True, note="corners")
case("upsample_bicubic2d", T("float32", 1, 1, 3, 3), [5, 5], False)
case("grid_sampler_2d", T("float32", 1, 1, 3, 3), T("float32", 1, 2, 2, 2, lo=-1, hi=1), 0, 0, False)
case("affine_grid_generator", T("float32", 1, 2, 3), [1, 1, 2, 2], False)
case("im2col", T("float32", 1, 2, 3, 3), [2, 2], [1, 1], [0, 0], [1, 1])
case("dropout", T("float32", 4), 0.5, False, note="in inference")
case("embedding_bag", T("float32", 5, 2), V("int64", [0, 1, 4, 2]), V("int64", [0, 2]))
case("pairwise_distance", T("float32", 2, 3), T("float32", 2, 3))
case("native_layer_norm", T("float64", 2, 4), [4], None, None, 1e-5)
case("conv2d", IMG(), T("float32", 2, 4, 3, 3), note="of channels that do not fit", refuse=True)
case("linear", T("float32", 2, 3), T("float32", 4, 5), note="of sizes that do not fit", refuse=True)
case("batch_norm", T("float32", 4, 3), T("float32", 5), None, None, None, False, 0.1, 1e-5, False, note="of sizes that do not fit", refuse=True)

# ------------------------------------------------------------------ empty and zero-dim
begin("edges")
for op in ("sum", "prod", "mean", "any", "all", "norm"):
    case(op, V("float32", [], 0, 3), note="of nothing")
    case(op, T("float32"), note="of a zero-dim tensor")
for op in ("add", "mul", "div"):
    case(op, V("float32", [], 0, 3), T("float32", 3), note="of nothing, broadcast")
    case(op, T("float64"), T("float64"), note="of zero-dim tensors")
case("sum", V("int32", [], 2, 0), [1], note="of empty rows")
case("cat", [V("float32", [], 0), T("float32", 2)], note="with an empty one")
case("mm", V("float32", [], 2, 0), V("float32", [], 0, 3), note="over nothing")
case("mm", V("float32", [], 0, 2), T("float32", 2, 3), note="of no rows")
case("relu", V("float32", [], 0), note="of nothing")
case("softmax", T("float32"), 0, note="of a zero-dim tensor")
case("view", V("float32", [], 0, 4), [2, 0], note="of nothing")
case("reshape", T("float32"), [1, 1], note="of a zero-dim tensor")
case("sort", V("float32", [], 0), note="of nothing")
case("nonzero", V("float32", [], 0, 2), note="of nothing")
case("conv2d", V("float32", [], 0, 2, 4, 4), T("float32", 3, 2, 3, 3), note="of no images")
case("linear", V("float32", [], 0, 3), T("float32", 2, 3), note="of no rows")
case("max", V("float32", [], 0), note="of nothing", refuse=True)
case("argmax", V("float32", [], 0), note="of nothing", refuse=True)
case("view", V("float32", [], 0, 4), [-1, 0], note="of nothing, ambiguous", refuse=True)
case("sum", T("float32", 2), [3], note="over a dimension that is not there", refuse=True)
case("add", T("float32", 2), T("float32", 3), note="of sizes that do not fit", refuse=True)
case("bitwise_and", T("float32", 2), T("float32", 2), note="of floats", refuse=True)
case("expand", T("float32", 2), [3], note="to a size that does not fit", refuse=True)

# ------------------------------------------------------------------ in place, out, lists, factories
begin("variants")
for op in ("add_", "sub_", "mul_", "div_"):
    case(op, T("float32", 2, 3), T("float32", 3, lo=0.5))
    case(op, T("float64", 3, 4, v=TRANSPOSED), 0.75, note="transposed, scalar")
case("add_", T("int64", 3), T("int32", 3), alpha=3)
for op in ("relu_", "sigmoid_", "exp_", "neg_", "abs_", "tanh_", "floor_", "zero_", "square_", "t_"):
    case(op, T("float32", 3, 2))
case("fill_", T("float32", 2, 4, v=(("slice", 1, 0, 4, 2),)), 1.5, note="sliced")
case("fill_", T("int8", 3), 7)
case("clamp_", T("float32", 4), -0.5, 0.5)
case("copy_", T("float32", 2, 3), T("int32", 3), note="broadcast, converted")
case("masked_fill_", T("float32", 4), T("bool", 4), 0.5)
case("scatter_", T("float32", 4), 0, V("int64", [1, 3]), 0.5)
case("index_add_", T("float32", 3), 0, V("int64", [1, 1]), V("float32", [1, 2]))
case("index_put_", T("float32", 4), [V("int64", [0, 3])], V("float32", [5, 6]))
case("unsqueeze_", T("float32", 3), 0)
case("transpose_", T("float32", 2, 3), 0, 1)
case("lerp_", T("float32", 3), T("float32", 3), 0.5)
case("addcmul_", T("float32", 3), T("float32", 3), T("float32", 3), value=0.5)
case("mul_", T("int32", 3), 1.5, note="by a float", refuse=True)
case("add_", T("float32", 3), T("float32", 2, 3), note="that would grow", refuse=True)
for op in ("add", "mul", "div", "maximum", "eq"):
    out = "bool" if op == "eq" else "float32"
    case(op, T("float32", 3), T("float32", 3, lo=0.5), out=T(out, 3))
for op in ("exp", "sigmoid", "abs", "neg"):
    case(op, T("float32", 2, 3), out=T("float32", 2, 3))
case("mm", T("float32", 2, 3), T("float32", 3, 2), out=V("float32", [], 0), note="grows out")
case("sum", T("float32", 2, 3), [1], out=T("float64", 2), dtype=torch.float64)
case("cat", [T("float32", 2), T("float32", 1)], out=V("float32", [], 0))
case("max", T("float32", 2, 3), 1, max=T("float32", 2), max_values=V("int64", [0, 0]), note="out")
case("topk", T("float32", 5), 2, values=T("float32", 2), indices=V("int64", [0, 0]), note="out")
case("add", T("float32", 3), T("float32", 3), out=T("int32", 3), note="into integers", refuse=True)
LIST = lambda: [T("float32", 2), T("float32", 3, 1)]
for op in ("_foreach_exp", "_foreach_sqrt", "_foreach_neg", "_foreach_abs"):
    case(op, [T("float32", 2, lo=0.1), T("float32", 3, lo=0.1)])
for op in ("_foreach_add", "_foreach_mul", "_foreach_sub", "_foreach_div"):
    case(op, LIST(), 1.5, note="scalar")
    case(op, LIST(), [T("float32", 2, lo=0.5), T("float32", 3, 1, lo=0.5)], note="lists")
    case(op + "_", LIST(), [0.5, 1.5], note="scalars")
case("_foreach_norm", LIST())
case("_foreach_addcmul", LIST(), LIST(), LIST(), 0.5)
case("_foreach_addcdiv_", LIST(), LIST(), [T("float32", 2, lo=0.5), T("float32", 3, 1, lo=0.5)], 0.5)
for dtype in ("float32", "int64", "bfloat16", "uint8", "bool"):
    case("zeros", [2, 3], dtype=DTYPES[dtype], note=dtype)
    case("ones_like", T(dtype, 2))
    case("full", [2], 1, dtype=DTYPES[dtype], note=dtype)
case("full", [2, 2], 0.5, note="of a fraction")
case("full_like", T("float32", 2), 2.5, dtype=torch.float64)
case("arange", 5)
case("arange", 1, 2.5, 0.5)
case("arange", 0, 6, 2, dtype=torch.float32, note="dtype")
case("linspace", 0, 1, 5)
case("logspace", 0, 2, 3)
case("eye", 3)
case("eye", 2, 3, dtype=torch.int64)
case("hann_window", 5)
case("zeros_like", T("float32", 2, 3, v=TRANSPOSED), note="keeps strides")
case("new_zeros", T("float64", 2), [3])
case("new_full", T("int32", 2), [2], 7)
case("empty_like", V("float32", [], 0), note="of nothing")
case("scalar_tensor", 2.5, dtype=torch.float64)

if __name__ == "__main__":
    if failures:
        raise SystemExit("\n".join(failures))
    total = 0
    for name, cases in groups.items():
        path = os.path.join(here, f"{name}.json")
        with open(path, "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":"), sort_keys=False) for c in cases) + "\n]\n")
        total += len(cases)
        print(f"{name}: {len(cases)} cases, {os.path.getsize(path)} bytes")
    print(f"{total} cases")
