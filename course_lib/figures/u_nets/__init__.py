"""Figures of the chapter on U-Nets and hourglass networks, in the order of its pages."""

from course_lib.figures.u_nets import (  # isort: skip
    lost,
    u_net,
    cropping,
    joining,
    cost,
    hourglass,
    with_and_without,
)

__all__ = ["cost", "cropping", "hourglass", "joining", "lost", "u_net", "with_and_without"]
