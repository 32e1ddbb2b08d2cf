"""Cases: in place, out, lists, factories."""

import torch

from cases import DTYPES, T, TRANSPOSED, V, begin, case

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
