"""Oxford-IIIT Pet: 7,349 photographs of 37 breeds with class, head box and mask; 811 MB, opt-in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from course_lib.datasets.downloads import fetch, unpack
from course_lib.datasets.folders import data_folder
from course_lib.datasets.pet_files import (
    PetEntry,
    read_head_box,
    read_image,
    read_pet_list,
    read_trimap,
)
from course_lib.datasets.remote_file import RemoteFile

PET_FILES = {
    "images": RemoteFile(
        "images.tar.gz",
        (
            "https://thor.robots.ox.ac.uk/datasets/pets/images.tar.gz",
            "https://www.robots.ox.ac.uk/~vgg/data/pets/data/images.tar.gz",
        ),
        791_918_971,
        "67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d",
    ),
    "annotations": RemoteFile(
        "annotations.tar.gz",
        (
            "https://thor.robots.ox.ac.uk/datasets/pets/annotations.tar.gz",
            "https://www.robots.ox.ac.uk/~vgg/data/pets/data/annotations.tar.gz",
        ),
        19_173_078,
        "52425fb6de5c424942b7626b428656fcbd798db970a937df61750c0f1d358e91",
    ),
}
"""The two archives, by the folder that each unpacks into."""

_LISTS = {"train": "trainval.txt", "test": "test.txt"}


@dataclass(frozen=True, eq=False)
class PetSample:
    """One photograph and what is known about it.

    Attributes
    ----------
    image : Tensor, shape (3, H, W), uint8
    entry : PetEntry
    trimap : Tensor, shape (H, W), uint8
        ``PET_FOREGROUND``, ``PET_BACKGROUND`` or ``PET_BORDER``.
    head : Tensor, shape (4,), float32, or None
        Box of the head as x1, y1, x2, y2, edges of pixels from 0. The authors drew one for about
        half of the photographs, nearly all of them in "train".
    """

    image: Tensor
    entry: PetEntry
    trimap: Tensor
    head: Tensor | None


class OxfordPets:
    """The photographs of one split, read when asked for.

    Parameters
    ----------
    folder : Path or str
        Holds ``images`` and ``annotations``.
    split : str
        ``"train"`` (the authors' "trainval") or ``"test"``.

    Raises
    ------
    ValueError
        If there is no such split, or the list of its photographs is not in the expected format.
    FileNotFoundError
        If the list is not there.
    """

    def __init__(self, folder: Path | str, split: str) -> None:
        if split not in _LISTS:
            raise ValueError(f"split={split!r}: expected one of {', '.join(_LISTS)}")
        self.folder = Path(folder)
        self.entries = read_pet_list(self.folder / "annotations" / _LISTS[split])

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> PetSample:
        """Return a sample; a ValueError says if its files do not fit each other."""
        entry = self.entries[index]
        image = read_image(self.folder / "images" / f"{entry.name}.jpg")
        path = self.folder / "annotations" / "trimaps" / f"{entry.name}.png"
        trimap = read_trimap(path)
        if trimap.shape != image.shape[1:]:
            raise ValueError(
                f"{path}: has shape {tuple(trimap.shape)}, expected the image's "
                f"{tuple(image.shape[1:])}"
            )
        xml = self.folder / "annotations" / "xmls" / f"{entry.name}.xml"
        return PetSample(image, entry, trimap, read_head_box(xml) if xml.exists() else None)


def load_oxford_pets(
    split: str, folder: Path | str | None = None, *, download: bool = False, progress: bool = True
) -> OxfordPets:
    """Return one split of Oxford-IIIT Pet.

    Parameters
    ----------
    split : str
        ``"train"`` (3,680 photographs) or ``"test"`` (3,669).
    folder : Path or str, optional
        Where the data lie or shall lie; by default ``oxford-iiit-pet`` in `data_folder`. Archives
        are unpacked there; folders ``images`` and ``annotations`` that are there already are used.
    download : bool
        Whether the archives may be downloaded.
    progress : bool
        Whether to show how far the download is.

    Returns
    -------
    data : OxfordPets

    Raises
    ------
    ValueError
        If there is no such split.
    DataUnavailableError
        If an archive is missing and may not or cannot be downloaded; the message says what to do.

    Notes
    -----
    O. M. Parkhi, A. Vedaldi, A. Zisserman and C. V. Jawahar, "Cats and dogs", CVPR 2012
    (CC BY-SA 4.0).
    """
    if split not in _LISTS:
        raise ValueError(f"split={split!r}: expected one of {', '.join(_LISTS)}")
    folder = data_folder() / "oxford-iiit-pet" if folder is None else Path(folder)
    for top, remote in PET_FILES.items():
        if not (folder / top).is_dir():
            archive = fetch(remote, folder, download=download, progress=progress)
            unpack(archive, folder, top)
    return OxfordPets(folder, split)
