"""The networks that segment scenes in the page, as its front end reads them.

Written into ``frontend/src/data/scene-segmenters.json`` by ``python -m tests.golden``; a test holds
the two to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.networks.page_networks import Precision

NETWORKS = {"U-Net": "u-net", "encoder–decoder": "encoder-decoder"}
"""What the demo calls them, and after ``scene-`` what `trained_network` does."""

SIDE = 96

PRECISION: Precision = "byte"
"""Of the weights in the page."""


def page_data() -> dict[str, Any]:
    """Return each network's plan and weights."""
    from course_lib.networks import page_format, trained_network

    return {
        name: page_format(trained_network(f"scene-{trained}"), (3, SIDE, SIDE), PRECISION)
        for name, trained in NETWORKS.items()
    }
