"""What a page holds is read from its document."""

from docutils import nodes

from course_lib.demos.demo import container
from course_lib.publishing.contents import contents_of


def raw(text: str) -> nodes.raw:
    return nodes.raw("", text, format="html")


def section(name: str, title: str, *children: nodes.Node) -> nodes.section:
    return nodes.section("", nodes.title("", title), *children, ids=[name])


def document() -> nodes.document:
    figure = (
        '<figure class="course-figure" data-figure="detection/grid"><svg/>'
        "<figcaption>One &amp; only.</figcaption></figure>"
    )
    demo = container("boxes", "overlap", {"title": "</script><b>Boxes"})
    whole = nodes.document(None, None)  # type: ignore[arg-type]
    deeper = section("deeper", "Deeper", raw(demo))
    prose = nodes.paragraph("", "", nodes.strong("", "overlap"), nodes.Text(" is its IoU."))
    first = section("first", "First", prose, raw(figure), deeper)
    whole += section("top", "Detection", raw(container("question", "ask", {})), first)
    return whole


def test_sections_are_those_below_the_title() -> None:
    contents = contents_of(document())
    assert contents.title == "Detection"
    assert [(s.id, s.title, s.terms) for s in contents.sections] == [
        ("first", "First", ("overlap", "IoU"))
    ]


def test_demos_come_with_their_state_and_the_section_that_they_stand_in() -> None:
    question, boxes = contents_of(document()).demos
    assert (question.name, question.anchor, question.section.id) == ("question", "ask", "")
    assert (boxes.name, boxes.anchor, boxes.section.id) == ("boxes", "overlap", "first")
    assert boxes.state == {"title": "</script><b>Boxes"}


def test_a_figure_comes_with_its_caption() -> None:
    [figure] = contents_of(document()).figures
    assert (figure.name, figure.caption) == ("detection/grid", "One & only.")


def test_a_document_without_a_title_holds_nothing() -> None:
    assert contents_of(nodes.document(None, None)).demos == []  # type: ignore[arg-type]
