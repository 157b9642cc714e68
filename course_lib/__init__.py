"""The package behind the course on convolutional networks.

`convolution` holds the mathematics, `figures` draws the pictures, `demos` are the interactive
widgets, `publishing` turns notebooks into a book that needs no kernel, and `cli` is the `course`
command. This module imports none of them, so that `import course_lib` costs nothing.
"""

__version__ = "0.1.0"
