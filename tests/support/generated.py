"""The generator of quotations that the benchmark of statements has."""

import importlib.util
from types import ModuleType

from support.paths import ROOT

FILE = ROOT / "benchmarks/statements.py"


def benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_statements", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
