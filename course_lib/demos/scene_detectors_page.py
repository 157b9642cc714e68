"""The detectors that the page runs, as its front end reads them.

Written into ``frontend/src/data/scene-detectors.json`` by ``python -m tests.golden``; a test holds
the two to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.networks.page_networks import Precision

NETWORKS = ("fine-tuned", "scratch")
"""What the demo calls them: ``scene-detector-…`` of `trained_network`."""

SIDE = 96

PRECISION: Precision = "byte"
"""Of the weights in the page."""


def page_data() -> dict[str, Any]:
    """Return each detector's plan and weights."""
    from course_lib.networks import page_format, trained_network

    return {
        name: page_format(trained_network(f"scene-detector-{name}"), (3, SIDE, SIDE), PRECISION)
        for name in NETWORKS
    }
