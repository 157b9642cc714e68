"""How fast a class is graded, beside nbgrader's own autograder: ``python -m benchmarks.grading``.

Twenty correct submissions of the first lab, on one process and on two. nbgrader runs them in a
kernel each, unprotected; two of its processes share the class by halves. Both grade copies of the
same course folder, in turn, as an ordinary user.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from tests.grading import ordinary_user
from tests.grading.courses import course, give, scores

LAB = "01-convolution-1d"
ROOT = Path(__file__).parents[1]
BARS = {"serial": 1.5, "two processes": 1.25}


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return how many times as fast as nbgrader a class is graded."""
    kinds = {"serial": "nbgrader, serial", "two processes": "nbgrader, two"}
    return [
        Claim(
            f"times as fast as nbgrader, {kind}",
            round(results["ratios"][kind], 2),
            "",
            BARS[kind],
            at_least=True,
            baseline=round(min(results["seconds"][stock]), 1),
            baseline_is="nbgrader's own autograder, s",
        )
        for kind, stock in kinds.items()
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.grading", description=__doc__)
    parser.add_argument("--students", type=int, default=20, help="a class (%(default)s)")
    parser.add_argument("--runs", type=int, default=2, help="of each kind (%(default)s)")
    options = parser.parse_args(arguments)
    on = machine()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        origin = make_class(Path(folder) / "origin", options.students)
        seconds: dict[str, list[float]] = {}
        for run in range(options.runs):
            for name in ("nbgrader, serial", "ours, serial", "nbgrader, two", "ours, two"):
                copy = Path(folder) / f"{run}-{name.replace(', ', '-')}"
                shutil.copytree(origin, copy)
                give(copy)
                taken = graded(copy, name, options.students)
                print(f"{name}: {taken:.1f} s", flush=True)
                seconds.setdefault(name, []).append(taken)
                shutil.rmtree(copy)
    best = {name: min(times) for name, times in seconds.items()}
    ratios = {
        "serial": best["nbgrader, serial"] / best["ours, serial"],
        "two processes": best["nbgrader, two"] / best["ours, two"],
    }
    rows = [[name, *(f"{t:.1f}" for t in times)] for name, times in seconds.items()]
    within = [
        [name, f"{ratio:.2f}", BARS[name], "yes" if ratio >= BARS[name] else "no"]
        for name, ratio in ratios.items()
    ]
    tables = [
        table(["seconds", *(f"run {i + 1}" for i in range(options.runs))], rows),
        table(["", "times as fast as nbgrader", "bar", "within"], within),
    ]
    title = f"Grading {options.students} correct submissions of {LAB}"
    results = {"seconds": seconds, "ratios": ratios}
    print(write_report("grading", title, on, results, tables))
    return 0


def make_class(root: Path, size: int) -> Path:
    """Make a course folder in which everybody handed in the solution."""
    shutil.copytree(ROOT / "labs" / LAB, root / "source" / LAB)
    give(root)
    done = course("labs", "release", LAB, "--course", str(root))
    if done.returncode:
        raise RuntimeError(done.stderr)
    path = next((root / "source" / LAB).glob("*.ipynb"))
    source = json.loads(path.read_text(encoding="utf-8"))
    answers = {
        cell["metadata"]["nbgrader"]["grade_id"]: cell["source"]
        for cell in source["cells"]
        if cell["metadata"].get("nbgrader", {}).get("solution")
    }
    notebook = json.loads((root / "release" / LAB / path.name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = answers.get(name, cell["source"])
    for number in range(size):
        folder = root / "submitted" / f"student-{number:02}" / LAB
        folder.mkdir(parents=True)
        (folder / path.name).write_text(json.dumps(notebook), encoding="utf-8")
    return root


def graded(root: Path, name: str, students: int) -> float:
    """Grade a course folder one way; return the seconds that it took."""
    start = time.monotonic()
    if name.startswith("ours"):
        jobs = "2" if name.endswith("two") else "1"
        done = course("labs", "grade", LAB, "--course", str(root), "--jobs", jobs)
        if done.returncode:
            raise RuntimeError(done.stderr)
    else:
        globs = ("student-*[02468]", "student-*[13579]") if name.endswith("two") else ("*",)
        processes = [subprocess.Popen(stock(root, which), cwd=root) for which in globs]
        if any(process.wait() for process in processes):
            raise RuntimeError("nbgrader failed")
    taken = time.monotonic() - start
    found = scores(root, LAB)
    if len(found) != students or len({score for score, _ in found.values()}) != 1:
        raise RuntimeError(f"not everybody was graded alike: {found}")
    return taken


def stock(root: Path, which: str) -> list[str]:
    """Return nbgrader's own command for some of the class, as an ordinary user runs it."""
    words = [sys.executable, "-m", "nbgrader", "autograde", LAB, f"--student={which}"]
    quiet = ["--Application.log_level=ERROR", f"--CourseDirectory.root={root}"]
    home = ["env", f"HOME={root}", f"JUPYTER_RUNTIME_DIR={root}/.runtime"]
    return ordinary_user.command([*home, *words, *quiet])


if __name__ == "__main__":
    sys.exit(main())
