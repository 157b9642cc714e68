"""Formulas are drawn while the book is built, and their style sheet and fonts travel with it.

KaTeX (`sphinxcontrib.katex`, `katex_prerender`) leaves HTML and MathML in the page and no script.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from course_lib.publishing.node import node_folder

SOURCE = Path("frontend/node_modules/katex/dist")  # beside _config.yml
TARGET = Path("course/katex")  # in _static; katex_css_path names katex.min.css in it
PATIENCE_S = 60.0  # for KaTeX's server, on a machine that has much else to do
ATTEMPTS = 5


def setup(app: Sphinx) -> None:
    """Put the right Node first on the path, and bring the style sheet when the build starts."""
    # The extension starts "node". In an environment of Python's that may be a Python wrapper, which
    # does not pass the socket on that the extension waits for.
    if (folder := node_folder()) is not None:
        os.environ["PATH"] = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    app.connect("builder-inited", install)
    app.connect("builder-inited", start_server)


def start_server(app: Sphinx) -> None:
    """Start the server that draws the formulas, patiently.

    The extension connects as soon as the server's socket is there, which on a busy machine is
    before anybody listens at it.
    """
    if app.builder.format != "html" or not getattr(app.config, "katex_prerender", False):
        return  # a book without formulas names no extension that draws them
    import sphinxcontrib.katex as katex

    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE_S
    connect(katex.KaTeXServer.get)


def connect(get: Callable[[], object]) -> None:
    """Call `get` until it is not refused, up to `ATTEMPTS` times."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            get()
            return
        except ConnectionRefusedError:
            if attempt == ATTEMPTS:
                raise
            time.sleep(0.1 * attempt)


def install(app: Sphinx) -> None:
    """Copy KaTeX's style sheet and WOFF2 fonts into the book.

    Raises
    ------
    ExtensionError
        If the frontend's packages are not installed.
    """
    if app.builder.format != "html" or app.config.html_math_renderer != "katex":
        return
    try:
        copy_style(Path(app.srcdir), Path(app.outdir) / "_static" / TARGET)
    except FileNotFoundError as error:
        raise ExtensionError(str(error)) from error


def copy_style(root: Path, target: Path) -> None:
    """Copy KaTeX's style sheet and WOFF2 fonts into a folder.

    Parameters
    ----------
    root : Path
        The folder of ``_config.yml``.
    target : Path
        Where ``katex.min.css`` and the folder ``fonts`` go.

    Raises
    ------
    FileNotFoundError
        If the frontend's packages are not installed.
    """
    source = root / SOURCE
    if not source.is_dir():
        raise FileNotFoundError(
            f"KaTeX is missing: there is no {source}; run `make frontend` first"
        )
    (target / "fonts").mkdir(parents=True, exist_ok=True)
    style = (source / "katex.min.css").read_text(encoding="utf-8")
    (target / "katex.min.css").write_text(woff2_only(style), encoding="utf-8")
    for font in (source / "fonts").glob("*.woff2"):
        shutil.copyfile(font, target / "fonts" / font.name)


def woff2_only(style: str) -> str:
    """Return a style sheet without the WOFF and TrueType fonts it offers to older browsers."""
    return re.sub(r',\s*url\([^)]*\.(?:woff|ttf)\)\s*format\("[^"]*"\)', "", style)
