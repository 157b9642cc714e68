"""The lecture's experiment on MNIST-1D, made again by one command that is killed on its way.

``python -m benchmarks.reproduction [--seeds 20] [--kill-after SECONDS] [--profile full]``
``python -m benchmarks.reproduction --from FOLDER`` reports a run that is there, with its own time.

`course reproduce mnist-1d` trains both networks for all seeds; it is killed (SIGKILL) once and
started again, and the time is that of both runs together. What it finds is set beside what the
lecture states, and beside the time of the textbook notebook's loop, measured in the same run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report
from benchmarks.training import KINDS, textbook
from course_lib.training import find_profile, find_recipe

COURSE = str(Path(sys.executable).with_name("course"))
SEEDS = 20
KILL_AFTER = 120.0  # s
BAR = 25.0  # minutes
"""For 20 seeds on two cores."""


def command(seeds: int, profile: str, folder: str) -> list[str]:
    """Return the command, as a reader types it."""
    said = f"reproduce mnist-1d --seeds {seeds} --profile {profile} --device cpu --out {folder}"
    return [COURSE, *said.split()]


def killed(words: list[str], after: float) -> float:
    """Start a command and kill it; return the seconds until then."""
    began = perf_counter()
    with subprocess.Popen(words, start_new_session=True) as process:
        try:
            process.wait(after)
            raise SystemExit(f"It ended before it was killed, after {after:g} s.")
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its workers with it
    return perf_counter() - began


def textbook_speeds() -> dict[str, float]:
    """Return the steps a second of the textbook notebook's loop, for each network."""
    return {kind: round(textbook(find_recipe(f"mnist-1d/{kind}-lecture"))()) for kind in KINDS}


def found_in(folder: Path, profile: str) -> dict[str, Any]:
    """Return what a run found and wrote of itself."""
    stem = f"mnist-1d-{profile}"
    with (folder / f"{stem}.csv").open(encoding="utf-8") as rows:
        found = list(csv.DictReader(rows))
    run = json.loads((folder / f"{stem}-run.json").read_text("utf-8"))
    return {"profile": profile, "seeds": int(found[0]["seeds"]), "found": found, "run": run}


def measure(seeds: int, profile: str, kill_after: float) -> dict[str, Any]:
    """Run the command, kill it, run it to its end; return the seconds and what it found."""
    with TemporaryDirectory() as folder:
        words = command(seeds, profile, folder)
        first = killed(words, kill_after)
        began = perf_counter()
        subprocess.run(words, check=True)
        seconds = [round(first, 1), round(perf_counter() - began, 1)]
        return {"seconds": seconds, **found_in(Path(folder), profile)}


def measured_before(folder: Path, profile: str) -> dict[str, Any]:
    """Return the same of a run that was not killed, whose time is what it wrote of itself."""
    found = found_in(folder, profile)
    return {"seconds": [found["run"]["seconds of this run"]], **found}


def minutes(results: dict[str, Any]) -> float:
    """Return the minutes of all runs together."""
    return round(float(sum(results["seconds"])) / 60, 1)


def textbook_minutes(results: dict[str, Any]) -> float:
    """Return what the textbook notebook's loop takes for as many steps, one seed after another."""
    profile = find_profile(results["profile"])
    seconds = 0.0
    for kind in KINDS:
        steps = find_recipe(f"mnist-1d/{kind}-lecture").settings_in(profile).steps
        seconds += results["seeds"] * steps / results["textbook loop, steps a second"][kind]
    return round(seconds / 60, 1)


def report(results: dict[str, Any]) -> list[str]:
    """Return the tables of the report."""
    runs = [f"{seconds:g} s" for seconds in results["seconds"]]
    how = f"killed after {runs[0]}, started again, {runs[1]} more" if runs[1:] else "in one go"
    found = [
        [
            row["network"],
            row["split"],
            *(f"{100 * float(row[key]):.2f}" for key in ("mean", "lowest", "highest")),
            f"{100 * float(row['stated_low']):g} to {100 * float(row['stated_high']):g}",
            f"{row['seeds_within']} of {row['seeds']}",
        ]
        for row in results["found"]
    ]
    head = ["network", "split", "mean error, %", "lowest", "highest", "stated", "seeds within"]
    return [
        f"`course reproduce mnist-1d --seeds {results['seeds']} --profile {results['profile']}` on "
        f"{results['run']['cores']} cores, {how}: {minutes(results)} minutes. The textbook "
        f"notebook's loop, at its speed just afterwards, takes {textbook_minutes(results)} minutes "
        "for as many steps.",
        table(head, found),
    ]


def claims(results: dict[str, Any]) -> list[Claim]:
    """Return the time, and each error that the lecture states with what was found."""
    whole = results["profile"] == "full" and results["seeds"] == SEEDS
    how = "killed once" if results["seconds"][1:] else "in one go"
    first = Claim(
        f"both networks, {results['seeds']} seeds, `{results['profile']}`, {how}",
        minutes(results),
        "min",
        BAR if whole else None,
        baseline=textbook_minutes(results),
        baseline_is="the textbook's loop, one seed after the other",
    )
    return [first, *(claim for row in results["found"] for claim in _stated(row, whole))]


def _stated(row: dict[str, str], whole: bool) -> list[Claim]:
    """Return what is found of one network on one split, held to both ends of what is stated."""
    low, high = (round(100 * float(row[key]), 2) for key in ("stated_low", "stated_high"))
    if row["split"] == "train":
        worst = round(100 * float(row["highest"]), 2)
        name = f"{row['network']}: highest training error of any seed"
        return [Claim(name, worst, "%", high if whole else None)]
    mean = round(100 * float(row["mean"]), 2)
    name = f"{row['network']}: mean test error"
    if not whole:
        return [Claim(name, mean, "%")]
    return [
        Claim(f"{name}, from below", mean, "%", low, at_least=True),
        Claim(f"{name}, from above", mean, "%", high),
    ]


def main(arguments: list[str] | None = None) -> int:
    """Measure, write the report and print it."""
    parser = argparse.ArgumentParser(prog="benchmarks.reproduction", description=__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--profile", default="full")
    parser.add_argument("--kill-after", type=float, default=KILL_AFTER, help="seconds")
    parser.add_argument("--from", dest="folder", type=Path, help="report the run in this folder")
    given = parser.parse_args(arguments)
    on = machine()
    if given.folder:
        results = measured_before(given.folder, given.profile)
    else:
        results = measure(given.seeds, given.profile, given.kill_after)
    results["textbook loop, steps a second"] = textbook_speeds()
    path = write_report("reproduction", "The experiment made again", on, results, report(results))
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
