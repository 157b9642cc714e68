from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.labs import names, rules, tiny
from tests.labs.harness import LabNotebook, read

HIDDEN = "\n### BEGIN HIDDEN TESTS\nassert True\n### END HIDDEN TESTS"
COPIED = "twice = x + x + 0 * x"
SOLUTION = f"### BEGIN SOLUTION\n{COPIED}\n### END SOLUTION"


def lab_with(folder: Path, changes: dict[int, str] | None = None, **metadata: Any) -> LabNotebook:
    """Return the tiny lab with some cells' text changed and metadata of its first test."""
    notebook = tiny.tiny_notebook()
    for place, source in (changes or {}).items():
        notebook.cells[place].source = source
    notebook.cells[3].metadata["nbgrader"].update(metadata)
    return read(tiny.write(notebook, folder))


def broken(lab: LabNotebook) -> list[str]:
    every = (rules.invalid, rules.leaked, rules.badly_named, rules.badly_made)
    return [sentence for rule in every for sentence in rule(lab)]


def test_a_lab_that_keeps_the_rules_breaks_none(tmp_path: Path) -> None:
    assert broken(lab_with(tmp_path, {6: tiny.TEST_2 + HIDDEN})) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({4: COPIED, 2: SOLUTION}, "doubled: twice = x + x"),
        ({4: 'random = hidden.generator("doubled")'}, "doubled-test: random = hidden"),
        ({0: "Doubling is linear: it keeps sums and multiples."}, "linear: Doubling is linear"),
        ({1: tiny.SHARED + "\nlargest = 3"}, "set-up: a shared cell names largest"),
        ({1: "def f():\n    return doubled(3)"}, "set-up: a shared cell names doubled"),
        ({6: "largest = 3"}, "largest-test: a test sets largest"),
        ({6: "signal = 3"}, "largest-test: a test changes signal"),
        ({6: "checks.true(largest > 2, '')"}, "largest-test: line 1: largest > 2"),
        ({6: "doubled.__name__"}, "largest-test: line 1: doubled.__name__"),
        ({6: "isinstance(largest, float)"}, "largest-test: line 1: isinstance(largest, float)"),
        ({6: "f = doubled"}, "largest-test: line 1: f = doubled"),
        ({6: "doubled(lambda x: x)"}, "largest-test: line 1: doubled(lambda x: x)"),
        ({6: "def g(): pass\ndoubled(x=g)"}, "largest-test: line 2: doubled(x=g)"),
        ({6: "checks.equal(looked_at, 3)"}, "largest-test: looked_at is nobody's"),
        ({6: "checks.equal(largest, 3)"}, "largest-test: nothing is hidden"),
        ({7: "Linear"}, "linear: no marking scheme"),
    ],
)  # fmt: skip
def test_a_lab_that_breaks_a_rule_is_told(
    tmp_path: Path, changes: dict[int, str], sentence: str
) -> None:
    found = broken(lab_with(tmp_path, changes))
    assert [one for one in found if one.startswith(sentence)], found


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ({"points": 1}, "12 points, not 20 to 30"),
        ({"grade_id": "largest-test"}, "Duplicate grade id"),
        ({"schema_version": 2}, "Outdated schema version: 2"),
        ({"locked": False}, "doubled-test: no locked cell"),
    ],
)
def test_metadata_that_break_a_rule_are_told(
    tmp_path: Path, metadata: dict[str, Any], sentence: str
) -> None:
    lab = lab_with(tmp_path, **metadata)
    found = [*rules.invalid(lab), *rules.badly_made(lab)]
    assert [one for one in found if sentence in one], found


def test_a_kept_output_is_told(tmp_path: Path) -> None:
    lab = lab_with(tmp_path)
    lab.notebook.cells[4].execution_count = 3
    assert any("keeps an output" in one for one in rules.invalid(lab))


def test_names_are_told_apart_by_where_they_live() -> None:
    source = "import numpy as np\ny = [x for x in z]\ndef f(a, b=c):\n    d = a\n    return g(d)"
    assert names.bound(source) == {"np", "y", "f"}
    assert names.read(source) == {"z", "c", "g"}


def test_a_students_name_may_be_called_and_given_to_a_check() -> None:
    source = "checks.equal([f(x) for x in a], b, mistakes={'': f(0)})\nchecks.raises(E, f, 0)"
    assert names.misused(source, {"f"}) == []
    assert names.misused("checks.equal(f(x)[0], g)", {"f", "g"}) == []
