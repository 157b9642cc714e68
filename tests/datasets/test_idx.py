import gzip
import struct
from pathlib import Path
from typing import Any

import pytest
import torch

from course_lib.datasets.idx import read_idx

WHOLE = struct.pack(">4BII", 0, 0, 8, 2, 2, 3) + bytes([1, 2, 3, 4, 5, 250])


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_bytes_are_read_row_by_row(tmp_path: Path, pack: Any) -> None:
    (tmp_path / "x").write_bytes(pack(WHOLE))
    values = read_idx(tmp_path / "x")
    assert values.dtype == torch.uint8
    assert values.tolist() == [[1, 2, 3], [4, 5, 250]]
    values.zero_()  # a tensor of one's own


@pytest.mark.parametrize(
    ("code", "letter", "dtype"),
    [
        (0x09, "b", torch.int8),
        (0x0B, "h", torch.int16),
        (0x0C, "i", torch.int32),
        (0x0D, "f", torch.float32),
        (0x0E, "d", torch.float64),
    ],
)
def test_every_type_of_the_format_is_read_in_its_byte_order(
    tmp_path: Path, code: int, letter: str, dtype: torch.dtype
) -> None:
    content = struct.pack(f">4BI3{letter}", 0, 0, code, 1, 3, -100, 2, 3)
    (tmp_path / "x").write_bytes(content)
    values = read_idx(tmp_path / "x")
    assert values.dtype == dtype
    assert values.tolist() == [-100, 2, 3]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "begins with ''"),
        (b"\x89PNG....", "begins with '89504e47', expected an IDX header"),
        (b"\0\0\x07\x01", "expected an IDX header"),
        (WHOLE[:7], "ends within its header"),
        (WHOLE[:-1], r"holds 5 bytes of data, expected 6 for the shape \(2, 3\)"),
        (WHOLE + b"x", "holds 7 bytes of data, expected 6"),
        (gzip.compress(WHOLE, mtime=0)[:-9], "the gzip data are not whole"),
        (gzip.compress(WHOLE, mtime=0)[:12] + b"\xff" * 20, "the gzip data are not whole"),
    ],
)
def test_what_is_not_whole_is_refused_by_name(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "broken.idx").write_bytes(content)
    with pytest.raises(ValueError, match=rf"broken\.idx: .*{message}"):
        read_idx(tmp_path / "broken.idx")
