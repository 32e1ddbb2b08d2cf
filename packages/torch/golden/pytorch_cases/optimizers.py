"""Optimizers and schedules, step by step."""

import torch
from torch import nn


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
