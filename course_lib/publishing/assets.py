"""The demos' scripts and style sheets, and the page's own, in the book's ``_static/course``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from course_lib.publishing.fingerprint import PACKAGE, file_digest

logger = logging.getLogger(__name__)

BUILT = PACKAGE / "demos" / "static"  # what the frontend's build writes
OWN = PACKAGE / "publishing" / "static"  # scripts of the page itself
DEMO = 'class="course-demo"'  # the mark of a demo in a page


def setup(app: Sphinx) -> None:
    """Copy the files when a build starts, and link them from the pages."""
    app.add_config_value("course_assets", "", "html")
    app.connect("config-inited", note_assets)
    app.connect("builder-inited", install)
    app.connect("html-page-context", link_demos)
    app.add_css_file("course/common.css", priority=400)
    app.add_js_file("course/page.js", priority=100)


def note_assets(app: Sphinx, config: Config) -> None:
    """Have all pages written again when a script, a style or this extension has changed.

    Sphinx does so when a setting of the kind "html" changes; a digest of the files is one.
    """
    folders = [BUILT, PACKAGE / "publishing", Path(app.srcdir) / "book" / "_static"]
    files = [p for folder in folders for p in folder.rglob("*") if p.is_file()]
    files += Path(app.srcdir).glob("book/glossary.yml")  # chapters show what it says
    root = Path(PACKAGE.anchor)
    config.course_assets = file_digest([p for p in files if "__pycache__" not in p.parts], root)


def install(app: Sphinx) -> None:
    """Copy the scripts and the style sheets."""
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "course"
    target.mkdir(parents=True, exist_ok=True)
    if not (BUILT / "book" / "host.js").is_file():
        logger.warning(
            "the demos are not built: there is no %s; run `make frontend`",
            BUILT / "book" / "host.js",
            type="course",
            subtype="frontend",
        )
    for file in [*OWN.glob("*.js"), *(BUILT / "book").glob("*.*s")]:
        shutil.copyfile(file, target / file.name)


def link_demos(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Link the host, and the scripts and styles of its demos, from a page that has some."""
    body = context.get("body", "")
    if DEMO in body and (BUILT / "book" / "host.js").is_file():
        # Named in the page the scripts come with it; the host would ask for them only afterwards.
        # They run as they arrive, so that the first demo is ready while the page is still read.
        needs = " ".join(re.findall(r'class="course-demo-state" data-needs="([\w -]+)"', body))
        for name in sorted(set(needs.split())):
            app.add_js_file(f"course/{name}.data.js", loading_method="async")
        for name in sorted(set(re.findall(r'class="course-demo" data-demo="([\w-]+)"', body))):
            if (BUILT / "book" / f"{name}.js").is_file():
                app.add_js_file(f"course/{name}.js", loading_method="async")
                app.add_css_file(f"course/{name}.css", priority=410)
        app.add_js_file("course/host.js", loading_method="async")
