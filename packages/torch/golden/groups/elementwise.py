"""Cases: elementwise."""

import math

from cases import EXPANDED, FLOATS, HALVES, INTS, SLICED, T, TRANSPOSED, V, begin, begun, case

begin("elementwise")
ANY = "abs neg sign exp expm1 sin cos tan tanh sinh cosh sigmoid relu softplus gelu silu mish erf atan floor ceil trunc frac square hardtanh hardswish hardsigmoid elu selu celu log_sigmoid leaky_relu logit_free asinh round reciprocal".split()
ANY.remove("logit_free")
for name in ANY:
    case(name, T("float32", 2, 3))
    if len(begun()) % 3 == 0:
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
