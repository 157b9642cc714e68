r"""Residual networks, and the plain ones they are compared with.

A block computes :math:`y = a[x + f[x]]`; without the skip it is :math:`y = a[f[x]]`, a plain
network of the same depth and width. He, Zhang, Ren and Sun, "Deep residual learning for image
recognition", CVPR 2016; Prince, *Understanding Deep Learning*, chapter 11.
"""

from __future__ import annotations

from torch import Tensor, nn

from course_lib.networks.checks import check_batch, check_choice, check_whole
from course_lib.networks.layers import CONVOLUTION, NORMALISATION, Add, convolution_block

BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3)}
"""Blocks of the four stages, by depth."""
EXPANSION = 4
"""How many times wider the output of a bottleneck is than its 3×3 convolution."""
AXES = {1: "L", 2: "H, W"}


class ResidualBlock(nn.Module):
    """One residual block: two 3×3 convolutions, or a bottleneck 1×1, 3×3, 1×1.

    Parameters
    ----------
    in_channels, out_channels : int
    stride : int
        2 halves the map. The shortcut is the identity where the shape stays, and a 1×1
        convolution where it changes (option B of the paper).
    bottleneck : bool
    stride_in : str
        Which convolution of a bottleneck has the stride: ``"1x1"``, the first, as published, or
        ``"3x3"``, the second, as most implementations have it since. The counts of parameters are
        equal.
    skip, batch_norm : bool
    dimensions : int
        1 for signals, 2 for images.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        *,
        stride: int = 1,
        bottleneck: bool = False,
        stride_in: str = "3x3",
        skip: bool = True,
        batch_norm: bool = True,
        dimensions: int = 2,
    ) -> None:
        super().__init__()
        check_choice(("1x1", "3x3"), stride_in=stride_in)
        width = out_channels // EXPANSION if bottleneck else out_channels
        first, second = (stride, 1) if stride_in == "1x1" else (1, stride)
        plan = (
            [(width, 1, first), (width, 3, second), (out_channels, 1, 1)]
            if bottleneck
            else [(width, 3, stride), (out_channels, 3, 1)]
        )
        layers: list[nn.Module] = []
        channels = in_channels
        for wide, kernel_size, step in plan:
            layers += convolution_block(
                channels,
                wide,
                kernel_size,
                stride=step,
                batch_norm=batch_norm,
                dimensions=dimensions,
            )
            channels = wide
        # The last activation comes after the sum.
        self.branch = nn.Sequential(*layers[:-1])
        self.shortcut: nn.Sequential | None = None
        if skip:
            same = stride == 1 and in_channels == out_channels
            self.shortcut = nn.Sequential(
                *(
                    []
                    if same
                    else _projection(in_channels, out_channels, stride, batch_norm, dimensions)
                )
            )
            self.add = Add()
        self.activation = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        """Return the output of the block.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W) or (N, in_channels, L)

        Returns
        -------
        y : Tensor, shape (N, out_channels, H/stride, W/stride) or (N, out_channels, L/stride)
        """
        y: Tensor = self.branch(x)
        if self.shortcut is not None:
            y = self.add(y, self.shortcut(x))
        activated: Tensor = self.activation(y)
        return activated


class ResNet(nn.Module):
    """A stem, stages of residual blocks, a global mean pool and one dense layer.

    `resnet` gives the published ones; `small_resnet` and `signal_resnet` give those that the course
    trains.

    Parameters
    ----------
    blocks : tuple of int
        Number of blocks of every stage; every stage but the first halves the map.
    widths : tuple of int
        Channels of the output of every stage.
    stem : Sequential
        What comes before the first stage; its output has `stem_channels`.
    in_channels, stem_channels, classes : int
    bottleneck, stride_in, skip, batch_norm, dimensions
        As for `ResidualBlock`.
    """

    def __init__(
        self,
        blocks: tuple[int, ...],
        widths: tuple[int, ...],
        stem: nn.Sequential,
        *,
        in_channels: int,
        stem_channels: int,
        classes: int,
        bottleneck: bool = False,
        stride_in: str = "3x3",
        skip: bool = True,
        batch_norm: bool = True,
        dimensions: int = 2,
    ) -> None:
        super().__init__()
        self.in_channels, self.dimensions = in_channels, dimensions
        self.stem = stem
        stages = []
        channels = stem_channels
        for stage, (count, width) in enumerate(zip(blocks, widths, strict=True)):
            members = []
            for block in range(count):
                members.append(
                    ResidualBlock(
                        channels,
                        width,
                        stride=2 if stage > 0 and block == 0 else 1,
                        bottleneck=bottleneck,
                        stride_in=stride_in,
                        skip=skip,
                        batch_norm=batch_norm,
                        dimensions=dimensions,
                    )
                )
                channels = width
            stages.append(nn.Sequential(*members))
        self.stages = nn.Sequential(*stages)
        pool = nn.AdaptiveAvgPool2d(1) if dimensions == 2 else nn.AdaptiveAvgPool1d(1)
        self.head = nn.Sequential(pool, nn.Flatten(), nn.Linear(channels, classes))

    def forward(self, x: Tensor) -> Tensor:
        """Return the scores of every class.

        Parameters
        ----------
        x : Tensor, shape (N, in_channels, H, W) or (N, in_channels, L)
            Of any size: the global mean pool takes what there is.

        Returns
        -------
        scores : Tensor, shape (N, classes)

        Raises
        ------
        ValueError
            If x has other axes or another number of channels.
        """
        check_batch(x, self.in_channels, axes=AXES[self.dimensions], network=self)
        scores: Tensor = self.head(self.stages(self.stem(x)))
        return scores


def resnet(
    depth: int = 50,
    *,
    in_channels: int = 3,
    classes: int = 1000,
    stride_in: str = "3x3",
    skip: bool = True,
    batch_norm: bool = True,
) -> ResNet:
    """Return ResNet-18, -34 or -50, or the plain network of that depth.

    Parameters
    ----------
    depth : int
        18, 34 or 50: layers with weights, without the projections of the shortcuts.
    in_channels, classes : int
    stride_in : str
        Where the bottlenecks of ResNet-50 have their stride: ``"1x1"`` as published, or ``"3x3"``.
    skip : bool
        False gives the plain network.
    batch_norm : bool

    Returns
    -------
    network : ResNet
        Takes x of shape (N, in_channels, H, W), gives scores of shape (N, classes).

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """
    check_choice(BLOCKS, depth=depth)
    check_whole(in_channels=in_channels, classes=classes)
    bottleneck = depth >= 50
    stem = nn.Sequential(
        # (N, 3, 224, 224) -> (N, 64, 112, 112)
        *convolution_block(in_channels, 64, 7, stride=2, batch_norm=batch_norm),
        nn.MaxPool2d(3, stride=2, padding=1),  # (N, 64, 56, 56)
    )
    widths = tuple(width * (EXPANSION if bottleneck else 1) for width in (64, 128, 256, 512))
    return ResNet(
        BLOCKS[depth],
        widths,
        stem,
        in_channels=in_channels,
        stem_channels=64,
        classes=classes,
        bottleneck=bottleneck,
        stride_in=stride_in,
        skip=skip,
        batch_norm=batch_norm,
    )


def small_resnet(
    depth: int = 20,
    *,
    dimensions: int = 2,
    in_channels: int | None = None,
    classes: int = 10,
    width: int = 16,
    stem_stride: int = 2,
    skip: bool = True,
    batch_norm: bool = True,
) -> ResNet:
    """Return a residual or plain network that a CPU trains, of the paper's plan for CIFAR-10.

    Three stages of n blocks with one, two and four times `width` channels: 6n + 2 layers with
    weights (section 4.2 of the paper). The shortcuts that change the shape are projections, where
    the paper's pad with zeros; so ``skip=False`` has slightly fewer parameters.

    Parameters
    ----------
    depth : int
        8, 14, 20, 26, …: 6n + 2.
    dimensions : int
        2 for images, 1 for signals such as those of MNIST-1D.
    in_channels : int, optional
        By default 3 for images and 1 for signals.
    classes, width : int
    stem_stride : int
        Of the first convolution: 2 for scenes of 96×96, 1 for short signals.
    skip : bool
        False gives the plain network.
    batch_norm : bool

    Returns
    -------
    network : ResNet
        Takes x of shape (N, in_channels, H, W) or (N, in_channels, L).

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """
    check_choice(CONVOLUTION, dimensions=dimensions)
    channels = {1: 1, 2: 3}[dimensions] if in_channels is None else in_channels
    check_whole(
        depth=depth, in_channels=channels, classes=classes, width=width, stem_stride=stem_stride
    )
    blocks, rest = divmod(depth - 2, 6)
    if rest or blocks < 1:
        raise ValueError(f"depth={depth}: expected 6n + 2 with n of at least 1: 8, 14, 20, 26, …")
    stem = nn.Sequential(
        # (N, 3, 96, 96) -> (N, 16, 48, 48)
        *convolution_block(
            channels, width, stride=stem_stride, batch_norm=batch_norm, dimensions=dimensions
        )
    )
    return ResNet(
        (blocks, blocks, blocks),
        (width, 2 * width, 4 * width),
        stem,
        in_channels=channels,
        stem_channels=width,
        classes=classes,
        skip=skip,
        batch_norm=batch_norm,
        dimensions=dimensions,
    )


def signal_resnet(
    depth: int = 8,
    *,
    in_channels: int = 1,
    classes: int = 10,
    width: int = 16,
    skip: bool = True,
    batch_norm: bool = True,
) -> ResNet:
    """Return a residual or plain network for short signals, equally wide from end to end.

    No block changes the shape, so no shortcut is a projection: with ``skip=False`` the network has
    the very same parameters, and loses nothing but its sums.

    Parameters
    ----------
    depth : int
        4, 6, 8, …: one convolution, blocks of two, and a dense layer.
    in_channels, classes, width : int
    skip : bool
        False gives the plain network.
    batch_norm : bool

    Returns
    -------
    network : ResNet
        Takes x of shape (N, in_channels, L).

    Raises
    ------
    ValueError
        If a setting is not one of these.
    """
    check_whole(depth=depth, in_channels=in_channels, classes=classes, width=width)
    if depth % 2 or depth < 4:
        raise ValueError(f"depth={depth}: expected an even number of at least 4")
    stem = nn.Sequential(
        # (N, 1, 40) -> (N, 16, 20)
        *convolution_block(in_channels, width, 5, stride=2, batch_norm=batch_norm, dimensions=1),
        nn.MaxPool1d(3, stride=2, padding=1),  # (N, 16, 10)
    )
    return ResNet(
        ((depth - 2) // 2,),
        (width,),
        stem,
        in_channels=in_channels,
        stem_channels=width,
        classes=classes,
        skip=skip,
        batch_norm=batch_norm,
        dimensions=1,
    )


def _projection(
    in_channels: int, out_channels: int, stride: int, batch_norm: bool, dimensions: int
) -> list[nn.Module]:
    """Return the shortcut that changes the shape: a 1×1 convolution."""
    convolution = CONVOLUTION[dimensions](
        in_channels, out_channels, 1, stride=stride, bias=not batch_norm
    )
    return [convolution, *([NORMALISATION[dimensions](out_channels)] if batch_norm else [])]
