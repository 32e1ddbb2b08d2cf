"""Writes golden/pytorch/*.json: what Python's modules, losses, optimizers, schedules and printing give.

    /usr/bin/python3 pytorch.py        (Debian: apt-get install python3-torch)

The files hold numbers and texts only. Modules compute in float64.
"""

import json
import os

import torch
from pytorch_cases.modules import losses, module_case, modules
from pytorch_cases.optimizers import optimizers, schedules
from pytorch_cases.printed import print_cases

here = os.path.dirname(os.path.abspath(__file__))


def write(name, cases):
    with open(os.path.join(here, "pytorch", f"{name}.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]\n")
    print(f"{name}: {len(cases)} cases")


if __name__ == "__main__":
    torch.manual_seed(1)
    write("modules", [module_case(*case) for case in modules()])
    write("losses", [module_case(*case) for case in losses()])
    write("optimizers", list(optimizers()))
    write("schedules", list(schedules()))
    write("printed", list(print_cases()))
