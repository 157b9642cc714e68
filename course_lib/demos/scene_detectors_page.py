"""The detectors that the page runs, as its front end reads them.

Written into ``frontend/src/data/scene-detectors.json`` by ``python -m tests.golden``; a test holds
the two to each other.
"""

from __future__ import annotations

from typing import Any

NETWORKS = ("fine-tuned", "frozen", "scratch")
"""What the demo calls them: ``scenes/detector-…`` of `trained_network`."""

SIDE = 96


def page_data() -> dict[str, Any]:
    """Return each detector's plan and weights."""
    from course_lib.networks import page_format, trained_network

    return {
        name: page_format(trained_network(f"scenes/detector-{name}"), (3, SIDE, SIDE))
        for name in NETWORKS
    }
