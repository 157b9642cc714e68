"""One report of all that the README claims, put together from the benchmarks' own reports.

``python -m benchmarks.whole`` reads ``reports/*.json`` and writes ``reports/report.{json,md}``:
each figure beside its baseline of the same run and its bar, with the date and the machine; missed
bars first. What has no report is listed as not measured. Nothing is measured here.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks import (
    book_build,
    detection,
    every_demo,
    every_page,
    figures,
    grading,
    inference,
    live_kernel,
    page,
    reproduction,
    scenes,
    training,
    training_in_the_page,
    training_on_a_gpu,
)
from benchmarks import report as reports
from benchmarks.claims import Claim
from benchmarks.report import machine, table, write_report


@dataclass(frozen=True)
class Benchmark:
    """A benchmark, and where it stands in the whole."""

    area: str
    name: str
    """Of its module and of its report."""
    run: Callable[[], int]
    claims: Callable[[dict[str, Any]], list[Claim]]
    unavailable: Callable[[], str | None] = lambda: None
    """Why it cannot run here, if it cannot."""


WEIGHT, LATENCY, IN_PAGE = "Page weight and start", "Latency", "Training and inference in the page"
BENCHMARKS = (
    Benchmark(WEIGHT, "page", lambda: page.main([]), page.claims),
    Benchmark(WEIGHT, "every_page", lambda: every_page.main([]), every_page.claims),
    Benchmark(LATENCY, "every_demo", lambda: every_demo.main([]), every_demo.claims),
    Benchmark(LATENCY, "live_kernel", lambda: live_kernel.main(), live_kernel.claims),
    Benchmark(
        IN_PAGE,
        "training_in_the_page",
        lambda: training_in_the_page.main([]),
        training_in_the_page.claims,
    ),
    Benchmark(IN_PAGE, "inference", lambda: inference.main([]), inference.claims),
    Benchmark("Training", "training", lambda: training.main([]), training.claims),
    Benchmark(
        "Training",
        "training_on_a_gpu",
        lambda: training_on_a_gpu.main([]),
        training_on_a_gpu.claims,
        training_on_a_gpu.unavailable,
    ),
    Benchmark("Training", "reproduction", lambda: reproduction.main([]), reproduction.claims),
    Benchmark("Grading", "grading", lambda: grading.main([]), grading.claims),
    Benchmark("Figures", "figures", lambda: figures.main([]), figures.claims),
    Benchmark("Book build", "book_build", lambda: book_build.main([]), book_build.claims),
    Benchmark("Data and metrics", "scenes", lambda: scenes.main([]), scenes.claims),
    Benchmark("Data and metrics", "detection", lambda: detection.main(), detection.claims),
)


def gathered(benchmarks: Sequence[Benchmark] = BENCHMARKS) -> dict[str, Any]:
    """Return the claims of every benchmark that has a report, and the names of those without."""
    claimed: list[dict[str, Any]] = []
    missing: dict[str, str] = {}
    machines: dict[str, dict[str, Any]] = {}
    for benchmark in benchmarks:
        path = reports.REPORTS / f"{benchmark.name}.json"
        if not path.is_file():
            missing[benchmark.name] = benchmark.unavailable() or "it has not been run"
            continue
        record = json.loads(path.read_text("utf-8"))
        machines[benchmark.name] = record["machine"]
        for claim in benchmark.claims(record["results"]):
            entry = asdict(claim) | {"met": claim.met}
            claimed.append({"area": benchmark.area, "benchmark": benchmark.name, **entry})
    return {"claims": claimed, "not measured": missing, "machines": machines}


def tables(found: Mapping[str, Any]) -> list[str]:
    """Return the report for a reader: missed bars, what is not measured, then area by area."""
    claimed = found["claims"]
    barred = [claim for claim in claimed if claim["met"] is not None]
    missed = [claim for claim in barred if not claim["met"]]
    parts = [f"{len(barred) - len(missed)} of {len(barred)} bars are met."]
    if missed:
        lines = [
            f"- {claim['area']}, `{claim['benchmark']}`: {claim['what']}: {_number(claim['ours'])}"
            f"{_unit(claim)}, bar {_bar(claim)}{': ' + claim['note'] if claim['note'] else ''}"
            for claim in missed
        ]
        parts.append("**Missed:**\n\n" + "\n".join(lines))
    if found["not measured"]:
        lines = [f"- `{name}`: {reason}" for name, reason in found["not measured"].items()]
        parts.append("**Not measured:**\n\n" + "\n".join(lines))
    head = ["what", "ours", "baseline", "the baseline is", "bar", "met", "benchmark"]
    for area in dict.fromkeys(claim["area"] for claim in claimed):
        rows = [_cells(claim) for claim in claimed if claim["area"] == area]
        parts.append(f"## {area}\n\n{table(head, rows)}")
    rows = [
        [
            f"[{name}]({name}.md)",
            on["date"],
            ", ".join(f"{k} {v}" for k, v in on.items() if k != "date"),
        ]
        for name, on in found["machines"].items()
    ]
    parts.append(f"## When and on what\n\n{table(['benchmark', 'date', 'machine'], rows)}")
    return parts


def _cells(claim: Mapping[str, Any]) -> list[object]:
    met = {True: "yes", False: "**no**", None: "–"}[claim["met"]]
    baseline = "–" if claim["baseline"] is None else _number(claim["baseline"])
    ours = f"{_number(claim['ours'])}{_unit(claim)}"
    return [
        claim["what"], ours, baseline, claim["baseline_is"] or "–", _bar(claim), met,
        claim["benchmark"],
    ]  # fmt: skip


def _bar(claim: Mapping[str, Any]) -> str:
    if claim["bar"] is None:
        return "–"
    return f"{'at least' if claim['at_least'] else 'at most'} {claim['bar']:g}{_unit(claim)}"


def _unit(claim: Mapping[str, Any]) -> str:
    return f" {claim['unit']}" if claim["unit"] else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{round(value, 2):g}"


def main() -> int:
    """Put the report together and print what is missed."""
    found = gathered()
    on = {"put together": machine()["date"], "from": f"{len(found['machines'])} reports"}
    path = write_report("report", "What the README claims, measured", on, found, tables(found))
    print(path.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
