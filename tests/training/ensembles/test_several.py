"""Many steps at once: on the CPU everything but the recording, on a GPU that too."""

from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace

import pytest
import torch

from course_lib.training import SGD, SeedState, StepDecay, advance, find_recipe, read_layers
from course_lib.training.batches import batches_of
from course_lib.training.ensembles import group, several
from course_lib.training.ensembles.several import Held, Recorded, one_by_one, record, recorded
from course_lib.training.ensembles.states import stack
from course_lib.training.ensembles.step import make_step
from course_lib.training.recipes import tensors_of
from tests.training.problems import SMALL, build, small_examples, weights

CPU = torch.device("cpu")
SEEDS = (3, 7)


def tried(steps: Callable[[], None], device: torch.device) -> Callable[[], None]:
    """Do as a recorder does, without a graph."""
    del device
    steps()
    return steps


def problem() -> tuple[several.Step, Held, torch.Tensor, torch.Tensor]:
    """Return a step of two small networks, what they hold, and 23 steps' batches and rates."""
    examples, sgd = small_examples(), SGD(momentum=0.9, weight_decay=0.01)
    parameters = stack([weights(build(seed)) for seed in SEEDS], CPU)
    velocity = [torch.zeros_like(p) for p in parameters]
    held = Held(parameters, velocity, examples.x_train, examples.y_train)
    index = batches_of(60, 10, SEEDS, range(23))
    rates = torch.tensor([StepDecay(0.05, every=9)(t) for t in range(23)])
    layers = read_layers(build(0), (1, 10))
    step = make_step(layers, sgd, compile=False, example=(*held, index[0], rates[0]))
    return step, held, index, rates


def test_what_a_recording_replays_is_what_single_steps_do() -> None:
    step, held, index, rates = problem()
    many = Recorded(step, held, 10, at_once=5, recorder=tried)
    many.load(held)
    found = many(index, rates)  # four times five steps, and three that are left
    expected = one_by_one(step, held)(index, rates)
    assert found.shape == (23, 2)
    assert torch.equal(found, expected)
    for mine, theirs in zip([*many.held[0], *many.held[1]], [*held[0], *held[1]], strict=True):
        assert torch.equal(mine, theirs)
    assert len(set(found[:, 0].tolist())) == 23


def test_a_recording_stays_where_it_was_made() -> None:
    step, held, index, rates = problem()
    many = Recorded(step, held, 10, at_once=5, recorder=tried)
    places = [t.data_ptr() for t in (*many.held.parameters, many.held.x, many._index, many._rates)]
    for _ in range(2):
        many.load(held)
        many(index, rates)
    assert places == [
        t.data_ptr() for t in (*many.held.parameters, many.held.x, many._index, many._rates)
    ]
    assert (many._rates[:, 0].data_ptr(), many._rates.stride(0) * 4) == (places[-1], 16)


def test_trying_the_steps_before_they_are_recorded_learns_nothing() -> None:
    step, held, _, _ = problem()
    many = Recorded(step, held, 10, recorder=tried)
    assert not any(bool(p.any()) for p in many.held.parameters)


def test_the_steps_are_taken_on_a_stream_of_their_own_before_they_are_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []

    class Stream:
        def __init__(self, name: str = "side") -> None:
            self.name = name

        def wait_stream(self, other: "Stream") -> None:
            said.append(f"{self.name} waits for {other.name}")

    class Named(nullcontext[None]):
        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

        def __enter__(self) -> None:
            said.append(f"in {self.name}")

        def __exit__(self, *_: object) -> None:
            said.append(f"out of {self.name}")

    graph = SimpleNamespace(replay=lambda: said.append("replay"))
    for name, fake in {
        "device": lambda device: nullcontext(),
        "Stream": Stream,
        "stream": lambda stream: Named(stream.name),
        "current_stream": lambda: Stream("current"),
        "CUDAGraph": lambda: graph,
        "graph": lambda made: Named("the graph") if made is graph else None,
    }.items():
        monkeypatch.setattr(torch.cuda, name, fake)
    replay = record(lambda: said.append("steps"), torch.device("cuda"))
    replay()
    assert said == [
        "side waits for current",
        *("in side", "steps", "out of side"),
        "current waits for side",
        *("in the graph", "steps", "out of the graph"),
        "replay",
    ]


def test_a_recording_is_made_once_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    step, held, _, _ = problem()
    monkeypatch.setattr(several, "_KEPT", {})
    monkeypatch.setattr(several, "record", tried)
    monkeypatch.setattr(Recorded.__init__, "__kwdefaults__", {"at_once": 2, "recorder": tried})
    first = recorded(("a",), step, held, 10)
    assert recorded(("a",), step, held, 10) is first
    assert recorded(("b",), step, held, 10) is not first
    assert recorded(("a",), step, held, 20) is not first
    assert len(several._KEPT) == 2
    assert recorded(("a",), step, held, 10) is not first  # the oldest went


def states_of(seeds: range, *, run: bool | None, until: int = 23) -> list[SeedState]:
    layers = read_layers(build(0), (1, 10))
    states = [SeedState.start(build(seed), seed) for seed in seeds]
    examples = [small_examples()] * len(seeds)
    return advance(layers, states, examples, SMALL, until=until, device="cpu", record=run)


def test_an_ensemble_that_is_recorded_learns_what_it_learns_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def on_the_cpu(key, step, like, batch_size):
        return Recorded(step, like, batch_size, at_once=4, recorder=tried)

    expected = states_of(range(3), run=False)
    monkeypatch.setattr(group, "recorded", on_the_cpu)
    found = states_of(range(3), run=True)
    for a, b in zip(found, expected, strict=True):
        assert all(map(torch.equal, a.parameters, b.parameters))
        assert all(map(torch.equal, a.velocity, b.velocity))
        assert a.history == b.history
        assert a.why_not == ""


def test_where_nothing_can_be_recorded_training_goes_on_and_says_why(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refusing(*_: object) -> None:
        raise RuntimeError("operation not permitted\nwhen stream is capturing")

    monkeypatch.setattr(group, "recorded", refusing)
    found, expected = states_of(range(2), run=True), states_of(range(2), run=False)
    assert found[0].why_not == "no graph: operation not permitted when stream is capturing"
    assert found[0].history == expected[0].history


needs_cuda = pytest.mark.skipif(not torch.cuda.is_available(), reason="there is no CUDA device")


@pytest.mark.gpu
@needs_cuda
@pytest.mark.parametrize("kind", ["convolutional", "fully-connected"])
@pytest.mark.parametrize("compile", [False, True])
def test_on_a_gpu_the_graph_teaches_what_single_steps_do(kind: str, compile: bool) -> None:
    recipe = find_recipe(f"mnist-1d/{kind}-lecture")
    settings = recipe.settings.with_(steps=230, evaluate_every=20)
    layers = recipe.layers()
    assert layers is not None
    curves = {}
    for name, device, options in (
        ("graph", "cuda", {"record": True, "compile": compile}),
        ("steps", "cuda", {"record": False, "compile": False}),
        ("processor", "cpu", {"compile": False}),
    ):
        states = [SeedState.start(recipe.build(seed), seed) for seed in range(4)]
        examples = [tensors_of(recipe, seed) for seed in range(4)]
        states = advance(layers, states, examples, settings, until=200, device=device, **options)
        assert {state.why_not for state in states} == {""}
        curves[name] = torch.tensor(
            [[s.history.metrics[m] for m in ("train_loss", "test_loss")] for s in states]
        )
    assert curves["graph"].shape == (4, 2, 11)
    torch.testing.assert_close(curves["graph"], curves["steps"], rtol=0, atol=1e-3)
    torch.testing.assert_close(curves["graph"], curves["processor"], rtol=0, atol=1e-3)
    assert bool((curves["graph"][..., -1] < curves["graph"][..., 0]).all())
