"""What is done to each page once its template has made it: first frames, then the policy."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.theming import Theme
from sphinx.util import logging

from course_lib.publishing.accessibility import mend_roles
from course_lib.publishing.assets import BUILT
from course_lib.publishing.loading import defer_scripts
from course_lib.publishing.node import node
from course_lib.publishing.prerender import PICTURE, Prerenderer, draw_first_frames
from course_lib.publishing.security import secure

logger = logging.getLogger(__name__)


def setup(app: Sphinx) -> None:
    """Have every page pass through :class:`PageTemplates`."""
    app.connect("config-inited", use_page_templates)
    # Jupyter Book always sets it; without its comments extension, which no page uses, Sphinx warns.
    app.add_config_value("comments_config", {}, "")
    # Before sphinx_external_toc, which writes a bare redirect where it finds no index.html.
    app.connect("build-finished", write_front_door, priority=100)


def use_page_templates(app: Sphinx, config: Config) -> None:
    """Name the template bridge, Sphinx's own place for what has a say in each page's text."""
    config.template_bridge = f"{__name__}.{PageTemplates.__name__}"


class PageTemplates(BuiltinTemplateLoader):
    """The usual templates; a page comes out with its demos drawn and its policy stated."""

    def init(
        self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None
    ) -> None:
        """Prepare for a build."""
        super().init(builder, theme, dirs)
        self._draw: Prerenderer | None = None
        builder.app.connect("build-finished", lambda *_: self._close())

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Return a template's text, finished where it is a page."""
        text = super().render(template, context)
        if not text.lstrip()[:15].lower().startswith("<!doctype html"):
            return text
        return self.finish(text, str(context.get("pagename", template)))

    def finish(self, html: str, page: str) -> str:
        """Return a page with its first frames and its policy."""

        def report(message: str) -> None:
            logger.warning("%s", message, location=page, type="course", subtype="page")

        if PICTURE in html and (BUILT / "prerender.mjs").is_file():
            if self._draw is None:
                self._draw = Prerenderer([str(node()), str(BUILT / "prerender.mjs")])
            html = draw_first_frames(html, self._draw, report)
        if 'class="katex-error"' in html:
            report("a formula is not understood by KaTeX; it is red on the page")
        # A deferred search would begin before page.js has told it what it may not fetch from disk.
        if page != "search":
            html = defer_scripts(html)
        try:
            return secure(mend_roles(html))
        except ValueError as error:
            report(str(error))
            return html

    def _close(self) -> None:
        if self._draw is not None:
            self._draw.close()


def write_front_door(app: Sphinx, exception: Exception | None) -> None:
    """Write the ``index.html`` that leads from the book's address to its first page."""
    if exception is not None or app.builder.name != "html" or app.config.root_doc == "index":
        return
    path = Path(app.outdir) / "index.html"
    target = app.builder.get_target_uri(app.config.root_doc)
    path.write_text(secure(front_door(target, app.config.html_title)), encoding="utf-8")


def front_door(target: str, title: str) -> str:
    """Return a page that leads on to `target` at once, with a link for who stays."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8" />\n'
        f'<meta http-equiv="refresh" content="0; url={escape(target)}" />\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1" />\n'
        # Without one a browser asks for /favicon.ico, which is not there.
        '<link rel="icon" href="_static/icon.svg" type="image/svg+xml" />\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body><main><h1><a href="{escape(target)}">{escape(title)}</a></h1></main></body>\n'
        "</html>\n"
    )
