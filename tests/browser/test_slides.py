"""Decks of slides: one chapter in full, live from disk; all the others laid out at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.book import ROOT, Scheme, serve
from tests.browser.decks import CHAPTERS, STICKS_OUT, Show, write_decks
from tests.browser.demo_page import driven
from tests.browser.watch import Watch, violations

pytestmark = pytest.mark.browser

CHAPTER = ROOT / "book" / "03-convolution-1d.ipynb"

OpenDeck = Callable[..., Show]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decks of all chapters."""
    out = tmp_path_factory.mktemp("slides")
    write_decks(out, CHAPTERS)
    return out


@pytest.fixture
def open_deck(browser: Browser, folder: Path) -> Iterator[OpenDeck]:
    """A function that opens a deck from disk, the network cut, or over HTTP, watched."""
    contexts, watches = [], []
    with serve(folder) as origin:

        def open_(
            name: str = CHAPTER.stem,
            tail: str = "",
            *,
            scheme: Scheme = "file",
            width: int = 1280,
            height: int = 720,
            **options: Any,
        ) -> Show:
            context = browser.new_context(viewport={"width": width, "height": height}, **options)
            contexts.append(context)
            if scheme == "file":
                context.route("http*://**", lambda route: route.abort())
            home = "file://" if scheme == "file" else origin
            context.on("page", lambda page: watches.append(Watch(page, home)))
            page = context.new_page()
            start = (folder / f"{name}.html").as_uri()
            page.goto((start if scheme == "file" else f"{origin}/{name}.html") + tail)
            return Show(page).ready()

        yield open_
        for context in contexts:
            if browser.is_connected():
                context.close()
    faults = [fault for watch in watches for fault in watch.faults]
    assert not faults, "\n".join(faults)


KINDS = ["title", "section", "formula", "beside", "question", "demo", "text", "exercise"]


def test_every_slide_of_a_chapter_fits_and_is_reached_by_the_space_bar(
    open_deck: OpenDeck,
) -> None:
    show = open_deck()
    faults: list[str] = []
    kinds = set()
    count = 0
    for slide in show.slides():
        count += 1
        kinds |= set((slide.get_attribute("class") or "").split())
        for demo in slide.locator(".course-demo").all():
            expect(demo).to_have_attribute("data-ready", "true", timeout=15_000)
        faults += slide.evaluate_all(STICKS_OUT)
    assert faults == []
    assert count == show.page.locator(".slide").count()
    assert kinds >= {f"slide-{kind}" for kind in KINDS}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_kind_of_slide_shuts_anybody_out(open_deck: OpenDeck, theme: str) -> None:
    show = open_deck()
    if theme == "dark":
        show.page.keyboard.press("t")
        assert show.page.evaluate("document.documentElement.dataset.theme") == "dark"
    for kind in KINDS:
        slide = show.go_to(kind)
        for _ in slide.locator(".fragment").all():
            show.page.keyboard.press(" ")
        for demo in slide.locator(".course-demo").all():
            expect(demo).to_have_attribute("data-ready", "true", timeout=15_000)
        assert violations(show.page) == [], kind


@pytest.mark.parametrize("name", [chapter.stem for chapter in CHAPTERS])
def test_every_slide_of_every_deck_fits(open_deck: OpenDeck, name: str) -> None:
    # In print all slides are laid out at once, with their fragments shown.
    show = open_deck(name, "?print-pdf")
    page = show.page
    page.locator("html.reveal-print .pdf-page .slide-title").wait_for()
    slides = page.locator(".pdf-page .slide")
    assert slides.count() == page.locator(".pdf-page").count() > 20
    assert slides.evaluate_all(STICKS_OUT) == []
    scales = page.evaluate(
        "[...document.querySelectorAll('[data-fit]')].map((b) => b.style.getPropertyValue('--fit'))"
    )
    assert min(map(float, scales)) >= 0.65
    # No formula is red, every drawing has its alternative text, and every slide its heading.
    assert page.locator(".katex-error").count() == 0
    assert page.locator(".slide-sheet > svg:not([role=img][aria-label])").count() == 0
    assert page.locator(".slide:not(:has(h2))").count() == 0


def test_in_print_demos_are_their_first_pictures(open_deck: OpenDeck, tmp_path: Path) -> None:
    show = open_deck(tail="?print-pdf")
    demos = show.page.locator(".slide-demo .course-demo")
    assert demos.count() == 3
    assert demos.locator("svg.picture").count() == 3
    assert show.page.locator("script[src$='host.js']").count() == 0
    from pypdf import PdfReader

    path = tmp_path / "slides.pdf"
    show.page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    assert len(PdfReader(path).pages) == show.page.locator(".slide").count()


def test_an_address_is_followed_while_the_deck_writes_its_own(open_deck: OpenDeck) -> None:
    show = open_deck()
    show.page.evaluate(
        """() => {
          location.hash = "#/1/0";
          history.replaceState(null, "", "#/0/0"); // as reveal.js does, a second after a key
        }"""
    )
    show.page.locator(".slides > section:nth-child(2).present").wait_for()
    assert show.at[:2] == (1, 0)


def test_a_demo_computes_on_its_slide_and_keeps_its_keys(open_deck: OpenDeck) -> None:
    show = open_deck()
    show.go_to("demo")
    here = show.at
    demo = driven(show.page)
    slider = demo.root.get_by_role("slider", name="position").last
    slider.focus()
    before = demo.get("position")
    demo.press("ArrowRight", "ArrowRight")
    assert demo.get("position") == before + 2
    demo.press("Home")
    assert demo.get("position") == 0
    play = demo.root.get_by_role("button", name="Play")
    play.focus()
    demo.press(" ", " ")
    demo.press("ArrowRight", "n")
    assert show.at == here
    demo.press("Escape")
    assert not show.page.evaluate("document.activeElement.closest('.course-demo')")
    assert show.at == here
    show.page.keyboard.press("ArrowRight")
    assert show.at[0] == here[0] + 1


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (800, 600)])
def test_a_value_is_dragged_where_it_is_seen(open_deck: OpenDeck, size: tuple[int, int]) -> None:
    # The stage is scaled to the window: what the pointer meets must be scaled with it.
    show = open_deck(width=size[0], height=size[1])
    show.go_to("demo")
    demo = driven(show.page)
    point = demo.root.locator("svg.picture [role=slider]").first
    before = demo.get("signal")
    box = point.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    show.page.mouse.move(x, y)
    show.page.mouse.down()
    show.page.mouse.move(x, y - 30 * size[1] / 720, steps=4)
    show.page.mouse.up()
    demo.painted()
    assert demo.get("signal")[0] > before[0]
    assert demo.get("signal")[1:] == before[1:]


def test_a_link_to_a_state_sets_the_demo_and_stays_on_the_slide(open_deck: OpenDeck) -> None:
    show = open_deck()
    slide = show.go_to("demo")
    here = show.at
    demo = driven(show.page)
    slide.get_by_role("link", name="A single one among zeros").click()
    demo.painted()
    assert demo.get("kernel") == [1, 2, 3]
    assert show.at == here
    show.page.wait_for_function("location.hash.startsWith('#/')")
    frame = slide.bounding_box()
    assert frame is not None
    assert (frame["x"], frame["y"]) == (0, 0)


def test_a_question_shows_its_options_then_what_is_right(open_deck: OpenDeck) -> None:
    show = open_deck()
    slide = show.go_to("question", 1)
    options = slide.locator(".slide-choices > li")
    assert options.count() == 4
    assert slide.locator(".fragment.visible").count() == 0
    for shown in range(1, 5):
        show.page.keyboard.press(" ")
        assert slide.locator(".slide-choices > .visible").count() == shown
    assert not slide.locator(".slide-verdict").is_visible()
    show.page.keyboard.press(" ")
    expect(slide.locator(".slide-verdict")).to_be_visible()
    expect(slide.locator(".slide-why")).to_contain_text("The drop is the larger of the two steps")


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_the_speaker_s_window_shows_the_notes_and_follows(
    open_deck: OpenDeck, scheme: Scheme
) -> None:
    show = open_deck(scheme=scheme)
    with show.page.expect_popup() as opened:
        show.page.keyboard.press("s")
    speaker: Page = opened.value
    notes = speaker.locator(".speaker-controls-notes .value")
    expect(notes).to_contain_text("Here are twelve measurements", timeout=15_000)
    show.page.keyboard.press(" ")
    show.page.keyboard.press(" ")
    expect(notes).to_contain_text("Their number is the kernel size", timeout=15_000)
    current = speaker.frame_locator("#current-slide iframe")
    expect(current.locator(".present > .slide-formula")).to_be_visible(timeout=15_000)


def test_heavy_data_comes_only_when_its_slide_is_near(open_deck: OpenDeck) -> None:
    show = open_deck("12-detection")
    loaded = "[...document.scripts].map((s) => s.src.split('/').at(-1))"
    assert "scene-detectors.data.js" not in show.page.evaluate(loaded)
    show.go_to("demo", 5)
    driven(show.page, "live-detector")
    assert "scene-detectors.data.js" in show.page.evaluate(loaded)


def test_the_list_of_decks_leads_to_each(open_deck: OpenDeck, folder: Path) -> None:
    page = open_deck().page
    page.goto((folder / "index.html").as_uri())
    links = page.locator("ol a")
    assert links.count() == len(CHAPTERS)
    assert violations(page) == []
    links.nth(2).click()
    Show(page).ready()
    assert page.url.endswith(f"{CHAPTER.stem}.html")
