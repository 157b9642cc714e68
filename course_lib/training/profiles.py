"""How much to compute: a taste in seconds, or the lecture's own."""

from __future__ import annotations

from dataclasses import dataclass

from course_lib.training.checks import check_count
from course_lib.training.settings import Settings


@dataclass(frozen=True)
class Profile:
    """How many networks, how long, and how often they are looked at."""

    name: str
    seeds: int
    """Networks trained unless more or fewer are asked for, with the seeds 0, 1, 2, …"""
    most_steps: int | None
    """Steps after which training stops short; without it, the recipe's own number."""
    evaluations: int
    """Evaluations of a run, the one before the first step not counted."""

    def __post_init__(self) -> None:
        check_count("seeds", self.seeds)
        if self.most_steps is not None:
            check_count("most_steps", self.most_steps)
        check_count("evaluations", self.evaluations)

    def applied(self, settings: Settings) -> Settings:
        """Return a recipe's settings, cut short where the profile says so.

        The learning rates are those of the recipe's first steps.
        """
        steps = min(settings.steps, self.most_steps or settings.steps)
        return settings.with_(steps=steps, evaluate_every=max(1, steps // self.evaluations))


FAST = Profile("fast", seeds=2, most_steps=1000, evaluations=10)
"""Seconds on two cores."""
FULL = Profile("full", seeds=20, most_steps=None, evaluations=100)
"""The lecture's own: minutes on two cores."""

PROFILES = {profile.name: profile for profile in (FAST, FULL)}


def find_profile(name: str) -> Profile:
    """Return the profile of a name.

    Raises
    ------
    ValueError
        If there is none.
    """
    if name not in PROFILES:
        raise ValueError(f"profile={name!r}: expected one of {', '.join(PROFILES)}")
    return PROFILES[name]
