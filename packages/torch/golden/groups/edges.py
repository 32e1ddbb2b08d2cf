"""Cases: empty and zero-dim."""

from cases import T, V, begin, case

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
