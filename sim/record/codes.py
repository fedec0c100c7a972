"""Which of our acts a coded event is: CAMEO, PLOVER and ACLED, by `action_codes.csv`.

Codes are written as `163`, as `ASSAULT-aerial` or `AID/military` (PLOVER: type, mode, context), and
as `Armed_clash` (sub-event of ACLED). Of a mode or context that the table does not name, nothing is
said: `ACCUSE` there is an accusation without a mode.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from realpolitik.sim.engine.tables import read_table

TABLE = "action_codes.csv"
CODINGS = ("narrow", "wide")

STRIKE, LARGE_STRIKE = "limited_strike", "major_strike"
AIMED_EVENTS, FORCE_EVENTS = 2, 6
"""A strike is so many aimed events in a week (its narrow codes), or of force (the wide ones)."""

LARGE_DAYS, LARGE_EVENTS = 5, 15
"""It is a large one if there is force on so many days, in so many events."""

LAST = "98967457486995566664"
"""The last event of each root of CAMEO, 01 to 20: of root 02, 028."""

CAMEO = re.compile("|".join(f"{root:02}[0-{last}][1-6]?" for root, last in enumerate(LAST, 1)))
PLOVER = {
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
"""Types of event of PLOVER 2.0."""


@dataclass(frozen=True)
class Coding:
    """Code → our acts, strikes apart; and the codes of aimed and of any force."""

    name: str
    actions: Mapping[str, tuple[str, ...]]
    aimed: frozenset[str]
    force: frozenset[str]

    def acts(self, code: str) -> tuple[str, ...]:
        """Our acts that a code may stand for, strikes apart."""
        return tuple({act: 0 for one in readings(code) for act in self.actions.get(one, ())})

    def is_aimed(self, code: str) -> bool:
        """Whether it is a blow that is aimed, as by artillery or from the air."""
        return not self.aimed.isdisjoint(readings(code))

    def is_force(self, code: str) -> bool:
        """Whether it is force of some kind, which may be talk of it too."""
        return not self.force.isdisjoint(readings(code))


@cache
def read_coding(name: str) -> Coding:
    """The coding `narrow` or `wide`; strikes are the same in both."""
    rows = {row["action"]: row for row in read_table(__package__, TABLE)}
    strike = rows[STRIKE]
    actions: dict[str, tuple[str, ...]] = {}
    for action, row in rows.items():
        for code in row[name].split() if action != STRIKE else ():
            actions[code] = (*actions.get(code, ()), action)
    aimed, force = (frozenset(strike[column].split()) for column in CODINGS)
    return Coding(name, actions, aimed, force)


def readings(code: str) -> Iterator[str]:
    """A code as the table may have it: as it is, and for each of its contexts."""
    event, _, contexts = code.partition("/")
    if event.split("-")[0] not in PLOVER:
        yield code
        return
    yield event
    yield from (f"{event}/{one}" for one in contexts.split(";") if one)


def cameo_code(text: str) -> str:
    """The CAMEO code that is meant, which may have lost its zero in front; empty if there is none.

    >>> cameo_code("43"), cameo_code("256"), cameo_code("190"), cameo_code("999")
    ('043', '0256', '190', '')
    """
    code = text.strip().removesuffix(".0")
    return next((one for one in (code, f"0{code}") if CAMEO.fullmatch(one)), "")


def plover_code(event: str, mode: str = "", contexts: str = "") -> str:
    """The code of an event of PLOVER; empty if there is no such type.

    >>> plover_code("aid", "", "military; economic"), plover_code("ASSAULT", "aerial")
    ('AID/military;economic', 'ASSAULT-aerial')
    """
    kind, _, of_kind = event.strip().partition("-")
    if kind.upper() not in PLOVER:
        return ""
    said = _word(of_kind or mode)
    within = ";".join(_word(one) for one in re.split("[;,|]", contexts) if one.strip())
    code = f"{kind.upper()}-{said}" if said else kind.upper()
    return f"{code}/{within}" if within else code


def acled_code(sub_event: str) -> str:
    """The code of a sub-event of ACLED.

    >>> acled_code("Armed clash")
    'Armed_clash'
    """
    return "_".join(sub_event.split())


def _word(text: str) -> str:
    word = "_".join(text.lower().split())
    return "" if word in {"none", "nan"} else word
