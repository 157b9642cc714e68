"""Runs notebook cells in an IPython shell, without a kernel, and keeps what they show."""

from __future__ import annotations

import base64
import io
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

MAX_TEXT = 100_000
MAX_PICTURE = 2_000_000
MAX_OUTPUTS = 100
ANSI = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class CellRun:
    """What a cell did: its outputs as a notebook holds them, and the error that ended it."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    error: tuple[str, str] | None = None  # type, message


class Shell(InteractiveShell):
    """An interactive shell that hands tracebacks over instead of printing them."""

    def __init__(self, **kwargs: Any) -> None:
        quiet = Config({"HistoryManager": {"enabled": False}})
        super().__init__(  # type: ignore[no-untyped-call]
            config=quiet, colors="nocolor", history_length=0, cache_size=0, **kwargs
        )
        self.traceback_lines: list[str] = []

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.traceback_lines = [ANSI.sub("", line) for line in stb]


def run_cell(shell: Shell, source: str) -> CellRun:
    """Run one cell and return what it did; its names stay in `shell.user_ns`.

    Text beyond 100,000 characters and pictures beyond 2 MB are cut off. The figures that the cell
    left open in pyplot are shown and closed, as a notebook does.
    """
    run = CellRun()
    shell.traceback_lines = []
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=False)  # type: ignore[no-untyped-call]
    for name, text in (("stdout", captured.stdout), ("stderr", captured.stderr)):
        if text:
            run.outputs.append({"output_type": "stream", "name": name, "text": _cut(text)})
    for shown in captured.outputs[:MAX_OUTPUTS]:
        data = _pictures_and_text(shown.data)
        if data:
            run.outputs.append({"output_type": "display_data", "data": data, "metadata": {}})
    run.outputs += [
        {"output_type": "display_data", "data": {"image/png": picture}, "metadata": {}}
        for picture in _figures()
    ]
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


def _figures() -> list[str]:
    """Return the open figures of pyplot as PNG in base64, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return []
    pictures = []
    try:
        for number in pyplot.get_fignums()[:MAX_OUTPUTS]:
            file = io.BytesIO()
            pyplot.figure(number).savefig(file, format="png", dpi=72)  # as notebooks do
            pictures.append(base64.b64encode(file.getvalue()).decode())
        pyplot.close("all")
    except Exception:
        pass  # the student's code may have left pyplot in any state
    return [picture for picture in pictures if len(picture) <= MAX_PICTURE]


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
