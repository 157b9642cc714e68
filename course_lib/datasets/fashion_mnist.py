"""Fashion-MNIST: 70,000 grey pictures of clothes in ten classes, an opt-in download of 31 MB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from course_lib.datasets.downloads import fetch
from course_lib.datasets.folders import data_folder
from course_lib.datasets.idx import read_idx
from course_lib.datasets.remote_file import RemoteFile

FASHION_CLASSES = (
    "T-shirt/top",
    "trouser",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "sneaker",
    "bag",
    "ankle boot",
)
"""The classes' names; a name's place is its label."""

_MIRRORS = (
    "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
)


def _remote(name: str, size: int, sha256: str) -> RemoteFile:
    return RemoteFile(name, tuple(mirror + name for mirror in _MIRRORS), size, sha256)


FASHION_FILES = {
    "train": (
        _remote(
            "train-images-idx3-ubyte.gz",
            26_421_880,
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ),
        _remote(
            "train-labels-idx1-ubyte.gz",
            29_515,
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ),
    ),
    "test": (
        _remote(
            "t10k-images-idx3-ubyte.gz",
            4_422_102,
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ),
        _remote(
            "t10k-labels-idx1-ubyte.gz",
            5_148,
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
    ),
}
"""Images and labels of each split."""


@dataclass(frozen=True, eq=False)
class FashionMNIST:
    """One split.

    Attributes
    ----------
    images : Tensor, shape (N, 28, 28), uint8
        N is 60,000 for training and 10,000 for testing; 0 is the background.
    labels : Tensor, shape (N,), int64
        Places in ``FASHION_CLASSES``.
    """

    images: Tensor
    labels: Tensor


def load_fashion_mnist(
    split: str, folder: Path | str | None = None, *, download: bool = False, progress: bool = True
) -> FashionMNIST:
    """Return one split of Fashion-MNIST.

    Parameters
    ----------
    split : str
        ``"train"`` or ``"test"``.
    folder : Path or str, optional
        Where its files lie or shall lie; by default ``fashion-mnist`` in `data_folder`.
    download : bool
        Whether they may be downloaded.
    progress : bool
        Whether to show how far the download is.

    Returns
    -------
    data : FashionMNIST

    Raises
    ------
    ValueError
        If there is no such split.
    DataUnavailableError
        If a file is missing and may not or cannot be downloaded; the message says what to do.

    Notes
    -----
    H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking
    machine learning algorithms", arXiv:1708.07747, 2017 (MIT licence).
    """
    if split not in FASHION_FILES:
        raise ValueError(f"split={split!r}: expected one of {', '.join(FASHION_FILES)}")
    folder = data_folder() / "fashion-mnist" if folder is None else Path(folder)
    images, labels = (
        fetch(remote, folder, download=download, progress=progress)
        for remote in FASHION_FILES[split]
    )
    return read_fashion_mnist(images, labels)


def read_fashion_mnist(images: Path, labels: Path) -> FashionMNIST:
    """Return the split that a pair of files holds.

    Parameters
    ----------
    images, labels : Path
        IDX files.

    Returns
    -------
    data : FashionMNIST

    Raises
    ------
    ValueError
        If the files do not hold bytes of 28 by 28 pixels and as many labels from 0 to 9.
    """
    pictures, classes = read_idx(images), read_idx(labels)
    if pictures.dtype != torch.uint8 or pictures.ndim != 3 or pictures.shape[1:] != (28, 28):
        raise ValueError(
            f"{images}: holds {pictures.dtype} of shape {tuple(pictures.shape)}, expected "
            "torch.uint8 of shape (N, 28, 28)"
        )
    if classes.dtype != torch.uint8 or classes.shape != pictures.shape[:1]:
        raise ValueError(
            f"{labels}: holds {classes.dtype} of shape {tuple(classes.shape)}, expected "
            f"torch.uint8 of shape ({len(pictures)},), a label an image"
        )
    if (classes >= len(FASHION_CLASSES)).any():
        raise ValueError(f"{labels}: holds the label {int(classes.max())}, expected 0 to 9")
    return FashionMNIST(pictures, classes.to(torch.int64))
