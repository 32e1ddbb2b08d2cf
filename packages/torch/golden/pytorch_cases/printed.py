"""Tensors and how they print."""

import math

import torch

from .numbers import numbers


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
