"""Photographs that come with scikit-image and scikit-learn: nothing is downloaded.

Their files are read where those packages lie, without importing them, and each is compared with its
checksum first. The PNG files decode to the same bytes everywhere; the JPEG files (``.jpg``) may
differ by a grey level between versions of the decoder.
"""

from __future__ import annotations

from hashlib import sha256
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from course_lib.datasets.photograph_registry import PHOTOGRAPHS, Photograph

# None shows what the scenes show (a mug, say); each split has busy, calm, coloured and grey ones.
_BACKGROUNDS = {
    "train": ("brick", "camera", "chelsea", "china", "gravel", "ihc", "rocket"),
    "validation": ("flower", "grass", "hubble", "text"),
    "test": ("astronaut", "coins", "page", "retina"),
}


def photograph(name: str) -> Photograph:
    """Return the entry of a photograph.

    Parameters
    ----------
    name : str
        One of ``PHOTOGRAPHS``.

    Returns
    -------
    photograph : Photograph

    Raises
    ------
    ValueError
        If there is none of this name.
    """
    if name not in PHOTOGRAPHS:
        raise ValueError(f"name={name!r}: expected one of {', '.join(PHOTOGRAPHS)}")
    return PHOTOGRAPHS[name]


def load_photograph_bytes(name: str) -> Tensor:
    """Return a photograph as bytes.

    Parameters
    ----------
    name : str
        One of ``PHOTOGRAPHS``.

    Returns
    -------
    image : Tensor, shape (3, H, W), uint8
        Red, green and blue from 0 to 255, of a grey photograph three times the same.

    Raises
    ------
    ValueError
        If there is none of this name.
    FileNotFoundError
        If the package that holds it is not installed, or is of a version without it.
    OSError
        If the file is not the one the registry knows.
    """
    entry = photograph(name)
    content = _path(entry).read_bytes()
    if sha256(content).hexdigest() != entry.sha256:
        raise OSError(
            f"{entry.file} of {entry.package} is not the photograph {name!r} that the course "
            "knows: expected another SHA-256 checksum; reinstall the package"
        )
    # Pillow takes a fifth of a second to load, and the registry does without it.
    from PIL import Image

    with Image.open(BytesIO(content)) as picture:
        pixels = np.array(picture.convert("RGB"))  # (H, W, 3)
    return torch.from_numpy(pixels).permute(2, 0, 1).contiguous()


def load_photograph(name: str) -> Tensor:
    """Return a photograph as numbers from 0 to 1.

    Parameters
    ----------
    name : str
        One of ``PHOTOGRAPHS``.

    Returns
    -------
    image : Tensor, shape (3, H, W), float32
        Byte values divided by 255.

    Raises
    ------
    ValueError, OSError
        As `load_photograph_bytes`.
    """
    return load_photograph_bytes(name).to(torch.float32) / 255


def background_names(split: str) -> tuple[str, ...]:
    """Return the photographs that serve as backgrounds of a split of the scenes.

    No photograph is in two splits.

    Parameters
    ----------
    split : str
        ``"train"``, ``"validation"`` or ``"test"``.

    Returns
    -------
    names : tuple of str

    Raises
    ------
    ValueError
        If there is no such split.
    """
    if split not in _BACKGROUNDS:
        raise ValueError(f"split={split!r}: expected one of {', '.join(_BACKGROUNDS)}")
    return _BACKGROUNDS[split]


def _path(entry: Photograph) -> Path:
    top, *below = entry.package.split(".")
    spec = find_spec(top)  # finds the top package without running it
    for root in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(root).joinpath(*below, entry.file)
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"the photograph {entry.name!r} is {entry.file} of the package {entry.package}, which is "
        "not installed here or has no such file"
    )
