"""Outputs of notebook cells: made here, or taken from a sandbox and cleaned."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from course_lib.grading.text import clean_text

MAX_TEXT = 110_000  # what the sandbox's own cut leaves, and the words that say so
MAX_PICTURE = 2_000_000
MAX_OUTPUTS = 103
MAX_CELL = 4_000_000
MAX_ALL = 40_000_000  # of a whole notebook, which has up to 2,000 cells
PNG = b"\x89PNG\r\n\x1a\n"


def error_output(kind: str, message: str) -> dict[str, Any]:
    """Return an error without a trace of the code that found it."""
    return {"output_type": "error", "ename": kind, "evalue": message, "traceback": [message]}


def stream_output(text: str, name: str = "stdout") -> dict[str, Any]:
    """Return printed text."""
    return {"output_type": "stream", "name": name, "text": text}


def number_output(number: float) -> dict[str, Any]:
    """Return the value of a cell's last line: nbgrader reads partial credit from it."""
    data = {"text/plain": repr(number)}
    return {
        "output_type": "execute_result",
        "data": data,
        "metadata": {},
        "execution_count": None,
    }


def clean(outputs: list[Any], room: int = MAX_CELL) -> list[dict[str, Any]]:
    """Keep of a sandbox's outputs what is text or a picture, up to `room` characters.

    They come from the student's process and may be anything that JSON can say.
    """
    kept: list[dict[str, Any]] = []
    for output in outputs[:MAX_OUTPUTS]:
        cleaned = _cleaned(output) if isinstance(output, dict) else None
        if cleaned is None:
            continue
        room -= len(str(cleaned))
        if room < 0:
            kept.append(stream_output("[more outputs were left out]"))
            break
        kept.append(cleaned)
    return kept


def _cleaned(output: dict[str, Any]) -> dict[str, Any] | None:
    match output:
        case {"output_type": "stream", "name": "stdout" | "stderr" as name, "text": str(text)}:
            return stream_output(clean_text(text, MAX_TEXT), name)
        case {"output_type": "error", "ename": str(kind), "evalue": str(message)}:
            lines = output.get("traceback")
            lines = (
                [clean_text(line, MAX_TEXT) for line in lines[:50] if isinstance(line, str)]
                if isinstance(lines, list)
                else []
            )
            error = error_output(clean_text(kind, 200), clean_text(message, MAX_TEXT))
            return {**error, "traceback": lines or [clean_text(message, MAX_TEXT)]}
        case {"output_type": "display_data", "data": dict(data)}:
            shown = _shown(data)
            return {"output_type": "display_data", "data": shown, "metadata": {}} if shown else None
    return None


def _shown(data: dict[str, Any]) -> dict[str, str]:
    shown = {}
    text, picture = data.get("text/plain"), data.get("image/png")
    if isinstance(text, str):
        shown["text/plain"] = clean_text(text, MAX_TEXT)
    if isinstance(picture, str) and len(picture) <= MAX_PICTURE and _is_png(picture):
        shown["image/png"] = picture
    return shown


def _is_png(picture: str) -> bool:
    try:
        return base64.b64decode(picture.replace("\n", ""), validate=True).startswith(PNG)
    except (binascii.Error, ValueError):
        return False
