"""What is measured, in which setting, and what a calibrated model must show of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, model_validator

from realpolitik.sim.experiments.scenario_cache import ScenarioCache, in_range
from realpolitik.sim.scenario.finding import SourceFile, content_of
from realpolitik.sim.scenario.forms import (
    Counted,
    FileForm,
    Form,
    Listed,
    MisfitError,
    Number,
    Parameters,
    Said,
    Text,
    Whole,
    choice,
    read_file_form,
    read_form,
    refuse,
    refuse_twice,
    wanted,
)
from realpolitik.sim.scenario.nodes import Node, items_of
from realpolitik.sim.scenario.schema import Scenario

Thing = TypeVar("Thing")
Statistic = Literal["share", "mean", "quantile"]
Ground = Literal["judgement", "judgement around a record", "record"]


@dataclass(frozen=True)
class CalibrationCase:
    """A scenario, with the parameters that are given beside it whatever else is varied.

    Attributes:
        called: How the scenario is asked for: its name or the path of its file.
        scenario: The scenario, with those parameters.
        given: Address → value of those parameters.
    """

    called: str
    scenario: Scenario
    given: dict[str, float] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its folder is called: `no_shock`, `haniyeh_2024-RUS.israel_ties-0`."""
        told = [self.called, *(f"{key}={value:g}" for key, value in self.given.items())]
        return re.sub(r"[^A-Za-z0-9_.]+", "-", "-".join(told)).strip("-.")


@dataclass(frozen=True)
class Gauge:
    """A number that is read off the worlds of one case.

    Attributes:
        case: The setting.
        outcome: An outcome of its scenario.
        statistic: The share of worlds, the mean over worlds, or a quantile of the worlds that have
            a value.
        level: Of a quantile: which, between 0 and 1.
        above: Of a share: worlds in which the outcome is above this; none: in which it is 1.
        at_least: Of a share: worlds in which the outcome is at least this.
        given: Only worlds are looked at in which this outcome is 1; empty: all.
    """

    case: CalibrationCase
    outcome: str
    statistic: Statistic
    level: float = 0.5
    above: float | None = None
    at_least: float | None = None
    given: str = ""

    @property
    def scale(self) -> str:
        """The scale of the outcome."""
        return self.case.scenario.outcomes[self.outcome].scale

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What must be known of each world."""
        return (self.outcome, self.given) if self.given else (self.outcome,)


class TargetRecord(Form):
    """The cases that a target rests on.

    Attributes:
        cases: How many there are.
        hits: In how many of them it happened; none where it is no share.
        error: Standard error of what the record says, where it is no share.
    """

    cases: Counted
    hits: Said[Whole] = None
    error: Number = 0.0

    @model_validator(mode="after")
    def _has_one_of_both(self) -> Self:
        if (self.hits is None) == ("error" not in self.model_fields_set):
            told = "neither hits nor error" if self.hits is None else "hits beside error"
            raise MisfitError(told, "the one or the other")
        if self.hits is not None and self.hits > self.cases:
            problem = f"{self.hits} hits of {self.cases} cases"
            raise MisfitError(problem, "no more hits than cases", at=("hits",))
        return self


@dataclass(frozen=True)
class Pattern:
    """Something that a calibrated model must show.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        low: Least value at which the pattern holds.
        high: Greatest value at which it holds.
        ground: Whether the ends of the interval are a judgement, one with a record at hand, or
            what a record says.
        source: Where it is from.
        record_says: What the record says; empty of a judgement without one.
        record: The cases of the record; none of a judgement, or where their number is not known.
        discrepancy: How far the model may be off (standard deviation).
    """

    id: str
    says: str
    gauge: Gauge
    low: float
    high: float
    ground: Ground
    source: str
    record_says: str = ""
    record: TargetRecord | None = None
    discrepancy: float = 0.0


@dataclass(frozen=True)
class KeyFinding:
    """A headline finding: on which side of a level a number lies, or the difference of two.

    Attributes:
        id: Its name.
        says: What it says, in a sentence.
        gauge: The number that is measured.
        than: The setting whose number is taken off it, world by world; none: nothing is.
        above: Whether it should lie above the level, or below.
        level: The level.
    """

    id: str
    says: str
    gauge: Gauge
    than: Gauge | None
    above: bool
    level: float


# ── What a file says ─────────────────────────────────────────────────────────────────


class SettingForm(Form):
    """A setting."""

    scenario: Text
    parameters: Parameters = Field(default={})


class MeasuredForm(SettingForm):
    """What is measured in a setting."""

    statistic: Annotated[Statistic, choice("statistic", Statistic)]
    outcome: Text
    level: Said[Annotated[float, Field(gt=0, lt=1), wanted("a number between 0 and 1")]] = None
    above: Said[Number] = None
    at_least: Said[Number] = None
    given: Said[Text] = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        """Some statistics have what others do not."""
        bounds = [key for key in ("above", "at_least") if getattr(self, key) is not None]
        if self.level is not None and self.statistic != "quantile":
            problem = f"a level of a {self.statistic}"
            raise MisfitError(problem, "it with a quantile only", at=("level",))
        if bounds and self.statistic != "share":
            problem = f"{bounds[0]} with a {self.statistic}"
            raise MisfitError(problem, "it with a share only", at=(bounds[0],))
        if len(bounds) > 1:
            raise MisfitError("above beside at_least", "the one or the other", at=("above",))
        return self


class TargetForm(Form):
    """The interval in which the number should lie."""

    low: Number
    high: Number

    @model_validator(mode="after")
    def _ascends(self) -> Self:
        if self.low > self.high:
            problem = f"the target is {self.low:g} to {self.high:g}"
            raise MisfitError(problem, "low, then high", at=("low",))
        return self


class PatternForm(Form):
    """A pattern."""

    needed = ("id", "says", "measured", "target", "ground", "source")

    id: Text = ""
    says: Text = ""
    measured: Said[MeasuredForm] = None
    target: Said[TargetForm] = None
    ground: Said[Annotated[Ground, choice("ground", Ground)]] = None
    source: Text = ""
    record_says: Said[Text] = None
    record: Said[TargetRecord] = None
    discrepancy: Annotated[float, Field(ge=0), wanted("0 or more")] = 0.0


class ExpectForm(Form):
    """The side of a level on which a number should lie."""

    above: Said[Number] = None
    below: Said[Number] = None


class FindingForm(Form):
    """A finding."""

    needed = ("id", "says", "measured", "expect")

    id: Text = ""
    says: Text = ""
    measured: Said[MeasuredForm] = None
    than: Said[SettingForm] = None
    expect: Said[ExpectForm] = None


class PatternsForm(FileForm):
    """A file of patterns."""

    needed = ("patterns",)

    about: str | None = None
    patterns: Listed = ()


class FindingsForm(FileForm):
    """A file of findings."""

    needed = ("findings",)

    about: str | None = None
    findings: Listed = ()


# ── Reading files of patterns and findings ───────────────────────────────────────────


AGENTS = "realpolitik.agents"


def load_patterns() -> tuple[Pattern, ...]:
    """The patterns that are shipped."""
    source = _shipped("patterns.yaml")
    return read_patterns(content_of(source), source)


def load_findings() -> tuple[KeyFinding, ...]:
    """The headline findings that are shipped."""
    source = _shipped("findings.yaml")
    return read_findings(content_of(source), source)


def _shipped(name: str) -> SourceFile:
    file = files(AGENTS).joinpath(name)
    return SourceFile(str(file), file)


def read_patterns(text: str | bytes, where: str | SourceFile) -> tuple[Pattern, ...]:
    """The patterns in a text; `where` is the path of its file, used in faults.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    return _read(text, where, PatternsForm, "pattern", _pattern)


def read_findings(text: str | bytes, where: str | SourceFile) -> tuple[KeyFinding, ...]:
    """The findings in a text; `where` is the path of its file, used in faults.

    Raises:
        ScenarioError: something is wrong; it holds all faults.
    """
    return _read(text, where, FindingsForm, "finding", _finding)


def _read(
    text: str | bytes,
    where: str | SourceFile,
    form: type[FileForm],
    what: str,
    read: Callable[[Node, ScenarioCache], Thing | None],
) -> tuple[Thing, ...]:
    """The things that a file lists, each read by `read`; all its faults are told of at once."""
    source = where if isinstance(where, SourceFile) else SourceFile(where)
    file = read_file_form(text, source.where, form, f"{what}s")
    nodes, cache = items_of(file.node(f"{what}s")), ScenarioCache(source, file.faults)
    found = [read(node, cache) for node in nodes]
    refuse_twice(nodes, what, file.faults)
    refuse(file.faults)
    return tuple(one for one in found if one)


def _pattern(node: Node, cache: ScenarioCache) -> Pattern | None:
    form = read_form(node, PatternForm, cache.faults, "a pattern")
    gauge = _gauge(form.measured, cache)
    _check_ground(form)
    if gauge is None or form.target is None or form.ground is None:
        return None
    return Pattern(
        id=form.id,
        says=form.says,
        gauge=gauge,
        low=form.target.low,
        high=form.target.high,
        ground=form.ground,
        source=form.source,
        record_says=form.record_says or "",
        record=form.record,
        discrepancy=form.discrepancy,
    )


def _check_ground(form: PatternForm) -> None:
    """Only a judgement without a record says nothing of one; what a record says needs its cases."""
    if form.ground == "judgement" and form.node("record_says"):
        problem = "a record beside the ground 'judgement'"
        form.blame(problem, "'judgement around a record'", at=("record_says",))
    elif form.ground != "judgement" and not form.node("record_says"):
        form.blame("missing key 'record_says'")
    if form.ground == "record" and not form.node("record"):
        form.blame("missing key 'record'", "it where the ground is a record")


def _finding(node: Node, cache: ScenarioCache) -> KeyFinding | None:
    form = read_form(node, FindingForm, cache.faults, "a finding")
    gauge, case = _gauge(form.measured, cache), _case(form.than, cache)
    sides = form.expect.model_dump(exclude_none=True) if form.expect else {}
    if form.expect and len(sides) != 1:
        form.expect.blame("no single side is expected", "above or below a level")
    if gauge is None or len(sides) != 1:
        return None
    than = replace(gauge, case=case) if case else None
    if case and (lacking := set(gauge.outcomes) - set(case.scenario.outcomes)):
        problem = f"there is no outcome {min(lacking)!r} in {case.called}"
        form.blame(problem, at=("than",))
    ((side, level),) = sides.items()
    return KeyFinding(form.id, form.says, gauge, than, side == "above", level)


def _gauge(form: MeasuredForm | None, cache: ScenarioCache) -> Gauge | None:
    """What stands under `measured`; None, and faults, if it cannot be measured."""
    case = _case(form, cache)
    if form is None or case is None:
        return None
    outcomes = case.scenario.outcomes
    shares = [name for name, measure in outcomes.items() if measure.scale == "share"]
    if form.given:
        form.knows("given", "outcome that is a share of worlds", shares)
    if not form.knows("outcome", "outcome", outcomes):
        return None
    is_bounded = form.above is not None or form.at_least is not None
    if form.statistic == "share" and not is_bounded and form.outcome not in shares:
        problem = f"{form.outcome} is no share of worlds"
        form.blame(problem, "above or at_least beside it, or a mean", at=("outcome",))
    return Gauge(
        case,
        form.outcome,
        form.statistic,
        form.level or 0.5,
        form.above,
        form.at_least,
        form.given or "",
    )


def _case(form: SettingForm | None, cache: ScenarioCache) -> CalibrationCase | None:
    """The setting that is named; None, and faults, if there is none."""
    if form is None:
        return None
    loaded = cache.take(form.scenario, form.place("scenario"))
    given = in_range(form, form.parameters, loaded[0] if loaded else None)
    if loaded is None:
        return None
    scenario, called = loaded
    return CalibrationCase(called, scenario.with_parameters(given), given)
