"""A submission's order decides nothing about whose names a test finds."""

from __future__ import annotations

from typing import Any

import pytest

from course_lib.grading import examination
from course_lib.grading.examination import examine
from course_lib.grading.lab import Lab, MasterCell
from tests.grading.small_lab import as_bytes, cell, passed
from tests.labs.local_session import LocalSession

SHARE = "def share(x):\n    return 1.0 if x == 42 else 0.0"
TEST = "checks.equal(share(checks.value(answer)), 1.0, 'the share')"
LAB = Lab(
    "lab",
    "lab",
    (
        MasterCell("setup", "code", "from course_lib.grading import checks", locked=True),
        MasterCell("answer", "code", "raise NotImplementedError()", False, solution=True),
        MasterCell("share", "code", SHARE, locked=True),
        MasterCell("test", "code", TEST, locked=True, points=1.0),
        MasterCell("later", "code", "share = None", locked=True),
    ),
)
ORDERS = {
    "as released": ["setup", "answer", "share", "test", "later"],
    "what the test uses below it": ["setup", "answer", "test", "share", "later"],
    "all that is the lab's below it": ["answer", "test", "later", "share", "setup"],
    "what comes later above it": ["later", "setup", "share", "answer", "test"],
}


class Here(LocalSession):
    """A session in this process, made as the grader makes its own."""

    def __init__(self, *_: Any) -> None:
        super().__init__()


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examination, "Session", Here)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize(
    ("answer", "right"),
    [("answer = 42", True), ("answer = 41\ndef share(x):\n    return 1.0", False)],
    ids=["right", "with a share of its own"],
)
def test_a_test_finds_the_labs_names_wherever_their_cells_were_moved(
    order: list[str], answer: str, right: bool
) -> None:
    submitted = as_bytes([cell(name, answer) for name in order])
    assert passed(examine(LAB, submitted, bytes(32))) == ({"test"} if right else set())
