"""Cells run as a notebook runs them, and what they draw is kept."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell

from course_lib.grading.outputs import PNG
from course_lib.grading.shell import CellRun, Shell, run_cell

DRAW = "from matplotlib import pyplot\npyplot.figure(figsize=(1, 1)).add_subplot().plot([1, 2])"


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("MPLBACKEND", "agg")
    yield Shell()
    InteractiveShell.clear_instance()


def pictures(run: CellRun) -> list[bytes]:
    return [
        base64.b64decode(output["data"]["image/png"])
        for output in run.outputs
        if output["output_type"] == "display_data"
    ]


def test_each_figure_that_a_cell_leaves_open_is_shown_once(shell: Shell) -> None:
    run = run_cell(shell, f"{DRAW}\n{DRAW}")
    assert run.error is None
    assert len(pictures(run)) == 2
    assert all(picture.startswith(PNG) for picture in pictures(run))
    assert pictures(run_cell(shell, "1 + 1")) == []


def test_a_figure_drawn_before_an_error_is_shown_beside_it(shell: Shell) -> None:
    run = run_cell(shell, f"{DRAW}\n1 / 0")
    assert run.error == ("ZeroDivisionError", "division by zero")
    assert len(pictures(run)) == 1


def test_a_pyplot_that_was_tampered_with_shows_nothing(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from matplotlib import pyplot

    monkeypatch.setattr(pyplot, "get_fignums", None)
    run = run_cell(shell, "print('on')")
    assert run.error is None
    assert pictures(run) == []
    assert run.outputs[0]["text"] == "on\n"
