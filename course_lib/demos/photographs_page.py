"""The small photographs that the page shows, as its front end reads them.

Written into ``frontend/src/data/photographs.json`` by ``python -m tests.golden``; a test holds the
two to each other.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Any

NAMES = ("camera", "astronaut", "coffee")
"""The photographs that the demos offer; the first is grey."""


def page_data() -> dict[str, Any]:
    """Return each photograph's bytes, channel by channel and row by row, a grey one's only once."""
    from course_lib.datasets import load_thumbnail, photograph

    data = {}
    for name in NAMES:
        entry, image = photograph(name), load_thumbnail(name)
        channels = image if entry.colour else image[:1]
        data[name] = {
            "title": entry.title,
            "credit": entry.credit,
            "channels": len(channels),
            "side": image.shape[-1],
            "bytes": b64encode(bytes(channels.flatten().tolist())).decode("ascii"),
        }
    return data
