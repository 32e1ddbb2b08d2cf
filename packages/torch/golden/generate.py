"""Writes the golden files of the operator conformance suite with an independent engine: Python's torch.

    /usr/bin/python3 generate.py        (Debian: apt-get install python3-torch)

Each file of `groups/` lists the cases of one golden file; they draw from one stream of random numbers, in this order.
The files hold numbers only.
"""

import json
import os
from importlib import import_module

from cases import failures, groups

GROUPS = ("elementwise", "reductions", "shapes", "indexing", "linear", "nn", "edges", "variants")

here = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    for name in GROUPS:
        import_module(f"groups.{name}")
    if failures:
        raise SystemExit("\n".join(failures))
    total = 0
    for name, cases in groups.items():
        path = os.path.join(here, f"{name}.json")
        with open(path, "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(c, separators=(",", ":"), sort_keys=False) for c in cases) + "\n]\n")
        total += len(cases)
        print(f"{name}: {len(cases)} cases, {os.path.getsize(path)} bytes")
    print(f"{total} cases")
