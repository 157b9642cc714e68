"""What a GPU node without network is given: all that is pinned, but its own torch."""

import os
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheelhouse() -> ModuleType:
    loader = SourceFileLoader("wheelhouse", str(ROOT / "tools" / "wheelhouse"))
    spec = spec_from_loader("wheelhouse", loader)
    assert spec is not None
    module = module_from_spec(spec)
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


def test_the_node_s_own_torch_is_left_out_and_nothing_else(wheelhouse: ModuleType) -> None:
    pinned = (ROOT / "requirements-test.txt").read_text("utf-8")
    gathered = wheelhouse.needed(pinned)
    left = {line.split("==")[0] for line in set(pinned.splitlines()) - set(gathered.splitlines())}
    assert left == {"torch"}
    other = "triton==3\nnvidia-cudnn-cu13==9\ncuda-bindings==13\ntorchinfo==1\nnumpy==2\n"
    assert wheelhouse.needed(other) == "torchinfo==1\nnumpy==2\n"


def test_every_requirement_is_pinned_so_that_none_must_be_looked_for() -> None:
    lines = (ROOT / "requirements-test.txt").read_text("utf-8").splitlines()
    assert all("==" in line for line in lines if line and not line.startswith("#"))


def test_the_wheels_are_installed_without_an_index(tmp_path: Path, wheelhouse: ModuleType) -> None:
    source = tmp_path / "small"
    source.mkdir()
    (source / "small.py").write_text("")
    (source / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n'
        '[project]\nname = "small"\nversion = "1"\ndependencies = ["torch"]\n'
    )
    house, target = tmp_path / "house", tmp_path / "target"
    house.mkdir()
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    quiet = {"check": True, "capture_output": True, "env": {**os.environ, "PIP_NO_INDEX": "1"}}
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", house, source]
    subprocess.run([*pip, *build], **quiet)
    (house / "requirements.txt").write_text(wheelhouse.needed("small==1\ntorch==2\n"))
    install = ["install", "--no-index", "--find-links", house, "--no-deps", "--target", target]
    subprocess.run([*pip, *install, "-r", house / "requirements.txt"], **quiet)
    assert (target / "small.py").is_file()
