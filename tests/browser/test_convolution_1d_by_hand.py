"""The picture itself is the control: with a mouse, and with a finger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from course_lib.demos import Convolution1D
from tests.browser.demo_page import Driven, OpenDemos, driven

pytestmark = pytest.mark.browser

SIGNAL = [1.0, 2.0, 4.0, 8.0, 5.0, 3.0]

Drag = Callable[[Driven, tuple[float, float], float, float], None]
Press = Callable[[Driven, float, float], None]


def middle(target: Locator) -> tuple[float, float]:
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag_with_mouse(demo: Driven, start: tuple[float, float], right: float, down: float) -> None:
    """Press, move in steps and let go."""
    x, y = start
    mouse = demo.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + right, y + down, steps=8)
    mouse.up()
    demo.painted()


def drag_with_finger(demo: Driven, start: tuple[float, float], right: float, down: float) -> None:
    """The same with a finger, as the browser gets it from a touch screen."""
    x, y = start
    session = demo.page.context.new_cdp_session(demo.page)

    def touch(kind: str, points: list[dict[str, float]]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", [{"x": x, "y": y}])
    for step in range(1, 9):
        touch("touchMove", [{"x": x + right * step / 8, "y": y + down * step / 8}])
    touch("touchEnd", [])
    session.detach()
    demo.painted()


@pytest.fixture(params=["mouse", "finger"])
def pointer(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def demo(open_demos: OpenDemos, pointer: str) -> Driven:
    made = Convolution1D(signal=SIGNAL, kernel=[1, 0, -1])
    return driven(open_demos(made, has_touch=pointer == "finger"))


@pytest.fixture
def drag(pointer: str) -> Drag:
    return {"mouse": drag_with_mouse, "finger": drag_with_finger}[pointer]


@pytest.fixture
def press(pointer: str) -> Press:
    def press_(demo: Driven, x: float, y: float) -> None:
        if pointer == "finger":
            demo.page.touchscreen.tap(x, y)
        else:
            demo.page.mouse.click(x, y)
        demo.painted()

    return press_


def test_a_point_is_dragged_up_and_down(demo: Driven, drag: Drag) -> None:
    point = demo.root.locator(".inputs [data-index='3']")
    drag(demo, middle(point.locator(".hit")), 0, -40)
    risen = demo.get("signal")[3]
    assert risen > 9
    drag(demo, middle(point.locator(".hit")), 0, 60)
    assert demo.get("signal")[3] < risen - 2
    assert [value for i, value in enumerate(demo.get("signal")) if i != 3] == [1, 2, 4, 5, 3]


def test_the_point_follows_the_hand(demo: Driven, drag: Drag) -> None:
    point = demo.root.locator(".inputs [data-index='2'] .point")
    _, before = middle(point)
    drag(demo, middle(point), 0, -20)  # up to a value that the axis can hold already
    _, after = middle(point)
    assert before - after == pytest.approx(20, abs=3)


def test_a_drag_ends_on_one_decimal(demo: Driven, drag: Drag) -> None:
    drag(demo, middle(demo.root.locator(".inputs [data-index='1'] .hit")), 0, -13)
    value = demo.get("signal")[1]
    assert value == round(value, 1) != 2


def test_a_weight_is_dragged(demo: Driven, drag: Drag) -> None:
    drag(demo, middle(demo.root.locator(".weights [data-index='1']")), 0, -50)
    assert demo.get("kernel") == [1, 1, -1]
    drag(demo, middle(demo.root.locator(".weights [data-index='1']")), 0, 75)
    assert demo.get("kernel") == [1, -0.5, -1]


def test_a_drag_beyond_the_picture_stops_at_the_limit(demo: Driven, drag: Drag) -> None:
    demo.set(kernel=[999, 0, -1])
    drag(demo, middle(demo.root.locator(".weights [data-index='0']")), 0, -200)
    assert demo.get("kernel")[0] == 1000


def test_the_window_is_dragged_along_the_signal(demo: Driven, drag: Drag) -> None:
    pitch = middle(demo.root.locator(".inputs [data-index='1'] .point"))[0]
    pitch -= middle(demo.root.locator(".inputs [data-index='0'] .point"))[0]
    demo.set(position=1)
    demo.page.wait_for_timeout(250)  # the window slides there
    box = demo.root.locator(".window").bounding_box()
    assert box is not None
    # Near its upper edge, where no value stands.
    drag(demo, (box["x"] + box["width"] / 2, box["y"] + 8), 3 * pitch, 0)
    assert demo.get("position") == 4


def test_an_output_is_pressed_to_move_there(demo: Driven, press: Press) -> None:
    press(demo, *middle(demo.root.locator("[data-output='4'] .square")))
    assert demo.get("position") == 4


def test_a_row_of_the_matrix_is_pressed_to_move_there(demo: Driven, press: Press) -> None:
    x, y = middle(demo.root.locator(".entries > g:nth-child(4) rect").first)
    press(demo, x, y)
    assert demo.get("position") == 3
    press(demo, x + 40, y + 18)
    assert demo.get("position") == 4


def test_buttons_and_presets_are_pressed(demo: Driven, press: Press) -> None:
    for name, trait, value in [
        ("More: Stride", "stride", 2),
        ("laplacian", "kernel", [1, -2, 1]),
        ("One position on", "position", 1),
        ("Reset", "stride", 1),
    ]:
        button = demo.root.get_by_role("button", name=name, exact=True)
        button.scroll_into_view_if_needed()
        press(demo, *middle(button))
        assert demo.get(trait) == value, name
    padding = demo.root.locator(".course-segments label", has_text="replicate")
    press(demo, *middle(padding))
    assert demo.get("padding") == "replicate"


def test_a_double_click_opens_a_field_at_the_value(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=SIGNAL, padding="circular", shift=4)))
    for index in (0, 4):
        point = demo.root.locator(f".inputs [data-index='{index}'] .point")
        demo.page.mouse.dblclick(*middle(point))
        field = demo.root.locator(".course-typing")
        assert middle(field) == pytest.approx(middle(point), abs=3)
        demo.page.keyboard.type("6.5")
        demo.press("Enter")
        assert demo.get("signal")[index] == 6.5


def test_a_shifted_value_is_dragged_where_it_is_drawn(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=SIGNAL, shift=2)))
    drag_with_mouse(demo, middle(demo.root.locator(".inputs [data-index='0'] .hit")), 0, -30)
    assert demo.get("signal")[0] > 2
    assert demo.get("signal")[1:] == SIGNAL[1:]


def test_the_axis_does_not_shrink_under_the_hand(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(signal=[1, 1, 9, 1])))
    other = demo.root.locator(".inputs [data-index='0'] .point")
    before = middle(other)
    x, y = middle(demo.root.locator(".inputs [data-index='2'] .hit"))
    demo.page.mouse.move(x, y)
    demo.page.mouse.down()
    demo.page.mouse.move(x, y + 80, steps=6)
    demo.painted()
    assert demo.get("signal")[2] < 6
    assert middle(other) == pytest.approx(before, abs=0.5)
    demo.page.mouse.up()
    demo.painted()
    assert middle(other)[1] < before[1]


def test_a_finger_still_scrolls_the_page_beside_the_values(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D(), width=360, has_touch=True, is_mobile=True))
    demo.page.evaluate("scrollTo(0, 0)")
    before = demo.get("signal")
    drag_with_finger(demo, middle(demo.root.locator(".course-hint")), 0, -120)
    demo.page.wait_for_function("() => scrollY > 40")
    assert demo.get("signal") == before


def test_pointing_at_a_line_of_code_marks_what_it_speaks_of(open_demos: OpenDemos) -> None:
    demo = driven(open_demos(Convolution1D()))
    demo.open_code()
    demo.root.locator("[data-about=kernel]").hover()
    assert demo.root.get_attribute("data-marked") == "kernel"
    width = demo.root.locator(".box").first.evaluate("(e) => getComputedStyle(e).strokeWidth")
    assert width == "3px"
    demo.page.mouse.move(0, 0)
    demo.painted()
    assert demo.root.get_attribute("data-marked") is None
