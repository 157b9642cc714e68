"""The glossary itself: what it says is written once, is true of the chapters, and is found."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from docutils import nodes

from course_lib.publishing.glossary.marking import mark
from course_lib.publishing.glossary.terms import SOURCE, Spellings, Term, plural, terms_of
from tests.publishing.glossary.reading import CHAPTERS, ROOT, document, number, prose

TERMS = terms_of(ROOT)


def names(text: str, *terms: Term) -> list[str]:
    return [term.name for _, _, term in Spellings(terms).find(text)]


def term(name: str, *spellings: str, chapter: int = 1, everyday: bool = False) -> Term:
    return Term(name, chapter, "", (name, *spellings), everyday)


@pytest.mark.parametrize(
    ("noun", "many"),
    [
        ("kernel", "kernels"),
        ("batch", "batches"),
        ("bias", "biases"),
        ("feature map", "feature maps"),
        ("family", "families"),
        ("way", "ways"),
    ],
)
def test_a_plural_is_the_regular_one(noun: str, many: str) -> None:
    assert plural(noun) == many


def test_the_longest_term_is_found_and_the_one_within_it_is_not() -> None:
    convolution, transposed = term("convolution"), term("transposed convolution")
    assert names("a transposed convolution", convolution, transposed) == ["transposed convolution"]


@pytest.mark.parametrize("text", ["subkernel", "kernels", "kernel-free", "skernel"])
def test_a_part_of_a_word_is_not_found(text: str) -> None:
    assert names(text, term("kernel")) == []


@pytest.mark.parametrize("text", ["Fully connected layer", "fully-connected\nlayer"])
def test_case_hyphens_and_line_ends_make_no_difference(text: str) -> None:
    assert names(text, term("fully connected layer")) == ["fully connected layer"]


def test_a_spelling_with_capitals_is_found_as_it_stands() -> None:
    assert names("COCO, coco", term("COCO")) == ["COCO"]


def test_a_typographer_s_apostrophe_is_an_apostrophe() -> None:
    assert names("drawn by He’s rule", term("He's rule")) == ["He's rule"]


def test_an_everyday_word_is_a_term_from_its_chapter_on() -> None:
    skip = term("skip", chapter=11, everyday=True)
    assert [skip.explained_in(chapter) for chapter in (3, 11, 14)] == [False, True, True]
    assert term("skip", chapter=11).explained_in(3)


def test_an_entry_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / SOURCE).write_text("- {term: a, chapter: 1, says: b, spelling: c}\n")
    with pytest.raises(ValueError, match="spelling"):
        terms_of(tmp_path)


def test_a_book_without_a_glossary_has_no_terms(tmp_path: Path) -> None:
    assert terms_of(tmp_path) == ()


def test_the_course_has_its_terms_in_order_and_each_has_a_place() -> None:
    assert len(TERMS) >= 90
    assert [t.name for t in TERMS] == sorted((t.name for t in TERMS), key=str.lower)
    assert len({t.anchor for t in TERMS}) == len(TERMS)


def test_no_spelling_means_two_terms() -> None:
    owners: dict[str, str] = {}
    for t in TERMS:
        for spelling in t.spellings:
            assert owners.setdefault(spelling.lower(), t.name) == t.name


@pytest.mark.parametrize("entry", TERMS, ids=lambda t: t.name)
def test_a_definition_is_one_short_paragraph(entry: Term) -> None:
    [paragraph] = document(entry.says).children
    assert 6 <= len(paragraph.astext().split()) <= 60
    assert paragraph.astext().endswith(".")


@cache
def printed(chapter: Path) -> str:
    """What the chapter's cells print."""
    cells = json.loads(chapter.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return "\n".join("".join(output.get("text", "")) for output in outputs)


@cache
def terms_in(chapter: Path) -> frozenset[str]:
    """The terms that a chapter's text explains, and those that its cells print."""
    explained = [t for t in TERMS if t.explained_in(number(chapter))]
    found = mark(document(prose(chapter)), explained, lambda _, words: nodes.inline("", words))
    found += [t for _, _, t in Spellings(explained).find(printed(chapter))]
    return frozenset(t.name for t in found)


@pytest.mark.parametrize("entry", TERMS, ids=lambda t: t.name)
def test_a_term_is_used_in_the_chapter_that_is_said_to_introduce_it(entry: Term) -> None:
    [chapter] = [path for path in CHAPTERS if number(path) == entry.chapter]
    assert entry.name in terms_in(chapter)
