import json
from dataclasses import replace
from typing import Any

import pytest

from course_lib.datasets.scenes import (
    CLASSES,
    Background,
    Description,
    SceneObject,
    Texture,
    describe,
)

BACKGROUND = Background("brick", 0.0, 0.0, 0.5)
ITEM = SceneObject(
    class_name="fish",
    x=0.5,
    y=0.5,
    scale=0.4,
    angle=10.0,
    mirrored=False,
    colours=((200, 10, 10), (250, 250, 200), (255, 255, 255), (10, 10, 30)),
    texture=Texture("scales", 6.0, 0.0, 0.5, 1),
)


@pytest.mark.parametrize("task", ["classification", "detection"])
def test_a_description_comes_back_from_json_to_the_last_bit(task: str) -> None:
    for index in range(40):
        description = describe("train", task, index)
        text = description.to_json()
        assert Description.from_json(text) == description
        assert Description.from_json(json.dumps(json.loads(text), indent=1)).to_json() == text


def test_a_class_is_numbered_by_its_place() -> None:
    assert len(CLASSES) == len(set(CLASSES)) == 10
    for number, name in enumerate(CLASSES):
        assert replace(ITEM, class_name=name).label == number


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"class_name": "dog"}, r"class_name='dog': expected one of \('ball'"),
        ({"x": float("nan")}, "x=nan: expected a number from"),
        ({"y": float("inf")}, "y=inf: expected"),
        ({"scale": 0.0}, "scale=0.0: expected a number from 0.01"),
        ({"scale": -1}, "scale=-1: expected"),
        ({"angle": 1e9}, "angle=1000000000.0: expected"),
        ({"light": -0.1}, "light=-0.1: expected a number from 0 to 2"),
        ({"ink": 1.5}, "ink=1.5: expected a number from 0 to 1"),
        ({"colours": ((0, 0, 0),) * 3}, "expected 4 colours"),
        ({"colours": ((0, 0, 256),) * 4}, "expected three bytes"),
        ({"colours": ((0, 0, 0.5),) * 4}, "expected three bytes"),
        ({"texture": Texture("tartan", 5, 0, 0.5, 0)}, "texture.family='tartan': expected one of"),
        ({"texture": Texture("stripes", 0, 0, 0.5, 0)}, "texture.frequency=0: expected"),
        ({"texture": Texture("stripes", 5, float("nan"), 0.5, 0)}, "texture.angle=nan"),
        ({"texture": Texture("stripes", 5, 0, 2, 0)}, "texture.share=2: expected"),
        ({"texture": Texture("stripes", 5, 0, 0.5, -1)}, "seed=-1: expected"),
    ],
)
def test_an_object_that_cannot_be_is_refused_in_words(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(ITEM, **change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"x": "0.5"}, "x='0.5': expected a number, got str"),
        ({"scale": True}, "scale=True: expected a number, got bool"),
        ({"mirrored": 1}, "mirrored=1: expected a bool"),
    ],
)
def test_an_object_of_the_wrong_types_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        replace(ITEM, **change)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"photograph": "lena"}, "photograph='lena': expected one of brick"),
        ({"left": -0.1}, "left=-0.1: expected"),
        ({"top": float("nan")}, "top=nan: expected"),
        ({"side": 0.0}, "side=0.0: expected a number from 0.01 to 1"),
    ],
)
def test_a_background_that_cannot_be_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(BACKGROUND, **change)


def test_more_objects_than_a_byte_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="got 256, expected at most 255"):
        Description(BACKGROUND, (ITEM,) * 256)


def broken(key: str, value: object) -> str:
    plain = Description(BACKGROUND, (ITEM,)).to_dict()
    if value is None:
        del plain[key]
    else:
        plain[key] = value
    return json.dumps(plain)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (broken("objects", None), "description: got the names .'background'., expected"),
        (broken("colour", 3), "description: got the names"),
        (broken("objects", [{"x": 1}]), r"object: got the names \['x'\], expected"),
        (broken("background", {"photograph": "brick"}), "background: got the names"),
    ],
)
def test_json_with_names_missing_or_unknown_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Description.from_json(text)


@pytest.mark.parametrize("text", ["[]", broken("background", 3), broken("objects", [3])])
def test_json_of_the_wrong_form_is_refused(text: str) -> None:
    with pytest.raises(TypeError, match=r"object"):
        Description.from_json(text)
