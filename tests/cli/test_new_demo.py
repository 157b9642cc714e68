"""`course new demo` writes a demo that is tidy, entered where it must be, and passes its tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_lib.cli import main
from course_lib.cli.new_demo_files import PACKAGE, SHEETS, TEMPLATES
from course_lib.publishing.node import node
from tests.browser import chromium

ROOT = Path(__file__).parents[2]

# One that sorts before everything, one in the middle, and the longest possible.
NAMES = ["aa", "scale-a-signal", "zoom-2-the-last-one-of-4"]


def copied(names: list[str], into: Path) -> Path:
    """Copy files and folders of the repository, each to its place."""
    for name in names:
        source, target = ROOT / name, into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.is_file():
            shutil.copy2(source, target)
    return into


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As much of a clone as the command looks at, the present folder."""
    places = [str(PACKAGE), str(SHEETS), str(TEMPLATES), "tests/__init__.py", "tests/golden"]
    places += ["frontend/src/core", "frontend/src/demos/question.ts", "frontend/biome.json"]
    copied([*places, "pyproject.toml"], tmp_path)
    (tmp_path / "frontend/tests/golden").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", "demo", *arguments])


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".ruff_cache" not in path.parts
    }


def test_a_dry_run_names_the_files_that_a_run_writes_and_writes_none(clone: Path) -> None:
    before = files(clone)
    named = run("--dry-run", "scale-a-signal")
    assert named.exit_code == 0, named.output
    assert files(clone) == before
    written = run("scale-a-signal")
    assert written.exit_code == 0, written.output
    after = files(clone)
    listed = {tuple(line.split()) for line in named.output.splitlines()}
    assert listed == {("new", name) for name in after.keys() - before.keys()} | {
        ("changed", name) for name in before if after[name] != before[name]
    }


def test_the_golden_cases_are_what_the_new_module_yields(clone: Path) -> None:
    assert run("scale-a-signal").exit_code == 0
    path = clone / "frontend/tests/golden/scale-a-signal.json"
    cases = json.loads(path.read_text("utf-8"))["cases"]
    assert len(cases) == 60
    for case in cases:
        products = [value * case["factor"] for value in case["signal"]]
        assert case["output"] == pytest.approx(products, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_is_as_the_formatters_would_have_it(clone: Path, name: str) -> None:
    assert run(name).exit_code == 0
    python = [path for path in files(clone) if path.endswith(".py")]
    # A part of a clone does not show by itself what is ours.
    ours = 'lint.isort.known-first-party = ["course_lib", "tests"]'
    for command in (["check", "--config", ours], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, *python]
        done = subprocess.run(ruff, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    biome = ROOT / "frontend/node_modules/@biomejs/biome/bin/biome"
    check = [str(node()), str(biome), "check", f"src/core/{name}.ts", "src/demos", "tests"]
    done = subprocess.run(
        check, cwd=clone / "frontend", capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ScaleASignal", "lower-case words with hyphens between them"),
        ("scale_a_signal", "such as scale-a-signal"),
        ("scale--signal", "such as scale-a-signal"),
        ("2-signals", "such as scale-a-signal"),
        ("../escape", "such as scale-a-signal"),
        ("a", "such as scale-a-signal"),
        ("scale-a-signal-by-a-factor", "has 26 characters; expected at most 24"),
        ("class", "a word of Python's own"),
        ("none", "a word of Python's own"),
        ("host", "what the front end calls a file"),
        ("question", "taken: frontend/src/demos/question.ts exists"),
        ("kernels", "taken: frontend/src/core/kernels.ts exists"),
        ("item", "would be called Item in Python"),
        ("tensor", "would be called Tensor in Python"),
        ("json", "would be called json in Python"),
    ],
)
def test_a_name_that_no_demo_can_have_is_refused_in_words(
    clone: Path, name: str, said: str
) -> None:
    before = files(clone)
    result = run(name)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert files(clone) == before


def test_the_same_demo_is_not_written_twice(clone: Path) -> None:
    assert run("scale-a-signal").exit_code == 0
    before = files(clone)
    again = run("scale-a-signal")
    assert again.exit_code == 2
    assert "taken" in again.output
    assert files(clone) == before


def test_outside_a_clone_it_says_that_it_needs_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("scale-a-signal")
    assert result.exit_code == 1
    assert "there is no clone in" in result.output
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_the_new_demo_passes_its_own_tests_as_it_is_written(tmp_path: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout.decode()
    clone = copied([name for name in listed.split("\0") if name], tmp_path)
    (clone / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")
    environment = {**os.environ, "PYTHONPATH": str(clone)}
    environment["PATH"] = os.pathsep.join([str(node().parent), os.environ["PATH"]])

    def works(*command: str, below: str = ".") -> None:
        done = subprocess.run(
            command,
            cwd=clone / below,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"

    works(sys.executable, "-m", "course_lib.cli", "new", "demo", "scale-a-signal")
    for command in (
        ("node", "build.mjs"),
        ("node", "node_modules/typescript/bin/tsc", "--noEmit"),
        ("node", "--test", "tests/core/scale-a-signal.test.ts", "tests/imports.test.ts"),
        ("node", "--test", "tests/demos/scale-a-signal/state.test.ts"),
    ):
        works(*command, below="frontend")
    tests = ["tests/demos/test_scale_a_signal.py", "tests/golden/test_golden_files_are_current.py"]
    if chromium.find() is not None:
        tests.append("tests/browser/test_scale_a_signal.py")
    works(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
