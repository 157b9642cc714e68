"""Every network of the slides, and small ones of each kind that a CPU trains.

By name
    `NETWORKS`, `build`; `describe`, its layers as plain rows; `input_shape`; `sort_layers`.
For MNIST-1D
    `convolutional_mnist1d`, `fully_connected_mnist1d`, `pooled_mnist1d`.
Classification
    `AlexNet`, with the paper's `neuron_counts` beside ours; `VGG`; `resnet`, residual and plain;
    `ResidualStack`, layers of one width to look at untrained, with `Sizes` and `sizes`;
    `efficientnet_lite0`, learnt on ImageNet, with `preprocess`, `class_names` and `best_guesses`.
Detection
    `YOLO`.
Segmentation
    `DeconvolutionNetwork`, `UNet`, `StackedHourglass`.
Small
    `SceneClassifier`, `SceneDetector`, `small_resnet`, `signal_resnet`, `small_encoder_decoder`,
    `small_unet`, `small_hourglass`; `freeze`, for layers that are to learn no more.
Counting
    `summarise` and `summary_table`; `layer_table`, the slide's; `parameter_total`;
    `cost_by_image_size`.
First values
    `INITIALISATIONS`, `initialise`.
Trained
    `TRAINED`, `trained_network`, `trained_path`; `permutation_results`, `mnist1d_results` and
    `residual_results`, over many seeds; `scene_results`, of the networks of the scenes;
    `quantise_layer`, `QuantisedLayer`, `quantise_weights`: weights of 8 bits or fewer;
    what a first layer knows of places: `neighbour_correlation`, `moved_likeness`, `chance_weights`.
What a score comes from
    `gradient_map`, `class_map`, `pixel_shares`, `occlusion_map`; `shuffle_weights`, the control.
    `class_map`, `pixel_shares`, `gradient_map`, `occlusion_map`; `shuffle_weights`, the control.
For the page
    `page_format`, a network as the page runs it; `page_network`, the same for torch.

Each is imported when it is first asked for. Saving belongs to `course_lib.training`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_lib.networks.alexnet import AlexNet, neuron_counts
    from course_lib.networks.deconvolution import DeconvolutionNetwork, small_encoder_decoder
    from course_lib.networks.description import cost_by_image_size, describe, sort_layers
    from course_lib.networks.efficientnet import (
        best_guesses,
        class_names,
        efficientnet_lite0,
        preprocess,
    )
    from course_lib.networks.explanations import (
        class_map,
        gradient_map,
        occlusion_map,
        pixel_shares,
        shuffle_weights,
    )
    from course_lib.networks.hourglass import StackedHourglass, small_hourglass
    from course_lib.networks.initialisation import INITIALISATIONS, initialise
    from course_lib.networks.likeness import (
        chance_weights,
        moved_likeness,
        neighbour_correlation,
    )
    from course_lib.networks.mnist_1d import (
        convolutional_mnist1d,
        fully_connected_mnist1d,
        pooled_mnist1d,
    )
    from course_lib.networks.mnist_1d_results import MNIST1DResults, MNIST1DRun, mnist1d_results
    from course_lib.networks.page_networks import page_format, page_network
    from course_lib.networks.permutation_runs import permutation_results
    from course_lib.networks.quantisation import (
        QuantisedLayer,
        quantise_layer,
        quantise_weights,
    )
    from course_lib.networks.registry import NETWORKS, UnknownNetworkError, build, input_shape
    from course_lib.networks.residual import ResNet, resnet, signal_resnet, small_resnet
    from course_lib.networks.residual_runs import (
        ResidualResults,
        ResidualRun,
        residual_results,
    )
    from course_lib.networks.residual_stack import ResidualStack, Sizes, sizes
    from course_lib.networks.scene_runs import SceneResults, scene_results
    from course_lib.networks.scenes import SceneClassifier, SceneDetector, freeze
    from course_lib.networks.slide_table import LayerTable, layer_table
    from course_lib.networks.summary import (
        LayerSummary,
        parameter_total,
        summarise,
        summary_table,
    )
    from course_lib.networks.trained_networks import (
        TRAINED,
        trained_network,
        trained_path,
    )
    from course_lib.networks.unet import UNet, small_unet, valid_output_size
    from course_lib.networks.vgg import VGG
    from course_lib.networks.yolo import YOLO

__all__ = [
    "INITIALISATIONS",
    "NETWORKS",
    "TRAINED",
    "VGG",
    "YOLO",
    "AlexNet",
    "DeconvolutionNetwork",
    "LayerSummary",
    "LayerTable",
    "MNIST1DResults",
    "MNIST1DRun",
    "QuantisedLayer",
    "ResNet",
    "ResidualResults",
    "ResidualRun",
    "ResidualStack",
    "SceneClassifier",
    "SceneDetector",
    "SceneResults",
    "Sizes",
    "StackedHourglass",
    "UNet",
    "UnknownNetworkError",
    "best_guesses",
    "build",
    "chance_weights",
    "class_map",
    "class_names",
    "convolutional_mnist1d",
    "cost_by_image_size",
    "describe",
    "efficientnet_lite0",
    "freeze",
    "fully_connected_mnist1d",
    "gradient_map",
    "initialise",
    "input_shape",
    "layer_table",
    "mnist1d_results",
    "moved_likeness",
    "neighbour_correlation",
    "neuron_counts",
    "occlusion_map",
    "page_format",
    "page_network",
    "parameter_total",
    "permutation_results",
    "pixel_shares",
    "pooled_mnist1d",
    "preprocess",
    "quantise_layer",
    "quantise_weights",
    "residual_results",
    "resnet",
    "scene_results",
    "shuffle_weights",
    "signal_resnet",
    "sizes",
    "small_encoder_decoder",
    "small_hourglass",
    "small_resnet",
    "small_unet",
    "sort_layers",
    "summarise",
    "summary_table",
    "trained_network",
    "trained_path",
    "valid_output_size",
]

_MODULES = {
    "alexnet": ("AlexNet", "neuron_counts"),
    "deconvolution": ("DeconvolutionNetwork", "small_encoder_decoder"),
    "description": ("cost_by_image_size", "describe", "sort_layers"),
    "efficientnet": ("best_guesses", "class_names", "efficientnet_lite0", "preprocess"),
    "explanations": (
        "class_map",
        "gradient_map",
        "occlusion_map",
        "pixel_shares",
        "shuffle_weights",
    ),
    "hourglass": ("StackedHourglass", "small_hourglass"),
    "initialisation": ("INITIALISATIONS", "initialise"),
    "mnist_1d": ("convolutional_mnist1d", "fully_connected_mnist1d", "pooled_mnist1d"),
    "likeness": ("chance_weights", "moved_likeness", "neighbour_correlation"),
    "mnist_1d_results": ("MNIST1DResults", "MNIST1DRun", "mnist1d_results"),
    "permutation_runs": ("permutation_results",),
    "page_networks": ("page_format", "page_network"),
    "quantisation": ("QuantisedLayer", "quantise_layer", "quantise_weights"),
    "registry": ("NETWORKS", "UnknownNetworkError", "build", "input_shape"),
    "residual": ("ResNet", "resnet", "signal_resnet", "small_resnet"),
    "residual_runs": ("ResidualResults", "ResidualRun", "residual_results"),
    "residual_stack": ("ResidualStack", "Sizes", "sizes"),
    "scene_runs": ("SceneResults", "scene_results"),
    "scenes": ("SceneClassifier", "SceneDetector", "freeze"),
    "slide_table": ("LayerTable", "layer_table"),
    "summary": ("LayerSummary", "parameter_total", "summarise", "summary_table"),
    "trained_networks": (
        "TRAINED",
        "trained_network",
        "trained_path",
    ),
    "unet": ("UNet", "small_unet", "valid_output_size"),
    "vgg": ("VGG",),
    "yolo": ("YOLO",),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Import a network's module when it is first asked for (PEP 562)."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted(__all__)
