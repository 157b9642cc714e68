import math
from dataclasses import replace

import numpy as np
import pytest
import torch
import torch.nn.functional as F  # noqa: N812

from course_lib.datasets.scenes import (
    CLASSES,
    Background,
    Description,
    SceneObject,
    Texture,
    describe,
    render,
)
from course_lib.datasets.scenes.backgrounds import sampled
from course_lib.datasets.scenes.kinds import KINDS

BACKGROUND = Background("gravel", 0.1, 0.2, 0.6)
BALL = SceneObject(
    class_name="ball",
    x=0.4,
    y=0.6,
    scale=0.5,
    angle=0.0,
    mirrored=False,
    colours=((200, 40, 30), (200, 40, 30), (200, 40, 30), (10, 10, 30)),
    texture=Texture("stripes", 6.0, 0.0, 0.5, 1),
    light=1.0,
    ink=0.0,
)


def scenes() -> list[Description]:
    tasks = ("classification", "detection")
    return [describe("train", task, index) for task in tasks for index in range(8)]


def test_a_mask_holds_the_pixels_whose_centre_is_inside_by_brute_force() -> None:
    size = 48
    for description in scenes():
        rendered = render(description, size)
        for item, whole in zip(description.objects, rendered.whole, strict=True):
            outline = KINDS[item.class_name].outline
            turn = math.radians(-item.angle)
            y, x = np.mgrid[0:size, 0:size]
            dx = (x + 0.5) / size - item.x
            dy = (y + 0.5) / size - item.y
            u = (dx * math.cos(turn) - dy * math.sin(turn)) / item.scale
            v = (dx * math.sin(turn) + dy * math.cos(turn)) / item.scale
            expected = outline.distance(-u if item.mirrored else u, v) <= 0
            assert np.array_equal(whole.numpy(), expected)


def test_a_ball_is_a_disc_of_the_size_and_place_described() -> None:
    size = 200
    rendered = render(Description(BACKGROUND, (BALL,)), size)
    assert rendered.boxes.tolist() == [[30, 70, 130, 170]]
    assert rendered.whole.sum().item() == pytest.approx(math.pi * 50**2, rel=0.005)
    assert rendered.labels.tolist() == [CLASSES.index("ball")]


def test_the_highest_object_owns_a_pixel() -> None:
    for description in scenes():
        scene = render(description, 64)
        for y in range(0, 64, 3):
            for x in range(0, 64, 3):
                there = [k for k, mask in enumerate(scene.whole) if mask[y, x]]
                top = there[-1] + 1 if there else 0
                assert scene.instances[y, x] == top
                assert scene.mask[y, x] == (scene.labels[top - 1] + 1 if top else 0)
                assert [bool(mask[y, x]) for mask in scene.visible] == [
                    k + 1 == top for k in range(len(scene.labels))
                ]


def test_boxes_are_the_extents_of_the_masks() -> None:
    for description in scenes():
        scene = render(description, 96)
        pairs = ((scene.boxes, scene.whole), (scene.visible_boxes, scene.visible))
        for boxes, masks in pairs:
            for box, mask in zip(boxes, masks, strict=True):
                y, x = mask.nonzero(as_tuple=True)
                assert box.tolist() == [x.min(), y.min(), x.max() + 1, y.max() + 1]


def test_nothing_but_the_objects_changes_the_background() -> None:
    for description in scenes():
        scene = render(description, 96)
        cut = description.background
        plain = sampled(cut.photograph, cut.left, cut.top, cut.side, 96)
        plain = plain[:, :, ::-1] if cut.mirrored else plain
        expected = torch.from_numpy(np.floor(plain + 0.5).astype(np.uint8))
        # An outline is softened over a pixel, so an object colours its own pixels and their
        # neighbours; one pixel in a thousand holds a tip too thin to reach a centre.
        objects = scene.whole.any(dim=0).float()[None, None]
        away = F.max_pool2d(objects, 3, stride=1, padding=1)[0, 0] == 0
        inside = F.max_pool2d(1 - objects, 3, stride=1, padding=1)[0, 0] == 0
        changed = (scene.image != expected).any(dim=0)
        assert changed[away].float().mean() < 0.001
        assert changed[inside].float().mean() > 0.99


def test_the_colour_is_the_described_one_times_the_light() -> None:
    scene = render(Description(BACKGROUND, (BALL,)), 96)
    inside = F.max_pool2d((~scene.whole).float()[None], 5, 1, 2)[0, 0] == 0
    mean = scene.image[:, inside].double().mean(dim=1)
    np.testing.assert_allclose(mean, [200, 40, 30], rtol=0.06)
    darker = render(Description(BACKGROUND, (replace(BALL, light=0.5),)), 96)
    np.testing.assert_allclose(darker.image[:, inside].double().mean(dim=1), mean / 2, rtol=0.02)


def test_ink_darkens_the_edge_only() -> None:
    plain = render(Description(BACKGROUND, (BALL,)), 96).image.float()
    inked = render(Description(BACKGROUND, (replace(BALL, ink=0.8),)), 96).image.float()
    whole = render(Description(BACKGROUND, (BALL,)), 96).whole[0]
    deep = F.max_pool2d((~whole).float()[None, None], 7, 1, 3)[0, 0] == 0
    assert torch.equal(plain[:, deep], inked[:, deep])
    assert inked[:, whole & ~deep].mean() < 0.85 * plain[:, whole & ~deep].mean()


@pytest.mark.parametrize("size", [32, 48, 80])
def test_the_same_scene_is_seen_at_every_size(size: int) -> None:
    for description in scenes():
        small, large = render(description, size), render(description, size * 4)
        average = F.avg_pool2d(large.image.float()[None], 4)[0]
        # Shots of gravel and the like alias a little; the objects hardly do.
        objects = small.mask > 0
        difference = (small.image.float() - average).abs().mean(dim=0)
        assert difference[objects].mean() < 18
        shared = F.avg_pool2d(large.whole.float()[None], 4)[0] > 0.5
        for ours, theirs in zip(small.whole, shared, strict=True):
            # Only where the outline runs may a pixel fall either way.
            assert (ours != theirs).sum() <= 2 + 1.6 * math.sqrt(ours.sum())
        assert (small.boxes * 4 - large.boxes).abs().max() <= 6


def test_mirroring_everything_mirrors_the_picture() -> None:
    fish = replace(BALL, class_name="fish", x=0.5, y=0.5, texture=Texture("scales", 6.0, 0, 0.5, 1))
    flipped = replace(fish, mirrored=True)
    there = render(Description(BACKGROUND, (fish,)), 64)
    back = render(Description(replace(BACKGROUND, mirrored=True), (flipped,)), 64)
    assert torch.equal(there.whole, back.whole.flip(2))
    difference = (there.image.int() - back.image.flip(2).int()).abs()
    # The light falls from the left, mirrored or not.
    assert difference[:, ~there.whole[0]].float().mean() < 0.5


def test_a_positive_angle_turns_clockwise() -> None:
    mug = replace(BALL, class_name="mug", x=0.5, y=0.5)
    upright = render(Description(BACKGROUND, (mug,)), 65).whole[0]
    turned = render(Description(BACKGROUND, (replace(mug, angle=90.0),)), 65).whole[0]
    assert (turned != upright.rot90(-1)).sum() <= 4  # centres on the outline may fall either way


def test_an_object_half_out_of_the_image_is_cut_and_one_beyond_it_is_empty() -> None:
    half = render(Description(BACKGROUND, (replace(BALL, x=0.0),)), 100)
    assert half.boxes.tolist() == [[0, 35, 25, 85]]
    gone = render(Description(BACKGROUND, (replace(BALL, x=1.6), BALL)), 100)
    assert gone.boxes.tolist()[0] == [0, 0, 0, 0]
    assert gone.whole.any(dim=(1, 2)).tolist() == [False, True]


def test_a_scene_without_objects_is_its_background() -> None:
    scene = render(Description(BACKGROUND, ()), 32)
    assert scene.boxes.shape == (0, 4)
    assert scene.whole.shape == (0, 32, 32)
    assert not scene.mask.any()


def test_a_float_image_is_the_byte_image_divided_by_255() -> None:
    description = describe("test", "detection", 0)
    bytes_, floats = render(description, 40), render(description, 40, dtype=torch.float32)
    assert floats.image.dtype == torch.float32
    assert torch.equal(floats.image, bytes_.image.float() / 255)


@pytest.mark.parametrize("size", [16, 33, 97, 448])
def test_any_size_can_be_drawn(size: int) -> None:
    for index in range(3):
        scene = render(describe("validation", "detection", index), size)
        assert scene.image.shape == (3, size, size)
        assert scene.image.dtype == torch.uint8
        assert scene.mask.shape == scene.instances.shape == (size, size)
        assert scene.whole.any(dim=(1, 2)).all()


@pytest.mark.parametrize("size", [0, -5, 15, 4097])
def test_a_size_that_cannot_be_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match=f"size={size}: expected from 16 to 4096 pixels"):
        render(Description(BACKGROUND, ()), size)


@pytest.mark.parametrize("size", [96.0, float("nan"), True, "96"])
def test_a_size_that_is_no_whole_number_is_refused(size: object) -> None:
    with pytest.raises(TypeError, match=r"size=.*: expected an int"):
        render(Description(BACKGROUND, ()), size)  # type: ignore[arg-type]


def test_another_dtype_is_refused() -> None:
    with pytest.raises(ValueError, match=r"dtype=torch.float64: expected torch.uint8 or"):
        render(Description(BACKGROUND, ()), 32, dtype=torch.float64)
