"""Where a sweep keeps its results, and which of them are there already.

``FOLDER/RECIPE/PROFILE/seed-0007.safetensors`` with its record beside it, a checkpoint of the same
name until that is finished, and ``summary.json`` over all seeds that are.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_lib.training.aggregation import aggregate
from course_lib.training.checkpoints import CheckpointError, load_checkpoint, save_checkpoint
from course_lib.training.ensembles import SeedState
from course_lib.training.files import write_whole
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
        """Write a result; its checkpoint has done its work."""
        seed = result.record.seed
        record = save_network(self.network(seed), result.weights, result.record)
        self.checkpoint(seed).unlink(missing_ok=True)
        return record

    def keep_state(self, state: SeedState) -> None:
        """Write the checkpoint of a network in training."""
        content = {
            "recipe": self._identity(),
            "data_sha256": examples_of(self.recipe, state.seed).sha256(),
            "state": state.to_plain(),
        }
        save_checkpoint(self.checkpoint(state.seed), content)

    def start(self, seed: int, *, resume: bool) -> SeedState:
        """Return a seed's state: that of its checkpoint, if that is wanted and there, or a new one.

        Raises
        ------
        CheckpointError
            If the checkpoint is damaged, another recipe's, or of other examples.
        """
        path = self.checkpoint(seed)
        if not (resume and path.exists()):
            return SeedState.start(self.recipe.build(seed), seed)
        kept = load_checkpoint(path)
        if kept.get("recipe") != self._identity():
            raise CheckpointError(
                f"{path} is of another recipe or profile: expected {self.recipe.name}, "
                f"{self.profile.name}, as it is now; start without resume"
            )
        data = examples_of(self.recipe, seed).sha256()
        if kept.get("data_sha256") != data:
            raise CheckpointError(
                f"{path} is of examples with the SHA-256 {kept.get('data_sha256')}: expected "
                f"{data}, that of the recipe's examples now; start without resume"
            )
        return SeedState.from_plain(kept["state"])

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
