import socket
import subprocess
import sys
from dataclasses import replace
from typing import NoReturn

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from skimage import data as skimage_data

from course_lib.datasets import (
    PHOTOGRAPHS,
    background_names,
    load_photograph,
    load_photograph_bytes,
    photograph,
    photographs,
)


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_every_photograph_loads_offline_and_is_as_the_registry_says(name: str) -> None:
    entry, image = PHOTOGRAPHS[name], load_photograph_bytes(name)
    assert entry.name == name
    assert image.shape == (3, entry.height, entry.width)
    assert image.dtype == torch.uint8
    assert image.is_contiguous()
    assert (not torch.equal(image[0], image[1])) == entry.colour
    assert image.to(torch.float32).std() > 10  # there is something to see
    assert entry.title
    assert entry.credit


@pytest.mark.parametrize(
    ("name", "oracle"),
    [
        ("astronaut", skimage_data.astronaut),
        ("camera", skimage_data.camera),
        ("ihc", skimage_data.immunohistochemistry),
        ("rocket", skimage_data.rocket),
    ],
)
def test_the_pixels_are_those_that_scikit_image_gives(name: str, oracle: object) -> None:
    theirs: NDArray[np.uint8] = oracle()  # type: ignore[operator]
    ours = load_photograph_bytes(name).permute(1, 2, 0)
    grey_or_colour = theirs if theirs.ndim == 3 else theirs[..., None].repeat(3, axis=2)
    np.testing.assert_array_equal(ours, grey_or_colour)


def test_the_pixels_are_those_that_scikit_learn_gives() -> None:
    from sklearn.datasets import load_sample_image

    for name in ("china", "flower"):
        theirs = load_sample_image(f"{name}.jpg")
        np.testing.assert_array_equal(load_photograph_bytes(name).permute(1, 2, 0), theirs)


def test_numbers_are_bytes_divided_by_255() -> None:
    image = load_photograph("chelsea")
    assert image.dtype == torch.float32
    torch.testing.assert_close(image * 255, load_photograph_bytes("chelsea").to(torch.float32))
    assert 0 <= image.min() < image.max() <= 1


def test_backgrounds_are_photographs_and_none_is_in_two_splits() -> None:
    splits = [background_names(split) for split in ("train", "validation", "test")]
    names = [name for split in splits for name in split]
    assert len(set(names)) == len(names)
    assert set(names) <= set(PHOTOGRAPHS)
    assert min(len(split) for split in splits) >= 3
    for split in splits:
        assert {PHOTOGRAPHS[name].colour for name in split} == {True, False}


def test_unknown_names_are_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="name='dog': expected one of astronaut, brick"):
        photograph("dog")
    with pytest.raises(ValueError, match="name='dog'"):
        load_photograph("dog")
    with pytest.raises(ValueError, match="split='val': expected one of train, validation, test"):
        background_names("val")


def altered(monkeypatch: pytest.MonkeyPatch, **changes: str) -> None:
    entry = replace(PHOTOGRAPHS["coffee"], **changes)  # type: ignore[arg-type]
    monkeypatch.setitem(photographs.PHOTOGRAPHS, "coffee", entry)


def test_another_file_under_the_same_name_is_not_taken_for_the_photograph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    altered(monkeypatch, sha256="0" * 64)
    with pytest.raises(OSError, match="is not the photograph 'coffee'"):
        load_photograph("coffee")


@pytest.mark.parametrize(
    "changes", [{"package": "no_such_package"}, {"package": "math"}, {"file": "no_such_file.png"}]
)
def test_a_package_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str]
) -> None:
    altered(monkeypatch, **changes)
    with pytest.raises(FileNotFoundError, match=r"'coffee' is .* of the package"):
        load_photograph("coffee")


def test_the_packages_that_hold_the_files_are_not_imported() -> None:
    code = (
        "import sys; from course_lib.datasets import load_photograph as load\n"
        "load('coffee'); load('china'); print({'skimage', 'sklearn', 'scipy'} & {*sys.modules})"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
