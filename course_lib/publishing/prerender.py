"""Each demo's first frame, drawn while the book is built: seen at once, and without JavaScript.

One Node process serves a build. It reads a request a line and answers a line, both JSON:
``{"name": …, "state": {…}}``, then ``{"html": …}`` or ``{"error": …}``.
"""

from __future__ import annotations

import json
import queue
import re
import subprocess
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

PICTURE = "<!--course-demo-picture-->"
ANSWER_SECONDS = 30.0

# What the demo's Python class writes. In the JSON "<" is escaped, so the first </script> ends it.
_DEMO = re.compile(
    r'(?P<head><div class="course-demo"[^>]*?\sdata-demo="(?P<name>[^"]+)"[^>]*>\s*'
    r'<script type="application/json"[^>]*>(?P<state>.*?)</script>\s*)' + re.escape(PICTURE),
    re.DOTALL,
)


class PrerenderError(RuntimeError):
    """A demo's first frame could not be drawn."""


class Prerenderer:
    """Draws first frames with one process, started when the first is asked for.

    Parameters
    ----------
    command : sequence of str
        The program and its arguments.
    seconds : float
        The longest to wait for an answer.
    """

    def __init__(self, command: Sequence[str], *, seconds: float = ANSWER_SECONDS) -> None:
        self._command = list(command)
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def __call__(self, name: str, state: dict[str, Any]) -> str:
        """Return the HTML of a demo's first frame.

        Raises
        ------
        PrerenderError
            If the program refuses, ends, answers nonsense or does not answer in time.
        """
        process = self._running()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps({"name": name, "state": state}) + "\n")
            process.stdin.flush()
            line = self._lines.get(timeout=self._seconds)
        except queue.Empty:
            self.close()
            raise PrerenderError(f"no answer within {self._seconds:g} s") from None
        except OSError:
            line = ""
        if not line:  # the end of its output
            self.close()
            raise PrerenderError(f"the program ended: {' '.join(self._command)}")
        try:
            answer = json.loads(line)
        except json.JSONDecodeError:
            answer = {}
        if isinstance(answer.get("html"), str):
            return str(answer["html"])
        raise PrerenderError(str(answer.get("error", f"the answer has no html: {line[:200]!r}")))

    def close(self) -> None:
        """End the process; the next request starts another."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent has no reader any more
                stream.close()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None:
            self._lines = queue.Queue()
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
            # A thread reads, since no portable call waits on a pipe for a limited time.
            reader = threading.Thread(
                target=_forward, args=(self._process, self._lines), daemon=True
            )
            reader.start()
        return self._process


def draw_first_frames(
    html: str, draw: Callable[[str, dict[str, Any]], str], report: Callable[[str], None]
) -> str:
    """Put each demo's first frame where its picture belongs.

    Parameters
    ----------
    html : str
        A page, or a part of one.
    draw : callable
        A demo's name and state → the HTML of its first frame; raises :class:`PrerenderError`.
    report : callable
        Is told of each demo that could not be drawn, which then stays without a picture.
    """

    def replace(match: re.Match[str]) -> str:
        try:
            picture = draw(match["name"], json.loads(match["state"]))
        except (PrerenderError, json.JSONDecodeError) as error:
            report(f"the first frame of the demo {match['name']!r} is not drawn: {error}")
            return match[0]
        return match["head"] + picture

    return _DEMO.sub(replace, html)


def _forward(process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
    assert process.stdout is not None
    with suppress(ValueError):  # closed under us
        for line in process.stdout:
            lines.put(line)
    lines.put("")
