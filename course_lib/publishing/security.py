"""The page's Content-Security-Policy: what it may load and run, stated in the page itself.

A meta element holds from disk as well, where no server sends headers. Inline scripts are named by
their hash, and inline handlers, which a policy cannot name one by one, become data attributes that
``static/page.js`` answers to. The page is edited at positions found by a parser and is otherwise
left as it is, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

# The theme's inline handlers, and the action that page.js knows each by.
ACTIONS = {"window.print()": "print", "toggleFullScreen()": "fullscreen"}

# A type that makes a script element run; any other makes it data, which the policy ignores.
_RUNS = {"", "module", "importmap", "text/javascript", "application/javascript"}


@dataclass
class _Found:
    """What the policy depends on, with offsets into the page."""

    after_charset: int | None = None
    after_head: int | None = None
    scripts: list[tuple[int, int]] = field(default_factory=list)
    handlers: list[tuple[int, str, str, str]] = field(default_factory=list)


class _Finder(HTMLParser):
    """Finds where the policy goes, the inline scripts and the inline handlers."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found = _Found()
        self._script: int | None = None
        self._starts = [0]
        for line in html.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        text = self.get_starttag_text() or ""
        end = self._offset() + len(text)
        values = dict(attrs)
        if tag == "head":
            self.found.after_head = end
        elif tag == "meta" and "charset" in values:
            self.found.after_charset = end
        elif tag == "script" and "src" not in values and _runs(values.get("type")):
            self._script = end
        for name, value in attrs:
            if name.startswith("on"):
                self.found.handlers.append((self._offset(), text, name, value or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.found.scripts.append((self._script, self._offset()))
            self._script = None


def script_hash(script: str) -> str:
    """Return the source expression that allows an inline script with this text."""
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(hashes: Iterable[str] = (), *, frames: bool = False) -> str:
    """Return the policy of a page whose inline scripts have these hashes.

    With `frames` the page, or a window that it writes, may show pages of its own site in frames.
    """
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *dict.fromkeys(hashes)])
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {scripts}",
            "worker-src 'self' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "object-src 'none'",
            *(["frame-src 'self'"] if frames else []),
        ]
    )


def secure(html: str, *, also: Iterable[str] = (), frames: bool = False) -> str:
    """Return a page with its policy as the first element of its head after the charset.

    Parameters
    ----------
    html : str
        The page.
    also : iterable of str
        Inline scripts of windows that the page writes: they inherit its policy.
    frames : bool
        Whether it, or such a window, shows pages of the same site in frames.

    Raises
    ------
    ValueError
        If the page has no head, or an inline handler that no action stands for.
    """
    found = _Finder(html).found
    place = found.after_charset if found.after_charset is not None else found.after_head
    if place is None:
        raise ValueError("html has no <head>; the policy belongs in one")
    hashes = [script_hash(text) for text in (*(html[a:b] for a, b in found.scripts), *also)]
    stated = policy(hashes, frames=frames)
    meta = f'\n<meta http-equiv="Content-Security-Policy" content="{stated}" />'
    edits = [(place, place, meta)]
    for start, text, name, value in found.handlers:
        edits.append((start, start + len(text), _with_action(text, name, value)))
    for start, end, replacement in sorted(edits, reverse=True):
        html = html[:start] + replacement + html[end:]
    return html


def _runs(kind: str | None) -> bool:
    return (kind or "").strip().lower() in _RUNS


def _with_action(tag: str, name: str, value: str) -> str:
    action = ACTIONS.get(value.strip())
    old = f'{name}="{value}"'
    if name != "onclick" or action is None or old not in tag:
        raise ValueError(f"html has the inline handler {old}; expected one of {list(ACTIONS)}")
    return tag.replace(old, f'data-course-action="{action}"')
