"""Training many networks at once, each as it would be trained alone."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from time import perf_counter

import torch
from torch import nn

from course_lib.training.checks import check_count
from course_lib.training.devices import find_device
from course_lib.training.ensembles.group import Group
from course_lib.training.ensembles.layers import Layers, forward, read_layers
from course_lib.training.ensembles.states import SeedState
from course_lib.training.examples import Examples
from course_lib.training.histories import History
from course_lib.training.interrupts import Interrupted, stop_on_signals
from course_lib.training.optimisers import SGD
from course_lib.training.progress import progress_bar
from course_lib.training.settings import Settings

WORTH_COMPILING = 50_000
"""Updates, over all networks, from which on the seconds that compiling takes are won back."""


def train_ensemble(
    networks: Sequence[nn.Module],
    examples: Examples | Sequence[Examples],
    settings: Settings,
    *,
    seeds: Sequence[int] | None = None,
    device: str | torch.device = "auto",
    compile: bool | None = None,
    progress: bool | None = None,
) -> list[History]:
    """Train networks of one kind at once, in place.

    Each learns what it would learn alone, from its own first weights and its own order of batches
    (`BatchOrder`), up to the rounding of sums.

    Parameters
    ----------
    networks : sequence of Sequential
        Networks with the same layers; see `read_layers` for what they may be made of.
    examples : Examples, or one for each network
        Those of different networks must have the same shapes.
    settings : Settings
        With `SGD`, and without `clip_norm`.
    seeds : sequence of int, optional
        Of the orders of the batches; 0, 1, 2, … without it.
    device : str or torch.device
        As for `find_device`.
    compile : bool, optional
        Whether to compile the step, which takes seconds. Without it, from `WORTH_COMPILING` updates
        on. Where that fails, a `RuntimeWarning` says so once, and the step is taken uncompiled.
    progress : bool, optional
        As for `progress_bar`.

    Returns
    -------
    histories : list of History
        Of each network: ``train_loss``, ``train_error``, ``test_loss``, ``test_error``; errors are
        fractions.

    Raises
    ------
    TypeError, ValueError
        If something does not fit; the message says what.
    NonFiniteLossError
        If a loss becomes NaN or infinite; the networks are then as they were at the last
        evaluation.
    Interrupted
        On Ctrl-C or SIGTERM; likewise.
    """
    if not networks:
        raise ValueError("networks is empty: expected at least one")
    seeds = range(len(networks)) if seeds is None else seeds
    if len(seeds) != len(networks):
        raise ValueError(f"seeds has {len(seeds)} entries: expected {len(networks)}, one a network")
    if len({id(network) for network in networks}) < len(networks):
        raise ValueError("networks holds one network twice: expected each to be its own")
    each = [examples] * len(networks) if isinstance(examples, Examples) else list(examples)
    if not all(isinstance(one, Examples) for one in each):
        kinds = ", ".join(sorted({type(one).__name__ for one in each}))
        raise TypeError(f"examples holds {kinds}: expected Examples, or one for each network")
    layers = read_layers(networks[0], each[0].input_shape if each else ())
    for network in networks[1:]:
        if read_layers(network, each[0].input_shape) != layers:
            raise ValueError(f"networks differ: {network} is not {networks[0]}; expected one kind")
    states = [SeedState.start(n, s) for n, s in zip(networks, seeds, strict=True)]
    with (
        progress_bar(settings.steps, f"{len(states)} networks", show=progress) as bar,
        stop_on_signals() as stop,
    ):
        while (step := states[0].step) < settings.steps:
            until = settings.next_evaluation(step)
            states = advance(
                layers, states, each, settings, until=until, device=device, compile=compile
            )
            bar.update(until - step)
            for state, network in zip(states, networks, strict=True):
                state.load_into(network)
            say_why_not_compiled(states)
            if stop and until < settings.steps:
                raise Interrupted(
                    f"stopped by {stop.signal} after step {until} of {settings.steps}"
                )
    return [state.history for state in states]


def advance(
    layers: Layers,
    states: Sequence[SeedState],
    examples: Sequence[Examples],
    settings: Settings,
    *,
    until: int,
    device: str | torch.device = "auto",
    compile: bool | None = None,
    record: bool | None = None,
) -> list[SeedState]:
    """Return the states of networks after more steps: a pure function, for any process.

    Parameters
    ----------
    layers : tuple of Layer
    states : sequence of SeedState
        All after the same number of steps.
    examples : sequence of Examples
        Of each network; where all are one object, it is held once.
    settings : Settings
    until : int
        Number of steps after which to stop.
    device, compile
        As for `train_ensemble`.
    record : bool, optional
        Whether to record many steps as one CUDA graph. Without it, on a CUDA device; where that
        fails, the states say why.

    Returns
    -------
    states : list of SeedState

    Raises
    ------
    TypeError, ValueError, NonFiniteLossError
        As for `train_ensemble`.
    """
    start = _check(layers, states, examples, settings, until)
    where = find_device(device)
    if compile is None:
        compile = len(states) * settings.steps >= WORTH_COMPILING
    began = perf_counter()
    with _one_thread(where):
        group = Group(layers, states, examples, settings, where)
        step = group.make_step(compile)
        several = group.several(step, where.type == "cuda" if record is None else record)
        histories = [state.history for state in states]
        if start == 0:
            histories = group.measured(histories, 0)
        while start < until:
            due = settings.next_evaluation(start)
            group.take(several, start, min(due, until))
            start = min(due, until)
            if start == due:
                histories = group.measured(histories, due)
    share = (perf_counter() - began) / len(states)
    return [
        replace(
            state,
            step=until,
            parameters=parameters,
            velocity=velocity,
            history=history,
            seconds=state.seconds + share,
            compiled=step.compiled,
            why_not=step.why_not or group.why_not,
        )
        for state, history, (parameters, velocity) in zip(
            states, histories, group.split(), strict=True
        )
    ]


def say_why_not_compiled(states: Sequence[SeedState]) -> None:
    """Warn, once for each reason, that a step that should have been compiled was not."""
    for reason in {state.why_not for state in states} - {""}:
        _warn_once(reason)


@cache
def _warn_once(reason: str) -> None:
    warnings.warn(
        "the step could not be compiled or recorded and is taken as it is, several times slower: "
        f"{reason}",
        RuntimeWarning,
        stacklevel=4,
    )


@contextmanager
def _one_thread(device: torch.device) -> Iterator[None]:
    """Keep torch to one thread on a CPU: more of them only wait for each other here."""
    before = torch.get_num_threads()
    if device.type == "cpu":
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def _check(
    layers: Layers,
    states: Sequence[SeedState],
    examples: Sequence[Examples],
    settings: Settings,
    until: int,
) -> int:
    """Raise unless everything fits together; return the number of steps behind."""
    if not states:
        raise ValueError("states is empty: expected at least one network")
    if len(examples) != len(states):
        raise ValueError(
            f"examples has {len(examples)} entries: expected {len(states)}, one a network"
        )
    if not isinstance(settings.optimiser, SGD) or settings.clip_norm is not None:
        raise ValueError(
            f"settings have the optimiser {settings.optimiser} and clip_norm={settings.clip_norm}: "
            "expected SGD and no clipping; train() takes both"
        )
    start = states[0].step
    if any(state.step != start for state in states):
        raise ValueError(
            f"states are after {[state.step for state in states]} steps: expected the same number"
        )
    check_count("until", until, least=start)
    if until > settings.steps:
        raise ValueError(f"until={until}: expected at most the {settings.steps} steps in settings")
    for name in ("x_train", "x_test"):
        shapes = {tuple(getattr(one, name).shape) for one in examples}
        if len(shapes) > 1:
            raise ValueError(f"{name} has the shapes {sorted(shapes)}: expected one")
    first, parameters = examples[0], states[0].parameters
    if first.x_train.dtype != parameters[0].dtype:
        raise TypeError(
            f"x_train has dtype {first.x_train.dtype}: expected the network's {parameters[0].dtype}"
        )
    one = first.x_train[:1].movedim(0, -1)[None]
    scores = forward(layers, [p[None] for p in parameters], one)
    classes = max(one.classes for one in examples)
    if scores.ndim != 3 or scores.shape[1] < classes:
        raise ValueError(
            f"the network gives scores of shape (N, {', '.join(map(str, scores.shape[1:-1]))}): "
            f"expected (N, K) with K at least {classes}, the number of classes in examples"
        )
    return start
