"""The kernel that runs the book's notebooks: this interpreter, with this `course_lib`.

Whatever kernels the machine has installed under the name ``python3``, the run is then of the code
that the fingerprint was taken of.
"""

from __future__ import annotations

import os

import zmq
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

from course_lib.publishing.fingerprint import PACKAGE


class ThisPython(AsyncKernelManager):
    """Starts kernels with ``sys.executable``, the folder of `course_lib` first on their path."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The kernel to start, as ipykernel describes itself in this interpreter."""
        path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
        return KernelSpec(**get_kernel_dict(), env={"PYTHONPATH": path})

    @default("transport_encryption")
    def _encrypt_where_possible(self) -> str:
        # Other users of the machine could listen; and unencrypted, ipykernel warns at each start.
        return "auto" if zmq.has("curve") else "disabled"
