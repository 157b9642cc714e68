"""The loop that trains any network: one batch, one gradient, one update."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from course_lib.training.checkpoints import CheckpointError, load_checkpoint, save_checkpoint
from course_lib.training.checks import check_count, check_seed
from course_lib.training.devices import find_device
from course_lib.training.failures import NonFiniteLossError
from course_lib.training.histories import History
from course_lib.training.interrupts import Interrupted, stop_on_signals
from course_lib.training.progress import progress_bar
from course_lib.training.settings import Settings

Batch = Sequence[Any]
BatchSource = Callable[[int], Batch]
"""Number of a step → its batch; the same step must give the same batch."""
Objective = Callable[[nn.Module, Batch], Tensor]
"""Network and batch → the loss, a scalar."""
Evaluation = Callable[[nn.Module], Mapping[str, float]]
Watcher = Callable[[int, Mapping[str, float]], None]
"""Told the number of steps done and what was measured then."""


def classification_loss(network: nn.Module, batch: Batch) -> Tensor:
    """Return the mean cross-entropy of the network's scores for a batch (inputs, classes)."""
    inputs, classes = batch
    return functional.cross_entropy(network(inputs), classes)


def train(
    network: nn.Module,
    batches: BatchSource,
    objective: Objective,
    settings: Settings,
    *,
    evaluate: Evaluation | None = None,
    watchers: Iterable[Watcher] = (),
    checkpoint: Path | str | None = None,
    checkpoint_every: int | None = None,
    resume: bool = False,
    identity: Mapping[str, Any] | None = None,
    seed: int = 0,
    device: str | torch.device = "auto",
    progress: bool | None = None,
) -> History:
    """Train a network, in place.

    Parameters
    ----------
    network : Module
        It is moved to the device.
    batches : callable
        From the number of a step, counted from 0, to its batch, whose tensors are moved to the
        device if they are elsewhere; `TensorBatches` is one.
    objective : callable
        From network and batch to a scalar loss; `classification_loss` is one.
    settings : Settings
        Its ``batch_size`` is the batch source's own affair.
    evaluate : callable, optional
        From the network, then in evaluation mode and without gradients, to named numbers.
    watchers : iterable of callable
        Called after each evaluation.
    checkpoint : Path, optional
        Where to keep all that going on needs; without it nothing is kept.
    checkpoint_every : int, optional
        Steps between two checkpoints; ``settings.evaluate_every`` without it. One is written at the
        end as well, and when training is stopped.
    resume : bool
        Go on from the checkpoint, if there is one. On a CPU what follows is bit for bit what would
        have followed had training never stopped.
    identity : mapping, optional
        What else a checkpoint must be of beside settings and seed, such as the hash of the data:
        names and plain values. Training goes on only from a checkpoint with the same.
    seed : int
        Of the randomness inside the network, such as dropout. The state of torch's global
        generators is as before when training ends.
    device : str or torch.device
        As for `find_device`.
    progress : bool, optional
        As for `progress_bar`.

    Returns
    -------
    history : History
        What `evaluate` measured, and ``loss``: the mean over the batches since the evaluation
        before. There is one of these for every ``evaluate_every`` steps and one at the end.

    Raises
    ------
    TypeError, ValueError
        If something does not fit; the message says what.
    CheckpointError
        If the checkpoint is damaged, or of training with other settings.
    NonFiniteLossError
        If the loss, or a weight after an update, becomes NaN or infinite. The last good checkpoint
        is kept.
    Interrupted
        On Ctrl-C or SIGTERM, after a checkpoint.
    """
    every = settings.evaluate_every if checkpoint_every is None else checkpoint_every
    check_count("checkpoint_every", every)
    check_seed(seed)
    place = None if checkpoint is None else Path(checkpoint)
    where = find_device(device)
    network.to(where)
    cuda = list(range(torch.cuda.device_count())) if where.type == "cuda" else []
    with torch.random.fork_rng(devices=cuda):
        torch.manual_seed(seed)
        of = {**(identity or {}), "settings": settings.to_plain(), "seed": seed}
        run = _Run(network, objective, settings, of, where, place)
        if resume and place is not None and place.exists():
            run.restore()
        with (
            progress_bar(settings.steps, "training", done=run.step, show=progress) as bar,
            stop_on_signals() as stop,
        ):
            while run.step < settings.steps:
                run.take(batches(run.step))
                bar.update(1)
                if run.step % settings.evaluate_every == 0 or run.step == settings.steps:
                    metrics = run.measure(evaluate)
                    bar.set_postfix_str(f"loss {metrics['loss']:.3g}")
                    for watch in watchers:
                        watch(run.step, metrics)
                if stop or run.step % every == 0 or run.step == settings.steps:
                    run.save()
                if stop and run.step < settings.steps:
                    kept = f"; {checkpoint} holds the state" if checkpoint else "; nothing is kept"
                    raise Interrupted(
                        f"stopped by {stop.signal} after step {run.step} of {settings.steps}{kept}"
                    )
    return run.history


class _Run:
    """One run of training, between two of its steps."""

    def __init__(
        self,
        network: nn.Module,
        objective: Objective,
        settings: Settings,
        identity: Mapping[str, Any],
        device: torch.device,
        checkpoint: Path | None,
    ) -> None:
        self.network, self.objective, self.settings = network, objective, settings
        self.checkpoint, self.device = checkpoint, device
        self.parameters = [p for p in network.parameters() if p.requires_grad]
        if not self.parameters:
            raise ValueError("network has no parameters that learn: expected at least one")
        self.optimiser = settings.optimiser.build(self.parameters, settings.schedule(0))
        self.identity = identity
        self.step, self.history = 0, History()
        self.total, self.since = 0.0, 0  # of the losses since the last evaluation
        self.unseen: list[Tensor] = []  # losses that nobody has looked at yet
        network.train()

    def take(self, batch: Batch) -> None:
        """Take one step."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.schedule(self.step)
        self.optimiser.zero_grad()
        here = [part.to(self.device) if isinstance(part, Tensor) else part for part in batch]
        loss = self.objective(self.network, here)
        if not isinstance(loss, Tensor):
            raise TypeError(f"objective gave a {type(loss).__name__}: expected a scalar tensor")
        if loss.ndim:
            raise ValueError(f"objective gave shape {tuple(loss.shape)}: expected a scalar loss")
        if not loss.requires_grad:
            raise ValueError(
                "objective gave a loss without a gradient: expected one that depends "
                "on the network's parameters"
            )
        self.unseen.append(loss.detach())
        # Looking at a loss makes a GPU wait, a CPU not: there, no update is made with a bad one.
        if self.device.type == "cpu" or len(self.unseen) == 50:
            self.look()
        loss.backward()  # type: ignore[no-untyped-call]
        if self.settings.clip_norm is not None:
            nn.utils.clip_grad_norm_(self.parameters, self.settings.clip_norm)
        self.optimiser.step()
        self.step += 1

    def look(self) -> None:
        """Add the losses up, or raise at the first that is not finite."""
        if not self.unseen:
            return
        first = self.since  # steps are counted on from the last evaluation
        for i, value in enumerate(torch.stack(self.unseen).tolist()):
            if not isfinite(value):
                at = self._evaluated() + first + i
                raise NonFiniteLossError(at, value, saved=self._saved())
            self.total += value
            self.since += 1
        self.unseen.clear()

    def check_weights(self) -> None:
        """Raise if the network holds NaN or infinity.

        The next loss would tell; but there may be none, or it would come after the last good
        checkpoint is gone.
        """
        values = [*self.parameters, *self.network.buffers()]
        if not all(bool(torch.isfinite(v).all()) for v in values):
            raise NonFiniteLossError(self.step, float("nan"), saved=self._saved())

    def _saved(self) -> str:
        there = self.checkpoint is not None and self.checkpoint.exists()
        return str(self.checkpoint) if there else ""

    def _evaluated(self) -> int:
        return self.history.steps[-1] if self.history.steps else 0

    def measure(self, evaluate: Evaluation | None) -> dict[str, float]:
        """Return the mean loss since the last time and what `evaluate` says; keep both."""
        self.look()
        self.check_weights()
        metrics = {"loss": self.total / self.since}
        if evaluate is not None:
            self.network.eval()
            with torch.no_grad():
                found = evaluate(self.network)
            self.network.train()
            if "loss" in found:
                raise ValueError("evaluate gave 'loss', the training loss's name: expected another")
            metrics |= found
        self.history = self.history.extended(self.step, metrics)
        self.total, self.since = 0.0, 0
        return metrics

    def save(self) -> None:
        """Write the checkpoint, if there is one to write and the network is worth keeping."""
        if self.checkpoint is None:
            return
        self.look()
        self.check_weights()
        random = {"cpu": torch.get_rng_state()}
        if self.device.type == "cuda":
            random["cuda"] = torch.cuda.get_rng_state(self.device)
        save_checkpoint(
            self.checkpoint,
            {
                **self.identity,
                "step": self.step,
                "network": self.network.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "random": random,
                "history": self.history.to_plain(),
                "total": self.total,
                "since": self.since,
            },
        )

    def restore(self) -> None:
        """Go back to where the checkpoint was written."""
        assert self.checkpoint is not None
        kept = load_checkpoint(self.checkpoint)
        for name, value in self.identity.items():
            if kept.get(name) != value:
                raise CheckpointError(
                    f"{self.checkpoint} is of training with {name} {kept.get(name)}: expected "
                    f"{value}; start without resume, or elsewhere"
                )
        try:
            self.network.load_state_dict(kept["network"])
            self.optimiser.load_state_dict(kept["optimiser"])
        except (RuntimeError, ValueError) as error:
            raise CheckpointError(f"{self.checkpoint} is of another network: {error}") from error
        torch.set_rng_state(kept["random"]["cpu"])
        if self.device.type == "cuda" and "cuda" in kept["random"]:
            torch.cuda.set_rng_state(kept["random"]["cuda"], self.device)
        self.step, self.history = kept["step"], History.from_plain(kept["history"])
        self.total, self.since = kept["total"], kept["since"]
