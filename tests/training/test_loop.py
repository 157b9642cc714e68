import os
import signal
from pathlib import Path

import pytest
import torch
from torch import nn

from course_lib.training import (
    SGD,
    AdamW,
    CheckpointError,
    Constant,
    Cosine,
    History,
    Interrupted,
    Muon,
    NonFiniteLossError,
    Settings,
    StepDecay,
    TensorBatches,
    WarmUp,
    classification_loss,
    train,
)
from course_lib.training.optimisers import Optimiser
from tests.training.problems import (
    SMALL,
    build,
    largest_difference,
    plain_loop,
    small_examples,
)

EXAMPLES = small_examples()


def batches(seed: int = 3) -> TensorBatches:
    return TensorBatches((EXAMPLES.x_train, EXAMPLES.y_train), 10, seed)


def with_dropout(seed: int = 0) -> nn.Module:
    """Return a network that is random in training, and remembers its batches' means."""
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Flatten(), nn.Linear(10, 8), nn.BatchNorm1d(8), nn.Dropout(), nn.Linear(8, 3)
    )


def error(network: nn.Module) -> dict[str, float]:
    wrong = network(EXAMPLES.x_test).argmax(1) != EXAMPLES.y_test
    return {"error": wrong.double().mean().item()}


def run(network: nn.Module, settings: Settings = SMALL, **options) -> History:
    options = {"device": "cpu", "evaluate": error} | options
    return train(
        network, options.pop("batches", batches()), classification_loss, settings, **options
    )


@pytest.mark.parametrize("optimiser", [SGD(), SGD(0.9, 0.01)])
def test_it_teaches_what_the_plain_loop_teaches(optimiser: SGD) -> None:
    settings = SMALL.with_(optimiser=optimiser, schedule=StepDecay(0.1, 7), evaluate_every=12)
    ours, alone = build(0), build(0)
    history = run(ours, settings)
    losses = plain_loop(alone, EXAMPLES, settings, 3)
    assert largest_difference(ours, alone) == 0
    assert history.steps == (12, 24, 30)
    means = [sum(losses[a:b]) / (b - a) for a, b in ((0, 12), (12, 24), (24, 30))]
    assert history.metrics["loss"] == pytest.approx(means, rel=1e-6)
    assert history.metrics["error"][-1] == error(alone)["error"]


def test_the_gradient_is_clipped_to_its_norm() -> None:
    before, after = build(0), build(0)
    settings = SMALL.with_(steps=1, schedule=Constant(1.0), optimiser=SGD(), clip_norm=0.01)
    run(after, settings)
    moved = [
        (p - q).flatten() for p, q in zip(before.parameters(), after.parameters(), strict=True)
    ]
    assert float(torch.cat(moved).norm().detach()) == pytest.approx(0.01, rel=1e-3)


@pytest.mark.parametrize("stop_at", [7, 10, 25])
@pytest.mark.parametrize("optimiser", [SGD(0.9), AdamW(), Muon()])
def test_resumed_training_is_bit_for_bit_that_which_never_stopped(
    tmp_path: Path, stop_at: int, optimiser: Optimiser
) -> None:
    settings = SMALL.with_(optimiser=optimiser, schedule=WarmUp(5, Cosine(0.1, 25)))
    whole = with_dropout()
    expected = run(whole, settings, seed=5)

    def stops(step: int):
        if step == stop_at:
            raise RuntimeError("the power is gone")
        return batches()(step)

    path, parts = tmp_path / "a.checkpoint", with_dropout()
    with pytest.raises(RuntimeError, match="power"):
        run(parts, settings, seed=5, checkpoint=path, checkpoint_every=3, batches=stops)
    parts = with_dropout(seed=99)  # another start: all must come from the file
    history = run(parts, settings, seed=5, checkpoint=path, checkpoint_every=3, resume=True)
    assert history == expected
    for (name, a), b in zip(whole.state_dict().items(), parts.state_dict().values(), strict=True):
        assert torch.equal(a, b), name


def test_finished_training_is_not_taken_up_again(tmp_path: Path) -> None:
    path, network = tmp_path / "a.checkpoint", build(0)
    first = run(network, checkpoint=path)

    def none(step: int):
        raise AssertionError(step)

    other = build(1)
    assert run(other, checkpoint=path, resume=True, batches=none) == first
    assert largest_difference(network, other) == 0


def test_randomness_is_the_seeds_and_leaves_the_worlds_alone() -> None:
    torch.manual_seed(123)
    expected = torch.rand(1)
    histories = []
    for seed in (1, 1, 2):
        network = with_dropout()
        torch.manual_seed(123)
        histories.append(run(network, seed=seed))
        assert torch.equal(torch.rand(1), expected)
    assert histories[0] == histories[1] != histories[2]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_between_two_steps_and_all_is_saved(
    tmp_path: Path, number: signal.Signals
) -> None:
    path, whole, parts = tmp_path / "a.checkpoint", build(0), build(0)
    expected = run(whole)

    def interrupted(step: int):
        if step == 13:
            os.kill(os.getpid(), number)
        return batches()(step)

    handlers = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with pytest.raises(Interrupted, match=f"{number.name} after step 14 of 30; .*a.checkpoint"):
        run(parts, checkpoint=path, batches=interrupted)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == handlers
    assert run(parts, checkpoint=path, resume=True) == expected
    assert largest_difference(whole, parts) == 0


def test_a_loss_that_is_not_finite_names_its_step_and_spares_the_checkpoint(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.checkpoint"

    def poisoned(step: int):
        x, y = batches()(step)
        return (x * float("nan") if step == 17 else x), y

    network = build(0)
    with pytest.raises(
        NonFiniteLossError, match=r"step 17: the loss is nan.*a\.checkpoint"
    ) as told:
        run(network, checkpoint=path, checkpoint_every=5, batches=poisoned)
    assert told.value.step == 17
    # The bad loss made no update, and the file holds step 15: going on gives the whole run.
    assert all(bool(torch.isfinite(p).all()) for p in network.parameters())
    resumed, whole = build(9), build(0)
    assert run(resumed, checkpoint=path, resume=True) == run(whole)
    assert largest_difference(resumed, whole) == 0


def test_weights_that_are_not_finite_never_replace_a_good_checkpoint(tmp_path: Path) -> None:
    path, network = tmp_path / "a.checkpoint", build(0)
    run(network, SMALL.with_(steps=10), checkpoint=path)
    good = path.read_bytes()

    def ruin(_: int, __: object) -> None:
        with torch.no_grad():
            next(network.parameters()).fill_(float("inf"))

    with pytest.raises(NonFiniteLossError, match="step 10"):
        run(network, checkpoint=path, watchers=[ruin])
    assert path.read_bytes() == good


def test_a_checkpoint_of_other_training_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.checkpoint"
    run(build(0), checkpoint=path)
    with pytest.raises(CheckpointError, match=r"is of training with settings .*expected"):
        run(build(0), SMALL.with_(steps=40), checkpoint=path, resume=True)
    with pytest.raises(CheckpointError, match="with seed 0: expected 1"):
        run(build(0), seed=1, checkpoint=path, resume=True)
    with pytest.raises(CheckpointError, match="is of another network"):
        run(with_dropout(), checkpoint=path, resume=True)


def test_watchers_are_told_what_was_measured() -> None:
    told = []
    history = run(build(0), watchers=[lambda step, metrics: told.append((step, metrics["loss"]))])
    assert told == list(zip(history.steps, history.metrics["loss"], strict=True))


def test_the_network_is_judged_in_evaluation_mode_and_learns_in_training_mode() -> None:
    modes = []

    def judge(network: nn.Module) -> dict[str, float]:
        modes.append((network.training, torch.is_grad_enabled()))
        return {}

    network = with_dropout()
    run(network, evaluate=judge)
    assert modes == [(False, False)] * 3
    assert network.training


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"checkpoint_every": 0}, ValueError, "checkpoint_every=0"),
        ({"seed": -1}, ValueError, "seed=-1"),
        ({"device": "gpu"}, ValueError, "device='gpu': expected 'auto', 'cpu'"),
        ({"evaluate": lambda network: {"loss": 1.0}}, ValueError, "evaluate gave 'loss'"),
    ],
)
def test_what_does_not_fit_is_refused(options, error, message: str) -> None:
    with pytest.raises(error, match=message):
        run(build(0), **options)


def test_a_network_without_parameters_and_a_loss_with_axes_are_refused() -> None:
    with pytest.raises(ValueError, match="network has no parameters that learn"):
        run(nn.Sequential(nn.Flatten()))
    with pytest.raises(ValueError, match=r"objective gave shape \(10,\): expected a scalar"):
        train(build(0), batches(), lambda n, b: n(b[0])[:, 0], SMALL, device="cpu")


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"steps": 0}, ValueError, "steps=0: expected a whole number of at least 1"),
        ({"schedule": 0.1}, TypeError, "schedule=0.1: expected Constant"),
        ({"batch_size": 0}, ValueError, "batch_size=0"),
        ({"optimiser": "sgd"}, TypeError, "optimiser='sgd': expected SGD, AdamW or Muon"),
        ({"clip_norm": float("nan")}, ValueError, "clip_norm=nan"),
        ({"evaluate_every": 1.5}, TypeError, "evaluate_every=1.5"),
    ],
)
def test_settings_that_make_no_sense_are_refused(changes, error, message: str) -> None:
    with pytest.raises(error, match=message):
        SMALL.with_(**changes)


@pytest.mark.parametrize("momentum", [-0.1, 1.0, float("nan")])
def test_a_momentum_that_never_forgets_is_refused(momentum: float) -> None:
    with pytest.raises(ValueError, match=r"momentum=.*of at least 0 and below 1"):
        SGD(momentum)


def test_an_update_that_breaks_the_weights_stops_training_even_if_no_loss_follows() -> None:
    def enormous(network: nn.Module, batch: object) -> torch.Tensor:
        return 1e30 * classification_loss(network, batch)

    network, settings = build(0), SMALL.with_(steps=1, schedule=Constant(1e30))
    with pytest.raises(NonFiniteLossError, match="step 1"):
        train(network, batches(), enormous, settings, device="cpu")


@pytest.mark.parametrize(
    ("objective", "kind", "said"),
    [
        (lambda network, batch: 3.0, TypeError, "objective gave a float"),
        (lambda network, batch: torch.tensor(3.0), ValueError, "without a gradient"),
    ],
)
def test_an_objective_that_gives_no_loss_to_learn_from_is_named(objective, kind, said) -> None:
    with pytest.raises(kind, match=said):
        train(build(0), batches(), objective, SMALL, device="cpu")


def test_a_checkpoint_may_be_named_by_a_string(tmp_path: Path) -> None:
    path = tmp_path / "one.checkpoint"
    run(build(0), checkpoint=str(path))
    assert path.exists()


def test_training_does_not_go_on_from_a_checkpoint_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "one.checkpoint"
    run(build(0), checkpoint=path, identity={"data_sha256": "a"})
    run(build(0), checkpoint=path, identity={"data_sha256": "a"}, resume=True)
    with pytest.raises(CheckpointError, match="data_sha256 a: expected b"):
        run(build(0), checkpoint=path, identity={"data_sha256": "b"}, resume=True)
