import re
from html.parser import HTMLParser

import pytest

from course_lib.figures import load, show
from course_lib.figures.display import LEGIBLE, NARROW


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def one(self, tag: str) -> dict[str, str | None]:
        (attributes,) = [attrs for name, attrs in self.found if name == tag]
        return attributes


def width_of(html: str, which: str) -> float:
    found = re.search(rf"{which}-width:([\d.]+)px", html)
    assert found
    return float(found[1])


def test_a_notebook_gets_html_and_the_alternative_text() -> None:
    shown = show("convolution-1d/sliding")
    bundle = shown._repr_mimebundle_()
    assert bundle == {"text/html": shown.html, "text/plain": shown.alt}
    assert shown.alt == load("convolution-1d/sliding").describe()


def test_the_figure_holds_one_labelled_image_and_no_prolog() -> None:
    shown = show("convolution-1d/sliding", caption="The window moves on.")
    tags = Tags(shown.html)
    assert shown.html.startswith("<figure class")
    assert tags.one("figure") == {
        "class": "course-figure",
        "data-figure": "convolution-1d/sliding",
    }
    image = tags.one("svg")
    assert image["role"] == "img"
    assert image["aria-label"] == shown.alt
    assert {"width", "height"}.isdisjoint(image)
    assert "<figcaption>The window moves on.</figcaption>" in shown.html
    assert "metadata" not in shown.html
    assert "DOCTYPE" not in shown.html


def test_a_caption_is_text_and_may_be_left_out() -> None:
    assert "figcaption" not in show("convolution-1d/matrix").html
    html = show("convolution-1d/matrix", caption="<b>a & b</b>").html
    assert "<figcaption>&lt;b&gt;a &amp; b&lt;/b&gt;</figcaption>" in html


def test_text_takes_the_pages_font_and_the_paper_is_the_pages() -> None:
    html = show("convolution-1d/kernels").html
    assert "font-family:var(--course-font,system-ui,sans-serif)" in html
    assert "DejaVu" not in html
    assert "background:var(--course-paper,#fff)" in html


def test_what_fits_a_phone_does_not_scroll_and_takes_no_tab_stop() -> None:
    html = show("convolution-1d/sliding").html
    assert width_of(html, "min") <= NARROW
    assert "tabindex" not in html


def test_what_does_not_fit_scrolls_by_keyboard_and_keeps_its_text_legible() -> None:
    html = show("convolution-1d/worked-example").html
    smallest = min(map(float, re.findall(r"<text[^>]*font-size:(\d+)px", html)), default=14)
    natural = float(str(Tags(html).one("svg")["viewbox"]).split()[2])
    assert width_of(html, "min") * smallest / natural >= LEGIBLE
    (sheet,) = [attrs for tag, attrs in Tags(html).found if attrs.get("tabindex") == "0"]
    assert sheet["role"] == "group"
    assert sheet["aria-label"] == load("convolution-1d/worked-example").title


@pytest.mark.parametrize("name", ["convolution-1d/connections", "convolution-1d/matrix"])
def test_showing_twice_gives_the_same_bytes(name: str) -> None:
    assert show(name, stride=2).html == show(name, stride=2).html
