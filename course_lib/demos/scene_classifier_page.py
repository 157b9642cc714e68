"""The classifier of the scenes that the page runs, as its front end reads it.

Written into ``frontend/src/data/scene-classifier.json`` by ``python -m tests.golden``; a test holds
the two to each other.
"""

from __future__ import annotations

from typing import Any

NAME = "scene-classifier"
SIDE = 96


def page_data() -> dict[str, Any]:
    """Return the plan and the weights."""
    from course_lib.networks import page_format, trained_network

    return page_format(trained_network(NAME), (3, SIDE, SIDE))
