"""Writes what was measured, and on what, as JSON and as a table."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

REPORTS = Path(__file__).parent / "reports"


def machine() -> dict[str, Any]:
    """Return what the numbers depend on beside the code."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "load before": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "processor": _processor(),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.is_file() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def write_report(
    name: str, title: str, on: Mapping[str, Any], results: Mapping[str, Any], tables: Sequence[str]
) -> Path:
    """Write ``reports/NAME.json`` and ``reports/NAME.md``; return the second's path.

    Parameters
    ----------
    name, title : str
    on : mapping
        What `machine` returned, and the browser.
    results : mapping
        All that was measured.
    tables : sequence of str
        The same for a reader.
    """
    REPORTS.mkdir(exist_ok=True)
    record = {"machine": dict(on), "results": dict(results)}
    (REPORTS / f"{name}.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    conditions = ", ".join(f"{key} {value}" for key, value in on.items())
    path = REPORTS / f"{name}.md"
    path.write_text("\n\n".join([f"# {title}", conditions, *tables]) + "\n", encoding="utf-8")
    return path
