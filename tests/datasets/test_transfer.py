import socket
from pathlib import Path

import pytest

from course_lib.datasets.remote_file import RemoteFile, is_whole
from course_lib.datasets.transfer import Persistence, TransferError, transfer
from tests.datasets.server import CONTENT, Server, running

BRISK = Persistence(attempts=3, pause=0.001, timeout=5)
WRONG = bytes(len(CONTENT))


def get(remote: RemoteFile, part: Path) -> None:
    transfer(remote, part, BRISK, progress=False)


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_a_file_arrives_whole(tmp_path: Path) -> None:
    with running(Server()) as server:
        get(server.remote(), tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert server.asked == [None]


def test_what_arrived_before_is_not_fetched_again(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:100_000])
    with running(Server()) as server:
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT
    assert server.asked == ["bytes=100000-"]


@pytest.mark.parametrize("declares_length", [True, False])
def test_a_connection_that_breaks_is_taken_up_where_it_broke(
    tmp_path: Path, declares_length: bool
) -> None:
    with running(Server(cuts=[70_000, 30_000], declares_length=declares_length)) as server:
        get(server.remote(), tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert server.asked == [None, "bytes=70000-", "bytes=100000-"]


def test_attempts_count_only_while_nothing_arrives(tmp_path: Path) -> None:
    with running(Server(cuts=[40_000] * 6)) as server:
        get(server.remote(), tmp_path / "part")
    assert len(server.asked) == 7 > BRISK.attempts


def test_a_server_that_ignores_ranges_sends_all_anew(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"x" * 100_000)
    with running(Server(ranges=False)) as server:
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT
    assert server.asked == ["bytes=100000-"]


def test_a_server_that_sends_another_range_is_not_believed(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT[:100_000])
    with running(Server(shifted_range=7)) as server:
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT
    assert server.asked == ["bytes=100000-", None]


def test_a_wrong_beginning_is_thrown_away_and_all_fetched_anew(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"x" * 100_000)
    with running(Server()) as server:
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT
    assert server.asked == ["bytes=100000-", None]


@pytest.mark.parametrize("left", [WRONG, WRONG + b"more"])
def test_a_partial_file_that_is_too_long_or_full_of_errors_is_replaced(
    tmp_path: Path, left: bytes
) -> None:
    part = tmp_path / "part"
    part.write_bytes(left)
    with running(Server()) as server:
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT
    assert server.asked == [None]


def test_a_complete_partial_file_needs_no_request(tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(CONTENT)
    get(Server(port=unused_port()).remote(), part)
    assert part.read_bytes() == CONTENT


def test_a_file_with_another_checksum_is_refused_and_not_kept(tmp_path: Path) -> None:
    with (
        running(Server(content=WRONG)) as server,
        pytest.raises(TransferError, match="what it sent has another checksum"),
    ):
        get(server.remote(), tmp_path / "part")
    assert not (tmp_path / "part").exists()
    assert server.asked == [None]  # it would send the same again


def test_a_file_that_does_not_end_is_cut_off(tmp_path: Path) -> None:
    with (
        running(Server(content=CONTENT * 200)) as server,
        pytest.raises(TransferError, match=r"it sent more than 256000 bytes"),
    ):
        get(server.remote(), tmp_path / "part")
    assert not (tmp_path / "part").exists()
    assert server.hung_up_on  # 51 MB were on offer


@pytest.mark.parametrize("status", [403, 404, 410])
def test_what_is_not_there_is_not_asked_for_again(tmp_path: Path, status: int) -> None:
    with (
        running(Server(statuses=[status])) as server,
        pytest.raises(TransferError, match=f"file.bin: it answered {status} "),
    ):
        get(server.remote(), tmp_path / "part")
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_what_may_pass_is_tried_again(tmp_path: Path, status: int) -> None:
    with running(Server(statuses=[status, status])) as server:
        get(server.remote(), tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert len(server.asked) == 3


def test_after_enough_failures_the_next_address_is_tried(tmp_path: Path) -> None:
    with running(Server(statuses=[503] * 9)) as bad, running(Server()) as good:
        get(good.remote(urls=(bad.url, good.url)), tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert (len(bad.asked), len(good.asked)) == (BRISK.attempts, 1)


def test_the_next_address_resumes_what_the_last_began(tmp_path: Path) -> None:
    broken = Server(cuts=[90_000, 0, 0, 0])
    with running(broken) as bad, running(Server()) as good:
        get(good.remote(urls=(bad.url, good.url)), tmp_path / "part")
    assert good.asked == ["bytes=90000-"]


def test_when_all_addresses_fail_the_reason_of_each_is_told(tmp_path: Path) -> None:
    closed = f"http://127.0.0.1:{unused_port()}/file.bin"
    with (
        running(Server(statuses=[404])) as server,
        pytest.raises(TransferError) as caught,
    ):
        get(server.remote(urls=(server.url, closed)), tmp_path / "part")
    first, second = str(caught.value).splitlines()
    assert first == f"{server.url}: it answered 404 Not Found"
    assert second.startswith(f"{closed}: ConnectionRefusedError: ")


def test_what_arrived_before_a_failure_is_kept(tmp_path: Path) -> None:
    part = tmp_path / "part"
    with (
        running(Server(cuts=[50_000, 0, 0, 0])) as server,
        pytest.raises(TransferError, match=r"ended after 50000 of 256000|IncompleteRead"),
    ):
        get(server.remote(), part)
    assert part.read_bytes() == CONTENT[:50_000]


def test_a_gzip_file_stays_one_even_if_the_server_calls_it_an_encoding(tmp_path: Path) -> None:
    with running(Server(encoding="gzip")) as server:
        get(server.remote(), tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT


def test_a_silent_server_is_given_up(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        remote = Server(port=silent.getsockname()[1]).remote()
        impatient = Persistence(attempts=1, pause=0.001, timeout=0.05)
        with pytest.raises(TransferError, match=r"(?i)time"):
            transfer(remote, tmp_path / "part", impatient, progress=False)


def test_the_bar_counts_what_was_there_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "part").write_bytes(CONTENT[:128_000])
    with running(Server()) as server:
        transfer(server.remote(), tmp_path / "part", BRISK, progress=True)
    shown = capsys.readouterr().err
    assert "file.bin" in shown
    assert "50%" in shown
    assert "100%" in shown


def test_whole_means_every_bit(tmp_path: Path) -> None:
    remote, path = Server().remote(), tmp_path / "file.bin"
    assert not is_whole(path, remote)
    for content, whole in ((CONTENT[:-1], False), (WRONG, False), (CONTENT, True)):
        path.write_bytes(content)
        assert is_whole(path, remote) is whole
