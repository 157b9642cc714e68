import gzip
import struct
from hashlib import sha256
from pathlib import Path

import pytest
import torch

from course_lib.datasets import (
    FASHION_CLASSES,
    DataUnavailableError,
    fashion_mnist,
    load_fashion_mnist,
    load_oxford_pets,
)
from course_lib.datasets.fashion_mnist import FASHION_FILES, read_fashion_mnist
from course_lib.datasets.remote_file import RemoteFile
from tests.datasets.server import Server, running


def idx(*shape: int, values: bytes, code: int = 8) -> bytes:
    whole = struct.pack(f">4B{len(shape)}I", 0, 0, code, len(shape), *shape) + values
    # Without the time of day: the bytes name a test, and every process must call it the same.
    return gzip.compress(whole, mtime=0)


IMAGES = idx(3, 28, 28, values=bytes(k % 251 for k in range(3 * 28 * 28)))
LABELS = idx(3, values=bytes([9, 0, 5]))


def pair(folder: Path, images: bytes, labels: bytes) -> tuple[Path, Path]:
    (folder / "images").write_bytes(images)
    (folder / "labels").write_bytes(labels)
    return folder / "images", folder / "labels"


def test_a_pair_of_files_becomes_images_and_labels(tmp_path: Path) -> None:
    data = read_fashion_mnist(*pair(tmp_path, IMAGES, LABELS))
    assert data.images.shape == (3, 28, 28)
    assert data.images.dtype == torch.uint8
    assert data.images[1, 2, 3] == (28 * 28 + 2 * 28 + 3) % 251
    assert data.labels.dtype == torch.int64
    assert [FASHION_CLASSES[k] for k in data.labels] == ["ankle boot", "T-shirt/top", "sandal"]


@pytest.mark.parametrize(
    ("images", "labels", "message"),
    [
        (idx(1, 27, 28, values=bytes(27 * 28)), idx(1, values=b"\0"), r"\(1, 27, 28\), expected"),
        (idx(28, 28, values=bytes(28 * 28)), idx(1, values=b"\0"), r"images: .*\(28, 28\)"),
        (idx(1, 28, 28, values=bytes(784), code=9), LABELS, "images: holds torch.int8"),
        (IMAGES, idx(2, values=b"\0\0"), r"labels: .*of shape \(2,\), expected .*\(3,\)"),
        (IMAGES, idx(3, values=bytes([0, 10, 1])), "labels: holds the label 10, expected 0 to 9"),
    ],
)
def test_files_of_another_kind_are_refused_by_name(
    tmp_path: Path, images: bytes, labels: bytes, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        read_fashion_mnist(*pair(tmp_path, images, labels))


def test_it_is_downloaded_once_if_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(Server(content=IMAGES)) as images, running(Server(content=LABELS)) as labels:
        files = tuple(
            RemoteFile(name, (server.url,), len(content), sha256(content).hexdigest())
            for name, server, content in (("i.gz", images, IMAGES), ("l.gz", labels, LABELS))
        )
        monkeypatch.setitem(fashion_mnist.FASHION_FILES, "test", files)  # type: ignore[arg-type]
        with pytest.raises(DataUnavailableError, match="download=True"):
            load_fashion_mnist("test")
        for _ in range(2):
            data = load_fashion_mnist("test", download=True, progress=False)
        assert load_fashion_mnist("test").labels.tolist() == data.labels.tolist() == [9, 0, 5]
        assert (len(images.asked), len(labels.asked)) == (1, 1)
    assert (tmp_path / "fashion-mnist" / "i.gz").exists()


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(ValueError, match="split='val': expected one of train, test"):
        load_fashion_mnist("val")


def test_the_published_files_are_named_in_full() -> None:
    names = [remote.name for files in FASHION_FILES.values() for remote in files]
    assert names == [
        f"{part}-{kind}-ubyte.gz"
        for part in ("train", "t10k")
        for kind in ("images-idx3", "labels-idx1")
    ]
    for files in FASHION_FILES.values():
        for remote in files:
            assert len(remote.sha256) == 64
            assert all(url.endswith("/" + remote.name) for url in remote.urls)
            assert remote.urls[0].startswith("https://")


def test_a_folder_may_be_named_by_a_string(tmp_path: Path) -> None:
    with pytest.raises(DataUnavailableError, match="train-images"):
        load_fashion_mnist("train", str(tmp_path))
    with pytest.raises(DataUnavailableError, match=r"images\.tar\.gz"):
        load_oxford_pets("train", str(tmp_path))
