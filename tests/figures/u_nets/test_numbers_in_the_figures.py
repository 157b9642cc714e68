"""The numbers that the figures show, against torch and the arithmetic of the papers."""

from xml.etree import ElementTree

import pytest
from torch import nn

from course_lib.figures import load
from course_lib.figures.rendering import page_svg
from course_lib.networks import build


def words(name: str, **params: object) -> list[str]:
    """Return what stands in the drawing, formulas in one piece."""
    root: ElementTree.Element = page_svg(load(f"u-nets/{name}"), params)
    return ["".join(text.itertext()) for text in root.iter("text")]


def test_the_u_net_has_its_published_shapes() -> None:
    said = words("u-net")
    assert {"64 × 568 × 568", "512 × 64 × 64", "1024 × 28 × 28"} <= set(said)
    assert {"64 × 388 × 388", "512 × 52 × 52", "scores: 2 × 388 × 388"} <= set(said)
    assert "31 million parameters" in said


def test_a_padded_u_net_answers_for_every_pixel() -> None:
    said = words("u-net", size=192, classes=11, padding="zeros")
    assert "scores: 11 × 192 × 192" in said
    assert said.count("64 × 192 × 192") == 2


def test_the_crops_are_the_papers() -> None:
    said = words("cropping")
    for whole, part in ((568, 392), (280, 200), (136, 104), (64, 56), (572, 388)):
        assert f"of {whole}" in said
        assert str(part) in said
    assert "54 % of its pixels" in said


def test_joined_maps_are_read_by_as_many_weights_as_torch_makes() -> None:
    said = words("joining", channels=32, kernel_size=5)
    for inputs in (64, 32):
        assert f"{nn.Conv2d(inputs, 32, 5, bias=False).weight.numel():,}" in said


@pytest.mark.parametrize("padding", ["valid", "zeros"])
def test_the_shares_of_all_levels_make_a_hundred(padding: str) -> None:
    numbers = [float(word) for word in words("cost", padding=padding) if "." in word]
    assert sum(numbers) == pytest.approx(200, abs=0.6)
    network = build("u-net", device="meta", padding=padding)
    sizes = {name: p.numel() for name, p in network.named_parameters()}
    bottom = sum(size for name, size in sizes.items() if name.startswith("bottom."))
    assert f"{100 * bottom / sum(sizes.values()):.1f}" in words("cost", padding=padding)


def test_the_hourglass_is_symmetric_and_the_stack_is_counted() -> None:
    said = words("hourglass")
    for side in (64, 32, 16, 8):
        assert said.count(f"256 × {side} × {side}") == 2
    assert {"256 × 4 × 4", "8 of them: 25.4 million", "maps: 16 × 64 × 64"} <= set(said)


def test_nothing_is_lost_of_a_map_of_full_size() -> None:
    alt = load("u-nets/lost").describe(count=4)
    assert "1: 100.0 and 100.0" in alt


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        ("u-net", {"size": 573}, "size=573: .*the next size that has them"),
        ("u-net", {"padding": "reflect"}, "padding='reflect': expected one of valid, zeros"),
        ("joining", {"channels": 0}, "channels=0: expected from 1"),
        ("hourglass", {"stacks": 9}, "stacks=9: expected from 1 to 8"),
        ("cost", {"padding": "same"}, "padding='same'"),
        ("lost", {"count": 900}, "count=900: expected from 1 to 200"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    name: str, params: dict[str, object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        load(f"u-nets/{name}").draw(**params)
