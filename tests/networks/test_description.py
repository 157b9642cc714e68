import json

import pytest

from course_lib.networks import cost_by_image_size, describe, sort_layers


def test_a_description_survives_json_and_its_shares_add_up() -> None:
    description = describe("alexnet")
    assert json.loads(json.dumps(description)) == description
    assert description["title"] == "AlexNet"
    assert description["input_shape"] == [3, 227, 227]
    assert description["totals"]["parameters"] == 60_965_224
    for key in ("parameters", "multiply_adds", "activations"):
        assert sum(row["share"][key] for row in description["layers"]) == pytest.approx(1)


def test_layers_are_sorted_by_what_they_cost() -> None:
    layers = describe("alexnet")["layers"]
    first = {key: sort_layers(layers, key)[0]["name"] for key in ("parameters", "multiply_adds")}
    assert first == {"parameters": "classifier.1", "multiply_adds": "features.4"}
    widest = sort_layers(layers, "receptive_field")
    assert widest[0]["name"] == "classifier.1"
    assert widest[-1]["name"] == "features.2"
    assert sort_layers(widest, "order") == layers
    with pytest.raises(ValueError, match="by='name': expected one of 'order'"):
        sort_layers(layers, "name")


def test_layers_without_a_receptive_field_come_last() -> None:
    layers = describe("efficientnet-lite0")["layers"]
    known = [row["receptive_field"] is not None for row in sort_layers(layers, "receptive_field")]
    assert any(known)
    assert known == sorted(known, reverse=True)


def test_one_hidden_layer_on_an_image_has_the_slides_22_billion_weights() -> None:
    (cost,) = cost_by_image_size([224])
    assert cost.values == 224 * 224 * 3 == 150_528
    assert cost.dense_multiply_adds == 150_528**2 == 22_658_678_784
    assert cost.dense_parameters == 150_528**2 + 150_528
    assert cost.dense_bytes == 4 * cost.dense_parameters
    assert cost.convolution_parameters == 3 * 3 * 3 * 64 + 64
    assert cost.convolution_activations == 224 * 224 * 64


def test_the_dense_layer_grows_with_the_image_and_the_convolution_does_not() -> None:
    small, large = cost_by_image_size([32, 64])
    assert large.dense_multiply_adds == 16 * small.dense_multiply_adds
    assert large.convolution_parameters == small.convolution_parameters
    small, large = cost_by_image_size([32, 64], hidden_units=100)
    assert large.dense_multiply_adds == 4 * small.dense_multiply_adds


def test_what_does_not_fit_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="sizes=0: expected a whole number"):
        cost_by_image_size([0])
    with pytest.raises(ValueError, match="kernel_size=4: expected an odd number"):
        cost_by_image_size([8], kernel_size=4)
