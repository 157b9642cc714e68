"""Many networks at once: the same layers, stacked over seeds, each learning as it would alone.

`train_ensemble` trains networks in place; `advance` and `SeedState` are the same as a pure
function of states, which any process can compute; `read_layers` says what a network is made of.
On a GPU many steps are recorded as one CUDA graph (``several``), on a processor they are compiled.
"""

from course_lib.training.ensembles.layers import Layers, NotTogetherError, read_layers
from course_lib.training.ensembles.states import SeedState
from course_lib.training.ensembles.training import advance, say_why_not_compiled, train_ensemble

__all__ = [
    "Layers",
    "NotTogetherError",
    "SeedState",
    "advance",
    "read_layers",
    "say_why_not_compiled",
    "train_ensemble",
]
