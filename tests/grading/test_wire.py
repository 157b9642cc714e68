"""The wire: what goes in comes out, and what nobody sent is refused."""

from __future__ import annotations

import json
import math
import random
import tracemalloc
from collections import OrderedDict, defaultdict
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from course_lib.grading import wire
from course_lib.grading.wire import PREFIX, Decoder, Encoder, WireError, frame, read_frame


def reader(data: bytes) -> Any:
    """Return `read` over bytes; what is not there is an end, as of a pipe."""
    place = 0

    def read(size: int) -> bytes:
        nonlocal place
        if place + size > len(data):
            raise EOFError
        place += size
        return data[place - size : place]

    return read


def sent(value: Any) -> Any:
    """Return a value that went over the wire."""
    encoder = Encoder()
    coded = encoder.encode(value)
    message, buffers = read_frame(reader(frame(coded, encoder.buffers)))
    return Decoder(buffers).decode(message)


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**300), 10**300)
    | st.floats(allow_nan=False)
    | st.text()
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text() | st.integers(), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(values)
def test_a_plain_value_arrives_as_it_was(value: Any) -> None:
    arrived = sent(value)
    assert arrived == value
    assert repr(arrived) == repr(value)  # 1, 1.0 and True are equal


@pytest.mark.parametrize("dtype", sorted(wire.DTYPES))
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (1, 2, 0, 4)])
def test_an_array_arrives_with_its_type_and_shape(dtype: str, shape: tuple[int, ...]) -> None:
    array = np.array(np.arange(math.prod(shape)).reshape(shape) % 5, dtype=dtype)
    arrived = sent(array)
    assert type(arrived) is np.ndarray
    assert (arrived.dtype, arrived.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(arrived, array)


def test_an_array_in_another_order_of_bytes_or_axes_arrives_the_same() -> None:
    array = np.arange(6.0).reshape(2, 3)
    for strange in (array.T, array[:, ::-1], array.astype(">f8"), np.asfortranarray(array)):
        np.testing.assert_array_equal(sent(strange), np.array(strange))


def test_what_arrives_can_be_written_to() -> None:
    arrived = sent(np.zeros(3))
    arrived[0] = 1.0
    assert arrived.tolist() == [1.0, 0.0, 0.0]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.int64, torch.bool])
def test_a_tensor_arrives_as_a_plain_tensor(dtype: torch.dtype) -> None:
    tensor = torch.tensor([[1, 0], [0, 1]]).to(dtype)
    arrived = sent(tensor)
    assert type(arrived) is torch.Tensor
    assert arrived.dtype == dtype
    assert torch.equal(arrived, tensor)


def test_a_parameter_arrives_as_a_tensor_without_gradient() -> None:
    arrived = sent(torch.nn.Parameter(torch.ones(2)))
    assert type(arrived) is torch.Tensor
    assert not arrived.requires_grad


def test_numpy_scalars_and_nan_arrive() -> None:
    assert type(sent(np.float32(0.5))) is np.float32
    assert math.isnan(sent(math.nan))
    assert sent(1 + 2j) == 1 + 2j


def test_a_list_of_many_numpy_numbers_arrives() -> None:
    # What a loop over 36 cells with two boxes each collects, number by number.
    boxes = [[np.float64(i), np.float64(0), np.float64(1), np.float64(2)] for i in range(72)]
    arrived = sent((boxes, [torch.tensor(0.5)] * 72))
    assert arrived[0] == boxes
    assert type(arrived[0][0][0]) is np.float64


class Place(NamedTuple):
    row: int
    column: int


@pytest.mark.parametrize(
    ("made", "plain"),
    [
        ([torch.zeros(4, 5).shape], [(4, 5)]),
        (np.array(["fish", "leaf"])[1], "leaf"),
        (Place(1, 2), (1, 2)),
        (range(2, 5), [2, 3, 4]),
        (defaultdict(int, a=1), {"a": 1}),
        (OrderedDict(a=1), {"a": 1}),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_a_container_or_word_of_a_library_arrives_as_a_plain_one(made: Any, plain: Any) -> None:
    arrived = sent(made)
    assert repr(arrived) == repr(plain)


def test_a_list_that_pretends_to_be_empty_arrives_with_what_it_holds() -> None:
    class Empty(list[int]):
        def __iter__(self) -> Any:
            return iter(())

    assert sent(Empty([1, 2])) == [1, 2]


class Number(float):
    """Claims to be a number."""


@pytest.mark.parametrize(
    "thing",
    [Number(1.0), object(), len, np.array([object()]), np.ma.zeros(2), {1, 2}, torch.nn.ReLU()],
    ids=lambda thing: type(thing).__name__,
)
def test_what_is_not_plain_travels_as_a_handle_or_not_at_all(thing: Any) -> None:
    with pytest.raises(WireError, match="cannot travel"):
        Encoder().encode(thing)
    kept: list[Any] = []
    encoder = Encoder(lambda value: kept.append(value) or 7)  # type: ignore[func-returns-value]
    coded = encoder.encode([thing])
    assert kept == [thing] if type(thing) is not np.ndarray else kept[0] is thing
    handles = Decoder([], lambda number, kind: (number, kind)).decode(coded)
    assert handles == [(7, type(thing).__name__)]


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        ({"a": 1}, "a value is"),
        ([], "a value is"),
        ([1, 2], "a value is"),
        (["object", 1], "no value"),
        (["list", 3], "no value"),
        (["tuple"], "no value"),
        (["dict", [[1]]], "pairs"),
        (["dict", [[["list", []], 1]]], "not a key"),
        (["dict", [[i, i] for i in range(1001)]], "1,001 keys"),
        (["complex", "1", 2], "no value"),
        (["array", 1, "float64", [1]], "not there"),
        (["array", -1, "float64", [1]], "not there"),
        (["array", True, "float64", [1]], "not there"),
        (["array", 0, "object", [1]], "no array is of"),
        (["array", 0, "float64", [2]], "no float64 of shape"),
        (["array", 0, "float64", [-1]], "from 0"),
        (["array", 0, "float64", [1.0]], "from 0"),
        (["array", 0, "float64", [1] * 9], "at most 8"),
        (["array", 0, "float64", 1], "at most 8"),
        (["array", 0, "bool", [8]], "0 or 1"),
        (["scalar", 0, "float64", [1]], "no shape"),
        (["tensor", 0, "float64"], "no value"),
        (["handle", 1, "x"], "no value"),
        ("\ud800", "half a character"),
    ],
)
def test_what_no_encoder_writes_is_refused(coded: Any, words: str) -> None:
    with pytest.raises(WireError, match=words):
        Decoder([b"\x02" * 8]).decode(coded)


def test_a_buffer_makes_one_array_however_often_it_is_named() -> None:
    large = b"x" * 2**20
    coded = ["list", [["array", 0, "uint8", [len(large)]]] * 1_000]
    tracemalloc.start()
    try:
        with pytest.raises(WireError, match="that was used"):
            Decoder([large]).decode(coded)
        assert tracemalloc.get_traced_memory()[1] < 4 * len(large)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "coded",
    [
        ["complex", 10**400, 0],
        ["array", 0, "uint8", [2**26] * 7 + [0]],
        ["tensor", 0, "float64", [0] + [2**26] * 7],
        ["array", 0, "\ud800", [0]],
        ["handle", 0, "\ud800"],
    ],
    ids=[
        "a large complex",
        "a large shape of nothing",
        "as a tensor",
        "half a dtype",
        "half a name",
    ],
)
def test_what_cannot_be_made_is_refused_in_words_that_can_be_written(coded: Any) -> None:
    with pytest.raises(WireError) as caught:
        Decoder([b""], lambda number, kind: (number, kind)).decode(coded)
    assert str(caught.value).encode()


@pytest.mark.parametrize("number", [-1, 1.0, True, "1", None])
def test_a_handle_is_a_number_from_0(number: Any) -> None:
    with pytest.raises(WireError):
        Decoder([], lambda number, kind: number).decode(["handle", number, "x"])


def test_depth_and_number_of_items_are_bounded_both_ways() -> None:
    deep: Any = 1
    for _ in range(wire.MAX_DEPTH + 1):
        deep = [deep]
    with pytest.raises(WireError, match="levels"):
        Encoder().encode(deep)
    coded: Any = 1
    for _ in range(wire.MAX_DEPTH + 1):
        coded = ["list", [coded]]
    with pytest.raises(WireError, match="levels"):
        Decoder([]).decode(coded)
    with pytest.raises(WireError, match="items"):
        Encoder().encode([0] * wire.MAX_ITEMS)
    with pytest.raises(WireError, match="items"):
        Decoder([]).decode(["list", [0] * wire.MAX_ITEMS])


def test_what_would_be_too_large_is_not_sent() -> None:
    with pytest.raises(WireError, match="bytes of JSON"):
        frame("x" * (wire.MAX_JSON + 1))
    with pytest.raises(WireError, match="bytes of arrays"):
        frame(None, [bytes(wire.MAX_BYTES + 1)])
    with pytest.raises(WireError, match="arrays at once"):
        frame(None, [b""] * (wire.MAX_BUFFERS + 1))


@pytest.mark.parametrize(
    ("length", "rest"), [(2**32 - 1, 0), (10, 2**63), (10, wire.MAX_BYTES + 1)]
)
def test_a_frame_that_promises_too_much_is_refused_before_memory_is_taken(
    length: int, rest: int
) -> None:
    tracemalloc.start()
    with pytest.raises(WireError, match="at most"):
        read_frame(reader(PREFIX.pack(length, rest) + b"0" * 100))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"3",
        b"[]",
        b"{}",
        b'{"message": 1}',
        b'{"message": 1, "sizes": 3}',
        b'{"message": 1, "sizes": [-1, 1]}',
        b'{"message": 1, "sizes": [1]}',
        b'{"message": 1, "sizes": [true]}',
        b'{"message": 1, "sizes": [0.0]}',
        b'{"message": 1, "sizes": [], "more": 1}',
        b"[" * 100_000,
        b'{"message": ' + b"9" * 10_000 + b', "sizes": []}',
    ],
    ids=lambda body: body[:40].decode(errors="replace"),
)
def test_a_frame_of_another_shape_is_refused(body: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(reader(PREFIX.pack(len(body), 0) + body))


def mangled(data: bytes, random: random.Random) -> bytes:
    """Return a frame with bytes changed, cut, doubled, or a part of its JSON replaced."""
    kind = random.randrange(6)
    place = random.randrange(len(data))
    if kind == 0:
        changed = bytearray(data)
        for _ in range(random.randrange(1, 8)):
            changed[random.randrange(len(data))] = random.randrange(256)
        return bytes(changed)
    if kind == 1:
        return data[:place]
    if kind == 2:
        return data[:place] + random.randbytes(random.randrange(1, 30)) + data[place:]
    if kind == 3:
        return random.randbytes(random.randrange(200))
    length, rest = PREFIX.unpack(data[: PREFIX.size])
    text = data[PREFIX.size : PREFIX.size + length].decode()
    pieces = ["null", "[]", "-1", "1e999", '"array"', "true", "[[[[", "]]", "{}", "99999999999"]
    place = random.randrange(len(text))
    stop = min(len(text), place + random.randrange(12))
    changed_text = (text[:place] + random.choice(pieces) + text[stop:]).encode()
    if kind == 4:
        return PREFIX.pack(len(changed_text), rest) + changed_text + data[PREFIX.size + length :]
    tree = json.loads(text)
    tree["sizes"] = [random.randrange(-2, 100) for _ in range(random.randrange(4))]
    again = json.dumps(tree).encode()
    return PREFIX.pack(len(again), rest) + again + data[PREFIX.size + length :]


@pytest.mark.parametrize(
    "count", [3_000, pytest.param(120_000, marks=pytest.mark.slow)], ids=["quick", "slow"]
)
def test_mangled_frames_are_read_or_refused_in_bounded_memory(count: int) -> None:
    draw = random.Random(20)
    encoder = Encoder(lambda _: 3)
    value = [1, 2.5, "x", None, (True,), {"k": [np.arange(6.0), np.float32(1)]}, torch.ones(2, 2)]
    good = frame(encoder.encode([*value, object()]), encoder.buffers)
    ends = {"value": 0, "refused": 0, "cut": 0}
    tracemalloc.start()
    for _ in range(count):
        try:
            message, buffers = read_frame(reader(mangled(good, draw)))
            Decoder(buffers, lambda number, kind: None).decode(message)
            ends["value"] += 1
        except WireError:
            ends["refused"] += 1
        except EOFError:
            ends["cut"] += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(ends.values()) == count
    assert min(ends.values()) > count / 100  # of each kind some
    assert peak < 20 * 2**20
