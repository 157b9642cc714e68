"""Imports run one way: the design's graph, held over the source of every module."""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]

BASE = {"convolution", "datasets", "networks", "training", "detection", "segmentation"}
TOP = {"figures", "demos", "grading"}
FOR_ALL = {"files"}  # imports nothing of the course
ALLOWED: dict[str, set[str]] = {
    "files": set(),
    "convolution": set(),
    "datasets": set(),
    "networks": {"convolution"},
    "detection": {"networks", "datasets"},
    "segmentation": {"networks", "datasets"},
    # A recipe's task has the loss and the measures of what its network does.
    "training": {"datasets", "networks", "detection", "segmentation"},
    "figures": BASE,
    "demos": BASE,
    "grading": BASE,
    "publishing": BASE | TOP,
    "cli": BASE | TOP | {"publishing"},
}
# What a demo in a notebook computes with, before torch has been imported.
TORCHLESS = {
    "cost",
    "counts",
    "geometry",
    "geometry2d",
    "kernels",
    "layer_costs",
    "padding",
    "pooling_geometry",
    "receptive_field_chain",
    "receptive_field_graph",
    "receptive_field_interval",
    "receptive_field_layers",
    "receptive_field_networks",
    "receptive_field_paths",
    "signal",
    "transposed_geometry",
}
HEAVY = {"IPython", "ipywidgets", "jupyter_book", "matplotlib", "numpy", "sphinx", "torch"}


class Import(NamedTuple):
    module: str  # dotted and absolute: "course_lib.networks.layers", "torch.nn"
    at_top: bool  # run when the importing module is imported


def imports(source: str, package: str) -> Iterator[Import]:
    """Yield what a module of the dotted `package` imports, at its top and inside functions."""
    tree = ast.parse(source)
    lazy = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    } | {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        at_top = id(node) not in lazy
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, at_top)
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = [*(parents if node.level else []), *([node.module] if node.module else [])]
            for alias in node.names:
                # "from course_lib import networks" names its module only after "import".
                yield Import(".".join([*base, alias.name]), at_top)
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            match node.args:
                case [ast.Constant(value=str(name)), *_]:
                    yield Import(name, at_top)


def modules(root: Path) -> Iterator[tuple[Path, str, list[Import]]]:
    """Yield each module below `root`/course_lib, the part it belongs to, and its imports."""
    for path in sorted((root / "course_lib").rglob("*.py")):
        folders = path.relative_to(root).parts[:-1]
        part = folders[1] if len(folders) > 1 else path.stem
        yield path, part, list(imports(path.read_text("utf-8"), ".".join(folders)))


def violations(root: Path) -> list[str]:
    """Return a sentence for each import that runs against the graph."""
    found = []
    for path, part, imported in modules(root):
        where = path.relative_to(root)
        if part == "__init__":
            found += [f"{where} imports {i.module}, but should import nothing" for i in imported]
            continue
        if part not in ALLOWED:
            found.append(f"{where} belongs to {part!r}, which the graph does not know")
            continue
        for module, at_top in imported:
            target = module.split(".")
            # The bare package holds nothing but its version.
            if target[0] != "course_lib" or target[1:] in ([], ["__version__"]):
                continue
            if target[1] == part or target[1] in FOR_ALL:
                continue
            if target[1] not in ALLOWED[part]:
                found.append(f"{where} imports {module}, but {part} may not")
            elif part == "cli" and at_top:
                found.append(f"{where} imports {module} at its top, but the command is lazy")
    return found


def test_every_import_of_the_course_runs_one_way() -> None:
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("path", "line", "sentence"),
    [
        ("__init__.py", "import os", "but should import nothing"),
        ("convolution/a.py", "from course_lib.networks import b", "convolution may not"),
        ("convolution/a.py", "def f():\n    from ..datasets import b", "convolution may not"),
        ("datasets/a.py", "import course_lib.convolution.b", "datasets may not"),
        ("datasets/deep/a.py", "from ... import convolution", "datasets may not"),
        ("networks/a.py", "from course_lib import training", "networks may not"),
        ("training/a.py", "from course_lib.convolution import b", "training may not"),
        ("detection/a.py", "from course_lib.segmentation import b", "detection may not"),
        ("segmentation/a.py", "from course_lib.detection import b", "segmentation may not"),
        ("detection/a.py", "from course_lib.grading import b", "detection may not"),
        ("figures/a.py", "from course_lib.demos import b", "figures may not"),
        ("demos/a.py", "from course_lib.publishing import b", "demos may not"),
        ("grading/a.py", "import_module('course_lib.cli')", "grading may not"),
        ("publishing/a.py", "from course_lib.cli import b", "publishing may not"),
        ("cli/a.py", "from course_lib.figures import b", "the command is lazy"),
        ("files.py", "from course_lib.training import b", "files may not"),
        ("pictures/a.py", "", "which the graph does not know"),
    ],
)
def test_an_import_against_the_graph_is_found(
    tmp_path: Path, path: str, line: str, sentence: str
) -> None:
    module = tmp_path / "course_lib" / path
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(line)
    assert [sentence in found for found in violations(tmp_path)] == [True]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("convolution/a.py", "from course_lib.convolution.b import c\nimport torch"),
        ("convolution/a.py", "from .b import c\nfrom . import b"),
        ("networks/a.py", "from course_lib.convolution import b"),
        ("training/a.py", "from course_lib import datasets, networks"),
        ("figures/a.py", "from course_lib import __version__, detection"),
        ("demos/a.py", "import course_lib"),
        ("publishing/a.py", "from course_lib import demos"),
        ("cli/a.py", "def f():\n    import course_lib.publishing\nfrom course_lib.cli import b"),
    ],
)
def test_an_import_along_the_graph_is_let_through(tmp_path: Path, path: str, line: str) -> None:
    module = tmp_path / "course_lib" / path
    module.parent.mkdir(parents=True)
    module.write_text(line)
    assert violations(tmp_path) == []


def test_the_mathematics_draws_nothing_and_half_of_it_needs_no_torch() -> None:
    found = set()
    for path, part, imported in modules(ROOT):
        if part != "convolution":
            continue
        outside = {i.module.split(".")[0] for i in imported} - {"course_lib"}
        foreign = outside - set(sys.stdlib_module_names)
        assert foreign <= (set() if path.stem in TORCHLESS else {"torch"}), path
        found.add(path.stem)
    assert found >= TORCHLESS


def in_fresh_python(code: str) -> str:
    """Return what `code` prints in an interpreter of its own."""
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    return run.stdout.strip()


def loaded(statement: str, packages: set[str]) -> set[str]:
    """Return which of `packages` are loaded after a statement and were not before it."""
    code = f"import sys; old = set(sys.modules); {statement}; print(*set(sys.modules) - old)"
    return packages & set(in_fresh_python(code).split())


def test_importing_the_package_takes_less_than_a_tenth_of_a_second() -> None:
    code = "from time import perf_counter as t; a = t(); import course_lib; print(t() - a)"
    assert statistics.median(float(in_fresh_python(code)) for _ in range(5)) < 0.1


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded("import course_lib", HEAVY) == set()


def test_the_mathematics_of_plain_numbers_loads_nothing_heavy() -> None:
    names = "PADDINGS, convolve_signal, named_kernel, output_length, padding_amounts"
    assert loaded(f"from course_lib.convolution import {names}", HEAVY) == set()


def test_the_whole_mathematics_loads_torch_and_nothing_that_draws() -> None:
    unwanted = {"IPython", "ipywidgets", "matplotlib", "torch._dynamo"}
    everything = "from course_lib.convolution import *"
    assert loaded(everything, unwanted | {"torch"}) == {"torch"}
