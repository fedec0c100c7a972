"""Text that names something else, so that a reader can check it and suggest the nearest name."""

from dataclasses import dataclass
from typing import Annotated


@dataclass(frozen=True)
class Names:
    """Marks a field that holds the name of an actor, an action, a quantity or a deal."""

    kind: str


ActorCode = Annotated[str, Names("actor")]
ActionName = Annotated[str, Names("action")]
QuantityName = Annotated[str, Names("quantity")]
DealId = Annotated[str, Names("deal")]
ParameterName = Annotated[str, Names("parameter")]
OutcomeName = Annotated[str, Names("outcome")]
