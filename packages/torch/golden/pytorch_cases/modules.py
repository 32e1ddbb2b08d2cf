"""Modules and losses, each with its state, result and gradients."""

import torch
from torch import nn

from .numbers import numbers, randn


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
