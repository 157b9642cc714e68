"""What follows a reader: the script of every page, and what "Your reading" knows of chapters.

The outline stands in a script, since a page from disk can fetch no data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from course_lib.publishing.assets import BUILT
from course_lib.publishing.contents import Contents, PlacedDemo, contents_of

PLACE = 'id="course-your-reading"'  # the mark of the page "Your reading"
OUTLINE = "course/outline.js"
_CHAPTER = re.compile(r"(.*/)?\d\d-[^/]+")


def setup(app: Sphinx) -> None:
    """Write the outline before the pages, and link the scripts from them."""
    app.connect("env-updated", write_outline)
    app.connect("html-page-context", link_reading)


def is_chapter(docname: str) -> bool:
    """Return whether a document is a chapter: its name begins with a number."""
    return _CHAPTER.fullmatch(docname) is not None


def data_script(name: str, value: object) -> str:
    """Return a script that gives a page some data; no text in it can end its element."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"globalThis.{name}={written.replace('<', chr(92) + 'u003c')};\n"


def write_outline(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the outline; name the pages that must be written again because it has changed."""
    if app.builder.format != "html":
        return []
    text = data_script("courseOutline", [*outline(env)])
    path = Path(app.outdir) / "_static" / OUTLINE
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [name for name in env.found_docs if name.rpartition("/")[2] == "your-reading"]


def outline(env: BuildEnvironment) -> Iterator[dict[str, Any]]:
    """Yield what is followed of each document: of chapters all, of others their inventories."""
    for name in sorted(env.found_docs):
        contents = contents_of(env.get_doctree(name))
        inventories = [demo for demo in contents.demos if demo.name == "inventory"]
        if is_chapter(name) or inventories:
            yield _entry(name, contents, inventories)


def _entry(name: str, contents: Contents, inventories: list[PlacedDemo]) -> dict[str, Any]:
    followed = contents.sections if is_chapter(name) else []
    return {
        "page": name,
        "title": contents.title,
        "sections": [{"id": section.id, "title": section.title} for section in followed],
        "questions": [
            {"anchor": demo.anchor, **{key: demo.state[key] for key in _ASKED}}
            for demo in contents.demos
            if demo.name == "question"
        ],
        "inventories": [{"id": demo.anchor, "items": demo.state["items"]} for demo in inventories],
    }


_ASKED = ("prompt", "choices", "answer", "tolerance")


def link_reading(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Link the script that follows the reader, and on "Your reading" those that show it."""
    if not (BUILT / "book" / "reading.js").is_file():
        return  # `assets` has said so
    # Read with the page, so that it never stands before a demo's script.
    page: dict[str, Any] = {"data-page": "chapter" if is_chapter(pagename) else "other"}
    app.add_js_file("course/reading.js", loading_method="defer", fetchpriority="low", **page)
    if PLACE in context.get("body", ""):
        app.add_js_file(OUTLINE, loading_method="defer")
        app.add_js_file("course/your-reading.js", loading_method="defer")
