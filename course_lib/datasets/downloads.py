"""Data sets that must be downloaded, and only are when asked for.

A file is used only if its checksum is right. It is fetched into a partial file beside its place,
which a second attempt resumes, and takes its name when it is whole; of two processes that want it,
one fetches and the other waits.
"""

from __future__ import annotations

import os
import shutil
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from course_lib.datasets.folders import data_folder
from course_lib.datasets.remote_file import RemoteFile, is_whole
from course_lib.datasets.transfer import Persistence, TransferError, transfer


class DataUnavailableError(OSError):
    """A data set is not on this machine; the message says how to get it."""


def fetch(
    remote: RemoteFile,
    folder: Path | str | None = None,
    *,
    download: bool = False,
    progress: bool = True,
    persistence: Persistence | None = None,
) -> Path:
    """Return the path of a published file, downloaded if allowed.

    Parameters
    ----------
    remote : RemoteFile
    folder : Path or str, optional
        Where it lies or shall lie; by default `data_folder`.
    download : bool
        Whether it may be downloaded.
    progress : bool
        Whether to show how far it is.
    persistence : Persistence, optional
        How hard to try.

    Returns
    -------
    path : Path
        Of a file whose checksum was compared just now.

    Raises
    ------
    DataUnavailableError
        If the file is not there, or is another, and may not or cannot be downloaded.
    """
    folder = data_folder() if folder is None else Path(folder)
    path = folder / remote.name
    if is_whole(path, remote):
        return path
    if not download:
        state = "is not the published file" if path.exists() else "is not there"
        raise DataUnavailableError(
            f"{path} {state}, and downloads are opt-in: ask again with download=True. "
            f"{_by_hand(remote, path)}"
        )
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{remote.name}.part"
    with _locked(path, announce=progress):
        # Another process may have fetched it while this one waited.
        if not is_whole(path, remote):
            try:
                transfer(remote, part, persistence or Persistence(), progress=progress)
            except TransferError as error:
                raise DataUnavailableError(
                    f"{remote.name} could not be downloaded:\n{error}\nWhat arrived is kept and "
                    f"resumed the next time. {_by_hand(remote, path)}"
                ) from error
            os.replace(part, path)
    return path


def unpack(archive: Path, folder: Path, top: str) -> Path:
    """Return the unpacked content of a tar archive.

    Parameters
    ----------
    archive : Path
        With everything in one folder `top`.
    folder : Path
        Where `top` lies or shall lie. It appears there only when all is unpacked.
    top : str

    Returns
    -------
    unpacked : Path
        ``folder / top``; if it is there already, it stays as it is.

    Raises
    ------
    tarfile.FilterError
        If a member is a device, or would lie outside of the folder.
    ValueError
        If the archive has no folder `top`.
    RuntimeError
        On Python 3.11.0 to 3.11.3, which cannot unpack safely.
    """
    target = folder / top
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(target, announce=False):
        if target.is_dir():
            return target
        if not hasattr(tarfile, "data_filter"):
            raise RuntimeError(
                f"this Python ({sys.version.split()[0]}) cannot unpack archives safely: "
                "expected 3.11.4 or newer"
            )
        unfinished = folder / f".{top}.part"
        shutil.rmtree(unfinished, ignore_errors=True)  # of a run that was stopped
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(unfinished, filter="data")
            if not (unfinished / top).is_dir():
                raise ValueError(f"{archive} holds no folder {top!r}")
            os.replace(unfinished / top, target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return target


def _by_hand(remote: RemoteFile, path: Path) -> str:
    return (
        f"Or fetch it yourself ({remote.size / 1e6:,.1f} MB, SHA-256 {remote.sha256}) from "
        f"{' or '.join(remote.urls)} and put it at {path}."
    )


@contextmanager
def _locked(path: Path, *, announce: bool) -> Iterator[None]:
    """Hold the lock of a path; the system frees it if this process dies."""
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if announce:
            print(f"{path.name}: another process is fetching it; waiting", file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
