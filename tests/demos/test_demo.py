"""What every demo puts into a page: the widget, and a container that needs no kernel."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given

from course_lib.demos import (
    Channels1D,
    Choice,
    Convolution1D,
    LearnAKernel,
    Mistake,
    Question,
)
from course_lib.demos.demo import Demo, container, front_end
from tests.demos.states import possible

WIDGET = "application/vnd.jupyter.widget-view+json"
HOSTILE = "</script><script>alert(1)</script><!-- \" ' & \u2028 <img src=x onerror=alert(2)>"


class Parsed(HTMLParser):
    """Reads a container as a browser does: a script ends at the first ``</script``."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.script = ""
        self._in_script = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.script += data


def bundle(demo: Demo) -> dict[str, Any]:
    data, _metadata = demo._repr_mimebundle_()
    return dict(data)


def demos() -> list[Demo]:
    choices = [Choice("One", "No."), Choice("Two", "Yes.", right=True)]
    return [
        Channels1D(),
        Convolution1D(),
        LearnAKernel(),
        Question("q1", "Which?", choices=choices),
        Question("q2", "How many?", answer=3, mistakes=[Mistake(2, "Count again.")]),
    ]


@pytest.mark.parametrize("demo", demos(), ids=lambda demo: demo.anchor)
def test_the_bundle_carries_the_widget_and_a_container_with_the_state(demo: Demo) -> None:
    data = bundle(demo)
    assert data[WIDGET]["model_id"] == demo.model_id
    page = Parsed(data["text/html"])
    (_, root), (_, script) = page.tags
    assert root == {"class": "course-demo", "data-demo": demo.name, "id": demo.anchor}
    assert script == {"type": "application/json", "class": "course-demo-state"}
    assert json.loads(page.script) == demo.page_state()


def test_the_page_s_state_is_the_demo_s_own_traits_and_no_code() -> None:
    assert set(Convolution1D().page_state()) == {
        *("signal", "kernel", "stride", "dilation", "padding", "position", "shift"),
        *("predict", "guess", "output", "title", "hint"),
    }


def test_the_place_for_the_picture_stands_in_the_container() -> None:
    html = bundle(Convolution1D())["text/html"]
    assert html.endswith("<!--course-demo-picture--></div>")


@given(possible())
def test_the_state_in_the_page_is_exactly_the_state_in_python(state: dict[str, Any]) -> None:
    demo = Convolution1D(**state)
    given_to_page = json.loads(Parsed(bundle(demo)["text/html"]).script)
    assert {name: given_to_page[name] for name in state} == state
    assert given_to_page["output"] == demo.output


def test_no_string_can_break_out_of_the_container() -> None:
    choices = [Choice(HOSTILE, HOSTILE), Choice(HOSTILE, HOSTILE, right=True)]
    for demo in (
        Convolution1D(anchor=f'a"{HOSTILE}', title=HOSTILE, hint=HOSTILE),
        Question(HOSTILE, HOSTILE, choices=choices),
    ):
        html = bundle(demo)["text/html"]
        page = Parsed(html)
        assert [tag for tag, _ in page.tags] == ["div", "script"]
        assert page.tags[0][1]["id"] == demo.anchor
        assert json.loads(page.script) == demo.page_state()
        assert len(re.findall("<", html)) == 5  # div, script, /script, the picture's place, /div


def test_the_container_names_the_data_and_apart_from_it_what_is_heavy() -> None:
    page = Parsed(container("one", "one", {}, ("photographs",), ("weights", "scenes")))
    _, script = page.tags[1]
    assert script["data-needs"] == "photographs"
    assert script["data-heavy"] == "weights scenes"
    assert "data-needs" not in Parsed(container("one", "one", {}, (), ("weights",))).tags[1][1]


def test_the_anchor_is_the_name_unless_it_is_given() -> None:
    assert Convolution1D().anchor == "convolution-1d"
    assert Convolution1D(anchor="try-stride").anchor == "try-stride"


def test_a_front_end_that_is_not_built_says_how_to_build_it() -> None:
    with pytest.raises(ModuleNotFoundError, match="make frontend"):
        front_end("no-such-demo.js")
