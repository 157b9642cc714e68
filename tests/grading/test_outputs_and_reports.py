"""What a sandbox showed is cleaned, and what a run found is told apart."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from course_lib.grading.outputs import MAX_TEXT, PNG, clean
from course_lib.grading.report import KINDS, WORDS, kind, lines, report

PICTURE = base64.b64encode(PNG + b"rest").decode()


def test_text_errors_and_pictures_are_kept() -> None:
    outputs: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": "one"},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]},
        {
            "output_type": "display_data",
            "data": {"text/plain": "t", "image/png": PICTURE},
            "metadata": {},
        },
    ]
    assert clean(outputs) == outputs


@pytest.mark.parametrize(
    "output",
    [
        3,
        None,
        {},
        {"output_type": "stream", "name": "passed", "text": "x"},
        {"output_type": "stream", "name": "stdout", "text": ["x"]},
        {"output_type": "execute_result", "data": {"text/plain": "1000"}},
        {"output_type": "display_data", "data": {"text/html": "<script>"}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=x>"}},
        {"output_type": "display_data", "data": {"image/png": "no base64"}},
        {"output_type": "display_data", "data": {"image/png": base64.b64encode(b"GIF").decode()}},
        {"output_type": "display_data", "data": {"application/javascript": "x"}},
        {"output_type": "error", "ename": 3, "evalue": "x"},
    ],
    ids=str,
)
def test_everything_else_is_dropped(output: Any) -> None:
    assert clean([output]) == []


def test_text_is_bounded_and_whole() -> None:
    [output] = clean([{"output_type": "stream", "name": "stdout", "text": "\ud800" * 300_000}])
    assert output["text"] == "?" * MAX_TEXT


def test_the_number_of_outputs_is_bounded() -> None:
    one = {"output_type": "stream", "name": "stdout", "text": "x" * 100_000}
    cleaned = clean([one] * 100_000)
    assert len(cleaned) < 100
    assert cleaned[-1]["text"] == "[more outputs were left out]"


def result(outcomes: tuple[str, ...] = (), **changes: Any) -> dict[str, Any]:
    tests = {
        str(i): {"outcome": outcome, "message": "m", "hidden": False}
        for i, outcome in enumerate(outcomes)
    }
    return {"status": "graded", "reason": "", "tests": tests, "missing": [], **changes}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (result(("passed", "passed")), "graded"),
        (result(("failed", "failed")), "graded"),
        (result(("passed", "time-out")), "time-out"),
        (result(("time-out", "died")), "died"),
        (result(("failed", "error")), "error"),
        (result(("passed",), missing=["a"]), "missing"),
        (result(status="unreadable", reason="r"), "unreadable"),
        (result(status="absent", reason="r"), "absent"),
        (result(status="crashed", reason="r"), "crashed"),
    ],
)
def test_a_result_has_the_kind_that_is_most_worth_knowing(
    found: dict[str, Any], expected: str
) -> None:
    assert kind(found) == expected
    made = report("lab", {"ada/lab": found})
    assert made["counts"] == {expected: 1}
    said = "\n".join(lines(made))
    assert WORDS[expected] in said
    assert ("ada/lab" in said) == (expected != "graded")


def test_every_kind_has_words() -> None:
    assert set(KINDS) == set(WORDS)
