import os
import signal
import warnings
from dataclasses import replace

import pytest
import torch
from torch import nn

from course_lib.training import (
    SGD,
    AdamW,
    Constant,
    Examples,
    Interrupted,
    NonFiniteLossError,
    SeedState,
    Settings,
    StepDecay,
    advance,
    read_layers,
    train_ensemble,
)
from course_lib.training.ensembles import training
from course_lib.training.ensembles.training import _warn_once
from tests.training.problems import (
    SMALL,
    build,
    largest_difference,
    plain_loop,
    small_examples,
    weights,
)


def loss_and_error(network: nn.Module, x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
    z = network(x)
    loss = nn.functional.cross_entropy(z, y)
    return loss.item(), (z.argmax(1) != y).double().mean().item()


@pytest.mark.parametrize(("momentum", "weight_decay"), [(0.0, 0.0), (0.9, 0.01)])
def test_each_network_learns_what_the_plain_loop_teaches_it(
    momentum: float, weight_decay: float
) -> None:
    settings = Settings(
        200,
        StepDecay(0.05, every=60),
        batch_size=10,
        optimiser=SGD(momentum, weight_decay),
        evaluate_every=70,
    )
    examples, seeds = small_examples(), [4, 0, 9]
    together = [build(seed) for seed in seeds]
    histories = train_ensemble(together, examples, settings, seeds=seeds, device="cpu")
    for network, seed, history in zip(together, seeds, histories, strict=True):
        alone = build(seed)
        plain_loop(alone, examples, settings, seed)
        assert largest_difference(network, alone) < 1e-4
        assert history.steps == (0, 70, 140, 200)
        assert history.last["test_loss"] == pytest.approx(
            loss_and_error(alone, examples.x_test, examples.y_test)[0], abs=1e-4
        )


def test_in_double_precision_the_curves_are_the_plain_loops_to_the_last_digits() -> None:
    examples = small_examples(dtype=torch.float64)
    together = [build(seed, torch.float64) for seed in range(2)]
    histories = train_ensemble(together, examples, SMALL, device="cpu")
    for seed, history in enumerate(histories):
        alone = build(seed, torch.float64)
        for at, steps in enumerate(history.steps):
            fresh = build(seed, torch.float64)
            if steps:
                plain_loop(fresh, examples, SMALL.with_(steps=steps), seed)
            for split in ("train", "test"):
                x, y = getattr(examples, f"x_{split}"), getattr(examples, f"y_{split}")
                loss, error = loss_and_error(fresh, x, y)
                assert history.metrics[f"{split}_loss"][at] == pytest.approx(loss, abs=1e-12)
                assert history.metrics[f"{split}_error"][at] == pytest.approx(error, abs=1e-12)
        plain_loop(alone, examples, SMALL, seed)
        assert largest_difference(together[seed], alone) < 1e-13


def test_each_network_may_have_examples_of_its_own() -> None:
    own = [small_examples(seed=seed) for seed in (1, 2)]
    together = [build(0), build(0)]
    histories = train_ensemble(together, own, SMALL, seeds=[5, 5], device="cpu")
    for network, examples, history in zip(together, own, histories, strict=True):
        alone = build(0)
        plain_loop(alone, examples, SMALL, 5)
        assert largest_difference(network, alone) < 1e-5
        error = loss_and_error(alone, examples.x_test, examples.y_test)[1]
        assert history.last["test_error"] == pytest.approx(error, abs=1e-9)
    assert largest_difference(*together) > 0.01


def test_advancing_in_parts_is_advancing_at_once() -> None:
    examples = [small_examples()] * 2
    layers = read_layers(build(0), (1, 10))
    start = [SeedState.start(build(seed), seed) for seed in (0, 1)]
    whole = advance(layers, start, examples, SMALL, until=30, device="cpu")
    parts = start
    for until in (7, 10, 23, 30):
        parts = [
            SeedState.from_plain(s.to_plain())
            for s in advance(layers, parts, examples, SMALL, until=until, device="cpu")
        ]
    for a, b in zip(whole, parts, strict=True):
        assert all(map(torch.equal, a.parameters, b.parameters))
        assert all(map(torch.equal, a.velocity, b.velocity))
        assert a.history == b.history
    assert all(map(torch.equal, start[0].parameters, weights(build(0))))


def test_the_threads_of_torch_are_given_back() -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        train_ensemble([build(0)], small_examples(), SMALL, device="cpu")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_a_loss_that_is_not_finite_names_its_step_and_seed() -> None:
    settings = SMALL.with_(schedule=Constant(1e8), steps=300)
    networks = [build(0), build(1)]
    first = next(
        t
        for t, loss in enumerate(plain_loop(build(1), small_examples(), settings, 7))
        if not torch.isfinite(torch.tensor(loss))
    )
    with pytest.raises(NonFiniteLossError, match=rf"step {first}: the loss of seed 7 is") as caught:
        train_ensemble(networks[1:], small_examples(), settings, seeds=[7], device="cpu")
    assert caught.value.step == first
    assert largest_difference(networks[1], build(1)) == 0  # as at the last evaluation


@pytest.fixture
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object):
        def call(*_: object):
            raise RuntimeError("no C++\ncompiler is here")

        return call

    _warn_once.cache_clear()
    training_step = "course_lib.training.ensembles.step"
    monkeypatch.setattr(f"{training_step}.compiled_update", broken)


@pytest.mark.usefixtures("no_compiler")
def test_without_a_compiler_it_says_so_once_and_goes_on() -> None:
    networks, alone = [build(0)], build(0)
    with pytest.warns(RuntimeWarning, match="could not be compiled or recorded .* no C.. compiler"):
        train_ensemble(networks, small_examples(), SMALL, device="cpu", compile=True)
    plain_loop(alone, small_examples(), SMALL, 0)
    assert largest_difference(networks[0], alone) < 1e-5
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        train_ensemble([build(0)], small_examples(), SMALL, device="cpu", compile=True)


def test_little_work_is_not_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    original = training.Group.make_step

    def spy(self, compile):
        asked.append(compile)
        return original(self, False)

    monkeypatch.setattr(training.Group, "make_step", spy)
    monkeypatch.setattr(training, "WORTH_COMPILING", 2 * SMALL.steps)
    train_ensemble([build(0)], small_examples(), SMALL, device="cpu")
    train_ensemble([build(0), build(1)], small_examples(), SMALL, device="cpu")
    assert asked == [False] * 3 + [True] * 3


@pytest.mark.slow
def test_the_compiled_step_teaches_what_the_plain_loop_does() -> None:
    settings = Settings(
        200, StepDecay(0.05, 50), batch_size=10, optimiser=SGD(0.9, 1e-3), evaluate_every=100
    )
    examples = small_examples()
    networks = [build(0), build(1)]
    # A warning would say that it was not compiled, and is an error here.
    _warn_once.cache_clear()
    train_ensemble(networks, examples, settings, device="cpu", compile=True)
    for seed, network in enumerate(networks):
        alone = build(seed)
        plain_loop(alone, examples, settings, seed)
        assert largest_difference(network, alone) < 1e-4


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_more_kinds_of_networks_are_compiled_than_torch_keeps_of_one_function(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from course_lib.training.ensembles import step

    # "eager" traces as the compiler does, but writes no C++.
    compile = torch.compile
    monkeypatch.setattr(torch, "compile", lambda f, **k: compile(f, backend="eager", **k))
    step.compiled_update.cache_clear()
    layers = read_layers(nn.Sequential(nn.Flatten(), nn.Linear(10, 3)), (1, 10))
    examples = [small_examples()]
    for decay in range(10):
        network = nn.Sequential(nn.Flatten(), nn.Linear(10, 3))
        settings = Settings(1, Constant(0.1), 10, SGD(0.5, weight_decay=decay / 100))
        state = SeedState.start(network, 0)
        (after,) = advance(layers, [state], examples, settings, until=1, device="cpu", compile=True)
        assert after.compiled, after.why_not
    step.compiled_update.cache_clear()


def test_being_stopped_leaves_the_networks_where_they_were_evaluated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    original, calls = training.advance, []

    def one_signal(*arguments, **options):
        calls.append(1)
        if len(calls) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return original(*arguments, **options)

    monkeypatch.setattr(training, "advance", one_signal)
    network, alone = build(0), build(0)
    with pytest.raises(Interrupted, match="stopped by SIGTERM after step 20 of 30"):
        train_ensemble([network], small_examples(), SMALL, device="cpu")
    plain_loop(alone, small_examples(), SMALL.with_(steps=20), 0)
    assert largest_difference(network, alone) < 1e-5


def test_what_does_not_fit_is_refused_in_words() -> None:
    examples, other = small_examples(), small_examples(length=12)
    cases = [
        (([], examples, SMALL), {}, ValueError, "networks is empty"),
        (([build(0)], examples, SMALL), {"seeds": [1, 2]}, ValueError, "seeds has 2 entries"),
        (([build(0)], examples, SMALL), {"seeds": [-1]}, ValueError, "seed=-1"),
        (([build(0)], [examples] * 2, SMALL), {}, ValueError, "examples has 2 entries"),
        (([build(0)], other, SMALL), {}, ValueError, "does not take examples of shape"),
        (
            ([build(0), build(1)], [examples, other], SMALL),
            {},
            ValueError,
            "x_train has the shapes",
        ),
        (
            ([build(0), nn.Sequential(nn.Flatten(), nn.Linear(10, 3))], examples, SMALL),
            {},
            ValueError,
            "networks differ",
        ),
        (
            ([build(0)], examples, SMALL.with_(optimiser=AdamW())),
            {},
            ValueError,
            "expected SGD and no clipping",
        ),
        (([build(0)], examples, SMALL.with_(clip_norm=1.0)), {}, ValueError, "no clipping"),
        (([build(0)], examples, SMALL.with_(batch_size=61)), {}, ValueError, "batch_size=61"),
        (
            ([build(0, torch.float64)], examples, SMALL),
            {},
            TypeError,
            "x_train has dtype torch.float32: expected the network's torch.float64",
        ),
        (
            ([nn.Sequential(nn.Flatten(), nn.Linear(10, 2))], examples, SMALL),
            {},
            ValueError,
            "expected .N, K. with K at least 3",
        ),
    ]
    for arguments, options, error, message in cases:
        with pytest.raises(error, match=message):
            train_ensemble(*arguments, device="cpu", **options)


def test_states_that_are_not_abreast_are_refused() -> None:
    layers, examples = read_layers(build(0), (1, 10)), [small_examples()] * 2
    states = [SeedState.start(build(0), 0), replace(SeedState.start(build(0), 0), step=3)]
    with pytest.raises(ValueError, match=r"states are after \[0, 3\] steps"):
        advance(layers, states, examples, SMALL, until=10, device="cpu")
    with pytest.raises(ValueError, match="until=31: expected at most the 30 steps"):
        advance(layers, states[:1], examples[:1], SMALL, until=31, device="cpu")
    assert isinstance(examples[0], Examples)


def test_one_network_cannot_be_two_of_an_ensemble() -> None:
    network = build(0)
    with pytest.raises(ValueError, match="one network twice"):
        train_ensemble([network, network], small_examples(), SMALL, device="cpu")


def test_what_are_no_examples_is_named() -> None:
    with pytest.raises(TypeError, match="examples holds Tensor"):
        train_ensemble([build(0)], small_examples().x_train, SMALL, device="cpu")
