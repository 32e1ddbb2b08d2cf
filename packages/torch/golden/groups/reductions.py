"""Cases: reductions."""

import math

import torch

from cases import INTS, T, TRANSPOSED, V, begin, case

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
