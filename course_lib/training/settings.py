"""What a run of training is told."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from course_lib.training.checks import check_count, check_number
from course_lib.training.optimisers import SGD, AdamW, Muon, Optimiser
from course_lib.training.schedules import Constant, Cosine, Schedule, StepDecay, WarmUp


@dataclass(frozen=True)
class Settings:
    """How long, how fast and by which rule a network learns, and how often it is looked at."""

    steps: int
    """Number of updates."""
    schedule: Schedule
    """The learning rate of each step."""
    batch_size: int = 100
    optimiser: Optimiser = SGD()  # noqa: RUF009 - frozen
    clip_norm: float | None = None
    """The gradient's largest norm over all parameters; without it, any."""
    evaluate_every: int = 1000
    """Steps between two evaluations; there is one after the last step, and one before
    the first where an ensemble is trained."""

    def __post_init__(self) -> None:
        check_count("steps", self.steps)
        if not isinstance(self.schedule, Constant | StepDecay | Cosine | WarmUp):
            raise TypeError(
                f"schedule={self.schedule!r}: expected Constant, StepDecay, Cosine or WarmUp"
            )
        check_count("batch_size", self.batch_size)
        if not isinstance(self.optimiser, SGD | AdamW | Muon):
            raise TypeError(f"optimiser={self.optimiser!r}: expected SGD, AdamW or Muon")
        if self.clip_norm is not None:
            check_number("clip_norm", self.clip_norm, above=0)
        check_count("evaluate_every", self.evaluate_every)

    def with_(self, **changes: Any) -> Self:
        """Return the settings with some of them changed."""
        return replace(self, **changes)

    def next_evaluation(self, step: int) -> int:
        """Return the number of steps after which the next evaluation after `step` is due."""
        return min((step // self.evaluate_every + 1) * self.evaluate_every, self.steps)

    def to_plain(self) -> dict[str, Any]:
        """Return the settings as plain values, for JSON; the names of classes are told."""
        return {
            **asdict(self),
            "schedule": _named(self.schedule),
            "optimiser": _named(self.optimiser),
        }


def _named(part: Any) -> dict[str, Any]:
    plain = {"kind": type(part).__name__, **asdict(part)}
    if isinstance(part, WarmUp):
        plain["then"] = _named(part.then)
    return plain
