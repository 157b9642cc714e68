"""A published file, and whether one on disk is it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class RemoteFile:
    """A published file.

    Attributes
    ----------
    name : str
        Its name, which is also its name on disk.
    urls : tuple of str
        Where it is served, tried in this order.
    size : int
        In bytes.
    sha256 : str
        In hexadecimal digits.
    """

    name: str
    urls: tuple[str, ...]
    size: int
    sha256: str


def is_whole(path: Path, remote: RemoteFile) -> bool:
    """Return whether a path holds the published file, bit for bit.

    Parameters
    ----------
    path : Path
    remote : RemoteFile

    Returns
    -------
    whole : bool
    """
    if not path.is_file() or path.stat().st_size != remote.size:
        return False
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest() == remote.sha256
