"""The demo in a page: it computes what torch computes, and takes its state along."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
import torch
from playwright.sync_api import Page, expect

from course_lib.demos import Convolution1D
from tests.browser.conftest import Open
from tests.browser.demo_page import Driven, OpenDemos, driven, printed_by
from tests.browser.random_states import random_states
from tests.demos.test_convolution_1d import oracle

pytestmark = pytest.mark.browser

CHAPTER = "book/03-convolution-1d.html"
STATE = ("signal", "kernel", "stride", "dilation", "padding", "shift", "position")

EQUATION = """{
  equation: root.querySelector(".course-equation").textContent,
  squares: root.querySelectorAll(".outputs .square").length,
}"""


@pytest.fixture(params=["http", "file"])
def anywhere(open_demos: OpenDemos, request: pytest.FixtureRequest) -> Driven:
    """Give the demo on a bare page, over HTTP and from disk."""
    return driven(open_demos(Convolution1D(), scheme=request.param))


@pytest.fixture(params=["http", "file"])
def in_the_book(open_page: Open, request: pytest.FixtureRequest) -> Driven:
    """Give the chapter's first demo, over HTTP and from disk."""
    return driven(open_page(CHAPTER, scheme=request.param))


def assert_equals_torch(demo: Driven, states: list[dict[str, Any]]) -> None:
    found = demo.in_each(states, "output", "position", also=EQUATION)
    for state, seen in zip(states, found, strict=True):
        expected = oracle(state)
        output = torch.tensor(seen["output"], dtype=torch.float64)
        assert output.shape == expected.shape, state
        assert torch.allclose(output, expected, rtol=0, atol=1e-6), state
        assert seen["position"] == state["position"], state
        assert seen["squares"] == len(expected), state
        assert seen["whole"], state
        assert seen["complaints"] == "", state
        shown = float(re.split("[=≈] ", seen["equation"])[-1].replace("−", "-"))
        assert shown == pytest.approx(float(expected[state["position"]]), abs=0.00501), state


def test_the_demo_is_mounted_with_its_model(anywhere: Driven) -> None:
    assert anywhere.root.get_attribute("data-ready") == "true"
    assert anywhere.get("stride") == 1
    assert anywhere.get("output")[1] == pytest.approx((5.2 + 5.3 + 5.4) / 3)


def test_the_output_equals_torch_in_random_states(anywhere: Driven) -> None:
    assert_equals_torch(anywhere, random_states(200))


def test_the_output_equals_torch_in_the_book_too(in_the_book: Driven) -> None:
    assert_equals_torch(in_the_book, random_states(200, seed=1))


def test_the_book_s_demo_is_driven_by_key_and_by_hand(in_the_book: Driven) -> None:
    demo = in_the_book
    demo.set(signal=[1, 2, 4, 8], kernel=[1, 1, 1], stride=1, dilation=1, shift=0, padding="zeros")
    demo.set(position=0, predict=False)
    demo.tab_to(demo.root.get_by_role("slider", name="Position of the window"))
    demo.press("ArrowRight", "ArrowRight")
    expect(demo.root.locator(".course-equation")).to_have_text("z₃ = 1·2 + 1·4 + 1·8 = 14.00")
    demo.root.locator("[data-output='0'] .square").click()
    assert demo.get("position") == 0
    point = demo.root.locator(".inputs [data-index='1'] .hit")
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 20, steps=4)
    demo.page.mouse.up()
    demo.painted()
    signal = demo.get("signal")
    assert signal[1] > 2
    assert demo.get("output")[0] == pytest.approx(1 + signal[1])


def test_another_s_change_moves_the_controls(anywhere: Driven) -> None:
    anywhere.set(stride=2, dilation=3, padding="circular", position=1, kernel=[0, 1, 0])
    root = anywhere.root
    assert root.get_by_role("spinbutton", name="Stride").input_value() == "2"
    assert root.get_by_role("spinbutton", name="Dilation").input_value() == "3"
    assert root.get_by_role("radio", name="circular").is_checked()
    assert root.get_by_role("slider", name="Position of the window").input_value() == "1"
    identity = root.get_by_role("button", name="identity", exact=True)
    assert identity.get_attribute("aria-pressed") == "true"


LINK = "&stride=2&dilation=2&position=2"


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_link_opens_its_state(open_demos: OpenDemos, scheme: str) -> None:
    others = [Convolution1D(anchor=name) for name in ("first", "second")]
    page = open_demos(*others, scheme=scheme, fragment=f"#demo=second{LINK}")
    expect(page.locator("#second")).to_have_attribute("data-ready", "true")
    second = Driven(page, page.locator("#second"))
    assert second.traits("stride", "dilation", "position") == {
        "stride": 2,
        "dilation": 2,
        "position": 2,
    }
    assert page.locator("#second").evaluate(
        "(e) => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0"
    )
    page.locator("#first").scroll_into_view_if_needed()
    assert Driven(page, page.locator("#first")).get("stride") == 1


def test_a_link_followed_within_the_page_replaces_the_state(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(kernel=[1, 2], anchor="a"), fragment="#demo=a&stride=3"))
    demo.set(kernel=[5, 5, 5], shift=1)
    demo.page.evaluate("location.hash = '#demo=a&dilation=2&signal=1,2,3'")
    demo.painted()
    assert demo.traits("kernel", "stride", "dilation", "shift", "signal") == {
        "kernel": [1, 2],
        "stride": 1,
        "dilation": 2,
        "shift": 0,
        "signal": [1, 2, 3],
    }


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_copied_link_opens_the_same_state_elsewhere(open_demos: OpenDemos, scheme: str) -> None:
    state = {
        "signal": [0.1, -2, 1e-7, 4],
        "kernel": [1 / 3, -1],
        "stride": 2,
        "dilation": 1,
        "padding": "circular",
        "shift": -1,
        "position": 1,
    }
    permissions = ["clipboard-read", "clipboard-write"]
    demo = driven(open_demos(Convolution1D(), scheme=scheme, permissions=permissions))
    demo.set(**state)
    demo.root.get_by_role("button", name="Copy link").click()
    expect(demo.root.get_by_role("button", name="Copied")).to_be_visible()
    link = demo.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(demo.page.url.split("#")[0])
    other = driven(open_demos(Convolution1D(), scheme=scheme, fragment=link[link.index("#") :]))
    assert other.traits(*state) == state
    assert other.problems() == []


def test_where_the_clipboard_is_refused_the_link_is_shown_to_copy(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D()))
    demo.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    demo.set(stride=3)
    demo.root.get_by_role("button", name="Copy link").click()
    shelf = demo.root.get_by_role("textbox", name="Copy link: the text to copy")
    assert shelf.input_value().endswith("#demo=convolution-1d&stride=3")
    selected = shelf.evaluate("(e) => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert selected == shelf.input_value()


def test_the_snippet_runs_as_it_stands_and_prints_the_demo_s_output(
    open_demos: OpenDemos,
) -> None:
    demo = driven(open_demos(Convolution1D(padding="reflect", stride=2, dilation=2)))
    [printed] = printed_by(demo.code())
    assert printed == pytest.approx(demo.get("output"), abs=1e-9)


def test_the_snippets_of_many_states_print_their_outputs(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D()))
    states = random_states(25, seed=2)
    for padding in ("zeros", "valid", "circular", "replicate"):  # the signal wholly moved out
        for shift in (-8, 8):
            traits = {"signal": [1, 2, 3], "kernel": [1, 2], "stride": 1, "dilation": 1}
            states.append({**traits, "padding": padding, "shift": shift, "position": 0})
    codes, outputs = [], []
    for state in states:
        demo.set(**state)
        codes.append(demo.code())
        outputs.append(demo.get("output"))
    printed = printed_by("\n".join(codes))  # one process: starting torch takes a second
    for state, numbers, output in zip(states, printed, outputs, strict=True):
        assert numbers == pytest.approx(output, abs=1e-9), state


def test_the_snippet_is_copied_as_it_is_shown(open_demos: OpenDemos) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    demo = driven(open_demos(Convolution1D(), permissions=permissions))
    shown = demo.code()
    demo.root.get_by_role("button", name="Copy as PyTorch").click()
    expect(demo.root.get_by_role("button", name="Copied")).to_be_visible()
    assert demo.page.evaluate("navigator.clipboard.readText()") == shown


def test_the_result_is_announced_and_not_more_than_twice_a_second(anywhere: Driven) -> None:
    region = anywhere.root.locator("[aria-live=polite][role=status]").first
    assert region.text_content() == ""
    region.evaluate(
        """(region) => {
          window.spoken = [];
          new MutationObserver(() => window.spoken.push(region.textContent))
            .observe(region, { childList: true, characterData: true, subtree: true });
        }"""
    )
    anywhere.tab_to(anywhere.root.get_by_role("slider", name="Position of the window"))
    began = anywhere.page.evaluate("performance.now()")
    for _ in range(8):
        anywhere.press("ArrowRight")
    expect(region).to_have_text("output 9 of 12 is 5.63", timeout=2000)
    spoken = anywhere.page.evaluate("window.spoken")
    passed = anywhere.page.evaluate("performance.now()") - began
    assert len(spoken) <= passed / 500 + 1


def seconds(demo: Driven, selector: str) -> float:
    """Return how long an element's movement lasts."""
    duration = demo.root.locator(selector).first.evaluate(
        """(e) => {
          const { transitionProperty, transitionDuration } = getComputedStyle(e);
          return transitionProperty === "none" ? "0s" : transitionDuration;
        }"""
    )
    return float(duration.removesuffix("s"))


def test_movement_is_short_and_stops_where_the_reader_wants_none(open_demos: OpenDemos) -> None:
    moving = driven(open_demos(Convolution1D()))
    still = driven(open_demos(Convolution1D(), reduced_motion="reduce"))
    # Under the reader's hand the window is there at once; it glides while it plays.
    assert seconds(moving, ".sliding") == 0
    for demo in (moving, still):
        demo.root.get_by_role("button", name="Play").click()
    assert 0 < seconds(moving, ".sliding") < 0.2
    assert seconds(still, ".sliding") == 0


def test_without_scripts_the_picture_and_the_result_show(open_demos: OpenDemos) -> None:
    page = open_demos(Convolution1D(position=4), java_script_enabled=False)
    root = page.locator(".course-demo")
    box = root.locator("svg.picture").bounding_box()
    assert box is not None
    assert box["width"] > 300
    assert box["height"] > 200
    assert root.locator("svg.matrix").is_visible()
    expect(root.locator(".course-equation")).to_contain_text("= 8.50")
    assert not root.locator(".course-controls").is_visible()


def test_the_picture_keeps_its_place_when_the_demo_starts(open_demos: OpenDemos) -> None:
    def height(page: Page) -> float:
        box = page.locator(".course-demo").bounding_box()
        assert box is not None
        return box["height"]

    before = open_demos(Convolution1D(), width=832)
    page_without = before.context.new_page()
    page_without.route("**/convolution-1d.js", lambda route: route.abort())
    page_without.goto(before.url)
    assert height(page_without) == pytest.approx(height(driven(before).page), abs=8)


@pytest.mark.parametrize("width", [320, 360, 760, 1280])
def test_nothing_reaches_beyond_the_screen(open_demos: OpenDemos, width: int) -> None:
    long = Convolution1D(signal=[100.25 - i for i in range(64)], kernel=[0.5] * 9, dilation=4)
    demo = driven(open_demos(long, width=width))
    demo.open_code()
    demo.set(predict=True, shift=2)
    assert demo.page.evaluate("document.documentElement.scrollWidth") <= width


def test_demos_start_only_near_the_viewport(open_demos: OpenDemos) -> None:
    page = open_demos(*[Convolution1D(anchor=f"demo-{i}") for i in range(6)])
    expect(page.locator("#demo-0")).to_have_attribute("data-ready", "true")
    page.wait_for_timeout(300)
    assert page.locator("#demo-5").get_attribute("data-ready") is None
    page.locator("#demo-5").scroll_into_view_if_needed()
    expect(page.locator("#demo-5")).to_have_attribute("data-ready", "true")


def test_paper_gets_the_picture_and_no_controls(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D()))
    demo.page.emulate_media(media="print")
    assert demo.root.locator("svg.picture").is_visible()
    assert demo.root.locator(".course-equation").is_visible()
    assert not demo.root.get_by_role("button").first.is_visible()


@pytest.mark.parametrize("odd", ["#demo=nobody&stride=2", "#demo=", "#%E0%A4%A", "#nowhere"])
def test_a_fragment_that_is_no_link_to_a_demo_here_is_let_be(
    open_demos: OpenDemos, odd: str
) -> None:
    demo = driven(open_demos(Convolution1D(), fragment=odd))
    assert demo.problems() == []
    assert demo.get("stride") == 1


def test_a_name_is_no_way_to_run_code(open_demos: OpenDemos) -> None:
    code = quote('"><img src=x onerror=document.title=1>')
    demo = driven(open_demos(Convolution1D(), fragment=f"#demo=convolution-1d&{code}={code}"))
    assert demo.page.title() == "Demos"
    assert demo.root.locator("img").count() == 0
