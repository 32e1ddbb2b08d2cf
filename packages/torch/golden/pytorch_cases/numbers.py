"""Tensors as the golden files hold them."""

import math

import torch


def numbers(tensor):
    """Sizes and row-major values; infinities as texts."""
    values = tensor.detach().flatten().tolist()
    return {
        "dtype": str(tensor.dtype).removeprefix("torch."),
        "shape": list(tensor.shape),
        "data": [v if not isinstance(v, float) or math.isfinite(v) else str(v) for v in values],
    }


def randn(*shape):
    return torch.randn(*shape, dtype=torch.float64)
