"""Writes golden/pytorch/*.json: what Python's modules, losses, optimizers, schedules and printing give.

    /usr/bin/python3 pytorch.py        (Debian: apt-get install python3-torch)

The files hold numbers and texts only. Modules compute in float64.
"""

import json
import math
import os

import torch
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))
torch.manual_seed(1)


def numbers(tensor):
    """Sizes and row-major values; infinities as texts."""
    values = tensor.detach().flatten().tolist()
    return {
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "data": [v if not isinstance(v, float) or math.isfinite(v) else str(v) for v in values],
    }


def write(name, cases):
    with open(os.path.join(here, "pytorch", f"{name}.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    print(f"{name}: {len(cases)} cases")


def randn(*shape):
    return torch.randn(*shape, dtype=torch.float64)


def module_case(name, args, module, inputs, call=None, kwargs=None):
    """One module with its state, its result, and the gradients of Σ result·weights, weights being 1, 2, 3, …"""
    module = module.double()
    inputs = [x.requires_grad_() if x.is_floating_point() else x for x in inputs]
    before = {key: numbers(value) for key, value in module.state_dict().items()}
    result = module(*inputs, **(kwargs or {}))
    outputs = [x for x in (result if isinstance(result, tuple) else (result,)) if x is not None]
    first = outputs[0]
    weights = torch.arange(1, first.numel() + 1, dtype=torch.float64).view(first.shape)
    (first * weights).sum().backward()
    return {
        "module": name,
        "args": args,
        "call": call,
        "state": before,
        "after": {key: numbers(value) for key, value in module.state_dict().items()},
        "inputs": [numbers(x) for x in inputs],
        "outputs": [numbers(x) for x in outputs],
        "inputGrads": [numbers(x.grad) if x.grad is not None else None for x in inputs],
        "grads": {key: numbers(p.grad) for key, p in module.named_parameters()},
    }


def moved(module):
    """The module with parameters that tell more than ones and zeros do."""
    with torch.no_grad():
        for p in module.parameters():
            p.normal_()
    return module


def modules():
    x, y = lambda: randn(2, 4, 5, 4), lambda: randn(2, 4, 3)
    padding = torch.tensor([[False, False, True], [False, True, False]])
    causal = torch.triu(torch.ones(4, 3, dtype=torch.bool), 1)
    added = randn(4, 4, 3)
    attention = lambda **o: moved(nn.MultiheadAttention(6, 2, **o))
    qkv = lambda: [randn(4, 2, 6), randn(3, 2, 6), randn(3, 2, 6)]
    mask = lambda t: {"mask": numbers(t)}
    yield "Linear", [4, 3], moved(nn.Linear(4, 3)), [randn(2, 5, 4)]
    yield "Conv2d", [4, 6, [3, 2], {"stride": 2, "padding": [1, 0], "groups": 2}], moved(
        nn.Conv2d(4, 6, (3, 2), stride=2, padding=(1, 0), groups=2)
    ), [x()]
    yield "ConvTranspose2d", [4, 6, 3], moved(nn.ConvTranspose2d(4, 6, 3)), [x()]
    yield "ConvTranspose2d", [
        4,
        6,
        [3, 2],
        {"stride": [2, 3], "padding": 1, "outputPadding": [1, 0], "groups": 2, "dilation": [1, 2], "bias": False},
    ], moved(
        nn.ConvTranspose2d(4, 6, (3, 2), stride=(2, 3), padding=1, output_padding=(1, 0), groups=2, dilation=(1, 2), bias=False)
    ), [x()]
    yield "Embedding", [5, 3], nn.Embedding(5, 3), [torch.tensor([[0, 4, 2], [2, 2, 1]])]
    yield "Embedding", [5, 3, {"paddingIdx": 2}], nn.Embedding(5, 3, padding_idx=2), [torch.tensor([2, 0, 2, 1])]
    yield "Embedding", [5, 3, {"paddingIdx": -1}], nn.Embedding(5, 3, padding_idx=-1), [torch.tensor([4, 0, 3])]
    yield "BatchNorm2d", [4], moved(nn.BatchNorm2d(4)), [x()]
    yield "BatchNorm1d", [4, {"affine": False, "momentum": 0.3}], nn.BatchNorm1d(4, affine=False, momentum=0.3), [randn(5, 4)]
    yield "LayerNorm", [3], moved(nn.LayerNorm(3)), [y()]
    yield "LayerNorm", [[4, 3], {"eps": 0.1}], moved(nn.LayerNorm([4, 3], eps=0.1)), [y()]
    yield "LayerNorm", [3, {"elementwiseAffine": False}], nn.LayerNorm(3, elementwise_affine=False), [y()]
    yield "GroupNorm", [2, 4], moved(nn.GroupNorm(2, 4)), [y()]
    yield "GroupNorm", [4, 4, {"affine": False, "eps": 0.01}], nn.GroupNorm(4, 4, affine=False, eps=0.01), [y()]
    yield "MaxPool2d", [2], nn.MaxPool2d(2), [x()]
    yield "AvgPool2d", [2], nn.AvgPool2d(2), [x()]
    yield "AvgPool2d", [3, {"stride": 2, "padding": 1, "ceilMode": True, "countIncludePad": False}], nn.AvgPool2d(
        3, stride=2, padding=1, ceil_mode=True, count_include_pad=False
    ), [x()]
    yield "AdaptiveAvgPool2d", [1], nn.AdaptiveAvgPool2d(1), [x()]
    yield "AdaptiveAvgPool2d", [[4, 3]], nn.AdaptiveAvgPool2d((4, 3)), [x()]
    yield "Flatten", [], nn.Flatten(), [y()]
    yield "Flatten", [0, 1], nn.Flatten(0, 1), [y()]
    for name in ("ReLU", "GELU", "SiLU", "Sigmoid", "Tanh", "ELU", "Softplus", "LeakyReLU"):
        yield name, [], getattr(nn, name)(), [y()]
    yield "GELU", [{"approximate": "tanh"}], nn.GELU(approximate="tanh"), [y()]
    yield "ELU", [0.3], nn.ELU(0.3), [y()]
    yield "PReLU", [4], nn.PReLU(4), [y()]
    yield "Softmax", [1], nn.Softmax(1), [y()]
    yield "LogSoftmax", [-1], nn.LogSoftmax(-1), [y()]
    yield "MultiheadAttention", [6, 2], attention(), qkv()
    yield "MultiheadAttention", [6, 2, {"bias": False, "batchFirst": True}], attention(bias=False, batch_first=True), [
        t.transpose(0, 1).detach() for t in qkv()
    ], {"averageAttnWeights": False}, {"average_attn_weights": False}
    yield "MultiheadAttention", [6, 2], attention(), qkv(), {
        "keyPaddingMask": mask(padding),
        "attnMask": mask(causal),
    }, {"key_padding_mask": padding, "attn_mask": causal}
    yield "MultiheadAttention", [6, 2], attention(), qkv(), {"attnMask": mask(added), "needWeights": False}, {
        "attn_mask": added,
        "need_weights": False,
    }
    yield "MultiheadAttention", [6, 2], attention(), [randn(4, 6), randn(3, 6), randn(3, 6)]


def losses():
    logits = lambda: randn(4, 3)
    classes = torch.tensor([0, 2, 1, -100])
    kept = torch.tensor([0, 2, 1, 1])
    weight, pos = torch.tensor([0.5, 2.0, 1.5]), torch.tensor([3.0, 1.0, 0.5])
    weight, pos = weight.double(), pos.double()
    log = lambda: torch.log_softmax(randn(4, 3), 1).detach()
    target = lambda: (torch.rand(4, 3, dtype=torch.float64) > 0.5).double()
    w, p = {"tensor": numbers(weight)}, {"tensor": numbers(pos)}
    for reduction in ("mean", "sum", "none"):
        r, k = {"reduction": reduction}, {"reduction": reduction}
        yield "CrossEntropyLoss", [{**r, "weight": w, "labelSmoothing": 0.1}], nn.CrossEntropyLoss(
            weight=weight, label_smoothing=0.1, **k
        ), [logits(), classes]
        yield "NLLLoss", [{**r, "weight": w, "ignoreIndex": 2}], nn.NLLLoss(weight=weight, ignore_index=2, **k), [log(), kept]
        yield "MSELoss", [r], nn.MSELoss(**k), [logits(), logits()]
        yield "L1Loss", [r], nn.L1Loss(**k), [logits(), logits()]
        yield "SmoothL1Loss", [{**r, "beta": 0.5}], nn.SmoothL1Loss(beta=0.5, **k), [logits(), logits()]
        yield "HuberLoss", [{**r, "delta": 0.5}], nn.HuberLoss(delta=0.5, **k), [logits(), logits()]
        yield "BCEWithLogitsLoss", [{**r, "weight": w, "posWeight": p}], nn.BCEWithLogitsLoss(
            weight=weight, pos_weight=pos, **k
        ), [logits(), target()]
        yield "BCELoss", [{**r, "weight": w}], nn.BCELoss(weight=weight, **k), [torch.sigmoid(logits()).detach(), target()]
        yield "KLDivLoss", [r], nn.KLDivLoss(**k), [log(), log().exp()]
    yield "KLDivLoss", [{"reduction": "batchmean", "logTarget": True}], nn.KLDivLoss(reduction="batchmean", log_target=True), [
        log(),
        log(),
    ]
    for name in ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "BCEWithLogitsLoss"):
        yield name, [], getattr(nn, name)(), [logits(), target()]
    yield "CrossEntropyLoss", [], nn.CrossEntropyLoss(), [logits(), classes]
    yield "CrossEntropyLoss", [], nn.CrossEntropyLoss(), [logits(), torch.softmax(logits(), 1).detach()]
    yield "CrossEntropyLoss", [], nn.CrossEntropyLoss(), [randn(2, 3, 4), torch.tensor([[0, 1, 2, 0], [2, 2, 1, 0]])]
    yield "NLLLoss", [], nn.NLLLoss(), [log(), kept]


def optimizer_case(name, options, make, steps=12):
    """Values of two parameters after each step down ½·Σ c·(p − 1)²; the second has no gradient in every third step."""
    a, b = (nn.Parameter(torch.tensor(v, dtype=torch.float64)) for v in ([2.0, -1.0, 0.5], [0.25]))
    curvature = torch.tensor([1.0, 4.0, 0.1], dtype=torch.float64)
    optimizer = make([a, b])
    path = []
    for i in range(steps):
        optimizer.zero_grad(set_to_none=True)
        loss = (curvature * (a - 1) ** 2).sum() / 2
        if i % 3 != 2:
            loss = loss + ((b - 1) ** 2).sum() / 2
        loss.backward()
        optimizer.step()
        path.append(a.tolist() + b.tolist())
    return {"optimizer": name, "options": options, "path": path}


def optimizers():
    o = torch.optim
    yield optimizer_case("SGD", {"lr": 0.1, "momentum": 0.9, "weightDecay": 0.01}, lambda p: o.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01))
    yield optimizer_case(
        "SGD",
        {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        lambda p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    )
    yield optimizer_case("SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.5}, lambda p: o.SGD(p, lr=0.1, momentum=0.9, dampening=0.5))
    yield optimizer_case("Adam", {}, lambda p: o.Adam(p))
    yield optimizer_case(
        "Adam",
        {"lr": 0.05, "betas": [0.8, 0.95], "eps": 1e-3, "weightDecay": 0.1},
        lambda p: o.Adam(p, lr=0.05, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1),
    )
    yield optimizer_case("Adam", {"lr": 0.05, "amsgrad": True}, lambda p: o.Adam(p, lr=0.05, amsgrad=True))
    yield optimizer_case("AdamW", {}, lambda p: o.AdamW(p))
    yield optimizer_case("AdamW", {"lr": 0.05, "weightDecay": 0.2}, lambda p: o.AdamW(p, lr=0.05, weight_decay=0.2))
    yield optimizer_case("RMSprop", {}, lambda p: o.RMSprop(p))
    yield optimizer_case(
        "RMSprop",
        {"lr": 0.02, "alpha": 0.9, "eps": 1e-4, "weightDecay": 0.1, "momentum": 0.7, "centered": True},
        lambda p: o.RMSprop(p, lr=0.02, alpha=0.9, eps=1e-4, weight_decay=0.1, momentum=0.7, centered=True),
    )
    yield optimizer_case("RMSprop", {"lr": 0.02, "momentum": 0.5}, lambda p: o.RMSprop(p, lr=0.02, momentum=0.5))


def schedule_case(name, options, make, steps=24, values=None):
    """Factors of a learning rate of 1 before each step."""
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    schedule = make(optimizer)
    factors = []
    for i in range(steps):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if values is None:
            schedule.step()
        elif i < len(values):
            schedule.step(values[i])
    return {"schedule": name, "options": options, "values": values, "factors": factors}


def schedules():
    s = torch.optim.lr_scheduler
    yield schedule_case("step", {"stepSize": 5}, lambda o: s.StepLR(o, 5))
    yield schedule_case("step", {"stepSize": 3, "gamma": 0.5}, lambda o: s.StepLR(o, 3, gamma=0.5))
    yield schedule_case("exponential", {"gamma": 0.9}, lambda o: s.ExponentialLR(o, 0.9))
    yield schedule_case("oneCycle", {"totalSteps": 24}, lambda o: s.OneCycleLR(o, 1.0, total_steps=24))
    yield schedule_case(
        "oneCycle",
        {"totalSteps": 24, "warmupShare": 0.25, "startDivisor": 10, "endDivisor": 100, "anneal": "linear"},
        lambda o: s.OneCycleLR(o, 1.0, total_steps=24, pct_start=0.25, div_factor=10, final_div_factor=100, anneal_strategy="linear"),
    )
    losses = [1, 0.9, 0.89999, 0.9, 0.95, 0.9, 0.9, 0.5, 0.6, 0.6, 0.6, 0.6, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]
    scores = [0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.9, 0.9, 0.9]
    yield schedule_case("reduceOnPlateau", {"patience": 2}, lambda o: s.ReduceLROnPlateau(o, patience=2), values=losses)
    yield schedule_case("reduceOnPlateau", {}, lambda o: s.ReduceLROnPlateau(o), values=[1.0] * 24)
    yield schedule_case(
        "reduceOnPlateau",
        {"mode": "max", "patience": 1, "factor": 0.5, "cooldown": 2, "floor": 0.2, "threshold": 0.05, "thresholdMode": "absolute"},
        lambda o: s.ReduceLROnPlateau(
            o, mode="max", patience=1, factor=0.5, cooldown=2, min_lr=0.2, threshold=0.05, threshold_mode="abs"
        ),
        values=scores,
    )


def printed():
    """Tensors, and how PyTorch prints their values."""
    t = torch.tensor
    inf, nan = math.inf, math.nan
    yield t(1.5)
    yield t(3)
    yield t(True)
    yield t([])
    yield torch.zeros(2, 0, 3)
    yield t([1.0, 2.0, 3.0])
    yield t([1.0, 2.5, -3.25])
    yield t([[1, -20], [300, 4]])
    yield t([True, False])
    yield t([1e-5, 1.0])
    yield t([1e-5, 1e5])
    yield t([123456789.0, 1.5])
    yield t([100000.0, 0.5])
    yield t([nan, 1.5, inf, -inf])
    yield t([nan, 1.0, inf])
    yield t([nan, nan])
    yield t([0.0, -0.0])
    yield t([0.1], dtype=torch.float64)
    yield t([0.1, 1234.5678])
    yield t([1e10, 1.0])
    yield t([3e8, 7.0], dtype=torch.float64)
    yield torch.tensor([1.1, 2.2], dtype=torch.float16)
    yield torch.tensor([1.1, 300.25], dtype=torch.bfloat16)
    yield torch.arange(30) * 1.5
    yield torch.arange(24).view(2, 3, 4)
    yield torch.arange(24).view(2, 3, 4) / 7
    yield torch.arange(1000)


# Tensors too large to be stored: calls one after another.
RAMPS = (
    [["arange", 1001]],
    [["arange", 1200], ["view", [600, 2]], ["mul", 0.5]],
    [["arange", 1200], ["view", [2, 600]]],
    [["arange", 6000], ["view", [3, 4, 500]]],
    [["arange", 6000], ["view", [3, 4, 500]], ["transpose", 0, 2], ["div", 3]],
    [["arange", 1200], ["remainder", 256], ["to", "uint8"], ["view", [1, 1, 1200]]],
    [["arange", 16000], ["view", [2, 2, 2000, 2]], ["select", 3, 1]],
)


def ramp(calls):
    x = torch
    for name, *args in calls:
        x = getattr(x, name)(*(torch.uint8 if a == "uint8" else a for a in args))
    return x


def print_cases():
    def text_of(x):
        text = str(x).replace(", size=(2, 0, 3)", "")
        for dtype in ("float64", "float16", "bfloat16", "uint8"):
            text = text.replace(f", dtype=torch.{dtype}", "")
        return text

    for x in printed():
        yield {"tensor": numbers(x), "text": text_of(x)}
    for calls in RAMPS:
        yield {"calls": calls, "text": text_of(ramp(calls))}


if __name__ == "__main__":
    write("modules", [module_case(*case) for case in modules()])
    write("losses", [module_case(*case) for case in losses()])
    write("optimizers", list(optimizers()))
    write("schedules", list(schedules()))
    write("printed", list(print_cases()))
