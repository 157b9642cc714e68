"""What "Your reading" knows of chapters."""

from unittest.mock import Mock

import pytest

from course_lib.publishing.reading import OUTLINE, PLACE, is_chapter, link_reading, outline
from tests.publishing.test_contents import container, document, raw, section


@pytest.mark.parametrize(
    ("name", "chapter"),
    [("book/03-convolution-1d", True), ("07-mnist", True), ("book/index", False), ("1-x", False)],
)
def test_a_chapter_s_name_begins_with_its_number(name: str, chapter: bool) -> None:
    assert is_chapter(name) is chapter


def environment() -> Mock:
    asked = {"prompt": "Which?", "choices": [], "answer": 3.0, "tolerance": 0.1}
    chapter = document()
    chapter.children[0].append(raw(container("question", "count", asked)))  # type: ignore[attr-defined]
    first = chapter.children[0].children[1]
    chapter.children[0].remove(first)  # type: ignore[attr-defined]
    pages = {"book/01-first": chapter, "book/index": document()}
    pages["book/index"].children = [
        section("top", "Index", raw(container("inventory", "beliefs", {"items": [1]})))
    ]
    return Mock(found_docs=set(pages), get_doctree=pages.__getitem__)


def test_the_outline_has_chapters_whole_and_of_other_pages_the_inventories() -> None:
    chapter, index = outline(environment())
    assert (chapter["page"], chapter["title"]) == ("book/01-first", "Detection")
    assert chapter["sections"] == [{"id": "first", "title": "First"}]
    [question] = chapter["questions"]
    assert question == {
        "anchor": "count",
        "prompt": "Which?",
        "choices": [],
        "answer": 3.0,
        "tolerance": 0.1,
    }
    assert index["sections"] == []
    assert index["inventories"] == [{"id": "beliefs", "items": [1]}]


@pytest.mark.parametrize(
    ("page", "body", "kind", "more"),
    [
        ("book/03-convolution-1d", "", "chapter", []),
        ("book/index", "", "other", []),
        ("book/your-reading", f"<div {PLACE}></div>", "other", [OUTLINE, "course/your-reading.js"]),
    ],
)
def test_every_page_is_followed_after_all_else(
    page: str, body: str, kind: str, more: list[str]
) -> None:
    app = Mock()
    link_reading(app, page, "page.html", {"body": body}, None)
    calls = app.add_js_file.call_args_list
    assert [call.args[0] for call in calls] == ["course/reading.js", *more]
    assert calls[0].kwargs["data-page"] == kind
    assert {call.kwargs["loading_method"] for call in calls} == {"defer"}
