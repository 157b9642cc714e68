import io
import subprocess
import sys
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from course_lib.datasets import DataUnavailableError
from course_lib.datasets.downloads import fetch, unpack
from course_lib.datasets.transfer import Persistence
from tests.datasets.server import CONTENT, Server, running

BRISK = Persistence(attempts=2, pause=0.001, timeout=5)


def test_nothing_is_downloaded_unless_asked_for(tmp_path: Path) -> None:
    with running(Server()) as server, pytest.raises(DataUnavailableError) as caught:
        fetch(server.remote(), tmp_path)
    assert server.asked == []
    message = str(caught.value)
    assert f"{tmp_path / 'file.bin'} is not there" in message
    assert "download=True" in message
    assert server.url in message
    assert server.remote().sha256 in message
    assert "0.3 MB" in message


def test_a_download_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    with running(Server()) as server:
        path = fetch(server.remote(), tmp_path / "deep" / "er", download=True, progress=False)
    assert path == tmp_path / "deep" / "er" / "file.bin"
    assert path.read_bytes() == CONTENT
    assert not path.with_name("file.bin.part").exists()


def test_a_file_that_is_there_needs_no_server(tmp_path: Path) -> None:
    (tmp_path / "file.bin").write_bytes(CONTENT)
    with running(Server()) as server:
        assert fetch(server.remote(), tmp_path, download=True) == tmp_path / "file.bin"
    assert server.asked == []


def test_without_a_folder_it_goes_to_the_users(tmp_path: Path) -> None:
    with running(Server()) as server:
        path = fetch(server.remote(), download=True, progress=False)
    assert path == tmp_path / "file.bin"  # where COURSE_DATA points


@pytest.mark.parametrize("found", [CONTENT[:1000], bytes(len(CONTENT)), b""])
def test_a_corrupt_file_is_never_used(tmp_path: Path, found: bytes) -> None:
    (tmp_path / "file.bin").write_bytes(found)
    with running(Server()) as server:
        with pytest.raises(DataUnavailableError, match=r"file\.bin is not the published file"):
            fetch(server.remote(), tmp_path)
        path = fetch(server.remote(), tmp_path, download=True, progress=False)
    assert path.read_bytes() == CONTENT


def test_a_failed_download_leaves_no_file_and_is_resumed(tmp_path: Path) -> None:
    with running(Server(cuts=[50_000, 0, 0, 0])) as server:
        with pytest.raises(DataUnavailableError) as caught:
            fetch(server.remote(), tmp_path, download=True, progress=False, persistence=BRISK)
        assert not (tmp_path / "file.bin").exists()
        server.cuts.clear()
        server.asked.clear()
        fetch(server.remote(), tmp_path, download=True, progress=False, persistence=BRISK)
    assert server.asked == ["bytes=50000-"]
    message = str(caught.value)
    assert "file.bin could not be downloaded" in message
    assert f"put it at {tmp_path / 'file.bin'}" in message


def test_offline_the_message_says_where_to_get_it(tmp_path: Path) -> None:
    remote = Server(port=1).remote()  # nothing listens there
    with pytest.raises(DataUnavailableError, match=r"(?s)Refused.*fetch it yourself.*:1/file"):
        fetch(remote, tmp_path, download=True, progress=False, persistence=BRISK)


def test_of_many_that_want_a_file_one_fetches(tmp_path: Path) -> None:
    with running(Server()) as server, ThreadPoolExecutor(8) as pool:
        wishes = [
            pool.submit(fetch, server.remote(), tmp_path, download=True, progress=False)
            for _ in range(8)
        ]
        assert {wish.result().read_bytes() for wish in wishes} == {CONTENT}
    assert len(server.asked) == 1


def test_another_process_waits_says_so_and_finds_the_file(tmp_path: Path) -> None:
    from filelock import FileLock

    with running(Server()) as server:
        lock = FileLock(tmp_path / ".file.bin.lock")
        code = (
            "import sys; from pathlib import Path\n"
            "from course_lib.datasets.downloads import fetch\n"
            "from course_lib.datasets.remote_file import RemoteFile\n"
            f"print(fetch({server.remote()!r}, Path({str(tmp_path)!r}), download=True).name)"
        )
        with lock:
            other = subprocess.Popen(
                [sys.executable, "-c", code],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            assert other.stderr is not None
            assert "another process is fetching it; waiting" in other.stderr.readline()
            (tmp_path / "file.bin").write_bytes(CONTENT)
        assert other.communicate(timeout=60)[0].strip() == "file.bin"
    assert server.asked == []


def tar_of(path: Path, *members: tuple[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return path


def test_an_archive_is_unpacked_once(tmp_path: Path) -> None:
    archive = tar_of(tmp_path / "a.tar.gz", ("top/one", b"1"), ("top/deep/two", b"2"))
    top = unpack(archive, tmp_path / "out", "top")
    assert (top / "deep" / "two").read_bytes() == b"2"
    (top / "one").write_bytes(b"mine")
    assert unpack(archive, tmp_path / "out", "top") == top
    assert (top / "one").read_bytes() == b"mine"


def climbing(tar: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("../escaped")
    tar.addfile(member, io.BytesIO())


def linking(tar: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("top/link")
    member.type, member.linkname = tarfile.SYMTYPE, "../../escaped"
    tar.addfile(member)


def device(tar: tarfile.TarFile) -> None:
    member = tarfile.TarInfo("top/device")
    member.type = tarfile.CHRTYPE
    tar.addfile(member)


@pytest.mark.parametrize("evil", [climbing, linking, device])
def test_what_would_leave_the_folder_is_refused(
    tmp_path: Path, evil: Callable[[tarfile.TarFile], None]
) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        tar.addfile(tarfile.TarInfo("top/one"), io.BytesIO())
        evil(tar)
    with pytest.raises(tarfile.FilterError):
        unpack(tmp_path / "a.tar", tmp_path / "out", "top")
    assert {path.name for path in (tmp_path / "out").iterdir()} <= {".top.lock"}
    assert not (tmp_path / "escaped").exists()


def test_half_an_archive_leaves_no_folder(tmp_path: Path) -> None:
    archive = tar_of(tmp_path / "a.tar.gz", ("top/one", bytes(range(256)) * 500))
    archive.write_bytes(archive.read_bytes()[:-20])
    with pytest.raises(EOFError):
        unpack(archive, tmp_path / "out", "top")
    assert not (tmp_path / "out" / "top").exists()


def test_what_a_stopped_run_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "out" / ".top.part" / "top"
    left.mkdir(parents=True)
    (left / "stale").write_bytes(b"")
    top = unpack(tar_of(tmp_path / "a.tar.gz", ("top/one", b"1")), tmp_path / "out", "top")
    assert [path.name for path in top.iterdir()] == ["one"]


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    archive = tar_of(tmp_path / "a.tar.gz", ("other/one", b"1"))
    with pytest.raises(ValueError, match="holds no folder 'top'"):
        unpack(archive, tmp_path / "out", "top")


def test_a_python_that_cannot_unpack_safely_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(tarfile, "data_filter")
    with pytest.raises(RuntimeError, match=r"expected 3\.11\.4 or newer"):
        unpack(tar_of(tmp_path / "a.tar.gz", ("top/one", b"1")), tmp_path / "out", "top")
