"""What the engine cannot go beyond, whatever range is written out.

The declared range of a parameter says what is plausible, and a study may leave it. The limits here
are those of the equations: beyond them a probability is none, or an exponential overflows.
"""

import math

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.scenario.vocabulary import vocabulary

# With both, a utility still has a finite exponential.
GREATEST_WEIGHT = 10.0
GREATEST_PRECISION = 30.0
LEAST_RATE = 1e-9  # a base rate enters through its logarithm

Limits = tuple[float, float]


def limits_of(parameter: Parameter) -> Limits:
    """Lowest and highest value that the engine can work with."""
    kind, _, name = parameter.address.partition(".")
    match kind:
        case "action":
            return LEAST_RATE, 1.0
        case "initial":
            quantity = vocabulary().quantities[name.partition(".")[0]]
            return quantity.low, quantity.high
        case "world" if name == "precision":
            return 0.0, GREATEST_PRECISION
        case "world":
            return 0.0, 1.0 if parameter.unit in {"1/week", "probability"} else math.inf
        case _:
            return -GREATEST_WEIGHT, GREATEST_WEIGHT
