"""How many scenes a second the renderer draws: ``python -m benchmarks.scenes``.

Each figure is the median of several runs of one process, description and rendering together, by the
processor's own clock, so that a busy neighbour counts as little as it can. The baseline is what any
renderer would have to do: cut the background from its photograph.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from time import process_time
from typing import Any

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.datasets.scenes import TASKS, Description, describe, render
from course_lib.datasets.scenes.backgrounds import sampled

RUNS = 7
PREPARED: dict[tuple[str, int], Description] = {}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenes", type=int, default=200, help="scenes a run")
    parser.add_argument("--size", type=int, default=96, help="pixels of a side")
    options = parser.parse_args(arguments)
    on, results = machine(), {}
    for task in TASKS[:2]:
        for index in range((RUNS + 1) * options.scenes):
            PREPARED[task, index] = describe("train", task, index)
        parts = {
            "background": lambda i, t=task: cut(t, i, options.size),
            "description": lambda i, t=task: describe("train", t, i),
            "scene": lambda i, t=task: render(describe("train", t, i), options.size),
        }
        results[task] = {part: milliseconds(work, options.scenes) for part, work in parts.items()}
    rows = [
        [task, *(f"{t:.2f}" for t in times.values()), round(1000 / times["scene"])]
        for task, times in results.items()
    ]
    head = [
        "task",
        "background, ms",
        "description, ms",
        "whole scene, ms",
        "scenes a second a core",
    ]
    title = f"Scenes of {options.size} × {options.size}"
    print(write_report("scenes", title, on, results, [table(head, rows)]))
    return 0


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what one scene takes."""
    return [
        Claim(
            f"one scene for {task}, described and drawn",
            round(times["scene"], 2),
            "ms",
            baseline=round(times["background"], 2),
            baseline_is="cutting its background alone",
        )
        for task, times in results.items()
    ]


def cut(task: str, index: int, size: int) -> None:
    background = PREPARED[task, index].background
    sampled(background.photograph, background.left, background.top, background.side, size)


def milliseconds(work: Callable[[int], object], count: int) -> float:
    """Return the median time of one scene over several runs."""
    times = []
    for run in range(RUNS + 1):
        start = process_time()
        for index in range(run * count, (run + 1) * count):
            work(index)
        times.append((process_time() - start) / count * 1000)
    return statistics.median(times[1:])  # the first run reads the photographs


if __name__ == "__main__":
    sys.exit(main())
