"""What holds for every figure that does not move, whatever chapter it belongs to."""

import re
from contextlib import suppress
from functools import cache
from html import unescape
from itertools import combinations
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from course_lib.figures import AnimationEntry, Displayed, load, names, render, show
from course_lib.figures.formula import Formula
from course_lib.figures.palette import ROLES
from course_lib.figures.theme import drawing

ALL = [name for name in names() if not isinstance(load(name), AnimationEntry)]
COLOURS = re.compile(r"(?:fill|stroke|color)\s*[:=]\s*\"?([^;\"]+)")
# Changed parameters, so that ids differ between two showings of one figure.
CHANGED: dict[str, dict[str, object]] = {"convolution-1d/six-settings": {"length": 7}}
CHANGED |= {"convolution-1d/connections": {"stride": 2}}
CHANGED |= {f"invariance/{name}": {"right": 2} for name in ("classification", "segmentation")}
CHANGED |= {"invariance/breaking": {"longest": 5}}
CHANGED |= {"convolution-1d/output-length": {"stride": 2}}
LAYERS = ("fully-connected", "size-3", "stride-2")
CHANGED |= {f"convolutional-layers/{name}": {"length": 5} for name in LAYERS}
CHANGED |= {"convolutional-layers/parameters": {"kernel_size": 5}}
CHANGED |= {
    "networks-for-images/pipeline": {"pixels": (1, 2, 3)},
    "networks-for-images/three-tasks": {"size": 448},
    "networks-for-images/permutation-errors": {"split": "train"},
    "networks-for-images/shift-errors": {"reach": 6},
    "networks-for-images/patches": {"size": 5},
}
CHANGED |= {"channels/general": {"kernel_size": 5}, "channels/descent": {"steps": 40}}
CHANGED |= {"receptive-fields/compound": {"length": 9}}
CHANGED |= {"receptive-fields/channels": {"channels": 3}}
CHANGED |= {"receptive-fields/stride-and-dilation": {"length": 17}}
CHANGED |= {"receptive-fields/composition": {"third": (1, 0, -1)}}
CHANGED |= {"receptive-fields/effective": {"depths": (3,), "draws": 50}}
CHANGED |= {"receptive-fields/networks": {"image": 300}}
CHANGED |= {
    "mnist-1d/templates": {"samples": 2},
    "mnist-1d/stages": {"digit": 7},
    "mnist-1d/network": {"channels": 8},
    "mnist-1d/curves": {"setting": "notebook"},
    "mnist-1d/errors": {"largest": 60},
    "mnist-1d/data-efficiency": {"counts": (250, 4000)},
    "mnist-1d/learnt-weights": {"rows": 5},
    "mnist-1d/shift-errors": {"setting": "lecture"},
    "mnist-1d/position-errors": {"setting": "lecture"},
}
CHANGED |= {f"detection/{name}": {"cells": 6} for name in ("grid", "encoding")}
CHANGED |= {
    "detection/network": {"classes": 10},
    "detection/loss-roots": {"error": 8},
    "detection/suppression": {"overlap": 0.3, "threshold": 0.5},
    "detection/precision-recall": {"objects": 6},
    "detection/transfer": {"largest": 80},
    "detection/failures": {"scenes": (85, 39)},
}
CHANGED |= {
    "segmentation/pixel-loss": {"truth": 0},
    "segmentation/unpooling": {"changed": ((5, 3), (1, 7))},
    "segmentation/encoder-decoder": {"classes": 11},
    "segmentation/flattery": {"count": 20},
    "segmentation/class-iou": {"hardest": 5},
    "segmentation/held-out": {"scenes": (7, 8)},
    "u-nets/lost": {"count": 8},
    "u-nets/u-net": {"classes": 11},
    "u-nets/cropping": {"size": 700},
    "u-nets/joining": {"channels": 256},
    "u-nets/cost": {"padding": "zeros"},
    "u-nets/hourglass": {"stacks": 2},
    "u-nets/with-and-without": {"cuts": 1},
}
CHANGED |= {f"convolution-2d/{name}": {"row": 2} for name in ("weighted-sum", "zero-padding")}
DOWN = ("every-other", "max-pooling", "mean-pooling")
CHANGED |= {f"resampling/{name}": {"row": 3} for name in DOWN}
UP = ("duplicate", "max-unpooling", "bilinear")
SQUARE = ((1, 2, 3, 4), (5, 6, 7, 8), (4, 3, 2, 1), (8, 7, 6, 5))
CHANGED |= {f"resampling/{name}": {"image": SQUARE} for name in UP}
CHANGED |= {
    "resampling/transpose": {"kernel": (1, 2, 3)},
    "resampling/checkerboard": {"stride": 3},
    "resampling/one-by-one": {"pixel": (3, 1, 2)},
}
CHANGED |= {
    "classification/imagenet": {"size": 256},
    "classification/alexnet": {"image": 224},
    "classification/two-gpus": {"towers": 1},
    "classification/parameters-and-compute": {"networks": "vgg-16, resnet-18"},
    "classification/dropout": {"probability": 0.25},
    "classification/curves": {"largest": 80},
    "classification/history": {"largest": 40},
    "classification/filters": {"columns": 5},
    "classification/feature-maps": {"scene": 3},
    "classification/explanations": {"scene": 3},
    "classification/ten-crops": {"crop": 192},
}
CHANGED |= {f"convolution-2d/{name}": {"out_channels": 2} for name in ("channels", "parameters")}
CHANGED |= {
    "residual-networks/degradation": {"split": "test"},
    "residual-networks/block": {"channels": 32},
    "residual-networks/paths": {"layers": 2},
    "residual-networks/sizes": {"depth": 20},
    "residual-networks/shattered": {"depth": 20},
    "residual-networks/ablation": {"depth": 8},
    "residual-networks/bottleneck": {"channels": 64},
}


CHANGED |= {
    f"convolution-1d/{name}": {"length": 7}
    for name in (
        "stride",
        "kernel-size",
        "kernel-size-and-stride",
        "dilation",
        "stride-and-dilation",
    )
}
CHANGED |= {f"convolutional-layers/question-{n}": {"length": 7} for n in (1, 2, 3)}
CHANGED |= {
    "receptive-fields/one-layer": {"kernel_size": 5},
    "mnist-1d/fully-connected-network": {"widths": (40, 100, 10)},
    "mnist-1d/fully-connected-curves": {"setting": "notebook"},
    "mnist-1d/convolutional-curves": {"setting": "notebook"},
    "networks-for-images/detection": {"boxes": 200},
    "networks-for-images/segmentation": {"classes": 21},
    "classification/vgg": {"depth": 16},
    "classification/orientations": {"wavelength": 5},
    "classification/augmentation": {"count": 3},
    "detection/held-out": {"start": "scratch"},
}


@cache
def shown(name: str) -> Displayed:
    return show(name)


def svg_of(html: str) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", html, re.DOTALL)
    assert found
    return ElementTree.fromstring(found[0])


@pytest.mark.parametrize("name", ALL)
def test_it_draws_with_its_defaults_the_same_each_time(name: str) -> None:
    assert isinstance(load(name).function(), Figure)
    assert shown(name).html == show(name).html


@pytest.mark.parametrize("name", ALL)
def test_it_has_a_title_a_slide_and_alternative_text_with_its_numbers(name: str) -> None:
    entry = load(name)
    assert entry.title
    assert entry.slide
    alt = entry.describe()
    assert 60 <= len(alt) <= 1200
    assert re.search(r"\d", alt)
    assert alt == alt.strip()
    assert alt.endswith(".")
    assert svg_of(shown(name).html).get("aria-label") == alt


@pytest.mark.parametrize("name", ALL)
def test_its_parameters_change_its_alternative_text(name: str) -> None:
    changed = CHANGED.get(name, {"signal": (1, 3, 5, 8, 5, 3, 2)})
    entry = load(name)
    assert entry.describe(**changed) != entry.describe()
    assert show(name, **changed).html != shown(name).html


@pytest.mark.parametrize("name", ALL)
def test_on_the_page_it_has_no_colour_but_the_palettes(name: str) -> None:
    html = shown(name).html
    colours = set(COLOURS.findall(html))
    assert colours
    for colour in colours - {"none"}:
        assert re.fullmatch(r"var\(--course-([a-z-]+),#[0-9a-f]{3,6}\)", colour), colour
    assert set(re.findall(r"var\(--course-([a-z-]+)", html)) <= {*ROLES, "font"}


@pytest.mark.parametrize("name", ALL)
def test_its_text_is_text_of_at_least_13_pixels(name: str) -> None:
    root = svg_of(shown(name).html)
    assert len(list(root.iter("text"))) > 3
    sizes = [
        float(size)
        for element in root.iter()
        if element.tag != "tspan"
        for size in re.findall(r"font-size:([\d.]+)px", element.get("style", ""))
    ]
    assert min(sizes) >= 13


@pytest.mark.parametrize("name", ALL)
def test_it_stays_small(name: str) -> None:
    assert len(shown(name).html) <= 16_000
    assert len(render(name, "svg")) <= 24_000


def test_no_two_figures_on_a_page_share_an_id() -> None:
    page = "".join(shown(name).html for name in ALL)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def texts(figure: Figure) -> list[tuple[str, tuple[float, float, float, float]]]:
    """Return each text with its box, in pixels, set in the widest font that we use."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    found = []
    for artist in figure.findobj(lambda one: isinstance(one, Text | Formula)):
        box = artist.get_window_extent(renderer)
        if box.width > 0 and getattr(artist, "get_text", lambda: "x")():
            words = artist.get_text() if isinstance(artist, Text) else "formula"
            found.append((words, box.extents))
    return found


@pytest.mark.parametrize("name", ALL)
def test_its_text_lies_on_the_sheet_and_does_not_overlap(name: str) -> None:
    with drawing("page"):
        figure = load(name).draw()
        boxes = texts(figure)
        width, height = figure.get_size_inches() * figure.dpi
    assert len(boxes) > 3
    for words, (x0, y0, x1, y1) in boxes:
        assert x0 >= -0.5, words
        assert y0 >= -0.5, words
        assert x1 <= width + 0.5, words
        assert y1 <= height + 0.5, words
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{one!r} overlaps {other!r}"


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("value", [-1, 0])
def test_a_number_that_it_cannot_take_is_refused_in_words(name: str, value: int) -> None:
    for key, default in load(name).parameters.items():
        if isinstance(default, str):
            continue
        with suppress(ValueError):  # which says what is expected; no other error comes
            load(name).describe(**{key: value})


@pytest.mark.parametrize("name", ALL)
def test_a_parameter_that_it_does_not_have_is_refused_by_name(name: str) -> None:
    first = next(iter(load(name).parameters))
    with pytest.raises(TypeError, match=f"no parameter 'colour'.* it takes: {first}"):
        show(name, colour="red")


@pytest.mark.parametrize("name", ALL)
def test_its_label_is_escaped_once(name: str) -> None:
    label = re.search(r'aria-label="([^"]*)"', shown(name).html.split("<svg", 1)[1])
    assert label
    assert unescape(label[1]) == load(name).describe()
