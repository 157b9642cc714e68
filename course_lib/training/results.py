"""Where a sweep keeps its results, and which of them are there already.

``FOLDER/RECIPE/PROFILE/seed-0007.safetensors`` with its record beside it, a checkpoint of the same
name until that is finished, and ``summary.json`` over all seeds that are. Networks that are trained
together share one checkpoint, named after the first of them: it is written in one stroke, and goes
when all of them are kept, so that whatever ends a run, they can go on together. With others beside
it a network would learn the same, but for the rounding of sums.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.files import write_whole
from course_lib.training.aggregation import aggregate
from course_lib.training.checkpoints import CheckpointError, load_checkpoint, save_checkpoint
from course_lib.training.ensembles import SeedState
from course_lib.training.profiles import Profile
from course_lib.training.recipes import Recipe, examples_of
from course_lib.training.records import Record, RecordError, load_network, save_network
from course_lib.training.running import Result


@dataclass(frozen=True)
class Results:
    """The files of one recipe in one profile."""

    folder: Path
    recipe: Recipe
    profile: Profile

    @property
    def place(self) -> Path:
        """The folder of these files."""
        return self.folder / self.recipe.name / self.profile.name

    def network(self, seed: int) -> Path:
        """Return the path of a seed's network."""
        return self.place / f"seed-{seed:04d}.safetensors"

    def checkpoint(self, seed: int) -> Path:
        """Return the path of a seed's checkpoint."""
        return self.network(seed).with_suffix(".checkpoint")

    def finished(self, seed: int) -> Record | None:
        """Return the record of a seed if its network is there, whole, and of this very recipe."""
        try:
            record = load_network(self.network(seed), self.recipe.build(seed))
        except (FileNotFoundError, RecordError):
            return None
        same = (
            record.seed == seed
            and dict(record.recipe) == self._identity()
            and record.data_sha256 == examples_of(self.recipe, seed).sha256()
        )
        return record if same else None

    def keep(self, result: Result) -> Record:
        """Write a result; its checkpoint, if it has one of its own, may then be forgotten."""
        return save_network(self.network(result.record.seed), result.weights, result.record)

    def forget(self, seed: int) -> None:
        """Remove the checkpoint that is named after a seed."""
        self.checkpoint(seed).unlink(missing_ok=True)

    def start(self, seed: int) -> SeedState:
        """Return a seed's state before its first step."""
        return SeedState.start(self.recipe.build(seed), seed)

    def keep_states(self, states: Sequence[SeedState]) -> None:
        """Write the checkpoint of networks that are trained together."""
        content = {
            "recipe": self._identity(),
            "data_sha256": [examples_of(self.recipe, s.seed).sha256() for s in states],
            "states": [state.to_plain() for state in states],
        }
        save_checkpoint(self.checkpoint(states[0].seed), content)

    def kept_states(self, seeds: Sequence[int]) -> list[list[SeedState]]:
        """Return what checkpoints hold of some seeds: groups as they were trained, each seed once.

        Raises
        ------
        CheckpointError
            If a checkpoint is damaged, or one of these seeds is another recipe's or of other
            examples.
        """
        kept = [self._read(path, seeds) for path in sorted(self.place.glob("seed-*.checkpoint"))]
        groups, seen = list[list[SeedState]](), set[int]()
        for states in sorted(kept, key=len, reverse=True):
            if group := [state for state in states if state.seed not in seen]:
                groups.append(group)
                seen.update(state.seed for state in group)
        return groups

    def _read(self, path: Path, seeds: Sequence[int]) -> list[SeedState]:
        """Return the states of some seeds in a checkpoint."""
        content = load_checkpoint(path)
        if "states" not in content:
            raise CheckpointError(f"{path} is of networks trained singly; start without resume")
        rows = zip(content["states"], content["data_sha256"], strict=True)
        states = []
        for plain, known in rows:
            if plain["seed"] not in seeds:
                continue
            if content["recipe"] != self._identity():
                raise CheckpointError(
                    f"{path} is of another recipe or profile: expected {self.recipe.name}, "
                    f"{self.profile.name}, as it is now; start without resume"
                )
            data = examples_of(self.recipe, plain["seed"]).sha256()
            if known != data:
                raise CheckpointError(
                    f"{path} is of examples with the SHA-256 {known}: expected {data}, that of "
                    "the recipe's examples now; start without resume"
                )
            states.append(SeedState.from_plain(plain))
        return states

    def summarise(self, records: Sequence[Record]) -> None:
        """Write mean and standard deviation over the seeds that are finished."""
        summary = {
            "recipe": self._identity(),
            **aggregate([record.history for record in records]).to_plain(),
            "seeds": [record.seed for record in records],
        }
        text = json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False)
        write_whole(self.place / "summary.json", f"{text}\n".encode())

    def _identity(self) -> dict[str, Any]:
        # Through JSON and back, as a record has been: tuples are lists there.
        plain: dict[str, Any] = json.loads(json.dumps(self.recipe.identity(self.profile)))
        return plain
