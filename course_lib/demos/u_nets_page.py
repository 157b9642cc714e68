"""The two networks that the demo `skips` runs, as its front end reads them.

Written into ``frontend/src/data/u-nets.json`` by ``python -m tests.golden``; a test holds the two
to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.networks.page_networks import Precision

NAMES = {"with": "scene-u-net", "without": "scene-u-net-without-skips"}
"""The trained networks by the page's names: with skips, and trained without any."""


def held() -> dict[str, str]:
    """Return those of ``NAMES`` that come trained: the second may still be in training."""
    from course_lib.networks import TRAINED

    return {name: full for name, full in NAMES.items() if full in TRAINED}


IMAGE = (3, 96, 96)

PRECISION: Precision = "byte"
"""Of the weights in the page."""


def page_data() -> dict[str, Any]:
    """Return both networks, batch normalisation folded in and a byte a weight."""
    from course_lib.networks import page_format, trained_network

    return {
        name: page_format(trained_network(full), IMAGE, PRECISION) for name, full in held().items()
    }
