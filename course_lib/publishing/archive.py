"""The whole book in one file that opens from disk: the same pages give the same bytes.

``python -m course_lib.publishing.archive _build/html _build/convolutional-networks.zip``
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from course_lib.publishing.offline import book_files

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that the format knows


def write_archive(folder: Path, path: Path) -> int:
    """Write the files of a built book into an archive; return its size, bytes.

    All lie in one folder, named as the archive is.

    Raises
    ------
    FileNotFoundError
        If the folder holds no book.
    """
    if not (folder / "index.html").is_file():
        raise FileNotFoundError(f"{folder} holds no built book: run `make book`")
    part = path.with_name(f".{path.name}.part")  # whoever reads meanwhile sees a whole file or none
    with ZipFile(part, "w") as archive:
        for file in book_files(folder):
            entry = ZipInfo(f"{path.stem}/{file.path}", EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, whatever wrote it
            data = (folder / file.path).read_bytes()
            archive.writestr(entry, data, ZIP_DEFLATED, compresslevel=9)
    os.replace(part, path)
    return path.stat().st_size


def main() -> None:
    """Write the archive that the arguments name, and say how large it is."""
    folder, path = map(Path, sys.argv[1:])
    print(f"{path}: {write_archive(folder, path) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
