"""The photographs that the course knows: what each shows, whose it is, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Photograph:
    """One photograph of the registry.

    Attributes
    ----------
    name : str
        How `load_photograph` knows it.
    title : str
        What it shows.
    credit : str
        Who made it, and under which terms it may be used.
    package, file : str
        Where it comes from: an importable package and the file's path within it.
    height, width : int
        In pixels.
    colour : bool
        False where the three channels are equal.
    sha256 : str
        Of the file.
    """

    name: str
    title: str
    credit: str
    package: str
    file: str
    height: int
    width: int
    colour: bool
    sha256: str


PHOTOGRAPHS: dict[str, Photograph] = {
    entry.name: entry
    for entry in (
        Photograph(
            "astronaut",
            "Eileen Collins, astronaut",
            "NASA, public domain",
            "skimage.data",
            "astronaut.png",
            512,
            512,
            True,
            "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
        ),
        Photograph(
            "brick",
            "A brick wall",
            "CC0Textures, CC0",
            "skimage.data",
            "brick.png",
            512,
            512,
            False,
            "7966caf324f6ba843118d98f7a07746d22f6a343430add0233eca5f6eaaa8fcf",
        ),
        Photograph(
            "camera",
            "A man with a camera",
            "Lav Varshney, CC0",
            "skimage.data",
            "camera.png",
            512,
            512,
            False,
            "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a",
        ),
        Photograph(
            "chelsea",
            "Chelsea, a cat",
            "Stéfan van der Walt, CC0",
            "skimage.data",
            "chelsea.png",
            300,
            451,
            True,
            "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb",
        ),
        Photograph(
            "china",
            "The Tower of Buddhist Incense, Beijing",
            "danielbuechele on Flickr, CC BY 2.0",
            "sklearn.datasets.images",
            "china.jpg",
            427,
            640,
            True,
            "8378025ad2519d649d02e32bd98990db4ab572357d9f09841c2fbfbb4fefad29",
        ),
        Photograph(
            "coffee",
            "A cup of coffee",
            "Rachel Michetti for Pikolo Espresso Bar, CC0",
            "skimage.data",
            "coffee.png",
            400,
            600,
            True,
            "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7",
        ),
        Photograph(
            "coins",
            "Greek coins from Pompeii",
            "Brooklyn Museum, no known copyright restrictions",
            "skimage.data",
            "coins.png",
            303,
            384,
            False,
            "f8d773fc9cfa6f4d8e5942dc34d0a0788fcaed2a4fefbbed0aef5398d7ef4cba",
        ),
        Photograph(
            "flower",
            "A dahlia",
            "vultilion on Flickr, CC BY 2.0",
            "sklearn.datasets.images",
            "flower.jpg",
            427,
            640,
            True,
            "a77f6ec41e353afdf8bdff2ea981b2955535d8d83294f8cfa49cf4e423dd5638",
        ),
        Photograph(
            "grass",
            "Grass",
            "linolafett on DeviantArt, CC0",
            "skimage.data",
            "grass.png",
            512,
            512,
            False,
            "b6b6022426b38936c43a4ac09635cd78af074e90f42ffa8227ac8b7452d39f89",
        ),
        Photograph(
            "gravel",
            "Gravel",
            "CC0Textures, CC0",
            "skimage.data",
            "gravel.png",
            512,
            512,
            False,
            "c48615b451bf1e606fbd72c0aa9f8cc0f068ab7111ef7d93bb9b0f2586440c12",
        ),
        Photograph(
            "hubble",
            "The Hubble eXtreme Deep Field",
            "NASA, public domain",
            "skimage.data",
            "hubble_deep_field.jpg",
            872,
            1000,
            True,
            "3a19c5dd8a927a9334bb1229a6d63711b1c0c767fb27e2286e7c84a3e2c2f5f4",
        ),
        Photograph(
            "ihc",
            "Glands of the colon, stained",
            "Center for Microscopy and Molecular Imaging, no known copyright restrictions",
            "skimage.data",
            "ihc.png",
            512,
            512,
            True,
            "f8dd1aa387ddd1f49d8ad13b50921b237df8e9b262606d258770687b0ef93cef",
        ),
        Photograph(
            "page",
            "A page of a manual",
            "scikit-image, BSD 3-Clause",
            "skimage.data",
            "page.png",
            191,
            384,
            False,
            "341a6f0a61557662b02734a9b6e56ec33a915b2c41886b97509dedf2a43b47a3",
        ),
        Photograph(
            "retina",
            "A human retina",
            "Mikael Häggström, CC0",
            "skimage.data",
            "retina.jpg",
            1411,
            1411,
            True,
            "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6",
        ),
        Photograph(
            "rocket",
            "Falcon 9 before its launch with DSCOVR",
            "SpaceX, public domain",
            "skimage.data",
            "rocket.jpg",
            427,
            640,
            True,
            "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c",
        ),
        Photograph(
            "text",
            "Handwritten letters",
            "Wikimedia Commons, public domain",
            "skimage.data",
            "text.png",
            172,
            448,
            False,
            "bd84aa3a6e3c9887850d45d606c96b2e59433fbef50338570b63c319e668e6d1",
        ),
    )
}
"""The photographs, by name."""
