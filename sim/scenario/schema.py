"""A scenario: actors, a start, shocks, a horizon, and what is to be measured."""

import datetime
import functools
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, create_model
from pydantic.json_schema import SkipJsonSchema

from realpolitik.sim.engine.actions import ActorCode, OutcomeName, ParameterName, address_of
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.parameters import merge
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.scenario.battery import BATTERY, ROLES
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError

# ── A scenario ───────────────────────────────────────────────────────────────────────


Text = Annotated[str, Field(min_length=1, max_length=10_000)]
Title = Annotated[str, Field(min_length=1, max_length=1_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Setting(BaseModel):
    """A parameter given another value, with the range it may be varied over and a source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: Number = Field(description="The value")
    range: tuple[Number, Number] | None = Field(
        None, description="Lowest and highest value in sweeps; none: the declared range"
    )
    source: str = Field("", description="Where the value is from")


class Lever(BaseModel):
    """Something that could be chosen otherwise: a parameter, who could choose it, and how far."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    parameter: ParameterName = Field(description="Its address")
    label: Title = Field(description="What the choice is, in words")
    range: tuple[Number, Number] | None = Field(
        None, description="Lowest and highest value; none: the declared range"
    )


class Expectation(BaseModel):
    """Which way an outcome should differ from that of another scenario, if a claim holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: OutcomeName = Field(description="An outcome that both scenarios measure")
    than: Text = Field(description="The other: a shipped name, a file, or FILE#variant")
    direction: Literal["higher", "lower", "same"] = Field(description="Of the mean in this one")
    claim: Text = Field(description="The claim, in a sentence")
    source: str = Field("", description="Who makes it: a paragraph, a paper")


class Episode(BaseModel):
    """What was chosen in fact, in the situation that the scenario describes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: OutcomeName = Field(
        description="The choice: a grade of help, a yes or no, or a number (yes from 1 on)"
    )
    observed: Annotated[int, Field(ge=0, le=6)] | bool = Field(
        description="What came of it: a grade of help from 0 to 6, or true or false"
    )
    date: datetime.date = Field(description="Day of the act, or of the refusal")
    certainty: float = Field(
        1.0, gt=0, le=1, description="How sure the observation is; its weight in all scores"
    )
    in_article: bool = Field(description="Whether the article tells of it")
    crisis: str = Field(
        "", description="The crisis it is of, left out as a whole; none: one of its own"
    )
    base_rate_borrowed: bool = Field(
        False, description="Whether the base rate is of crises of another kind than this"
    )
    note: str = Field("", description="How the observation was coded, and what is assumed")
    source: Text = Field(description="Where the observation is from")


FirstDay = datetime.date | Literal["never"]


class Answer(BaseModel):
    """What came of one question of the battery."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    first: FirstDay = Field(
        description="First day on which it came about, or `never` to the end of the scenario"
    )
    second: FirstDay | None = Field(
        None, description="The same by another coding; none: there is no doubt"
    )
    certainty: float | None = Field(
        None, gt=0, le=1, description="How sure it is; none: as sure as the others"
    )
    note: str = Field("", description="How it was coded, and what is assumed")
    source: str = Field("", description="Where it is from; none: from where the others are")


class Aftermath(BaseModel):
    """What followed the trigger that the scenario begins with: answers to fixed questions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    perpetrator: ActorCode = Field(description="Who did it")
    victim: ActorCode = Field(description="To whom it was done")
    patron: ActorCode | None = Field(
        None, description="The patron of the victim; none: it has none"
    )
    ally: ActorCode | None = Field(
        None, description="Who may strike for the victim; none: the patron"
    )
    crisis: str = Field(
        "", description="The crisis it is of, left out as a whole; none: one of its own"
    )
    in_article: bool = Field(False, description="Whether the article tells of it")
    certainty: float = Field(
        1.0, gt=0, le=1, description="How sure the answers are; their weight in all scores"
    )
    source: Text = Field(description="Where the answers are from")
    answers: dict[str, Answer] = Field(
        min_length=1,
        description="Question of the battery → what came of it; what is not asked is left out",
        json_schema_extra={"propertyNames": {"enum": list(BATTERY)}},
    )

    @property
    def actors(self) -> dict[str, str]:
        """Role → actor, for the roles that somebody has."""
        roles = (self.perpetrator, self.victim, self.patron, self.ally or self.patron)
        return {role: actor for role, actor in zip(ROLES, roles, strict=True) if actor}


@dataclass(frozen=True)
class StartingRecord:
    """A record of acts, at whose end a scenario starts.

    Attributes:
        path: The file.
        until: Its last day; None for its end.
        place: Where the file is named.
        until_place: Where the day is, or where the file is named.
    """

    path: str
    until: datetime.date | None
    place: Place
    until_place: Place


class Scenario(BaseModel):
    """What is set going: who, from when, for how long, what happens to them, what is asked.

    `name` is the stem of its file. Parameters are addresses with values; `initial` holds values of
    quantities by actor (`RUS`), directed dyad (`RUS-IRN`) or both directions (`RUS<>IRN`).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", title="Scenario")

    schema_version: Literal[1] = Field(1, description="Version of this language")
    name: str = Field("", exclude=True, description="Set by the reader from the file's name")
    variants: tuple[str, ...] = Field(
        (), exclude=True, description="Names of the variants, set by the reader from the file"
    )
    starts_from: SkipJsonSchema[StartingRecord | None] = Field(
        None, exclude=True, description="Set by the reader, until the record is replayed"
    )
    title: Title = Field(description="What the scenario is called")
    question: Text = Field(description="The question it answers")
    start: datetime.date = Field(description="First day of week 1", examples=["2024-08-05"])
    weeks: int = Field(26, ge=0, le=520, description="Horizon [weeks]")
    actors: tuple[ActorCode, ...] = Field(min_length=1, description="Who takes part")
    parameters: dict[str, Number | Setting] = Field(
        {}, description="Address → value (or value, range and source): RUS.israel_ties: 0.3"
    )
    initial: dict[str, dict[str, Number]] = Field(
        {}, description="Quantity → actor (RUS) or dyad (RUS-IRN, RUS<>IRN) → value at the start"
    )
    shocks: tuple[SerializeAsAny[Shock], ...] = Field((), description="What happens, and when")
    deals: tuple[Deal, ...] = Field((), description="Deals on the table")
    outcomes: dict[str, SerializeAsAny[Measure]] = Field(
        {}, description="Name → measure: what is read off each world"
    )
    levers: tuple[Lever, ...] = Field((), description="What could be chosen otherwise")
    expects: tuple[Expectation, ...] = Field((), description="What should differ, if claims hold")
    episode: Episode | None = Field(None, description="What was chosen in fact, to score against")
    aftermath: Aftermath | None = Field(
        None, description="What followed the trigger in fact, to score against"
    )
    sources: tuple[Text, ...] = Field((), description="Where the facts are from")

    @property
    def settings(self) -> dict[str, float]:
        """Address → value of the parameters that the scenario sets."""
        return {
            address: given.value if isinstance(given, Setting) else given
            for address, given in self.parameters.items()
        }

    @property
    def shocks_as_set(self) -> tuple[Shock, ...]:
        """The shocks with what the parameters say of their numbers."""
        return tuple(shock.as_set(self.settings) for shock in self.shocks)

    def with_parameters(self, parameters: Mapping[str, float]) -> Self:
        """The same scenario with these parameters on top of its own."""
        given = {address_of(address): value for address, value in parameters.items()}
        return self.model_copy(update={"parameters": merge(self.settings, given)})


def scenario_type(
    shocks: Iterable[type[Shock]], measures: Iterable[type[Measure]]
) -> type[Scenario]:
    """The Scenario whose file may use these kinds of shock and these measures."""
    shock: Any = one_of(shocks, "kind")
    measure: Any = one_of(measures, "measure")
    types: dict[str, Any] = {
        "shocks": (tuple[shock, ...], Scenario.model_fields["shocks"]),
        "outcomes": (dict[str, measure], Scenario.model_fields["outcomes"]),
    }
    return create_model("Scenario", __base__=Scenario, **types)


def one_of(kinds: Iterable[type[BaseModel]], key: str) -> Any:
    """The type of a value that is one of these models, told apart by the field `key`."""
    return Annotated[functools.reduce(operator.or_, kinds), Field(discriminator=key)]


# ── Whether it measures anything ─────────────────────────────────────────────────────


EXAMPLE = "`peak: {measure: highest_rung}`"


def nothing_measured(called: str) -> Fault:
    """The fault that there are no outcomes; `called` is how the scenario was asked for."""
    problem = "there is nothing to measure: the scenario has no outcomes"
    return Fault(
        Place(called), problem, f"at least one under the key `outcomes`, such as {EXAMPLE}"
    )


def need_outcomes(scenario: Scenario, called: str = "") -> None:
    """Makes sure that a scenario measures something.

    Raises:
        ScenarioError: it does not; placed at `called`, or at the name of the scenario.
    """
    if not scenario.outcomes:
        raise ScenarioError([nothing_measured(called or scenario.name or "scenario")])
