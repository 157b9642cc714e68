"""Readers of the files of Oxford-IIIT Pet: lists, boxes, trimaps and photographs."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

PET_FOREGROUND, PET_BACKGROUND, PET_BORDER = 1, 2, 3
"""What the values of a trimap mean; the border is not classified."""

_SPECIES = ("cat", "dog")


@dataclass(frozen=True)
class PetEntry:
    """One line of a list of the data set.

    Attributes
    ----------
    name : str
        Of the photograph, without ending: the breed and a number.
    breed : int
        From 0 to 36.
    species : str
        ``"cat"`` or ``"dog"``.
    """

    name: str
    breed: int
    species: str

    @property
    def breed_name(self) -> str:
        """The breed in words."""
        return self.name.rpartition("_")[0].replace("_", " ")


def read_pet_list(path: Path) -> list[PetEntry]:
    """Return the entries of a list: a name, a class from 1, a species and a number a line.

    Parameters
    ----------
    path : Path

    Returns
    -------
    entries : list of PetEntry

    Raises
    ------
    ValueError
        If a line is not of this form; the message names it.
    """
    entries = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        match line.split():
            case [name, breed, "1" | "2" as species, _] if breed.isdecimal() and int(breed) >= 1:
                entries.append(PetEntry(name, int(breed) - 1, _SPECIES[int(species) - 1]))
            case _:
                raise ValueError(
                    f"{path}, line {number}: {line!r}, expected a name, a class from 1, a species "
                    "1 or 2, and a number"
                )
    return entries


def read_head_box(path: Path) -> Tensor:
    """Return the box of an annotation file.

    The files count pixels from 1 and name the first and the last of them; here a box runs from
    edge to edge, so that its width is a number of pixels: 1, 1, 2, 2 becomes 0, 0, 2, 2.

    Parameters
    ----------
    path : Path
        XML in the style of Pascal VOC, with one object.

    Returns
    -------
    box : Tensor, shape (4,), float32
        x1, y1, x2, y2.

    Raises
    ------
    ValueError
        If the file is no XML, or has no box with a pixel in it.
    """
    try:
        found = ElementTree.parse(path).find("object/bndbox")
        names = ("xmin", "ymin", "xmax", "ymax")
        left, top, right, bottom = (
            int(found.findtext(name, "")) if found is not None else 0 for name in names
        )
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"{path}: expected XML with a box of whole numbers ({error})") from error
    if not (1 <= left <= right and 1 <= top <= bottom):
        raise ValueError(
            f"{path}: its box is {left, top, right, bottom}, expected pixels counted from 1"
        )
    return torch.tensor([left - 1, top - 1, right, bottom], dtype=torch.float32)


def read_trimap(path: Path) -> Tensor:
    """Return a trimap.

    Parameters
    ----------
    path : Path
        A PNG file of one channel.

    Returns
    -------
    trimap : Tensor, shape (H, W), uint8
        ``PET_FOREGROUND``, ``PET_BACKGROUND`` or ``PET_BORDER``.

    Raises
    ------
    ValueError
        If it has other values.
    """
    from PIL import Image

    with Image.open(path) as picture:
        values = np.array(picture)
    if values.ndim != 2 or not np.isin(values, (PET_FOREGROUND, PET_BACKGROUND, PET_BORDER)).all():
        raise ValueError(f"{path}: expected one channel of the values 1, 2 and 3")
    return torch.from_numpy(values.astype(np.uint8))


def read_image(path: Path) -> Tensor:
    """Return a photograph.

    Parameters
    ----------
    path : Path

    Returns
    -------
    image : Tensor, shape (3, H, W), uint8
    """
    from PIL import Image

    with Image.open(path) as picture:
        pixels = np.array(picture.convert("RGB"))  # some files hold a palette or transparency
    return torch.from_numpy(pixels).permute(2, 0, 1).contiguous()
