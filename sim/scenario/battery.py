"""The battery: questions that are put to every trigger alike, and who they are about."""

from dataclasses import dataclass
from typing import Any

from realpolitik.sim.engine.tables import Row, read_table

ROLES = ("perpetrator", "victim", "patron", "ally")
"""Who did it, to whom, and who stands behind the one it was done to."""


@dataclass(frozen=True)
class Question:
    """A yes or no with a first day, read off a world by a measure in weeks.

    Attributes:
        measure: The measure.
        action: The act that is waited for; empty if it is not about one.
        by, target: The roles of who does it and to whom; empty if it is about nobody.
        base_rate: What the record of crises says of such a thing; None if it says nothing.
        told: The question in words, with `{by}` and `{target}`.
    """

    name: str
    measure: str
    action: str
    by: str
    target: str
    base_rate: str | None
    told: str

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it needs somebody in."""
        return tuple(role for role in (self.by, self.target) if role)

    @property
    def in_roles(self) -> str:
        """It in words, told of roles: 'the victim strikes the perpetrator'."""
        return self.told.format(by=f"the {self.by}", target=f"the {self.target}")

    def fields(self, actors: dict[str, str]) -> dict[str, Any]:
        """The fields of its measure; `actors` are role → actor."""
        told = {"measure": self.measure, "base_rate": self.base_rate}
        if not self.action:
            return told
        who = {"by": actors[self.by], "target": actors[self.target]}
        return {**told, "action": self.action, **who}


def _question(row: Row) -> Question:
    return Question(
        name=row["question"],
        measure=row["measure"],
        action=row["action"],
        by=row["by"],
        target=row["target"],
        base_rate=row["base_rate"] or None,
        told=row["told"],
    )


BATTERY = {row["question"]: _question(row) for row in read_table(__package__, "battery.csv")}
"""Name → question, in their order."""
