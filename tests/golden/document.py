"""How golden cases are written down."""

from __future__ import annotations

import json
from collections.abc import Iterable


def document(sections: dict[str, Iterable[object]]) -> str:
    """Return JSON with one case a line, so that a change shows as a change of few lines."""
    blocks = []
    for name, items in sections.items():
        lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)
        blocks.append(f'"{name}":[\n{lines}\n]')
    return "{" + ",\n".join(blocks) + "}\n"
