"""What a user edits between two runs: a weight, or a line of code."""

from dataclasses import replace

import pytest

from realpolitik.sim.experiments import origin
from realpolitik.sim.experiments.origin import engine_digests
from realpolitik.sim.scenario.vocabulary import vocabulary

ADDRESS = "IRN.domestic_pressure.leader"
FILE = "sim/engine/choice.py"


def edit_weight(patch: pytest.MonkeyPatch, value: float = 0.9, address: str = ADDRESS) -> None:
    """Gives a weight another default, as an edited class would."""
    words = vocabulary()
    moved = replace(words.parameters[address], default=value)
    patch.setitem(words.__dict__, "parameters", {**words.parameters, address: moved})


def edit_code(patch: pytest.MonkeyPatch, file: str = FILE) -> None:
    """Gives a file of the engine another digest."""
    digests = {**engine_digests(), file: "0" * 16}
    patch.setattr(origin, "engine_digests", lambda: digests)
