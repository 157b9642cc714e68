import json
import math
from pathlib import Path

import pytest
import torch

from course_lib.training import (
    History,
    Record,
    RecordError,
    load_network,
    load_record,
    save_network,
)
from tests.training.problems import build, largest_difference

HISTORY = History((0, 5), {"train_loss": (2.0, 0.1), "test_error": (0.9, 1 / 3)})
RECORD = Record(
    recipe={"name": "test/small", "settings": {"steps": 5}},
    seed=3,
    data_sha256="0" * 64,
    metrics=HISTORY.last,
    history=HISTORY,
    seconds=1.5,
    device="cpu",
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "a.safetensors"
    save_network(path, build(0).state_dict(), RECORD)
    return path


def test_a_network_comes_back_with_its_record(saved: Path) -> None:
    other = build(1)
    record = load_network(saved, other)
    assert largest_difference(other, build(0)) == 0
    assert record == load_record(saved) == Record(**vars(RECORD) | {
        "network_sha256": record.network_sha256
    })  # fmt: skip
    assert record.versions["torch"] == torch.__version__


def test_a_changed_byte_is_found_and_the_network_left_alone(saved: Path) -> None:
    data = bytearray(saved.read_bytes())
    data[-1] ^= 1
    saved.write_bytes(data)
    network = build(1)
    with pytest.raises(RecordError, match=r"has the SHA-256 .*expected .*as recorded"):
        load_network(saved, network)
    assert largest_difference(network, build(1)) == 0


def test_another_network_is_refused_with_the_weight_that_differs(saved: Path) -> None:
    with pytest.raises(RecordError, match=r"another network: 0\.bias is .*expected nothing"):
        load_network(saved, torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(10, 3)))


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: text[:-5],
        lambda text: json.dumps(json.loads(text) | {"format": 2}),
        lambda text: json.dumps(json.loads(text) | {"more": 2}),
        lambda text: json.dumps({k: v for k, v in json.loads(text).items() if k != "seed"}),
        lambda text: json.dumps(json.loads(text) | {"history": {"steps": [1], "metrics": {}}})[1:],
    ],
)
def test_a_damaged_record_is_refused_by_name(saved: Path, damage) -> None:
    record = saved.with_suffix(".json")
    record.write_text(damage(record.read_text()))
    with pytest.raises(RecordError, match=r"a\.json: "):
        load_network(saved, build(0))


def test_what_is_not_there_is_said_so(saved: Path) -> None:
    saved.unlink()
    with pytest.raises(FileNotFoundError):
        load_network(saved, build(0))


def test_weights_that_are_not_finite_are_never_kept(tmp_path: Path) -> None:
    weights = build(0).state_dict()
    weights["0.bias"][0] = float("nan")
    with pytest.raises(ValueError, match=r"weights\['0.bias'\] holds NaN"):
        save_network(tmp_path / "a.safetensors", weights, RECORD)
    assert list(tmp_path.iterdir()) == []


def test_a_path_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"expected a name that ends in \.safetensors"):
        save_network(tmp_path / "a.pt", build(0).state_dict(), RECORD)
    with pytest.raises(ValueError, match=r"expected a name that ends in \.safetensors"):
        load_network(tmp_path / "a.pt", build(0))


def test_a_score_that_does_not_exist_does_not_cost_a_network_its_record(tmp_path: Path) -> None:
    history = History((0, 5), {"mean_iou": (math.nan, 0.5), "test_loss": (1.0, math.inf)})
    record = Record(**vars(RECORD) | {"history": history, "metrics": {"a": math.nan, "b": -1.0}})
    path = tmp_path / "a.safetensors"
    save_network(path, build(0).state_dict(), record)
    text = path.with_suffix(".json").read_text()
    json.loads(text, parse_constant=pytest.fail)  # NaN and Infinity are no JSON
    back = load_record(path)
    assert math.isnan(back.metrics["a"])
    assert back.metrics["b"] == -1
    assert math.isnan(back.history.metrics["mean_iou"][0])
    assert back.history.metrics["test_loss"] == (1.0, math.inf)


def test_a_network_may_be_named_by_a_string(tmp_path: Path) -> None:
    path = str(tmp_path / "a.safetensors")
    save_network(path, build(0).state_dict(), RECORD)
    assert load_network(path, build(1)) == load_record(path)
