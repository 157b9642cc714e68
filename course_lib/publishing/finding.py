"""What search finds besides pages: every demo and every figure, and where it stands."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from course_lib.publishing.assets import BUILT
from course_lib.publishing.contents import Contents, PlacedDemo, Section, contents_of
from course_lib.publishing.gallery import target
from course_lib.publishing.reading import data_script

FINDINGS = "course/findings.js"
SHOWN_LETTERS = 240  # of what a figure shows: a sentence or two


def setup(app: Sphinx) -> None:
    """Write the findings before the pages, and link them from the search page."""
    app.connect("env-updated", write_findings)
    app.connect("html-page-context", link_finding)


def write_findings(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the findings as a script, which a page from disk can load."""
    if app.builder.format != "html":
        return
    path = Path(app.outdir) / "_static" / FINDINGS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(data_script("courseFindings", findings(app, env)), encoding="utf-8")


def findings(app: Sphinx, env: BuildEnvironment) -> list[dict[str, str]]:
    """Return all demos, page by page, then all figures: each at its first place in the book."""
    pages = {name: contents_of(env.get_doctree(name)) for name in sorted(env.found_docs)}
    uri = app.builder.get_target_uri
    demos = [found for name, contents in pages.items() for found in demos_of(uri(name), contents)]
    placed: dict[str, dict[str, str]] = {}
    for name, contents in pages.items():
        for found in figures_of(uri(name), contents):
            placed.setdefault(found["name"], found)
    galleries = [name for name in pages if name.rpartition("/")[2] == "gallery"]
    elsewhere = figures_of_the_gallery(uri(galleries[0])) if galleries else []
    return demos + [*placed.values()] + [f for f in elsewhere if f["name"] not in placed]


def demos_of(address: str, contents: Contents) -> Iterator[dict[str, str]]:
    """Yield the demos of a page but its questions, which the page itself is found by."""
    for demo in contents.demos:
        if demo.name == "question":
            continue
        yield {
            "kind": "Demo",
            "name": demo.name,
            "title": str(demo.state.get("title") or demo.name),
            "address": f"{address}#demo={demo.anchor}",
            "where": _where(contents.title, demo.section),
            "shows": _what_it_shows(demo),
            "terms": " ".join(demo.section.terms),
        }


def figures_of(address: str, contents: Contents) -> Iterator[dict[str, str]]:
    """Yield the figures of a page."""
    from course_lib.figures import load

    for figure in contents.figures:
        entry = load(figure.name)
        yield {
            "kind": "Figure",
            "name": figure.name,
            "title": entry.title,
            "address": f"{address}#{figure.section.id}" if figure.section.id else address,
            "where": _where(contents.title, figure.section),
            "shows": shortened(figure.caption or entry.describe()),
            "terms": " ".join(figure.section.terms),
        }


def figures_of_the_gallery(address: str) -> list[dict[str, str]]:
    """Return every figure of the registry, at its place in the gallery."""
    from course_lib.figures import load, names

    return [
        {
            "kind": "Figure",
            "name": name,
            "title": load(name).title,
            "address": f"{address}#{target(name)}",
            "where": "Figures",
            "shows": shortened(load(name).describe()),
            "terms": "",
        }
        for name in names()
    ]


def shortened(text: str) -> str:
    """Return whole sentences of a text, as far as they fit, or else its beginning."""
    if len(text) <= SHOWN_LETTERS:
        return text
    fits = text[:SHOWN_LETTERS]
    end = max(fits.rfind(". "), fits.rfind(".\n"))
    return fits[: end + 1] if end > 0 else fits.rpartition(" ")[0] + " …"


def _where(page: str, section: Section) -> str:
    return f"{page}: {section.title}" if section.title else page


def _what_it_shows(demo: PlacedDemo) -> str:
    """Return the first sentence of its class's documentation, and of its own hint."""
    import course_lib.demos as library
    from course_lib.demos.demo import Demo

    public = (getattr(library, name) for name in library.__all__)
    kinds = (one for one in public if inspect.isclass(one) and issubclass(one, Demo))
    said = next((inspect.getdoc(kind) for kind in kinds if kind.name == demo.name), None)
    first = (said or "").partition("\n\n")[0].replace("\n", " ").replace("`", "")
    return shortened(re.sub(r"\s+", " ", f"{first} {demo.state.get('hint') or ''}").strip())


def link_finding(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Link the findings from the search page."""
    if pagename == "search" and (BUILT / "book" / "finding.js").is_file():
        app.add_js_file(FINDINGS)
        app.add_js_file("course/finding.js")
