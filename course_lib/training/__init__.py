"""Training: from a network and some examples to a result that can be made again.

Settings
    `Settings`, with a schedule (`Constant`, `StepDecay`, `Cosine`, `WarmUp`: pure functions from
    step to learning rate) and an optimiser (`SGD`, `AdamW`, `Muon`).
Batches
    `BatchOrder`, `epoch_order` (which examples, as a function of seed and step), `TensorBatches`.
One network
    `train`, for every network and loss; `classification_loss`, `classification_metrics`;
    checkpoints and resuming are its own.
Many seeds at once
    `train_ensemble`; `read_layers`, `SeedState` and `advance` are what it is made of.
Recipes
    `Recipe`, `recipes`, `find_recipe`, `register`; `run` (recipe, seed → result) and `sweep`, which
    does what is left of many seeds; `Profile`, `FAST`, `FULL`, `find_profile`.
Results
    `Examples`, `History`, `aggregate`, `spread`; `Record`, `save_network`, `load_network`,
    `load_record`.
What stops training
    `NonFiniteLossError`, `Interrupted`, `CheckpointError`, `RecordError`, `UnknownRecipeError`.
Devices
    `find_device`.
"""

from course_lib.training.aggregation import Aggregate, Spread, aggregate, spread
from course_lib.training.batches import BatchOrder, TensorBatches, epoch_order
from course_lib.training.checkpoints import CheckpointError
from course_lib.training.devices import find_device
from course_lib.training.ensembles import SeedState, advance, read_layers, train_ensemble
from course_lib.training.examples import Examples
from course_lib.training.failures import NonFiniteLossError
from course_lib.training.histories import History
from course_lib.training.interrupts import Interrupted
from course_lib.training.loop import classification_loss, train
from course_lib.training.metrics import classification_metrics
from course_lib.training.optimisers import SGD, AdamW, Muon
from course_lib.training.profiles import FAST, FULL, PROFILES, Profile, find_profile
from course_lib.training.recipes import (
    Recipe,
    UnknownRecipeError,
    find_recipe,
    recipes,
    register,
)
from course_lib.training.records import (
    Record,
    RecordError,
    load_network,
    load_record,
    save_network,
)
from course_lib.training.running import Result, run
from course_lib.training.schedules import Constant, Cosine, StepDecay, WarmUp
from course_lib.training.settings import Settings
from course_lib.training.sweeps import sweep

__all__ = [
    "FAST",
    "FULL",
    "PROFILES",
    "SGD",
    "AdamW",
    "Aggregate",
    "BatchOrder",
    "CheckpointError",
    "Constant",
    "Cosine",
    "Examples",
    "History",
    "Interrupted",
    "Muon",
    "NonFiniteLossError",
    "Profile",
    "Recipe",
    "Record",
    "RecordError",
    "Result",
    "SeedState",
    "Settings",
    "Spread",
    "StepDecay",
    "TensorBatches",
    "UnknownRecipeError",
    "WarmUp",
    "advance",
    "aggregate",
    "classification_loss",
    "classification_metrics",
    "epoch_order",
    "find_device",
    "find_profile",
    "find_recipe",
    "load_network",
    "load_record",
    "read_layers",
    "recipes",
    "register",
    "run",
    "save_network",
    "spread",
    "sweep",
    "train",
    "train_ensemble",
]
