"""Hostile notebooks gain nothing, harm nobody, and are graded to the end."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from course_lib.grading.examiner import COMMAND, Examiner, task
from course_lib.grading.limits import Limits
from tests.grading import hostile, ordinary_user
from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.small_lab import (
    LAB,
    RIGHT,
    SETUP,
    TESTS,
    as_bytes,
    cell,
    notebook,
    passed,
    shown,
)

SEED = bytes(range(32))
LIMITS = Limits(memory=2 * 2**30, cell=45.0, call=5.0, submission=90.0, restarts=5)
# One or two of each kind, for every run of the tests; the others are slow.
QUICK = {
    "reads every file",
    "reads /proc",
    "hoards memory that nobody counts",
    "calls the machine below",
    "writes wherever it can",
    "patches numpy and torch",
    "equals everything",
    "exits in a call",
    "forks",
    "takes memory",
    "answers before it is asked",
    "shadows modules",
}

# Those whose cell never ends.
STOPPED = {"loops for ever"}

pytestmark = needs_bubblewrap


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner(ordinary_user.command(list(COMMAND)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_OF_THE_GRADER", "a token of somebody's")
        yield examiner
    examiner.close()


def examined(examiner: Examiner, data: bytes) -> dict[str, Any]:
    return examiner.examine(task(LAB, data, SEED, {}, LIMITS))


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)
        for name in hostile.ATTACKS
    ],
)
def test_an_attack_gains_nothing(examiner: Examiner, name: str) -> None:
    result = examined(examiner, notebook({"convolve": hostile.ATTACKS[name]}))
    assert result["status"] == "graded"
    assert passed(result) == set()
    assert "ESCAPED" not in shown(result)
    assert "ESCAPED" not in str(result["tests"])
    # What was stopped in the middle has not shown what it would have reached.
    assert ("OutOfTime" in shown(result)) == (name in STOPPED)


def test_there_are_at_least_thirty_eight_attacks() -> None:
    assert len(hostile.ATTACKS) >= 38
    assert set(hostile.ATTACKS) >= QUICK


def test_an_honest_answer_beside_an_attack_keeps_its_points(examiner: Examiner) -> None:
    answers = {**RIGHT, "convolve": "import os\ndef convolve(x, k): os._exit(1)"}
    result = examined(examiner, notebook(answers))
    assert passed(result) == {"answer-test", "scale-test"}
    assert result["tests"]["convolve-test"]["outcome"] == "died"
    assert result["restarts"] == 1


def test_the_solution_passes_after_all_attacks(examiner: Examiner) -> None:
    result = examined(examiner, notebook(RIGHT))
    assert passed(result) == set(TESTS)
    assert result["missing"] == []


def test_a_service_on_loopback_is_out_of_reach(examiner: Examiner) -> None:
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def accept() -> None:
            try:
                connection, _ = server.accept()
                connection.close()
                reached.set()
            except OSError:
                pass

        threading.Thread(target=accept, daemon=True).start()
        attack = f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)"
        result = examined(examiner, notebook({"convolve": attack}))
        # The server can be reached from outside a sandbox: the test would notice.
        assert not reached.is_set()
        socket.create_connection(("127.0.0.1", port), 2).close()
        assert reached.wait(5)
    assert passed(result) == set()


FORGED = {
    "a test of one's own": [
        cell("convolve-test", "pass", grade=True, points=1e9, locked=True, solution=False)
    ],
    "a test made an answer": [cell("convolve-test", "pass", grade=True, solution=True)],
    "a test made text": [cell("answer-test", "I have it right.", "markdown", grade=True)],
    "tests twice": [cell(name, "pass") for name in TESTS] * 2,
    "names that nobody knows": [cell("bonus-test", "pass", grade=True, points=100)],
    "set-up of one's own": [cell("setup", "class checks:\n    equal = print")],
    "metadata that are none": [
        {"cell_type": "code", "metadata": {"nbgrader": [1]}, "source": ["x = 1", 7, None]},
        {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {"a": 1}}}, "source": {}},
        {"cell_type": ["code"], "metadata": None, "source": 3},
        {"cell_type": "markdown", "source": "![x](attachment:x)", "attachments": {"x": 3}},
        {},
    ],
    "no cells": [],
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_cells_gain_nothing(examiner: Examiner, name: str) -> None:
    result = examined(examiner, as_bytes(FORGED[name]))
    assert result["status"] == "graded"
    assert passed(result) == set()
    assert set(result["tests"]) == set(TESTS)
    graded = {
        c["metadata"]["nbgrader"]["grade_id"]: c["metadata"]["nbgrader"].get("points")
        for c in result["notebook"]["cells"]
        if c["metadata"]
    }
    assert graded == {c.grade_id: c.points for c in LAB.cells}
    assert [c for c in result["notebook"]["cells"] if c["source"] == SETUP]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_no_markup_begins_in_a_text(examiner: Examiner, kind: str) -> None:
    text = "a < b, 3<4 <script>x</script> <IMG src=x> <!-- --> <?x ?> `</pre>` [x](JavaScript:x)"
    result = examined(examiner, as_bytes([cell(None, text, kind)]))
    kept = [c["source"] for c in result["notebook"]["cells"] if c["cell_type"] == kind]
    assert [text.replace("\N{ZERO WIDTH SPACE}", "") for text in kept] == [text]
    assert not re.search("<[A-Za-z/!?]|script:", kept[0], re.I)


UNREADABLE = {
    "not UTF-8": b"\xff\xfe\x00",
    "not JSON": b"{",
    "no notebook": b"[]",
    "no cells": b'{"cells": 3}',
    "cells that are none": b'{"cells": [1, 2]}',
    "a deep nest": b"[" * 200_000,
    "too many cells": as_bytes([{}] * 2_001),
    "too large": b" " * (20 * 2**20 + 1),
    "empty": b"",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_no_notebook_is_said_to_be_none(examiner: Examiner, name: str) -> None:
    result = examined(examiner, UNREADABLE[name])
    assert result["status"] == "unreadable"
    assert result["reason"]
