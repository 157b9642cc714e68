"""What stops training."""

from __future__ import annotations


class NonFiniteLossError(ArithmeticError):
    """A loss became NaN or infinite: the rate is too large, or the data are not what they seem."""

    def __init__(self, step: int, value: float, seed: int | None = None, saved: str = "") -> None:
        # All arguments, so that the error survives the way from one process to another.
        super().__init__(step, value, seed, saved)
        self.step = step
        """The step, counted from 0, whose batch had that loss."""
        self.value, self.seed, self.saved = value, seed, saved

    def __str__(self) -> str:
        whose = "" if self.seed is None else f" of seed {self.seed}"
        kept = f"; {self.saved} holds the last good state" if self.saved else ""
        return (
            f"step {self.step}: the loss{whose} is {self.value}, expected a finite number: try a "
            f"lower learning rate, or clip the gradient{kept}"
        )
