"""What passes between a student's process and the grader: frames of JSON and raw array bytes.

A frame is `length of the JSON (4 bytes, big-endian)`, `length of the rest (8 bytes)`, the JSON, the
rest. The JSON is `{"message": ..., "sizes": [...]}`: where the message names buffer `i`, its bytes
are the `i`-th part of the rest, `sizes[i]` long. Nothing is ever unpickled or evaluated, every size
is bounded before memory is taken for it, and whatever does not fit raises `WireError`: whoever
wrote the frame is not trusted.

Values are numbers, strings, None, containers, NumPy arrays and torch tensors. A container of a
library's own (a shape of torch's, a named tuple, a counter, a range) arrives as a plain one.
Anything else stays where it is and travels as a handle, a number that its owner understands.
"""

from __future__ import annotations

import itertools
import json
import struct
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

PREFIX = struct.Struct(">IQ")
MAX_JSON = 4 * 2**20
MAX_BYTES = 64 * 2**20
MAX_BUFFERS = 20_000  # a list of as many of NumPy's numbers: each has its own
MAX_DEPTH = 32
MAX_ITEMS = 200_000
MAX_DIMENSIONS = 8
MAX_KEYS = 1_000  # few enough that keys made to collide cost nothing
DTYPES = frozenset(
    [
        "bool",
        "uint8",
        "int8",
        "uint16",
        "int16",
        "uint32",
        "int32",
        "uint64",
        "int64",
        "float16",
        "float32",
        "float64",
        "complex64",
        "complex128",
    ]
)


class WireError(ValueError):
    """A frame or a value that breaks the rules."""


def frame(message: Any, buffers: list[bytes] | None = None) -> bytes:
    """Return a message of plain JSON, and the buffers that it names, as one frame.

    Raises
    ------
    WireError
        If it is larger than the other side would take.
    """
    parts = buffers or []
    try:
        text = json.dumps({"message": message, "sizes": [len(part) for part in parts]}).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise WireError(f"not a message: {error}") from error
    rest = sum(len(part) for part in parts)
    _check_prefix(len(text), rest)
    if len(parts) > MAX_BUFFERS:
        raise WireError(f"{len(parts)} arrays at once; at most {MAX_BUFFERS} may travel")
    return b"".join([PREFIX.pack(len(text), rest), text, *parts])


def read_frame(read: Callable[[int], bytes]) -> tuple[Any, list[bytes]]:
    """Read one frame by `read(n)`, which returns exactly n bytes, and return message and buffers.

    Raises
    ------
    WireError
        If the frame is malformed or too large; nothing that was read is of use then.
    """
    length, rest = PREFIX.unpack(read(PREFIX.size))
    _check_prefix(length, rest)
    try:
        body = json.loads(read(length).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {error}") from error
    if not isinstance(body, dict) or body.keys() != {"message", "sizes"}:
        raise WireError("a frame has the keys 'message' and 'sizes'")
    sizes = body["sizes"]
    if not isinstance(sizes, list) or len(sizes) > MAX_BUFFERS:
        raise WireError(f"'sizes' is a list of at most {MAX_BUFFERS} numbers")
    if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != rest:
        raise WireError("'sizes' does not add up to what follows")
    buffers = memoryview(read(rest))
    ends = list(itertools.accumulate(sizes))
    return body["message"], [
        bytes(buffers[end - size : end]) for size, end in zip(sizes, ends, strict=True)
    ]


def _check_prefix(length: int, rest: int) -> None:
    if length > MAX_JSON:
        raise WireError(f"{length:,} bytes of JSON; at most {MAX_JSON:,} may travel")
    if rest > MAX_BYTES:
        raise WireError(f"{rest:,} bytes of arrays; at most {MAX_BYTES:,} may travel")


def _check_keys(count: int) -> None:
    if count > MAX_KEYS:
        raise WireError(f"a dict of {count:,} keys; at most {MAX_KEYS:,} may travel")


class Encoder:
    """Turns values into plain JSON, laying the bytes of arrays aside in `buffers`.

    Parameters
    ----------
    keep
        Called with an object that cannot travel; returns the number of its handle. Without it, or
        where it raises WireError, such an object is an error.
    """

    def __init__(self, keep: Callable[[Any], int] | None = None) -> None:
        self.buffers: list[bytes] = []
        self._keep = keep
        self._items = 0

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Return a value as plain JSON.

        Types of numbers are compared exactly: what merely claims to be one stays behind as a
        handle. Of containers what they hold is taken, whatever they say of themselves.
        """
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError(f"deeper than {MAX_DEPTH} levels or more than {MAX_ITEMS:,} items")
        kind = type(value)
        if value is None or kind in (bool, int, float, str):
            return value
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is np.str_:  # a word out of an array of words
            return str(value)
        for plain in (list, tuple):
            if issubclass(kind, plain):
                return [plain.__name__, [self.encode(x, depth + 1) for x in plain.__iter__(value)]]
        if kind is range:
            return ["list", [self.encode(number, depth + 1) for number in value]]
        if issubclass(kind, dict):
            _check_keys(dict.__len__(value))
            pairs = [
                [self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in dict.items(value)
            ]
            return ["dict", pairs]
        if kind is np.ndarray and _is_known(value):
            return self._array("array", value)
        if kind.__module__ == "numpy" and isinstance(value, np.generic) and _is_known(value):
            return self._array("scalar", np.asarray(value))
        if (array := _array_of_tensor(value)) is not None:
            return self._array("tensor", array)
        if self._keep is None:
            raise WireError(f"a {kind.__name__} cannot travel")
        return ["handle", self._keep(value), kind.__name__[:100]]

    def _array(self, tag: str, array: np.ndarray) -> list[Any]:
        if array.ndim > MAX_DIMENSIONS:
            raise WireError(f"{array.ndim} dimensions; at most {MAX_DIMENSIONS} may travel")
        # A byte order of the machine's own, whatever the array's was.
        data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("=")).tobytes()
        self.buffers.append(data)
        return [tag, len(self.buffers) - 1, array.dtype.name, list(array.shape)]


class Decoder:
    """Turns what an `Encoder` wrote back into values, believing nothing.

    Parameters
    ----------
    buffers
        The frame's buffers.
    handle
        Called with number and type name of a handle; returns what stands for it here. Without it a
        handle is an error.
    """

    def __init__(
        self, buffers: list[bytes], handle: Callable[[int, str], Any] | None = None
    ) -> None:
        self._buffers: dict[int, bytes] = dict(enumerate(buffers))
        self._handle = handle
        self._items = 0

    def decode(self, coded: Any, depth: int = 0) -> Any:
        """Return the value that `coded` stands for.

        Raises
        ------
        WireError
            If it stands for none.
        """
        self._items += 1
        if depth > MAX_DEPTH or self._items > MAX_ITEMS:
            raise WireError(f"deeper than {MAX_DEPTH} levels or more than {MAX_ITEMS:,} items")
        if isinstance(coded, str) and not _is_text(coded):
            raise WireError("a string with half a character in it")
        if coded is None or isinstance(coded, bool | int | float | str):
            return coded
        if not isinstance(coded, list) or not coded or not isinstance(coded[0], str):
            raise WireError("a value is a number, a string, null or a list that begins with a tag")
        tag, *rest = coded
        if tag in ("list", "tuple") and len(rest) == 1 and isinstance(rest[0], list):
            items = [self.decode(item, depth + 1) for item in rest[0]]
            return items if tag == "list" else tuple(items)
        if tag == "dict" and len(rest) == 1 and isinstance(rest[0], list):
            return self._dict(rest[0], depth)
        if tag == "complex" and len(rest) == 2 and all(isinstance(x, int | float) for x in rest):
            try:
                return complex(*rest)
            except OverflowError as error:
                raise WireError(f"no complex number: {error}") from error
        if tag in ("array", "scalar", "tensor") and len(rest) == 3:
            return self._array(tag, *rest)
        if tag == "handle" and len(rest) == 2 and self._handle is not None:
            number, name = rest
            if type(number) is int and number >= 0 and isinstance(name, str) and _is_text(name):
                return self._handle(number, name[:100])
        raise WireError(f"no value is written as {str(coded)[:60]}")

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        _check_keys(len(pairs))
        decoded = {}
        for pair in pairs:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("a dict is a list of pairs")
            key, value = (self.decode(part, depth + 1) for part in pair)
            try:
                decoded[key] = value
            except TypeError as error:
                raise WireError(f"not a key: {error}") from error
        return decoded

    def _array(self, tag: str, index: Any, dtype: Any, shape: Any) -> Any:
        # Each buffer makes one array: a thousand arrays of one buffer would be a thousand copies.
        if type(index) is not int or index not in self._buffers:
            raise WireError("an array names a buffer that is not there, or that was used")
        if not isinstance(dtype, str) or dtype not in DTYPES:
            raise WireError(f"no array is of {str(dtype)[:30]!r}")
        if not isinstance(shape, list) or len(shape) > MAX_DIMENSIONS:
            raise WireError(f"a shape is a list of at most {MAX_DIMENSIONS} sizes")
        if any(type(size) is not int or not 0 <= size <= MAX_BYTES for size in shape):
            raise WireError("a size is a number from 0")
        data, count = self._buffers.pop(index), 1
        for size in shape:
            count *= size
        if count * np.dtype(dtype).itemsize != len(data):
            raise WireError(f"{len(data):,} bytes are no {dtype} of shape {shape}")
        if dtype == "bool" and data.translate(None, b"\x00\x01"):
            raise WireError("a truth value is 0 or 1")
        # A copy, since an array over bytes cannot be written to, and tests may sort theirs.
        try:
            array = np.frombuffer(data, dtype=dtype).reshape(shape).copy()
        except ValueError as error:  # sizes beside a 0 whose product no memory could hold
            raise WireError(f"no array is of shape {shape}: {error}") from error
        if tag == "scalar":
            if shape:
                raise WireError("a scalar has no shape")
            return array[()]
        if tag == "tensor":
            return _tensor(array)
        return array


def _is_known(numbers: np.ndarray | np.generic) -> bool:
    return numbers.dtype.name in DTYPES


def _array_of_tensor(value: Any) -> np.ndarray | None:
    """Return a tensor's numbers, or None where `value` is no plain tensor of known numbers."""
    torch = sys.modules.get("torch")  # where it was not imported, nothing is a tensor
    if torch is None or type(value) not in (torch.Tensor, torch.nn.Parameter):
        return None
    try:
        array: np.ndarray = value.detach().cpu().resolve_conj().resolve_neg().numpy()
    except (TypeError, RuntimeError):  # bfloat16, sparse
        return None
    return array if _is_known(array) else None


def _is_text(value: str) -> bool:
    """Tell whether a string can be written as UTF-8: JSON may hold half of a surrogate pair."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _tensor(array: np.ndarray) -> Any:
    import torch

    return torch.from_numpy(array)
