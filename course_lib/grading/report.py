"""A run's report: tells an honest zero from whatever else ends in no points."""

from __future__ import annotations

from collections import Counter
from typing import Any

# By what a reader should look at first.
KINDS = ("crashed", "unreadable", "absent", "died", "time-out", "error", "missing", "graded")
WORDS = {
    "crashed": "the grader failed; no mark was given, grade again",
    "unreadable": "the notebook cannot be read",
    "absent": "there is no notebook",
    "died": "the student's code ended its process",
    "time-out": "the student's code took too long",
    "error": "a test stopped at something it did not foresee: look at it",
    "missing": "cells were missing and were put back",
    "graded": "nothing out of the ordinary",
}


def kind(result: dict[str, Any]) -> str:
    """Return what is most worth knowing of a result, a key of `WORDS`."""
    if result["status"] != "graded":
        return str(result["status"])
    outcomes = {verdict["outcome"] for verdict in result["tests"].values()}
    for name in ("died", "time-out", "error"):
        if name in outcomes:
            return name
    return "missing" if result["missing"] else "graded"


def report(assignment: str, results: dict[str, Any]) -> dict[str, Any]:
    """Return the report on a run as plain JSON, with a line for each submission.

    Parameters
    ----------
    assignment
        The lab's name.
    results
        As `run.grade` returns them.
    """
    rows = {}
    for name, result in sorted(results.items()):
        failed = {
            test: {"outcome": verdict["outcome"], "message": verdict["message"]}
            for test, verdict in result["tests"].items()
            if verdict["outcome"] != "passed"
        }
        rows[name] = {
            "kind": kind(result),
            "reason": result["reason"],
            "passed": len(result["tests"]) - len(failed),
            "tests": len(result["tests"]),
            "failed": failed,
            "missing": result["missing"],
            "restarts": result.get("restarts", 0),
            "seconds": round(result.get("seconds", 0.0), 1),
        }
    counts = Counter(row["kind"] for row in rows.values())
    return {"lab": assignment, "counts": {k: counts[k] for k in KINDS if counts[k]}, "rows": rows}


def lines(made: dict[str, Any]) -> list[str]:
    """Return a report as lines to read: the counts, then whatever is out of the ordinary."""
    text = [f"{count:4} {name}: {WORDS[name]}" for name, count in made["counts"].items()]
    for name, row in made["rows"].items():
        if row["kind"] != "graded":
            why = row["reason"] or ", ".join(
                [f"{test} {verdict['outcome']}" for test, verdict in row["failed"].items()]
                + [f"{cell} missing" for cell in row["missing"]]
            )
            text.append(f"  {name}: {row['kind']} ({why})")
    return text
