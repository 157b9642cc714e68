from pathlib import Path

import pytest

from course_lib.publishing.fingerprint import execution_key
from tests.publishing.notebooks import notebook


@pytest.fixture
def root(tmp_path: Path) -> Path:
    package = tmp_path / "library"
    (package / "__pycache__").mkdir(parents=True)
    (package / "module.py").write_text("x = 1")
    (package / "palette.json").write_text("{}")
    (tmp_path / "requirements.txt").write_text("torch==2.13.0")
    return tmp_path


def key(root: Path, node: object = None, **parameters: object) -> str:
    node = node or notebook("print(1)")
    return execution_key(node, parameters, root=root, package=root / "library")  # type: ignore[arg-type]


def test_the_key_is_the_same_when_nothing_changes(root: Path) -> None:
    assert key(root) == key(root)


def test_a_changed_sentence_leaves_the_key(root: Path) -> None:
    assert key(root, notebook("print(1)", prose="Other words")) == key(root)


def test_outputs_and_execution_counts_leave_the_key(root: Path) -> None:
    node = notebook("print(1)")
    node.cells[-1].execution_count = 7
    assert key(root, node) == key(root)


@pytest.mark.parametrize(
    "node",
    [
        notebook("print(2)"),
        notebook("print(1)", "print(1)"),
        notebook("print(1)", tags=("remove-input",)),
    ],
    ids=["code", "a cell more", "a tag"],
)
def test_changed_code_changes_the_key(root: Path, node: object) -> None:
    assert key(root, node) != key(root)


def test_other_parameters_change_the_key(root: Path) -> None:
    assert key(root, profile="full") != key(root, profile="fast")


@pytest.mark.parametrize("name", ["library/module.py", "library/palette.json", "requirements.txt"])
def test_a_change_in_the_library_or_the_requirements_changes_the_key(root: Path, name: str) -> None:
    before = key(root)
    (root / name).write_text("changed")
    assert key(root) != before


def test_a_new_or_renamed_file_of_the_library_changes_the_key(root: Path) -> None:
    before = key(root)
    new = root / "library" / "static.js"
    new.write_text("")
    added = key(root)
    new.rename(root / "library" / "static.mjs")
    assert len({before, added, key(root)}) == 3


def test_python_caches_leave_the_key(root: Path) -> None:
    before = key(root)
    (root / "library" / "__pycache__" / "module.pyc").write_bytes(b"\0")
    assert key(root) == before
