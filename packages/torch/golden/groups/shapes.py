"""Cases: shapes and strides."""

import torch

from cases import DTYPES, T, TRANSPOSED, V, begin, case

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
