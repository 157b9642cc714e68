"""The built book as one PDF: each page printed by Chromium, then bound with a title and contents.

What is printed is the page as it stands without JavaScript: demos are the pictures of their first
state, formulas are set, and folded answers stay folded.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from pypdf import PdfReader, PdfWriter

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",  # it opens the book's own pages only, and a container has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
PATIENCE = 180  # seconds for one page

_STYLE = """<style>
@page { size: A4; margin: 18mm 18mm 20mm; }
html { font-size: 10.5pt !important; }
body, .bd-container, .bd-main, .bd-content, .bd-article-container { display: block !important;
  max-width: none !important; width: auto !important; margin: 0 !important; padding: 0 !important; }
.bd-header, .bd-header-article, .bd-sidebar, .bd-sidebar-secondary, .bd-footer, .bd-footer-content,
.prev-next-footer, .search-button__wrapper, .skip-link, .copybtn, .headerlink, #pst-header,
#pst-skip-link, .pst-scroll-pixel-helper, .bd-header-announcement, dialog, .course-notebook-links,
.course-gallery-filter, .course-gallery-downloads { display: none !important; }
.bd-article { padding: 0 !important; }
.bd-article p, .bd-article li { max-width: none !important; orphans: 3; widows: 3; }
.course-demo, figure, .course-figure, table, .katex-display { break-inside: avoid; }
.only-dark { display: none !important; }
svg, img { max-width: 100% !important; }
.course-figure :is(img, svg) { max-height: 150mm; width: auto; margin-inline: auto; }
a { color: inherit !important; }
</style>"""


class PrintingError(RuntimeError):
    """The book cannot be printed; says why, and what to do."""


@dataclass(frozen=True)
class Chapter:
    """A page of the book, as the table of contents has it.

    Parameters
    ----------
    name
        Its document, such as ``book/03-convolution-1d``.
    part
        The part that it belongs to, or "".
    """

    name: str
    part: str = ""


def find_browser(named: str | None = None) -> str:
    """Return the program of Chromium or Chrome.

    Raises
    ------
    PrintingError
        If there is none.
    """
    for name in [named] if named else BROWSERS:
        if found := shutil.which(name):
            return found
    what = f"{named!r} is no program" if named else "there is no Chromium and no Chrome on the path"
    raise PrintingError(f"{what}; install one, or name it with --browser or CHROMIUM")


def chapters(toc: Path) -> list[Chapter]:
    """Return the pages that a ``_toc.yml`` names, in order."""
    import yaml

    read = yaml.safe_load(toc.read_text(encoding="utf-8"))
    found = [Chapter(read["root"])]
    for part in read.get("parts", []):
        found += [Chapter(one["file"], part.get("caption", "")) for one in part["chapters"]]
    return found


def title_of(html: str) -> str:
    """Return a page's first heading, without the mark that links to it."""
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", html, re.S)
    words = re.sub(r'<a class="headerlink".*?</a>', "", heading[1], flags=re.S) if heading else ""
    return re.sub(r"<[^>]+>", "", words).strip()


def printable(html: str) -> str:
    """Return a page as it is to be printed: no scripts, no policy, every picture at once."""
    html = re.sub(r"<script\b[^>]*>.*?</script>", "", html, flags=re.S)
    html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    html = html.replace(' loading="lazy"', "").replace('data-theme="dark"', 'data-theme="light"')
    return html.replace("</head>", f"{_STYLE}</head>", 1)


def print_book(
    html: Path,
    pages: Iterable[Chapter],
    target: Path,
    *,
    browser: str,
    title: str,
    author: str = "",
    report: Callable[[str], None] = lambda said: None,
) -> int:
    """Print a built book, and return how many pages its PDF has.

    Parameters
    ----------
    html : Path
        The folder of the built book.
    pages : iterable of Chapter
        What to print, in order.
    target : Path
        The PDF to write.
    browser : str
        The program of Chromium or Chrome.
    title, author : str
        For the first page.
    report : callable
        Told what is being printed.

    Raises
    ------
    PrintingError
        If a page is not there, or the browser fails.
    """
    pages = list(pages)
    sources = {page.name: html / f"{page.name}.html" for page in pages}
    if missing := [name for name, path in sources.items() if not path.is_file()]:
        raise PrintingError(f"the book in {html} has no {missing[0]}.html: run `make book` first")
    texts = {name: path.read_text(encoding="utf-8") for name, path in sources.items()}
    titles = [title_of(texts[page.name]) for page in pages]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        # The contents are as long whatever numbers stand in them: a draft tells their length.
        draft = _front(title, author, pages, titles, [0] * len(pages))
        before = _length(_print(draft, html, folder / "front.pdf", browser))
        starts, bodies = [], []
        for number, page in enumerate(pages):
            report(titles[number])
            starts.append(before + 1)
            text = printable(texts[page.name])
            bodies.append(
                _print(text, sources[page.name].parent, folder / f"{number}.pdf", browser)
            )
            before += _length(bodies[-1])
        front = _front(title, author, pages, titles, starts)
        parts = [_print(front, html, folder / "front.pdf", browser), *bodies]
        numbers = _print(_numbers(before), html, folder / "numbers.pdf", browser)
        bound = _bind(parts, numbers, titles, starts, title)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            bound.write(file)
    return before


def _print(text: str, beside: Path, pdf: Path, browser: str) -> Path:
    """Print a page that finds its files as if it lay in a folder of the book."""
    page = pdf.with_suffix(".html")
    base = f'<head><base href="{escape(beside.resolve().as_uri())}/">'
    page.write_text(re.sub(r"<head>", base, text, count=1), encoding="utf-8")
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", f"--print-to-pdf={pdf}"]
        try:
            done = subprocess.run(
                [*command, page.as_uri()],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE,
            )
        except subprocess.TimeoutExpired as error:
            raise PrintingError(f"the browser took more than {PATIENCE} s for a page") from error
        except OSError as error:
            raise PrintingError(f"{browser} does not start: {error.strerror}") from error
    if done.returncode or not pdf.is_file():
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise PrintingError(f"{browser} printed nothing: {last[0]}")
    return pdf


def _length(pdf: Path) -> int:
    return len(PdfReader(pdf).pages)


def _bind(
    parts: list[Path], numbers: Path, titles: list[str], starts: list[int], title: str
) -> PdfWriter:
    """Return one document with an outline, and a title that a reader's window can show."""
    bound = PdfWriter()
    for part in parts:
        bound.append(PdfReader(part), import_outline=False)
    for words, start in zip(titles, starts, strict=True):
        bound.add_outline_item(title=words, page_number=start - 1)
    bound.add_metadata({"/Title": title})
    for page, number in list(zip(bound.pages, PdfReader(numbers).pages, strict=True))[1:]:
        page.merge_page(number)
        page.compress_content_streams()
    return bound


def _numbers(count: int) -> str:
    """Return empty pages with their numbers, to be laid over the book's, each printed by itself."""
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>
@page {{ size: A4; margin: 18mm; @bottom-center {{ content: counter(page);
  font: 9pt sans-serif; color: #555; }} }}
div {{ break-after: page; height: 1px; }}
div:last-child {{ break-after: auto; }}
</style></head><body>{"<div></div>" * count}</body></html>"""


def _front(
    title: str, author: str, pages: list[Chapter], titles: list[str], starts: list[int]
) -> str:
    """Return the page with the title and the contents."""
    rows, part = [], ""
    for page, words, start in zip(pages, titles, starts, strict=True):
        if page.part != part:
            part = page.part
            rows.append(f"<h2>{escape(part)}</h2>")
        rows.append(f"<p><span>{words}</span><b>{start or 999}</b></p>")
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><style>
@page {{ size: A4; margin: 25mm 22mm; }}
body {{ font: 11pt/1.5 sans-serif; color: #14171f; }}
header {{ height: 235mm; display: flex; flex-direction: column; justify-content: center;
  break-after: page; }}
h1 {{ font-size: 34pt; line-height: 1.15; margin: 0 0 12pt; }}
h2 {{ font-size: 11pt; margin: 16pt 0 4pt; break-after: avoid; }}
p {{ display: flex; margin: 2pt 0; gap: 12pt; justify-content: space-between; }}
b {{ font-weight: normal; font-variant-numeric: tabular-nums; min-width: 3em; text-align: right; }}
</style></head><body><header><h1>{escape(title)}</h1><div>{escape(author)}</div></header>
<h1 style="font-size: 20pt">Contents</h1>{"".join(rows)}</body></html>"""
