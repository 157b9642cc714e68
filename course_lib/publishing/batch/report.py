"""The report of a batch: ``report.json`` for programs, ``report.html`` for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from course_lib.files import write_whole
from course_lib.publishing.batch.rows import STATES, Row

JSON, HTML = "report.json", "report.html"


def compose(
    head: dict[str, Any], rows: Iterable[Row], earlier: Iterable[Row] = ()
) -> dict[str, Any]:
    """Return the report as plain values: what was asked, on what, and each notebook.

    ``earlier`` are notebooks that passed in this folder and were not asked for this time; they are
    remembered for when they are.
    """
    plain = [row.to_plain() for row in rows]
    counts = Counter(row["state"] for row in plain)
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    return {
        **head,
        "written": now,
        "counts": {state: counts[state] for state in STATES if counts[state]},
        "notebooks": plain,
        "earlier": [row.to_plain() for row in earlier],
    }


def write(report: dict[str, Any], out: Path) -> None:
    """Write both forms of a report; whoever reads meanwhile sees whole files.

    Raises
    ------
    OSError
        If the folder takes no file.
    """
    write_whole(out / JSON, (json.dumps(report, indent=1, ensure_ascii=False) + "\n").encode())
    write_whole(out / HTML, render(report).encode())


def read_rows(out: Path) -> dict[str, Row]:
    """Return the notebooks of the report in a folder by name; none if it has no sound report."""
    try:
        plain = json.loads((out / JSON).read_text("utf-8"))
        rows = [*plain["notebooks"], *plain["earlier"]]
        return {row["name"]: Row.from_plain(row) for row in rows}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def render(report: dict[str, Any]) -> str:
    """Return the page; every string in it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("course_lib.publishing.batch", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"span": span, "size": size}
    return environment.get_template("report.html").render(report=report)


def span(seconds: float | None) -> str:
    """Return a time as people write it."""
    if seconds is None:
        return "–"
    if seconds < 99.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min {rest:02} s"


def size(count: int | None) -> str:
    """Return a number of bytes as people write it."""
    if count is None:
        return "–"
    if count == 0:
        return "0"
    return f"{count / 2**20:,.0f} MiB" if count < 10 * 2**30 else f"{count / 2**30:,.1f} GiB"
