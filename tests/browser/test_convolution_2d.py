"""The convolution of images in a page: by key, by hand, against torch, and with bad input."""

from __future__ import annotations

import io
from random import Random
from typing import Any

import pytest
import torch
from PIL import Image
from playwright.sync_api import expect

from course_lib.convolution import PADDINGS
from course_lib.demos import Convolution2D
from course_lib.demos.convolution_2d import SOBEL_X
from course_lib.demos.photographs_page import NAMES
from tests.browser.demo_page import OpenDemos, centre, driven, printed_by
from tests.browser.screens import EVERY_SCREEN
from tests.browser.watch import overflow, violations
from tests.demos.test_convolution_2d import oracle

pytestmark = pytest.mark.browser

NAME = "convolution-2d"


# The colour of one cell's middle in the pixels that are drawn, as [red, green, blue].
COLOUR = """(canvas, [row, column, rows, columns, up]) => {
  const x = Math.floor((column + 0.5) * canvas.width / columns);
  const y = Math.floor((row + up) * canvas.height / rows);
  return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data.slice(0, 3)];
}"""


def random_states(count: int) -> list[dict[str, Any]]:
    random = Random(8)
    states: list[dict[str, Any]] = []

    def grid(rows: int, columns: int, low: float, high: float) -> list[list[float]]:
        return [[round(random.uniform(low, high), 2) for _ in range(columns)] for _ in range(rows)]

    for n in range(count):
        size, source = random.choice([1, 3, 5, 7]), random.choice(["numbers", "photograph", "own"])
        large = size * 3 + 1
        states.append(
            {
                "row": 0,
                "column": 0,
                "source": source,
                "photograph": random.choice(NAMES),
                "numbers": grid(random.randint(7, 10), random.randint(7, 10), -9, 9),
                "own": grid(random.randint(large, 40), random.randint(large, 40), 0, 255),
                "kernel": grid(size, size, -2, 2),
                "bias": round(random.uniform(-50, 50), 1),
                "activation": random.choice(["none", "ReLU"]),
                "stride": random.randint(1, 4),
                "dilation": 1 if source == "numbers" else random.randint(1, 3),
                "padding": PADDINGS[n % 5],
                "view": random.choice(["signed", "grey"]),
            }
        )
    return states


def picture(width: int, height: int, colour: str = "red", kind: str = "PNG") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(content, kind)
    return content.getvalue()


def test_the_output_equals_torch_in_random_states_and_from_disk(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(), scheme="file"), NAME)
    states = random_states(60)
    for state, seen in zip(states, demo.in_each(states, "output"), strict=True):
        assert seen["complaints"] == "", state
        assert seen["whole"], state
        output = torch.tensor(seen["output"], dtype=torch.float64)
        assert torch.allclose(output, oracle(state), rtol=0, atol=1e-6), state


def test_a_pixel_is_pointed_at_by_hand_and_by_key(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(row=4, column=9)), NAME)
    overlay = demo.root.locator(".panel.output .raster-overlay")
    demo.tab_to(overlay)
    demo.press("ArrowRight", "ArrowDown", "PageDown", "End")
    assert demo.traits("row", "column") == {"row": 13, "column": 63}
    demo.page.mouse.move(*centre(overlay))
    demo.painted()
    assert demo.traits("row", "column") == {"row": 32, "column": 32}
    demo.page.mouse.click(*centre(demo.root.locator(".panel.input .raster-overlay")))
    place = demo.traits("row", "column")
    assert place in ({"row": 31, "column": 31}, {"row": 32, "column": 32})
    products = demo.root.locator(".block.products text").all_text_contents()
    numbers = [float(word.replace("\N{MINUS SIGN}", "-")) for word in products]
    assert sum(numbers) == demo.get("output")[place["row"]][place["column"]]


def test_a_sign_is_seen_in_its_colour_and_in_a_bar(open_demos: OpenDemos) -> None:
    """Black left of white: rising edges are amber, falling ones violet with a bar."""
    rows = [[0.0] * 5 + [255.0] * 6 + [0.0] * 5 for _ in range(16)]
    # Reading pixels back, as only this test does, is slow: the browser says so on the console.
    page = open_demos(Convolution2D(source="own", own=rows, padding="replicate"), watched=False)
    demo = driven(page, NAME)
    canvas = demo.root.locator(".panel.output canvas")

    def colour(column: int, up: float) -> list[int]:
        found: list[int] = canvas.evaluate(COLOUR, [8, column, 16, 16, up])
        return found

    assert colour(0, 0.2) == [255, 255, 255]
    assert colour(4, 0.2) == colour(4, 0.5)
    red, green, blue = colour(4, 0.2)
    assert red > green > blue
    red, green, blue = colour(10, 0.2)
    assert blue > red > green
    assert colour(10, 0.5) == [255, 255, 255]
    light = colour(4, 0.2)
    demo.page.evaluate("document.documentElement.dataset.theme = 'dark'")
    demo.painted()
    assert colour(4, 0.2) != light
    assert colour(0, 0.2) == [20, 24, 30]
    demo.root.get_by_role("radio", name="grey").check(force=True)
    demo.painted()
    assert colour(10, 0.2) == [0, 0, 0]
    expect(demo.root.locator(".course-reading")).to_contain_text("are negative and look black")


def test_everything_goes_by_key_alone(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(row=20, column=30)), NAME)
    demo.tab_to(demo.root.get_by_role("slider", name="weight row 1, column 1"))
    demo.press("ArrowRight", "ArrowUp")
    assert demo.get("kernel")[0] == [-1, 0.1, 1]
    demo.press("End", "Enter")
    demo.page.keyboard.type("-1/4")
    demo.press("Enter")
    assert demo.get("kernel")[2][2] == -0.25
    demo.tab_to(demo.root.get_by_role("button", name="gaussian"))
    demo.press("Enter")
    demo.tab_to(demo.root.get_by_role("radio", name="3×3"))
    demo.press("ArrowRight")
    assert [len(row) for row in demo.get("kernel")] == [5] * 5
    expect(demo.root.get_by_role("button", name="gaussian")).to_have_attribute(
        "aria-pressed", "true"
    )
    demo.tab_to(demo.root.get_by_role("radio", name="photograph"))
    demo.press("ArrowRight")
    demo.tab_to(demo.root.get_by_role("application", name="Drawing, 16 by 16"))
    demo.press("ArrowDown", "ArrowRight", "Space")
    assert demo.get("drawing")[1][1] == 1
    demo.root.get_by_role("button", name="blank").click()
    expect(demo.root.locator(".course-reading")).to_contain_text("The drawing is empty")
    demo.tab_to(demo.root.get_by_role("radio", name="drawing"))
    demo.press("ArrowRight")
    demo.tab_to(demo.root.get_by_role("slider", name="input row 1, column 1"))
    demo.press("ArrowRight", "ArrowUp")
    assert demo.get("numbers")[0][1] == 2
    demo.tab_to(demo.root.get_by_role("button", name="Reset"))
    demo.press("Enter")
    assert demo.get("kernel") == [list(row) for row in SOBEL_X]
    assert demo.get("source") == "photograph"
    assert demo.problems() == []


def test_chalk_is_drawn_and_rubbed_out_by_hand(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(source="drawing", drawing=[[0] * 8] * 8)), NAME)
    overlay = demo.root.locator(".panel.input .raster-overlay")
    box = overlay.bounding_box()
    assert box is not None
    cell = box["width"] / 10  # one of padding on each side

    def at(row: int, column: int) -> tuple[float, float]:
        return box["x"] + (column + 1.5) * cell, box["y"] + (row + 1.5) * cell

    demo.page.mouse.move(*at(2, 1))
    demo.page.mouse.down()
    demo.page.mouse.move(*at(2, 6))
    demo.page.mouse.up()
    assert demo.get("drawing")[2] == [0, 1, 1, 1, 1, 1, 1, 0]
    demo.page.mouse.click(*at(2, 3))
    assert demo.get("drawing")[2] == [0, 1, 1, 0, 1, 1, 1, 0]


def test_a_number_is_dragged_and_outputs_are_predicted(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(source="numbers", row=2, column=2)), NAME)
    x, y = centre(demo.root.get_by_role("slider", name="input row 3, column 4"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y - 20, steps=3)
    demo.page.mouse.up()
    demo.painted()
    assert demo.get("numbers")[2][3] == pytest.approx(10)
    demo.root.get_by_role("checkbox", name="Predict").check()
    expect(demo.root.locator(".course-equation")).to_contain_text("z(3, 3) = the sum")
    assert "?" in str(demo.root.locator(".block.products").text_content())
    # Passing over what is hidden does not show it.
    demo.page.mouse.move(*centre(demo.root.locator(".panel.output .raster-overlay")))
    demo.painted()
    assert demo.traits("row", "column") == {"row": 2, "column": 2}
    demo.root.get_by_label("Your prediction for z(3, 3)").fill("20")
    demo.press("Enter")
    expect(demo.root.locator(".course-verdict")).to_contain_text("You said 20; it is 30, 10 away")


def test_an_own_image_is_read_scaled_down_and_stays_in_the_page(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(), scheme="file"), NAME)
    field = demo.root.locator("input[type=file]")
    # A hundred megapixels; the page goes on meanwhile.
    demo.page.evaluate(
        """() => {
          globalThis.longest = 0;
          let last = performance.now();
          const frame = (now) => {
            globalThis.longest = Math.max(globalThis.longest, now - last);
            last = now;
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }"""
    )
    content = picture(12_500, 8_000, "red")
    field.set_input_files([{"name": "red.png", "mimeType": "image/png", "buffer": content}])
    expect(demo.root.locator(".own-said")).to_contain_text(
        "12,500 × 8,000 pixels: the middle square, scaled to 64 × 64, in grey", timeout=30_000
    )
    assert demo.get("source") == "own"
    assert demo.get("own") == [[76] * 64] * 64
    expect(demo.root.get_by_text("A link cannot hold your own image")).to_be_visible()
    for name, kind, content, said in (
        ("notes.txt", "text/plain", b"no image", "is no image"),
        ("broken.png", "image/png", b"\x89PNG", "cannot be read"),
    ):
        field.set_input_files([{"name": name, "mimeType": kind, "buffer": content}])
        expect(demo.root.locator(".course-problem:visible")).to_contain_text(said)
        assert demo.get("own") == [[76] * 64] * 64


def test_bad_input_is_refused_in_words_and_the_last_state_stays(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(source="numbers")), NAME)
    before = demo.get("output")
    demo.set(kernel=[[1, 2], [3, 4]])
    assert any("1×1, 3×3, 5×5 or 7×7" in problem for problem in demo.problems())
    demo.root.get_by_role("textbox", name="Bias").fill("many")
    demo.press("Enter")
    assert any("“many” is not a number" in problem for problem in demo.problems())
    demo.page.evaluate("location.hash = '#demo=convolution-2d&numbers=[[1,2],[3]]'")
    assert any("differ in length" in problem for problem in demo.problems())
    demo.root.get_by_role("radio", name="own").click(force=True)
    assert any("There is no image yet" in problem for problem in demo.problems())
    assert demo.get("output") == before
    demo.set(padding="valid")
    before = demo.get("output")
    demo.set(dilation=4)
    assert any("The kernel spans 9 values, but the image has only 6" in p for p in demo.problems())
    assert demo.get("output") == before


def test_a_copied_link_opens_the_same_drawing_elsewhere(open_demos: OpenDemos) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    demo = driven(open_demos(Convolution2D(source="drawing"), permissions=permissions), NAME)
    demo.root.get_by_role("button", name="cross").click()
    demo.set(row=3, activation="ReLU", dilation=2)
    demo.root.get_by_role("button", name="Copy link").click()
    expect(demo.root.get_by_role("button", name="Copied")).to_be_visible()
    link = demo.page.evaluate("navigator.clipboard.readText()")
    other = driven(open_demos(Convolution2D(), fragment=link[link.index("#") :]), NAME)
    # The first page began with a drawing, the other with a photograph: a link names what changed.
    other.set(source="drawing")
    names = ("drawing", "row", "activation", "dilation", "output")
    assert other.traits(*names) == demo.traits(*names)
    assert other.problems() == []


def test_the_snippets_run_and_print_the_demo_s_numbers(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution2D(photograph="coffee", bias=-3, stride=3)), NAME)
    [found] = printed_by(demo.code())
    assert torch.equal(torch.tensor(found).double(), torch.tensor(demo.get("output")).double())
    demo.set(source="numbers", padding="reflect", stride=1, activation="ReLU")
    [found] = printed_by(demo.code())
    assert torch.equal(torch.tensor(found).double(), torch.tensor(demo.get("output")).double())


@EVERY_SCREEN
def test_it_is_accessible_with_all_that_it_can_show(
    open_demos: OpenDemos, theme: str, width: int
) -> None:
    demo = driven(open_demos(Convolution2D(), theme=theme, width=width), NAME)
    demo.open_code()
    for change in (
        {"kernel": [[0.5] * 7] * 7, "dilation": 2},
        {"source": "numbers", "predict": True, "dilation": 1, "kernel": [[1] * 3] * 3},
    ):
        demo.set(**change)
        assert violations(demo.page) == [], change
        assert overflow(demo.page) <= 0, change
