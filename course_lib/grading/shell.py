"""Runs notebook cells in an IPython shell, without a kernel, and keeps what they show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

MAX_TEXT = 100_000
MAX_PICTURE = 2_000_000
MAX_OUTPUTS = 100
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class CellRun:
    """What a cell did: its outputs as a notebook holds them, and the error that ended it."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: tuple[str, str] | None = None  # type, message


class Shell(InteractiveShell):  # type: ignore[misc]
    """An interactive shell that hands tracebacks over instead of printing them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(colors="nocolor", history_length=0, cache_size=0, **kwargs)
        self.history_manager.enabled = False
        self.traceback_lines: list[str] = []

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.traceback_lines = [ANSI.sub("", line) for line in stb]


def run_cell(shell: Shell, source: str) -> CellRun:
    """Run one cell and return what it did; its names stay in `shell.user_ns`.

    Text beyond 100,000 characters and pictures beyond 2 MB are cut off.
    """
    run = CellRun()
    shell.traceback_lines = []
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=False)
    for name, text in (("stdout", captured.stdout), ("stderr", captured.stderr)):
        if text:
            run.outputs.append({"output_type": "stream", "name": name, "text": _cut(text)})
    for shown in captured.outputs[:MAX_OUTPUTS]:
        data = _pictures_and_text(shown.data)
        if data:
            run.outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
    error = result.error_before_exec or result.error_in_exec
    if error is not None:
        run.error = (type(error).__name__[:100], _cut(_message(error)))
        run.outputs.append(
            {
                "output_type": "error",
                "ename": run.error[0],
                "evalue": run.error[1],
                "traceback": [_cut(line) for line in shell.traceback_lines[-50:]],
            }
        )
    return run


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return "an error that cannot be written"


def _cut(text: str) -> str:
    if len(text) <= MAX_TEXT:
        return text
    return text[:MAX_TEXT] + f"\n[{len(text) - MAX_TEXT:,} more characters]"


def _pictures_and_text(data: dict[str, Any]) -> dict[str, str]:
    """Keep plain text and PNG pictures: HTML and scripts would speak to whoever marks the work."""
    kept = {}
    text, picture = data.get("text/plain"), data.get("image/png")
    if isinstance(text, str):
        kept["text/plain"] = _cut(text)
    if isinstance(picture, str) and len(picture) <= MAX_PICTURE:
        kept["image/png"] = picture
    return kept
