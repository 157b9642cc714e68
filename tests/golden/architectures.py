"""Golden rows of the networks that the page describes, as torch's layers have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from course_lib.demos.architecture_page import activations, expected, sizes
from course_lib.networks import NETWORKS

LARGE = ("stacked-hourglass",)
"""Networks of a thousand layers, which repeat: their totals are compared, not every row."""


def networks() -> Iterator[dict[str, Any]]:
    """Yield each network at its smallest and its largest size."""
    for name in NETWORKS:
        for size in sorted({min(sizes(name)), max(sizes(name))}):
            rows = list(expected(name, size))
            totals = {
                "parameters": sum(row["parameters"] for row in rows),
                "multiplyAdds": sum(row["multiplyAdds"] for row in rows),
                "activations": activations(name, size),
            }
            listed = rows[-20:] if name in LARGE else rows
            yield {
                "network": name,
                "size": size,
                "count": len(rows),
                "totals": totals,
                "rows": [list(row.values()) for row in listed],
            }
