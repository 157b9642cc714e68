"""The bibliography: each entry whole, and each one cited."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pybtex.database import Entry, parse_file

BOOK = Path(__file__).parents[2] / "book"
ENTRIES: dict[str, Any] = dict(parse_file(str(BOOK / "references.bib")).entries)
WHERE = {"doi", "url", "publisher", "journal", "booktitle", "howpublished", "institution"}
# Works that the text calls by their own names.
NAMES = {
    "itu601": "ITU-R BT.601",
    "prince2024errata": "errata",
    "vandenoord2016": "WaveNet",
    "badrinarayanan2017": "SegNet",
}


def paragraphs() -> list[str]:
    """The paragraphs of the book, of its questions and captions too, that point to references."""
    texts = [path.read_text("utf-8") for path in BOOK.glob("*.md")]
    for path in BOOK.glob("*.ipynb"):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells]
    parts = [part for text in texts for part in re.split(r"\n\s*\n", text)]
    return [part for part in parts if "references.md" in part or "references.html" in part]


CITING = "\n".join(paragraphs())


def surname(entry: Entry) -> str:
    person = entry.persons["author"][0]
    return re.sub(r"[{}]", "", " ".join([*person.prelast_names, *person.last_names]))


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_says_who_what_when_and_where(key: str) -> None:
    entry = ENTRIES[key]
    assert entry.persons["author"]
    assert entry.fields["title"]
    assert re.fullmatch(r"(19|20)\d\d", entry.fields["year"])
    note = entry.fields.get("note", "")
    assert WHERE & set(entry.fields) or re.search(r"arXiv:|\w\.\w+/|[A-Z]", note), "where?"


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_is_cited(key: str) -> None:
    assert NAMES.get(key, surname(ENTRIES[key])) in CITING


def test_no_citation_of_the_text_is_undefined() -> None:
    known = {surname(entry) for entry in ENTRIES.values()}
    unknown = []
    for link in re.findall(r"\[([^\]]*)\]\(references\.(?:md|html)", CITING):
        first = re.match(r"\(?([A-Z][\w-]+)(?:,| and | et al| \d{4})", link)
        if first and not any(first[1] in name or name in link for name in known):
            unknown.append(link)
    assert unknown == []
