"""A class of 200 on the first lab, a tenth of it hostile, the run killed three times."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.grading.bubblewrap import needs_bubblewrap
from tests.grading.courses import course, give, results, scores, words
from tests.grading.hostile import ATTACKS

LAB = "01-convolution-1d"
ROOT = Path(__file__).parents[2]
TWO_HOURS = 7200.0  # enough on a machine that has much else to do
# Those that use up their whole time limit are tried one by one elsewhere.
SLOW = ("loop", "sleep", "stops in the middle", "takes memory in")
QUICK = [name for name in ATTACKS if not any(word in name for word in SLOW)]


def notebook(released: dict[str, Any], answers: dict[str, str]) -> str:
    made = json.loads(json.dumps(released))
    for cell in made["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    return json.dumps(made)


def make_class(root: Path, size: int) -> set[str]:
    """Fill a course folder with a class of the first lab; return its hostile students."""
    shutil.copytree(ROOT / "labs" / LAB, root / "source" / LAB)
    give(root)
    assert course("labs", "release", LAB, "--course", str(root)).returncode == 0
    path = next((root / "source" / LAB).glob("*.ipynb"))
    solved = json.loads(path.read_text(encoding="utf-8"))
    released = json.loads((root / "release" / LAB / path.name).read_text(encoding="utf-8"))
    solution = {
        cell["metadata"]["nbgrader"]["grade_id"]: "".join(cell["source"])
        for cell in solved["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    names, draw, hostile = sorted(solution), random.Random(200), set()
    for number in range(size):
        student = f"student-{number:03}"
        answers = {name: solution[name] for name in names if draw.random() < 0.8}
        if number % 10 == 3:
            attack = ATTACKS[QUICK[number // 10 % len(QUICK)]]
            answers, hostile = {names[0]: attack}, hostile | {student}
        folder = root / "submitted" / student / LAB
        folder.mkdir(parents=True)
        (folder / path.name).write_text(notebook(released, answers), encoding="utf-8")
    give(root)
    return hostile


@pytest.mark.slow
@pytest.mark.timeout(2 * TWO_HOURS)
@needs_bubblewrap
def test_a_class_killed_three_times_ends_as_one_left_in_peace(place: Path) -> None:
    calm = place / "calm"
    hostile = make_class(calm, 200)
    disturbed = calm.with_name("disturbed")
    shutil.copytree(calm, disturbed)
    give(disturbed)
    command = ("labs", "grade", LAB, "--jobs", "2", "--course")
    assert course(*command, str(calm), timeout=TWO_HOURS).returncode == 0
    # The same secret: what is drawn from it is part of a result.
    (disturbed / "grading" / LAB).mkdir(parents=True)
    shutil.copy2(calm / "grading" / LAB / "seed", disturbed / "grading" / LAB / "seed")
    give(disturbed)
    draw = random.Random(3)
    for done in sorted(draw.sample(range(5, 190), 3)):
        run = subprocess.Popen(
            words(*command, str(disturbed)),
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while len(list(disturbed.glob(f"grading/{LAB}/results/*/*.done"))) < done:
            assert run.poll() is None
            time.sleep(0.05)
        time.sleep(draw.random())
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
    assert course(*command, str(disturbed), timeout=TWO_HOURS).returncode == 0
    assert len(results(calm, LAB)) == 200
    assert results(disturbed, LAB) == results(calm, LAB)
    assert scores(disturbed, LAB) == scores(calm, LAB)
    assert all(scores(calm, LAB)[student][0] == 0 for student in hostile)
