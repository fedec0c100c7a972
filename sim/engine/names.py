"""Text that names something else, so that a reader can check it and suggest the nearest name."""

import re
from dataclasses import dataclass
from typing import Annotated

OLD_DYAD = re.compile(r"([a-z_*?.]+\.)?[A-Z0-9_*?]+>[A-Z0-9_*?]+")


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


def address_of(text: str) -> str:
    """The address or dyad in its present spelling; any other text as it is.

    `IRN>ISR` was the older one, which a shell takes for the name of a file.

    >>> address_of("initial.hostility.IRN>ISR")
    'initial.hostility.IRN-ISR'
    """
    return text.replace(">", "-") if OLD_DYAD.fullmatch(text) else text
