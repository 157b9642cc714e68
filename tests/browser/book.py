"""The built book: its pages, and its addresses over HTTP and from disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

import yaml

ROOT = Path(__file__).parents[2]
HTML = ROOT / "_build" / "html"

Scheme = Literal["http", "file"]


@dataclass(frozen=True)
class Book:
    """Where the book is.

    Attributes
    ----------
    folder : Path
        The folder of the pages.
    origin : str
        Its address over HTTP, without a slash at the end.
    """

    folder: Path
    origin: str

    def url(self, page: str, scheme: Scheme = "http") -> str:
        """Return the address of a page such as ``book/index.html``; a query or #id may follow."""
        return f"{self.origin}/{page}" if scheme == "http" else f"{self.folder.as_uri()}/{page}"


def page_names() -> list[str]:
    """Return the pages that the table of contents names, and those that Sphinx adds.

    Without the book's ``index.html``, which leads on at once.
    """
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    groups = [toc, *toc.get("parts", [])]
    files = [toc["root"]] + [c["file"] for group in groups for c in group.get("chapters", [])]
    return [f"{name.removesuffix('.md').removesuffix('.ipynb')}.html" for name in files] + [
        "search.html",
        "genindex.html",
    ]


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        # A page that a test writes anew within the same second has the same Last-Modified.
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine while the context lasts, and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
