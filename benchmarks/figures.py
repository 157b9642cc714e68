"""Seconds that `course figures` takes: one figure from the command line, and all of them.

``python -m benchmarks.figures [--figures N] [--format FORMAT,FORMAT]``
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from course_lib.figures import CHAPTERS, FORMATS, names

WORKERS = 2
EACH = 1  # figures of each chapter that are drawn alone, the first ones


COURSE = str(Path(sys.executable).with_name("course"))


def course(*arguments: str) -> tuple[float, float]:
    """Run the command to its end; return its seconds and those of the processor, all processes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = perf_counter()
    subprocess.run([COURSE, *arguments], check=True, stdout=subprocess.DEVNULL)
    seconds = perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(seconds, 2), round(used, 2)


def measure(each: int, formats: list[str]) -> dict[str, Any]:
    """Measure single figures, then all in each format, then all when nothing is out of date."""
    course("--help")  # compiles what was never run, reads the disc
    results: dict[str, Any] = {"figures": len(names()), "workers": WORKERS}
    with TemporaryDirectory() as folder:
        results["list"] = course("figures", "--list")
        results["one"] = {
            name: course("figures", name, "--force", "--out", folder)
            for chapter in CHAPTERS
            for name in names(chapter)[:each]
        }
        results["all"] = {}
        for kind in formats:
            asked = ("--format", kind, "--workers", str(WORKERS), "--out", folder)
            results["all"][kind] = {
                "load": round(os.getloadavg()[0], 1),
                "drawn": course("figures", *asked, "--force"),
                "up to date": course("figures", *asked),
                "MB": round(
                    sum(p.stat().st_size for p in Path(folder).rglob(f"*.{kind}")) / 1e6, 1
                ),
            }
    return results


def report(results: dict[str, Any]) -> list[str]:
    """Return the tables of the report."""
    seconds = [wall for wall, _ in results["one"].values()]
    used = [processor for _, processor in results["one"].values()]
    slowest = max(results["one"], key=lambda name: results["one"][name][1])
    single = [
        ["`--list`", *results["list"]],
        [
            f"one figure as SVG, median of {len(used)}",
            round(median(seconds), 2),
            round(median(used), 2),
        ],
        [f"the slowest of them, {slowest}", *results["one"][slowest]],
    ]
    everything = [
        [kind, *found["drawn"], *found["up to date"], found["MB"], found["load"]]
        for kind, found in results["all"].items()
    ]
    return [
        "Seconds from the command's start to its end, and of the processor.\n\n"
        + table(["command", "seconds", "processor"], single),
        f"All {results['figures']} figures, {results['workers']} processes; on two idle cores the "
        "seconds are about half of the processor's.\n\n"
        + table(
            ["format", "seconds", "processor", "again", "processor", "MB", "load before"],
            everything,
        ),
    ]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return what one figure takes, all of them, and all when nothing is out of date."""
    single = [wall for wall, _ in results["one"].values()]
    listing = results["list"][0]
    found = [
        Claim(
            f"one figure as SVG, median of {len(single)}",
            round(median(single), 2),
            "s",
            baseline=listing,
            baseline_is="the command that draws nothing, `--list`",
        )
    ]
    for kind, measured in results["all"].items():
        drawn, again = measured["drawn"][0], measured["up to date"][0]
        found += [
            Claim(f"all {results['figures']} figures as {kind.upper()}", drawn, "s",
                  baseline=round(results["figures"] * median(single), 1),
                  baseline_is="computed: as many times one figure, each drawn alone"),
            Claim(f"all {results['figures']} again, none out of date, {kind.upper()}", again, "s",
                  baseline=drawn, baseline_is="drawing them"),
        ]  # fmt: skip
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.figures", description=__doc__)
    parser.add_argument("--figures", type=int, default=EACH, help="of each chapter, drawn alone")
    parser.add_argument("--format", default=",".join(FORMATS), help="in which all are drawn")
    given = parser.parse_args(arguments)
    on = machine()
    results = measure(given.figures, given.format.split(","))
    path = write_report("figures", "Figures", on, results, report(results))
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
