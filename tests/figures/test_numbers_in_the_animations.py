"""The numbers that animations show, first and last, against torch."""

from collections import Counter
from typing import Any

import pytest
import torch
from torch.nn import functional

from course_lib.figures import AnimationEntry, load
from course_lib.figures.numbers import number
from course_lib.figures.rendering import page_frames

MODES = {"zeros": "constant", "reflect": "reflect", "circular": "circular"}
SIGNAL, KERNEL = [3.0, -1.0, 4.0, 1.0, -5.0, 9.0], [2.0, -1.0, 0.5]
IMAGE = [[3.0, -1, 4, 1, -5], [9, 2, -6, 5, 3], [5, -8, 9, 7, 9], [3, 2, 3, 8, -4], [6, 2, 6, 4, 3]]
SQUARE = [[1.0, -2.0, 3.0], [0.5, 4.0, -1.0], [2.0, 0.0, -3.0]]


def words(name: str, **params: Any) -> list[Counter[str]]:
    """Return what stands in each frame, formulas in one piece."""
    entry = load(name)
    assert isinstance(entry, AnimationEntry)
    return [
        Counter("".join(text.itertext()) for text in frame.iter("text"))
        for frame in page_frames(entry, params)
    ]


def one_by_one(rows: Any) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float64)[None, None]


def numbers(tensor: torch.Tensor) -> list[str]:
    return [number(value) for value in tensor.flatten().tolist()]


@pytest.mark.parametrize(
    ("name", "stride", "dilation", "padding"),
    [
        ("padding", 1, 1, "zeros"),
        ("padding", 1, 1, "reflect"),
        ("padding", 1, 1, "circular"),
        ("stride", 2, 1, "zeros"),
        ("stride", 3, 1, "circular"),
        ("dilation", 1, 2, "zeros"),
    ],
)
def test_along_a_signal_frame_n_ends_with_output_n(
    name: str, stride: int, dilation: int, padding: str
) -> None:
    params: dict[str, Any] = {"signal": SIGNAL, "kernel": KERNEL}
    params |= {
        key: value for key, value in (("stride", stride), ("dilation", dilation)) if value > 1
    }
    if padding != "zeros":
        params["padding"] = padding
    frames = words(f"convolution-1d/{name}-animation", **params)
    x = functional.pad(one_by_one(SIGNAL), (dilation, dilation), MODES[padding])
    weight = one_by_one(KERNEL)
    output = numbers(functional.conv1d(x, weight, stride=stride, dilation=dilation))
    # What no window reaches beyond the right end is left out of the picture.
    last = (len(output) - 1) * stride + dilation * (len(KERNEL) - 1)
    read = Counter(numbers(x)[: max(last + 1, dilation + len(SIGNAL))])
    assert len(frames) == len(output)
    for n, frame in enumerate(frames):
        expected = Counter(output[: n + 1]) + read + Counter(numbers(weight))
        formulas = [text for text in frame if "=" in text]
        assert Counter({k: v for k, v in frame.items() if "=" not in k}) == expected
        assert len(formulas) == 1
        assert formulas[0].startswith(f"z{n + 1} = ")
        assert formulas[0].endswith(f" = {output[n]}")


def test_sliding_shows_the_outputs_whose_windows_lie_inside() -> None:
    frames = words("convolution-1d/sliding-animation", signal=SIGNAL, kernel=KERNEL)
    output = numbers(functional.conv1d(one_by_one(SIGNAL), one_by_one(KERNEL)))
    given = Counter(number(v) for v in SIGNAL + KERNEL)
    for n, frame in enumerate(frames):
        plain = Counter({k: v for k, v in frame.items() if "=" not in k})
        assert plain == given + Counter(output[: n + 1])
    assert len(frames) == 4


@pytest.mark.parametrize(
    ("name", "size", "settings", "padding"),
    [
        ("sliding", 5, {}, "valid"),
        ("padding", 3, {}, "zeros"),
        ("padding", 3, {}, "circular"),
        ("stride", 5, {"stride": 2}, "valid"),
        ("stride", 5, {"stride": 2}, "reflect"),
        ("dilation", 5, {"dilation": 2}, "reflect"),
    ],
)
def test_over_an_image_frame_n_ends_with_output_n(
    name: str, size: int, settings: dict[str, int], padding: str
) -> None:
    image = [row[:size] for row in IMAGE[:size]]
    params: dict[str, Any] = {"image": image, "kernel": SQUARE, **settings}
    if name != "sliding":
        params["padding"] = padding
    frames = words(f"convolution-2d/{name}-animation", **params)
    x = one_by_one(image)
    if padding != "valid":
        x = functional.pad(x, (settings.get("dilation", 1),) * 4, MODES[padding])
    weight = one_by_one(SQUARE)
    made = functional.conv2d(x, weight, **settings)
    output = numbers(made)
    given = Counter(numbers(x)) + Counter(numbers(weight))
    assert len(frames) == len(output)
    for n, frame in enumerate(frames):
        plain = Counter({k: v for k, v in frame.items() if "=" not in k and " " not in k})
        assert plain == given + Counter(output[: n + 1])
        row, column = divmod(n, made.shape[-1])
        (formula,) = (text for text in frame if "=" in text)
        assert formula.startswith(f"z{row + 1},{column + 1} = ")
        assert formula.endswith(f"= {output[n]}")


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_transposed_convolution_grows_stamp_by_stamp(stride: int) -> None:
    signal, kernel = [2.0, -3.0, 4.0], [1.0, 5.0, -2.0]
    frames = words("resampling/transposed-animation", signal=signal, kernel=kernel, stride=stride)
    for n, frame in enumerate(frames):
        x = one_by_one([*signal[: n + 1], *[0.0] * (2 - n)])
        sums = functional.conv_transpose1d(x, one_by_one(kernel), stride=stride)
        reached = numbers(sums)[: n * stride + 3]
        stamp = [number(signal[n] * weight) for weight in kernel]
        plain = Counter({k: v for k, v in frame.items() if "added" not in k})
        assert plain == Counter(map(number, signal)) + Counter(reached) + Counter(stamp)
    assert len(frames) == 3


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_transposed_convolution_of_an_image_grows_stamp_by_stamp(stride: int) -> None:
    image = [[1.0, -2.0], [3.0, 5.0]]
    frames = words("resampling/transposed-2d-animation", image=image, kernel=SQUARE, stride=stride)
    given = Counter(numbers(one_by_one(image))) + Counter(numbers(one_by_one(SQUARE)))
    for n, frame in enumerate(frames):
        x, ones = torch.zeros(1, 1, 2, 2, dtype=torch.float64), torch.zeros(1, 1, 2, 2)
        x.view(-1)[: n + 1] = one_by_one(image).flatten()[: n + 1]
        ones.view(-1)[: n + 1] = 1
        sums = functional.conv_transpose2d(x, one_by_one(SQUARE), stride=stride)
        reached = functional.conv_transpose2d(ones, torch.ones(1, 1, 3, 3), stride=stride) > 0
        plain = Counter({k: v for k, v in frame.items() if " " not in k})
        assert plain == given + Counter(numbers(sums[reached]))
    assert len(frames) == 4


@pytest.mark.parametrize(
    ("sizes", "strides", "dilations"),
    [((3, 3, 3), (1, 1, 1), (1, 1, 1)), ((3, 5), (2, 1), (1, 1)), ((3, 3), (1, 1), (1, 3))],
)
def test_each_layer_sees_as_many_inputs_as_a_gradient_reaches(
    sizes: tuple[int, ...], strides: tuple[int, ...], dilations: tuple[int, ...]
) -> None:
    frames = words(
        "receptive-fields/growth-animation",
        kernel_sizes=sizes,
        strides=strides,
        dilations=dilations,
        length=19,
    )
    x = torch.ones(1, 1, 19, requires_grad=True)
    h = x
    assert len(frames) == len(sizes)
    for layer, (frame, size) in enumerate(zip(frames, sizes, strict=True)):
        weight = torch.ones(1, 1, size)
        h = functional.conv1d(h, weight, stride=strides[layer], dilation=dilations[layer])
        (gradient,) = torch.autograd.grad(h[0, 0, 0], x, retain_graph=True)
        reached = gradient[0, 0].nonzero()
        seen = int(reached.max() - reached.min()) + 1
        assert f"layer {layer + 1} sees {seen}" in frame
        assert any(text.endswith(f" = {seen} inputs") for text in frame)
        assert f"layer {layer + 2}" not in frame
