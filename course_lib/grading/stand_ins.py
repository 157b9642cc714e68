"""What stands in the grader's process for the names and objects of a student.

A stand-in can be called, fetched (`checks.value`) and passed back, no more. It cannot be compared
and has no truth value: nothing that a student writes runs on this side, so an object that claims to
equal everything never gets to say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from course_lib.grading.errors import Stopped
from course_lib.grading.wire import WireError

if TYPE_CHECKING:
    from course_lib.grading.session import Session


class StandIn:
    """What names and handles share: they are called, and refuse all else."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Call the student's object in its sandbox and return a plain value or a handle."""
        return _session(self).call(_callee(self), arguments, named)

    def _refuse(self, *_: Any) -> NoReturn:
        raise TypeError(
            f"{self!r} stands for a student's object: call it, or fetch it with checks.value"
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __bool__ = __len__ = __iter__ = __contains__ = __getitem__ = __hash__ = _refuse
    __int__ = __float__ = __index__ = __complex__ = __array__ = _refuse
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = _refuse
    __rtruediv__ = __matmul__ = __rmatmul__ = __pow__ = __neg__ = __abs__ = __round__ = _refuse


class Name(StandIn):
    """One of the student's names, whether it is defined or not."""

    def __init__(self, session: Session, name: str) -> None:
        self._session, self._name = session, name

    def __repr__(self) -> str:
        return self._name


class Handle(StandIn):
    """An object that stayed in the sandbox, such as a network that a function returned."""

    def __init__(self, session: Session, number: int, kind: str, life: int) -> None:
        self._session, self._number, self._kind, self._life = session, number, kind, life

    def __repr__(self) -> str:
        return f"<{self._kind}>"


def fetch(stand_in: StandIn) -> Any:
    """Return the plain value behind a stand-in; a handle has none and is returned itself."""
    if isinstance(stand_in, Name):
        return stand_in._session.get(stand_in._name)
    return stand_in


def number_of(value: Any) -> int:
    """Return the number of the student's object that `value` stands for.

    Raises
    ------
    WireError
        If it stands for none.
    Stopped
        If it was lost with the sandbox that held it.
    """
    if not isinstance(value, Handle):
        raise WireError(f"a {type(value).__name__} cannot travel to the student's code")
    if value._life != value._session.life:
        raise Stopped(f"{value!r} was lost when the student's code was started again")
    return value._number


def _session(stand_in: StandIn) -> Session:
    assert isinstance(stand_in, Name | Handle)
    return stand_in._session


def _callee(stand_in: StandIn) -> list[Any]:
    if isinstance(stand_in, Name):
        return ["name", stand_in._name]
    return ["handle", number_of(stand_in)]
