"""The recipes of Oxford-IIIT Pet, on small files of its format."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from course_lib.cli import main
from course_lib.training import find_recipe, load_record, recipes
from course_lib.training.pet_recipes import _pets
from course_lib.training.profiles import PROFILES, Profile
from course_lib.training.recipes import examples_of

NAMES = [recipe.name for recipe in recipes() if recipe.name.startswith("pets/")]
COUNT = 60
BOX = """<annotation><object><bndbox><xmin>5</xmin><ymin>3</ymin><xmax>24</xmax><ymax>18</ymax>
</bndbox></object></annotation>"""


@pytest.fixture
def pets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Write a small data set in the published layout, and look for it there."""
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    monkeypatch.setitem(PROFILES, "fast", Profile("fast", seeds=2, most_steps=3, evaluations=2))
    folder = tmp_path / "oxford-iiit-pet"
    for place in ("images", "annotations/trimaps", "annotations/xmls"):
        (folder / place).mkdir(parents=True)
    random = np.random.default_rng(0)
    lines = []
    for i in range(COUNT):
        name = f"{'Abyssinian' if i % 2 else 'beagle'}_{i}"
        pixels = random.integers(0, 255, (30, 40, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / "images" / f"{name}.jpg")
        trimap = np.full((30, 40), 2, dtype=np.uint8)
        trimap[5:20, 8:30], trimap[8:16, 12:24] = 3, 1
        Image.fromarray(trimap).save(folder / "annotations/trimaps" / f"{name}.png")
        if i % 4:
            (folder / "annotations/xmls" / f"{name}.xml").write_text(BOX, "utf-8")
        lines.append(f"{name} {1 + i % 37} {1 if i % 2 else 2} 1")
    for split in ("trainval", "test"):
        (folder / f"annotations/{split}.txt").write_text("\n".join(lines), "utf-8")
    for kept in (_pets, examples_of):
        kept.cache_clear()
    yield tmp_path
    for kept in (_pets, examples_of):
        kept.cache_clear()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("pets")
def test_a_recipe_is_trained_from_the_command_line(name: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = CliRunner().invoke(main, ["train", name, "--device", "cpu", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert "1 network in" in result.output
    assert "test_loss" in load_record(out / name / "fast/seed-0000.json").metrics


def test_masks_boxes_and_classes_are_those_of_the_files(pets: Path) -> None:
    breeds = find_recipe("pets/classifier").examples(0)
    assert (len(breeds.train), len(breeds.validation)) == (54, 6)
    assert breeds.test.labels[:3, 0].tolist() == [0, 1, 2]
    assert sorted(breeds.test.masks.unique().tolist()) == [0, 1, 255]
    heads = find_recipe("pets/detector").examples(0)
    assert len(heads.train) + len(heads.validation) + len(heads.test) == COUNT * 3 // 4
    # Of 40 × 30 pixels, squeezed into 96 × 96.
    assert heads.test.boxes[0, 0].tolist() == pytest.approx([9.6, 6.4, 57.6, 57.6])
    assert set(heads.train.labels[:, 0].tolist()) == {0, 1}


def test_without_the_data_it_is_said_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    _pets.cache_clear()
    examples_of.cache_clear()
    monkeypatch.setitem(PROFILES, "fast", Profile("fast", seeds=2, most_steps=1, evaluations=1))
    result = CliRunner().invoke(main, ["train", "pets/u-net", "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "download=True" in result.output
