"""What an actor can do: the rows of `actions.csv`.

Codes and scores are those of CAMEO (Schrodt 2012) and Goldstein (1992); severity stands beside
them because Goldstein scores every use of force alike.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from realpolitik.sim.engine.tables import Row, read_table

# ── What an actor can do ─────────────────────────────────────────────────────────────


TRACKS = ("words", "private", "material", "force")
PUBLIC = "words"
HOLD = "hold"
TARGET = "{target}"
STRIKES = ("", "direct", "major")


@dataclass(frozen=True)
class Action:
    """One thing an actor can do on one track; the columns of `actions.csv`.

    `base_rate` is the weekly probability when nothing is at stake; hold takes what the other acts
    of a choice leave, so its own is 0. `help_grade` runs from 0 to 6. Effects (`flow`,
    `capability`, `air_defence`) are shares of a full stock, `deaths` a median before any defence.
    `clause` is the label with its target; a deed is `telling` (1, else 0) if a week that is told
    tells it; `strike` is direct or major of what an outcome counts as such a strike, major being
    direct too.
    """

    track: str
    action: str
    label: str
    clause: str
    cameo: str
    goldstein: float
    quad: str
    target: str
    rung: float
    visibility: float
    benefit: float
    severity: float
    cost: float
    base_rate_low: float
    base_rate: float
    base_rate_high: float
    help_grade: float
    alignment: float
    relief: float
    loyalty: float
    leverage: float
    backing_down: float
    reaction: float
    affront: float
    solidarity: float
    reconciles: float
    belief_odds: float
    deaths: float
    arms: float
    delivery: float
    delivery_defensive: float
    flow: float
    capability: float
    air_defence: float
    telling: float
    strike: str
    source: str
    meaning: str

    @property
    def choice(self) -> str:
        """What is decided by taking it or not: a public word for itself, else its track."""
        return self.action if self.track == PUBLIC else self.track

    def toward(self, target: str) -> str:
        """What is done toward a target, by its name; the label where there is none."""
        return self.clause.replace(TARGET, target) if target else self.label


def _action(row: Row) -> Action:
    values = {
        field.name: (row[field.name] and row.number(field.name)) or 0.0
        if field.type is float
        else row[field.name]
        for field in fields(Action)
    }
    action = Action(**values)  # type: ignore[arg-type]
    if action.track not in TRACKS:
        raise row.wrong(f"track is {action.track!r}; expected one of {', '.join(TRACKS)}")
    low, rate, high = action.base_rate_low, action.base_rate, action.base_rate_high
    if not 0 <= low <= rate <= high <= 1:
        rates = f"the base rate is {rate:g} in {low:g} to {high:g}"
        raise row.wrong(f"{rates}; expected a probability in its range")
    if action.strike not in STRIKES:
        raise row.wrong(f"strike is {action.strike!r}; expected direct, major or nothing")
    if TARGET not in action.clause:
        raise row.wrong(f"clause is {action.clause!r}; expected {TARGET} in it")
    return action


def read_actions(rows: Sequence[Row]) -> tuple[Action, ...]:
    """The actions in the rows of a table.

    Raises:
        TableError: a number is none, or a base rate is no probability in its range.
    """
    return tuple(_action(row) for row in rows)


ACTIONS = read_actions(read_table(__package__, "actions.csv"))
NAMED = {action.action: action for action in ACTIONS if action.action != HOLD}
HOLDS = {action.track: action for action in ACTIONS if action.action == HOLD}
CHOICES = tuple(dict.fromkeys(action.choice for action in NAMED.values()))
"""What an actor decides on toward each other actor every week, in the order of the tracks.

In public much is said in one week: each act of that track is chosen or not. Of the acts of another
track one is chosen at most.
"""

TRACK_OF = {action.choice: action.track for action in NAMED.values()}
DIRECT = tuple(action.action for action in ACTIONS if action.strike)
MAJOR = tuple(action.action for action in ACTIONS if action.strike == "major")
_NUMBERS = {action.action: n for n, action in enumerate(ACTIONS) if action.action != HOLD}


@cache
def column(name: str) -> NDArray[np.float64]:
    """Column `name` of the table, one number an action, in the order of its rows."""
    values = np.array([getattr(action, name) for action in ACTIONS], dtype=np.float64)
    values.setflags(write=False)
    return values


def number_of(name: str) -> int:
    """Row number of the action `name` (hold has one a track and is not named)."""
    return _NUMBERS[name]


def verb_phrase(action: str, label: str, target: str) -> str:
    """What is done toward a target; the label where there is none.

    An action that no table knows, as in a folder of another version, has its label and "toward".

    >>> verb_phrase("support", "supports in public", "Iran")
    'supports Iran in public'
    """
    if not target:
        return label
    clause = NAMED[action].clause if action in NAMED else f"{label} toward {TARGET}"
    return clause.replace(TARGET, target)


# ── Text that names something else ───────────────────────────────────────────────────


OLD_DYAD = re.compile(r"([a-z_*?.]+\.)?[A-Z0-9_*?]+>[A-Z0-9_*?]+(\.[a-z_*?]+)?")


@dataclass(frozen=True)
class NameOf:
    """Marks a field that holds the name of an actor, an action, a quantity or a deal."""

    kind: str


ActorCode = Annotated[str, NameOf("actor")]
ActionName = Annotated[str, NameOf("action")]
QuantityName = Annotated[str, NameOf("quantity")]
DealId = Annotated[str, NameOf("deal")]
ParameterName = Annotated[str, NameOf("parameter")]
OutcomeName = Annotated[str, NameOf("outcome")]


def address_of(text: str) -> str:
    """The address or dyad in its present spelling; any other text as it is.

    `IRN>ISR` was the older one, which a shell takes for the name of a file.

    >>> address_of("initial.hostility.IRN>ISR")
    'initial.hostility.IRN-ISR'
    """
    return text.replace(">", "-") if OLD_DYAD.fullmatch(text) else text
