"""What the documents about reasons share: who does what, in words, and what the words mean."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.documents.document import PAGE, Column, Document, Section, Table, text
from realpolitik.sim.engine.actions import HOLD, HOLDS, NAMED, PUBLIC
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.names import Names, named
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

NOTE = (
    "These are the reasons that the model has, not those of a government. A world is one simulated "
    "history."
)
MEANINGS = {
    "log odds": "How much likelier one option is than another, on a scale where steps add up: 0 is "
    "as likely, +0.69 twice, +2.3 ten times as likely, and minus the same the other way.",
    "reason": "An incentive that an actor’s class declares, with a weight, a range and a source. "
    "What it adds to an option is worked out in each week of each world.",
    "base rate": "How often an option is taken in the ordinary weeks of two states, when no more "
    "is at stake than usual.",
    "ordinary weeks": "What the reasons add up to in the ordinary weeks of the two anyway. The "
    "base rate has it in it already, so it is taken off.",
    "range": "How far the declaration of a parameter allows it to be moved.",
}
PEOPLES = (
    *("China", "Egypt", "Europe", "France", "Germany", "Hamas", "Hezbollah", "Houthi", "India"),
    *("Iran", "Iranian", "Iraq", "Israel", "Israeli", "Japan", "Lebanon", "Qatar", "Russia"),
    *("Russian", "Saudi", "Syria", "Turkey", "UK", "Ukraine", "US", "USA", "Yemen"),
)
PROPER = {name.lower(): name for name in PEOPLES}
"""Names of states and peoples within names of incentives; others stay as they are written."""


def reason_name(incentive: str, part: str = "") -> str:
    """An incentive as a person would say it, such as "Israel ties · rapport"."""
    return " · ".join(
        " ".join(PROPER.get(word, word) for word in name.split("_"))
        for name in (incentive, part)
        if name
    )


@dataclass(frozen=True)
class Inquiry:
    """What is asked about reasons.

    Attributes:
        scenario: With the parameters of its worlds.
        seed: That of the worlds.
        command: What asks the same again.
    """

    scenario: Scenario
    seed: int
    command: str

    @cached_property
    def names(self) -> Names:
        """What the actors are called."""
        return Names({code: vocabulary().actors[code].title for code in self.scenario.actors})

    def phrase(self, action: str, target: str, track: str) -> str:
        """What is done, such as "sends offensive arms to Iran"."""
        what = HOLDS[track] if action == HOLD else NAMED[action]
        return what.toward(self.names.the(target))

    def deed(self, actor: str, action: str, target: str, track: str) -> str:
        """Who does what, such as "Russia sends offensive arms to Iran"."""
        return self.names.deed(actor, self.phrase(action, target, track))

    def whether(self, actor: str, word: str, target: str) -> str:
        """What is decided in public, such as "whether Russia denounces Iran"."""
        return f"whether {self.deed(actor, word, target, PUBLIC)}"

    def document(
        self,
        kind: str,
        answer: Callable[[], Iterable[str]],
        facts: Mapping[str, str],
        sections: Sequence[Section],
        words: Iterable[str],
        data: Mapping[str, Any],
    ) -> Document:
        """What was found; `words` are those of MEANINGS that it uses, `data` what programs get."""
        return Document(
            kind=kind,
            title=named(self.scenario.title, self.scenario.name),
            question=self.scenario.question.strip(),
            answer=attempt_texts("the answer", answer),
            facts=facts,
            note=NOTE,
            sections=[
                *sections,
                Section("words", "The words", partial(_meanings, words), frozenset({PAGE})),
            ],
            command=self.command,
            version=version("realpolitik"),
            data=lambda: {
                "scenario": self.scenario.name,
                "seed": self.seed,
                "command": self.command,
                **data,
            },
        )


def _meanings(words: Iterable[str]) -> list[Table]:
    rows = pd.DataFrame({"word": list(words), "meaning": [MEANINGS[word] for word in words]})
    return [Table(rows, [Column("Word", text("word")), Column("Meaning", text("meaning"))])]
