"""What is too large is cut, or refused, and takes neither the run nor the machine with it."""

from __future__ import annotations

import csv
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from course_lib.grading import examination
from course_lib.grading.examination import examine
from course_lib.grading.examiner import COMMAND, Examiner, task
from course_lib.grading.lab import Lab, MasterCell
from course_lib.grading.limits import Limits
from course_lib.grading.submission import assemble
from course_lib.grading.wire import frame
from tests.grading import ordinary_user
from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.small_lab import LAB, as_bytes, cell, notebook, shown
from tests.labs.local_session import LocalSession


class Loud(LocalSession):
    """A session in this process, each cell of which shows four million characters."""

    def __init__(self, *_: Any) -> None:
        super().__init__()

    def run(self, source: str) -> tuple[list[Any], tuple[str, str] | None]:
        frame(["run", source])
        text = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}
        return [text] * 39, None


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "Session", Loud)


@pytest.mark.usefixtures("loud")
def test_the_outputs_of_a_notebook_are_bounded_in_all() -> None:
    result = examine(Lab("lab", "lab"), as_bytes([cell(None, "1")] * 100), bytes(32))
    assert 20_000_000 < len(shown(result)) < 45_000_000
    assert "left out" in result["notebook"]["cells"][-1]["outputs"][0]["text"]


@pytest.mark.usefixtures("loud")
def test_a_cell_too_large_to_send_is_no_crash_of_the_grader() -> None:
    result = examine(
        LAB, as_bytes([cell("convolve", "\N{WHITE SMILING FACE}" * 900_000)]), bytes(32)
    )
    assert result["status"] == "graded"
    assert "too large to run" in shown(result)


def test_texts_are_cut_where_nobody_reads_on() -> None:
    cells = assemble(Lab("", ""), [cell(None, "a" * 30_000, "markdown")] * 50)
    assert cells[0].source == "a" * 20_000 + "\n\n[10,000 more characters were left out]"
    assert sum(len(one.source) for one in cells) < 210_000
    kept = assemble(Lab("", ""), [cell(None, "a" * 20_000, "markdown"), cell(None, "b" * 30_000)])
    assert [len(one.source) for one in kept] == [20_000, 30_000]


def test_no_name_becomes_a_formula_in_nbgraders_own_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from course_lib.grading import export

    class Plugin:
        """nbgrader's, as far as it writes a table."""

        def __init__(self, to: str, **_: Any) -> None:
            self.to = to

        def export(self, _: Any) -> None:
            with open(self.to, "w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows([["id", "name", "score"], ["ada", "=1+1\n", "-0.5"]])

    class Course:
        """One with a lab."""

        config = None

        def gradebook(self) -> Any:
            from contextlib import nullcontext

            return nullcontext(SimpleNamespace(assignments=[SimpleNamespace(name="lab")]))

    monkeypatch.setattr(export, "CsvExportPlugin", Plugin)
    made = export.export(Course(), tmp_path / "grades.csv", "nbgrader", [])  # type: ignore[arg-type]
    with made.open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file))[1] == ["ada", "'=1+1\n", "-0.5"]


@needs_bubblewrap
@pytest.mark.slow
def test_neither_a_test_nor_files_without_content_take_the_machines_memory() -> None:
    large = MasterCell(
        "large", "code", "import numpy\nnumpy.empty(9 * 2**30, 'u1')", True, points=1
    )
    fills = """
import os
for i in range(2_000_000): os.close(os.open(f"/tmp/{i}", os.O_CREAT | os.O_WRONLY))
"""
    limits = Limits(memory=300 * 2**20, cell=60.0)
    examiner = Examiner(ordinary_user.command(list(COMMAND)))
    try:
        asked = examiner.examine(task(Lab("", "", (large,)), as_bytes([]), bytes(32), {}, limits))
        filled = examiner.examine(task(LAB, notebook({"convolve": fills}), bytes(32), {}, limits))
    finally:
        examiner.close()
    assert asked["tests"]["large"]["outcome"] == "error"
    assert "GiB of memory at once" in shown(filled)
