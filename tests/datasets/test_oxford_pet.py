import io
import tarfile
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from course_lib.datasets import DataUnavailableError, load_oxford_pets, oxford_pet
from course_lib.datasets.pet_files import (
    PET_BACKGROUND,
    PET_BORDER,
    PET_FOREGROUND,
    PetEntry,
    read_head_box,
    read_pet_list,
    read_trimap,
)
from course_lib.datasets.remote_file import RemoteFile
from tests.datasets.server import Server, running

LIST = """#Image CLASS-ID SPECIES BREED ID
#ID: 1:37 Class ids
Abyssinian_100 1 1 1
american_pit_bull_terrier_7 3 2 2
"""
BOX = """<annotation>
  <size><width>8</width><height>6</height><depth>3</depth></size>
  <object><name>cat</name>
    <bndbox><xmin>2</xmin><ymin>1</ymin><xmax>5</xmax><ymax>4</ymax></bndbox>
  </object>
</annotation>"""
TRIMAP = np.full((6, 8), 2, dtype=np.uint8)
TRIMAP[0:4, 1:5] = 3
TRIMAP[1:3, 2:4] = 1


def png(values: np.ndarray) -> bytes:
    Image.fromarray(values).save(held := io.BytesIO(), format="PNG")
    return held.getvalue()


def members() -> dict[str, bytes]:
    """Return a data set of two photographs in the published layout."""
    red = np.zeros((6, 8, 3), dtype=np.uint8)
    red[..., 0] = 200
    Image.fromarray(red).save(jpeg := io.BytesIO(), format="JPEG", quality=95)
    transparent = np.full((6, 8, 4), 90, dtype=np.uint8)
    return {
        "images/Abyssinian_100.jpg": jpeg.getvalue(),
        # Some published files bear this ending and are no JPEG files.
        "images/american_pit_bull_terrier_7.jpg": png(transparent),
        "annotations/trainval.txt": LIST.encode(),
        "annotations/test.txt": LIST.splitlines()[-1].encode(),
        "annotations/xmls/Abyssinian_100.xml": BOX.encode(),
        "annotations/trimaps/Abyssinian_100.png": png(TRIMAP),
        "annotations/trimaps/american_pit_bull_terrier_7.png": png(TRIMAP),
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in members().items():
        path = tmp_path / "oxford-iiit-pet" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "oxford-iiit-pet"


def test_a_sample_has_image_class_box_and_mask(folder: Path) -> None:
    data = load_oxford_pets("train", folder)
    assert len(data) == 2
    cat = data[0]
    assert cat.entry == PetEntry("Abyssinian_100", 0, "cat")
    assert cat.entry.breed_name == "Abyssinian"
    assert cat.image.shape == (3, 6, 8)
    assert cat.image.dtype == torch.uint8
    assert abs(cat.image.float().mean(dim=(1, 2)) - torch.tensor([200.0, 0, 0])).max() < 3
    assert cat.head is not None
    assert cat.head.tolist() == [1, 0, 5, 4]
    assert torch.equal(cat.trimap, torch.from_numpy(TRIMAP))


def test_the_box_frames_what_the_trimap_shows(folder: Path) -> None:
    # In this made-up sample the head is all there is, border included.
    cat = load_oxford_pets("train", folder)[0]
    rows, columns = torch.where(cat.trimap != PET_BACKGROUND)
    extent = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
    assert cat.head is not None
    assert cat.head.tolist() == extent
    assert (cat.trimap == PET_FOREGROUND).sum() == 4
    assert (cat.trimap == PET_BORDER).sum() == 12


def test_a_photograph_without_a_box_and_of_another_format_is_read_too(folder: Path) -> None:
    dog = load_oxford_pets("test", folder)[0]
    assert dog.head is None
    assert dog.entry == PetEntry("american_pit_bull_terrier_7", 2, "dog")
    assert dog.entry.breed_name == "american pit bull terrier"
    assert dog.image.shape == (3, 6, 8)


def test_all_samples_can_be_gone_through(folder: Path) -> None:
    data = load_oxford_pets("train", folder)
    assert [data[i].entry.breed for i in range(len(data))] == [0, 2]
    with pytest.raises(IndexError):
        data[2]


def test_an_image_and_a_mask_of_different_sizes_are_refused(folder: Path) -> None:
    (folder / "annotations/trimaps/Abyssinian_100.png").write_bytes(png(TRIMAP[:5]))
    with pytest.raises(ValueError, match=r"100\.png: has shape \(5, 8\), expected .*\(6, 8\)"):
        load_oxford_pets("train", folder)[0]


def test_archives_are_downloaded_and_unpacked_if_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archives = {}
    for top in ("images", "annotations"):
        with tarfile.open(fileobj=(held := io.BytesIO()), mode="w:gz") as tar:
            for name, content in members().items():
                if name.startswith(top):
                    member = tarfile.TarInfo(name)
                    member.size = len(content)
                    tar.addfile(member, io.BytesIO(content))
        archives[top] = held.getvalue()
    with (
        running(Server(content=archives["images"])) as images,
        running(Server(content=archives["annotations"])) as annotations,
    ):
        for top, server in (("images", images), ("annotations", annotations)):
            digest = sha256(server.content).hexdigest()
            remote = RemoteFile(f"{top}.tar.gz", (server.url,), len(server.content), digest)
            monkeypatch.setitem(oxford_pet.PET_FILES, top, remote)
        with pytest.raises(DataUnavailableError, match=r"images\.tar\.gz is not there"):
            load_oxford_pets("train")
        data = load_oxford_pets("train", download=True, progress=False)
    assert data[0].entry.breed_name == "Abyssinian"
    # Unpacked, the archives are not needed any more.
    for archive in (tmp_path / "oxford-iiit-pet").glob("*.tar.gz"):
        archive.unlink()
    assert len(load_oxford_pets("test")) == 1


def test_an_unknown_split_is_refused_before_anything_is_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="split='val': expected one of train, test"):
        load_oxford_pets("val", tmp_path / "nowhere")
    with pytest.raises(ValueError, match="split='val'"):
        oxford_pet.OxfordPets(tmp_path, "val")


@pytest.mark.parametrize(
    "line", ["Abyssinian_1 1 1", "Abyssinian_1 0 1 1", "Abyssinian_1 one 1 1", "A_1 1 3 1"]
)
def test_a_line_that_is_no_entry_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "list.txt").write_text(f"# heading\nBengal_1 6 1 3\n\n{line}\n")
    with pytest.raises(ValueError, match=rf"list\.txt, line 4: '{line}', expected a name"):
        read_pet_list(tmp_path / "list.txt")


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ("<annotation>", "expected XML with a box of whole numbers"),
        ("<annotation><object/></annotation>", r"its box is \(0, 0, 0, 0\)"),
        (BOX.replace("<xmin>2", "<xmin>x"), "expected XML with a box of whole numbers"),
        (BOX.replace("<ymax>4</ymax>", ""), "expected XML with a box of whole numbers"),
        (BOX.replace("<xmin>2", "<xmin>6"), r"its box is \(6, 1, 5, 4\), expected pixels"),
        (BOX.replace("<ymin>1", "<ymin>0"), r"its box is \(2, 0, 5, 4\)"),
    ],
)
def test_a_file_without_a_box_is_named(tmp_path: Path, xml: str, message: str) -> None:
    (tmp_path / "a.xml").write_text(xml)
    with pytest.raises(ValueError, match=rf"a\.xml: {message}"):
        read_head_box(tmp_path / "a.xml")


@pytest.mark.parametrize("values", [TRIMAP - 1, TRIMAP * 85, np.stack([TRIMAP] * 3, axis=-1)])
def test_what_is_no_trimap_is_refused(tmp_path: Path, values: np.ndarray) -> None:
    (tmp_path / "a.png").write_bytes(png(values))
    with pytest.raises(ValueError, match=r"a\.png: expected one channel of the values 1, 2 and 3"):
        read_trimap(tmp_path / "a.png")
