import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from course_lib.convolution.receptive_field_chain import (
    chain_lengths,
    receptive_fields,
    units_reached,
    units_read,
)
from course_lib.convolution.receptive_field_gradient import receptive_field_by_gradient
from course_lib.convolution.receptive_field_graph import (
    Graph,
    Node,
    chain_graph,
    graph_lengths,
    graph_receptive_fields,
    graph_units_reached,
    graph_units_read,
)
from course_lib.convolution.receptive_field_interval import Interval
from course_lib.convolution.receptive_field_layers import Layer, TransposedWindow, Window
from tests.convolution.receptive_field_strategies import graphs, network, pairs

DOWN, UP = Window(2, stride=2), TransposedWindow(2, stride=2)


@settings(max_examples=40)
@given(graphs(), st.integers(1, 16), st.booleans())
def test_the_exact_inputs_of_a_graph_are_those_with_a_gradient(
    graph: Graph, length: int, concatenates: bool
) -> None:
    last = graph.nodes[-1].name
    try:
        units = graph_lengths(graph, length)[last]
    except ValueError:
        assume(False)
    module = network(graph, concatenates=concatenates)
    for unit in {0, units // 2, units - 1}:
        mask = receptive_field_by_gradient(module, (1, length), unit, draws=1)
        read = graph_units_read(graph, last, unit, length)
        assert sorted(read["input"]) == mask.nonzero().flatten().tolist()


@given(graphs(), st.integers(-5, 5))
def test_the_field_of_every_node_is_the_span_of_its_exact_inputs(graph: Graph, unit: int) -> None:
    for name, field in graph_receptive_fields(graph).items():
        exact = graph_units_read(graph, name, unit)["input"]
        assert field.interval(unit) == (Interval(min(exact), max(exact)) if exact else None)


@given(graphs(), st.integers(1, 12))
def test_an_input_reaches_exactly_the_units_of_a_graph_that_read_it(
    graph: Graph, length: int
) -> None:
    try:
        lengths = graph_lengths(graph, length)
    except ValueError:
        assume(False)
    reached = [graph_units_reached(graph, position, length) for position in range(length)]
    for name in lengths:
        for unit in range(lengths[name]):
            read = graph_units_read(graph, name, unit, length)["input"]
            assert read == {p for p in range(length) if unit in reached[p][name]}


@given(st.lists(pairs.map(lambda pair: pair.layer), min_size=1, max_size=4), st.integers(1, 20))
def test_a_chain_is_a_graph_without_branches(layers: list[Layer], length: int) -> None:
    graph = chain_graph({f"layer{k}": layer for k, layer in enumerate(layers)})
    assert list(graph_receptive_fields(graph).values())[1:] == receptive_fields(layers)
    assert list(graph_units_read(graph, graph.nodes[-1].name, 2).values()) == units_read(layers, 2)
    try:
        lengths = chain_lengths(layers, length)
    except ValueError:
        with pytest.raises(ValueError, match=r"node 'layer\d'"):
            graph_lengths(graph, length)
        return
    assert list(graph_lengths(graph, length).values()) == lengths
    assert list(graph_units_reached(graph, 0, length).values()) == units_reached(layers, 0, length)


def test_a_skip_adds_what_it_reads_and_a_parallel_branch_widens_the_field() -> None:
    graph = Graph(
        (
            Node("x"),
            Node("wide", ("x",), Window(3, dilation=4, padding=4)),
            Node("narrow", ("x",), Window(2, padding=(0, 1))),
            Node("merge", ("wide", "narrow", "x")),
        )
    )
    fields = graph_receptive_fields(graph)
    assert fields["merge"].phases == ((-4, 4),)
    assert sorted(graph_units_read(graph, "merge", 5, 20)["x"]) == [1, 5, 6, 9]
    assert graph_units_read(graph, "wide", 5)["narrow"] == set()


def test_branches_of_different_jumps_are_refused_by_the_name_of_the_node() -> None:
    graph = Graph((Node("x"), Node("half", ("x",), DOWN), Node("sum", ("half", "x"))))
    with pytest.raises(ValueError, match=r"node 'sum' merges .* jumps 2 \(half\), 1 \(x\)"):
        graph_receptive_fields(graph)
    with pytest.raises(ValueError, match=r"node 'sum' merges .* lengths 4 \(half\), 8 \(x\)"):
        graph_lengths(graph, 8)


@pytest.mark.parametrize("branches", [("back", "x"), ("x", "back")])
def test_down_and_up_again_may_meet_the_skip(branches: tuple[str, str]) -> None:
    graph = Graph(
        (
            Node("x"),
            Node("half", ("x",), DOWN),
            Node("back", ("half",), UP),
            Node("sum", branches),
        )
    )
    fields = graph_receptive_fields(graph)
    assert fields["sum"].jump == 1
    assert fields["sum"].phases == ((0, 1), (0, 1))
    assert [sorted(graph_units_read(graph, "sum", u)["x"]) for u in (4, 5)] == [[4, 5], [4, 5]]


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ((), r"nodes begins with nothing: expected the network's input"),
        ((Node("a", ("b",)),), r"expected the network's input"),
        ((Node("a", (), Window(3)),), r"without inputs and without a layer"),
        ((Node("a"), Node("b")), r"node 'b' reads nothing: expected one input .* 'a'"),
        ((Node("a"), Node("a", ("a",))), r"two nodes are called 'a'"),
        ((Node("a"), Node("b", ("c",)), Node("c", ("a",))), r"node 'b' reads 'c': expected a node"),
    ],
)
def test_an_impossible_graph_is_refused_in_words(nodes: tuple[Node, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Graph(nodes)


def test_an_impossible_node_or_question_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match=r"inputs='x' of node 'a': expected a tuple of names"):
        Node("a", "x")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"layer=3 of node 'a': expected a Layer"):
        Node("a", ("x",), 3)  # type: ignore[arg-type]
    graph = chain_graph({"conv": Window(3)})
    with pytest.raises(ValueError, match=r"name='pool': expected one of input, conv"):
        graph_units_read(graph, "pool", 0)
    with pytest.raises(ValueError, match=r"unit=3: expected an index from 0 to 2"):
        graph_units_read(graph, "conv", 3, 5)
    with pytest.raises(ValueError, match=r"position=5: expected an index from 0 to 4"):
        graph_units_reached(graph, 5, 5)
    with pytest.raises(ValueError, match=r"node 'conv': length=2: .* spans 3 values"):
        graph_lengths(graph, 2)
