"""Changes to pictures that keep true what is said of them."""

from dataclasses import replace

import pytest
import torch

from course_lib.training.augmentation import Augmentation, ImageBatches
from course_lib.training.images import ImageSet
from tests.training.pictures import SIZE, edges, squares

STILL = Augmentation(mirror=False, shift=0, brightness=0, contrast=0, colour=0)


def backdrops() -> torch.Tensor:
    return torch.full((2, 3, SIZE, SIZE), 7, dtype=torch.uint8)


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_no_change_changes_nothing() -> None:
    images = squares()
    changed = STILL(images, generator())
    for name in ("images", "labels", "boxes", "masks"):
        assert torch.equal(getattr(changed, name), getattr(images, name))


def test_boxes_and_masks_move_with_the_picture() -> None:
    images, moved = squares(40), 0
    changed = replace(STILL, mirror=True, shift=3)(images, generator())
    for i in range(len(images)):
        # The squares stay within the picture, so that each is as large as it was.
        if changed.boxes[i, 0].min() > 0 and changed.boxes[i, 0].max() < SIZE:
            assert changed.boxes[i, 0].tolist() == edges(changed.masks[i])
        bright = changed.images[i, changed.labels[i, 0]] > 200
        assert torch.equal(bright, changed.masks[i] > 0)
        moved += not torch.equal(changed.masks[i], images.masks[i])
    assert moved > 30


def test_a_mirrored_picture_mirrored_again_is_the_same() -> None:
    images = squares(30)
    changed = replace(STILL, mirror=True)(images, generator())
    mirrored = (changed.images != images.images).flatten(1).any(1)
    assert 5 < int(mirrored.sum()) < 25
    assert torch.equal(changed.images[mirrored].flip(3), images.images[mirrored])
    assert torch.equal(changed.boxes[mirrored, 0, 0], SIZE - images.boxes[mirrored, 0, 2])


def test_what_is_pushed_out_of_sight_is_no_object() -> None:
    image = squares(1)
    box = torch.tensor([[[0.0, 0.0, 4.0, 4.0]]])
    at_the_edge = ImageSet(image.images, image.labels, box, image.masks)
    kept = [
        int(replace(STILL, shift=4)(at_the_edge, generator(seed)).labels[0, 0]) >= 0
        for seed in range(60)
    ]
    assert any(kept)
    assert not all(kept)


def test_colours_change_and_stay_bytes() -> None:
    images = squares()
    changed = Augmentation(mirror=False, shift=0, brightness=0.9, colour=0.9)(images, generator())
    assert changed.images.dtype == torch.uint8
    assert not torch.equal(changed.images, images.images)
    assert torch.equal(changed.masks, images.masks)


def test_objects_stay_when_what_is_behind_them_is_exchanged() -> None:
    images = squares(40)
    change = replace(STILL, backdrops=backdrops, exchange=0.5)
    changed = change(images, generator())
    others = (changed.images != images.images).flatten(1).any(1)
    assert 8 < int(others.sum()) < 32
    for i in others.nonzero()[:, 0].tolist():
        left, top, right, bottom = map(int, images.boxes[i, 0].tolist())
        inner = (slice(None), slice(top + 1, bottom - 1), slice(left + 1, right - 1))
        assert torch.equal(changed.images[i][inner], images.images[i][inner])
        # 7, its negative, or something between the two.
        assert bool(((changed.images[i, :, -1, -1] - 7) % 241 <= 241).all())
    assert torch.equal(changed.masks, images.masks)


def test_a_batch_is_a_function_of_seed_and_step() -> None:
    change = Augmentation(backdrops=backdrops, exchange=0.5)
    first, again = (ImageBatches(squares(), 4, 3, change) for _ in range(2))
    assert torch.equal(first(5).images, again(5).images)
    assert not torch.equal(first(5).images, first(8).images)
    other = ImageBatches(squares(), 4, 4, change)
    assert not torch.equal(first(5).images, other(5).images)


def test_without_augmentation_pictures_come_as_they_are() -> None:
    images = squares()
    batch = ImageBatches(images, 4, 0, None)
    assert torch.equal(batch(0).images, images.images[batch.order(0)])


def test_every_value_changes_by_the_equation() -> None:
    images = squares(1)
    change = replace(STILL, brightness=0.3, contrast=0.2, colour=0.1)
    changed = change(images, generator(4)).images.double()
    values = images.images.double()
    # Three numbers a channel would do, the gain and the offset: 250s and 0s give them, the rest is
    # to agree.
    for channel in range(3):
        x, y = values[0, channel].flatten(), changed[0, channel].flatten()
        inside = (y > 0) & (y < 255)
        line = torch.stack([x, torch.ones_like(x)], 1)[inside]
        fit = torch.linalg.lstsq(line, y[inside, None]).solution
        assert float((line @ fit - y[inside, None]).abs().max()) < 1
        assert float(fit[0]) != pytest.approx(1, abs=0.01)


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match=r"exchange=0\.5: expected 0 without backdrops"):
        Augmentation(exchange=0.5)
    with pytest.raises(ValueError, match=r"brightness=1\.5"):
        Augmentation(brightness=1.5)
