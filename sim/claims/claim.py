"""What a claim is, and what a test of it is: values that the reader makes and the audit runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, PrivateAttr

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.forms import Form, Name, Text, Yes, choice, one_name_of, wanted
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Kind = Literal["incentive", "belief", "constraint", "precedent", "behaviour", "prediction"]
Status = Literal["fact", "opinion", "prediction"]
Expected = Literal["higher", "lower", "same", "above", "below", "within"]
Verdict = Literal["holds", "fails", "undecided", "not testable"]

KINDS: tuple[str, ...] = get_args(Kind)
STATUSES: tuple[str, ...] = get_args(Status)
EXPECTED: tuple[Expected, ...] = get_args(Expected)
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

CaseKey = tuple[str, tuple[tuple[str, float], ...]]


def words_of(measure: Measure) -> list[str]:
    """The measure and what it is of, such as act, offensive_arms, RUS, HOU."""
    said = measure.model_dump(exclude={"label", "base_rate"})
    return [str(value) for value in said.values()]


@dataclass(frozen=True)
class ClaimCase:
    """Something to simulate: a scenario with parameters on top of its own.

    Attributes:
        called: The name or path of the scenario, with its variant: one text for one scenario.
        scenario: The scenario.
        parameters: Address → value.
    """

    called: str
    scenario: Scenario
    parameters: Mapping[str, float]

    @cached_property
    def key(self) -> CaseKey:
        """The same for cases that are the same, however their parameters are ordered."""
        return self.called, tuple(sorted(self.parameters.items()))


@dataclass(frozen=True)
class ClaimOutcome:
    """One outcome of one case, and what it is called in tables."""

    case: ClaimCase
    measure: Measure
    outcome: str

    @property
    def column(self) -> str:
        """A name that says all of the measure, such as `act offensive_arms RUS HOU`."""
        return " ".join(words_of(self.measure))


@dataclass(frozen=True)
class ClaimTest:
    """A test that a claim can fail.

    Attributes:
        base: What is looked at; without what is changed, if anything is.
        changed: The same with the change; None if the outcome is held against a level.
        expect: Which way the change moves the outcome, or where the outcome lies.
        by: The smallest effect that matters, at least 0; above 0 for `same`.
        level: The two ends for `within`, twice the same number for `above` and `below`.
        given: A share; only worlds in which it came about are looked at. None for all worlds.
        without: The same held against a level where the actor has no motives; None if there is
            no such yardstick.
    """

    base: ClaimOutcome
    changed: ClaimOutcome | None
    expect: Expected
    by: float
    level: tuple[float, float] | None = None
    given: ClaimOutcome | None = None
    without: "ClaimTest | None" = None

    @property
    def sides(self) -> tuple[ClaimOutcome, ...]:
        """What has to be simulated for it."""
        own = tuple(side for side in (self.base, self.changed, self.given) if side)
        return own + (self.without.sides if self.without else ())

    @property
    def outcome(self) -> str:
        """What is looked at, and in which worlds if not in all."""
        return self.base.outcome + (f" where {self.given.outcome}" if self.given else "")

    @property
    def change(self) -> str:
        """What is changed, in a few words; empty if nothing is."""
        base, changed = self.base, self.changed
        if changed is None:
            return ""
        told = [changed.case.called] if changed.case.called != base.case.called else []
        told += [f"{key} = {number(value)}" for key, value in changed.case.parameters.items()]
        told += [f"{changed.outcome} instead"] if changed.column != base.column and not told else []
        return ", ".join(told) or "nothing"


class Claim(Form):
    """A claim, where it stands in the article, where it is in the model, and how it is tried.

    Defaults stand in for what is missing or wrong, so that one fault of a file hides no other.

    Attributes:
        id: Its name, plain and used once.
        paragraph: Where it is made: `P7`, `P7-P8`, `P13, P15`.
        actor: Code of the actor it is about.
        kind: What sort of claim it is.
        status: Whether it is told as a fact, an opinion or a prediction.
        claim: The claim in one sentence.
        encoded: What stands for it in the model: addresses, actions, scenarios, shocks.
        test: Its tests, as they are written.
        untestable: Why it cannot be tested; empty if it can.
        note: What a reader should know of its tests.
        inferred: Whether the article only implies it.
        by_construction: Whether its tests can hardly fail, as the model is written so.
    """

    needed = ("id", "paragraph", "actor", "kind", "status", "claim", "encoded")

    id: Text = ""
    paragraph: Text = ""
    actor: Annotated[Text, one_name_of("actor", lambda: vocabulary().actors)] = ""
    kind: Annotated[Kind, choice("kind of claim", Kind)] = "behaviour"
    status: Annotated[Status, choice("status", Status)] = "opinion"
    claim: Text = ""
    encoded: Annotated[tuple[Name, ...], Field(strict=False), wanted("a list of names")] = ()
    test: Any = None
    untestable: Text = ""
    note: Text = ""
    inferred: Yes = False
    by_construction: Yes = False

    _trials: tuple[ClaimTest, ...] = PrivateAttr(default=())

    @property
    def trials(self) -> tuple[ClaimTest, ...]:
        """Its tests; all must hold. None if it cannot be tested."""
        return self._trials

    def tried_by(self, trials: tuple[ClaimTest, ...]) -> "Claim":
        """The claim with these tests."""
        self._trials = trials
        return self


@dataclass(frozen=True)
class Claims:
    """A file of claims.

    Attributes:
        about: What a reader should know first.
        claims: The claims, in the order of the file.
        assumed: Incentive that no claim names, or a glob over such → why it is there.
        scenario: The scenario that they are about; empty if the file names none.
    """

    about: str
    claims: tuple[Claim, ...]
    assumed: Mapping[str, str]
    scenario: str = ""
