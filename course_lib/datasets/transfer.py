"""One file over HTTP into a partial file: resumed, retried, and checked before anyone uses it.

Pooch, the usual choice, checks and renames as well, but begins anew after every broken connection,
which the 800 MB of a data set do not bear. Requests does the talking here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from course_lib.datasets.remote_file import RemoteFile, is_whole

if TYPE_CHECKING:
    from requests import Response

_BLOCK = 1 << 16


@dataclass(frozen=True)
class Persistence:
    """How hard to try.

    Attributes
    ----------
    attempts : int
        How often an address may fail in a row without a further byte before the next is tried.
    pause : float
        Seconds to wait after the first failure; each further one doubles them.
    timeout : float
        Seconds without a byte after which a connection counts as broken.
    """

    attempts: int = 4
    pause: float = 1.0
    timeout: float = 30.0


class TransferError(OSError):
    """No address gave the file; the message says what each did instead."""


class _BrokenTransferError(Exception):
    """An attempt failed; `final` says that another at the same address would as well."""

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.final = final


class _Bar(Protocol):
    n: int

    def update(self, n: int) -> object: ...

    def refresh(self) -> object: ...


def transfer(
    remote: RemoteFile,
    part: Path,
    persistence: Persistence = Persistence(),
    *,
    progress: bool = True,
) -> None:
    """Complete a partial file.

    Parameters
    ----------
    remote : RemoteFile
    part : Path
        What an earlier attempt left, if anything. When this function returns, it holds the
        published file, its checksum compared; else what arrived, to be resumed, unless the
        checksum was wrong.
    persistence : Persistence
    progress : bool
        Whether to show a bar.

    Raises
    ------
    TransferError
        If no address gave the file.
    """
    failures: list[str] = []
    with _progress_bar(remote, shown=progress) as bar:
        for url in remote.urls:
            reason = _from_one_address(url, remote, part, persistence, bar)
            if reason is None:
                return
            failures.append(f"{url}: {reason}")
    raise TransferError("\n".join(failures))


def _from_one_address(
    url: str, remote: RemoteFile, part: Path, persistence: Persistence, bar: _Bar
) -> str | None:
    """Return None once the partial file is the published one, else the last reason why not."""
    furthest, failed = _length(part), 0
    while True:
        try:
            resumed = _receive(url, remote, part, persistence, bar)
            if is_whole(part, remote):
                return None
            part.unlink()
            # What an earlier attempt left may have been at fault; a file from one piece was not.
            raise _BrokenTransferError("what it sent has another checksum", final=not resumed)
        except _BrokenTransferError as failure:
            failed = 1 if _length(part) > furthest else failed + 1
            furthest = max(furthest, _length(part))
            if failure.final or failed >= persistence.attempts:
                return str(failure)
            time.sleep(persistence.pause * 2 ** (failed - 1))


def _receive(url: str, remote: RemoteFile, part: Path, persistence: Persistence, bar: _Bar) -> bool:
    """Append what is missing, and return whether an older beginning was kept."""
    import requests
    from urllib3.exceptions import HTTPError

    if _length(part) > remote.size:
        part.unlink()
    offset = _length(part)
    if offset == remote.size:
        return True
    # Compressed on the way, a file would not have its own length and checksum.
    headers = {"Accept-Encoding": "identity"}
    if offset:
        headers["Range"] = f"bytes={offset}-"
    try:
        with requests.get(url, headers=headers, stream=True, timeout=persistence.timeout) as answer:
            kept = _kept(answer, offset, part)
            bar.n = kept
            bar.refresh()
            with part.open("ab" if kept else "wb") as file:
                for block in answer.raw.stream(_BLOCK, decode_content=False):
                    file.write(block)
                    bar.update(len(block))
                    if file.tell() > remote.size:
                        break
    except (requests.RequestException, HTTPError) as error:
        raise _BrokenTransferError(_in_words(error)) from error
    if _length(part) > remote.size:
        part.unlink()
        raise _BrokenTransferError(f"it sent more than {remote.size} bytes", final=not kept)
    if _length(part) < remote.size:
        raise _BrokenTransferError(f"it ended after {_length(part)} of {remote.size} bytes")
    return kept > 0


def _kept(answer: Response, offset: int, part: Path) -> int:
    """Return how many bytes of the partial file the answer continues: all of them, or none."""
    status = answer.status_code
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        part.unlink(missing_ok=True)
        raise _BrokenTransferError("it has nothing after what was fetched before")
    if status == HTTPStatus.PARTIAL_CONTENT:
        if answer.headers.get("Content-Range", "").startswith(f"bytes {offset}-"):
            return offset
        part.unlink(missing_ok=True)
        raise _BrokenTransferError("it sent another part of the file than was asked for")
    if status != HTTPStatus.OK:
        passing = status >= 500 or status in (
            HTTPStatus.REQUEST_TIMEOUT,
            HTTPStatus.TOO_MANY_REQUESTS,
        )
        raise _BrokenTransferError(f"it answered {status} {answer.reason}", final=not passing)
    return 0


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _in_words(error: Exception) -> str:
    """Return the innermost cause: what wraps it repeats the address and names objects."""
    cause: BaseException = error
    while inner := (getattr(cause, "reason", None) or cause.__cause__ or cause.__context__):
        if not isinstance(inner, BaseException):
            break
        cause = inner
    return f"{type(cause).__name__}: {cause}"


@contextmanager
def _progress_bar(remote: RemoteFile, *, shown: bool) -> Iterator[_Bar]:
    from tqdm import tqdm  # type: ignore[import-untyped]

    with tqdm(
        desc=remote.name, total=remote.size, unit="B", unit_scale=True, disable=not shown
    ) as bar:
        yield bar
