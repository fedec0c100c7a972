"""`realpolitik show`: a scenario as a person would tell it."""

import datetime
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from realpolitik.sim.cli.console import pairs, show
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Rows = Iterator[tuple[str, str]]

# What is told of a shock or a measure in another way than `key value`.
TOLD_APART = {"kind", "id", "week", "date", "probability", "note", "source"}
TOLD_OF_MEASURE = {"measure", "label", "base_rate"}


def print_scenario(path_or_name: str) -> None:
    """Prints it, section by section, those left out that have nothing to say."""
    scenario = load_scenario(path_or_name)
    show(Text(scenario.title, style="bold"), scenario.question.strip())
    for heading, rows in (
        ("", frame(scenario)),
        ("What happens", shocks(scenario)),
        ("Deals on the table", deals(scenario)),
        ("Parameters that differ", parameters(scenario)),
        ("Values at the start that differ", start_values(scenario)),
        ("What is asked", outcomes(scenario)),
        ("Sources", sources(scenario)),
    ):
        section = list(rows)
        if section:
            show(_section(heading, section))


def _section(heading: str, rows: list[tuple[str, str]]) -> RenderableType:
    lines: list[RenderableType] = ["", Text(heading, style="bold")] if heading else [""]
    return Group(*lines, pairs(rows))


def frame(scenario: Scenario) -> Rows:
    """When, for how long, and who."""
    actors = vocabulary().actors
    yield "start", day(scenario.start)
    if scenario.weeks:
        last = scenario.start + datetime.timedelta(weeks=scenario.weeks, days=-1)
        yield "end", f"{day(last)}, after {scenario.weeks} weeks"
    yield "actors", ", ".join(f"{code} {actors[code].title}" for code in scenario.actors)


def shocks(scenario: Scenario) -> Rows:
    """Each shock on its date, in the order in which the world sees them."""
    for shock in sorted(scenario.shocks, key=lambda one: one.seen_in_week(scenario.start)):
        seen, felt = shock.seen_in_week(scenario.start), shock.felt_in_week(scenario.start)
        date = shock.date or scenario.start + datetime.timedelta(weeks=seen - 1)
        told = [f"week {seen}: {shock.kind} ({shock.id})", *_particulars(shock)]
        if shock.probability < 1:
            told.append(f"with probability {number(shock.probability)}")
        if felt != seen:
            told.append(f"felt from week {felt}")
        yield date.isoformat(), "\n".join(filter(None, (", ".join(told), shock.note)))


def _particulars(shock: Shock) -> list[str]:
    values = shock.model_dump(exclude=TOLD_APART, exclude_none=True)
    return [f"{key.replace('_', ' ')} {_said(value)}" for key, value in values.items()]


def deals(scenario: Scenario) -> Rows:
    """Who would hold back toward whom, if who concedes."""
    for deal in scenario.deals:
        yield deal.id, _deal(deal)


def _deal(deal: Deal) -> str:
    return (
        f"{deal.actor} holds back toward {deal.toward} if {deal.rival} concedes; "
        f"openness {number(deal.openness)}"
    )


def parameters(scenario: Scenario) -> Rows:
    """Parameters whose value is not the default."""
    known = vocabulary().parameters
    for address, value in scenario.parameters.items():
        default = known[address].default
        if value != default:
            yield address, f"{number(value)} instead of {number(default)}"


def start_values(scenario: Scenario) -> Rows:
    """Quantities that the scenario starts with another value."""
    for quantity, values in scenario.initial.items():
        for place, value in values.items():
            yield f"{quantity} {place}", number(value)


def outcomes(scenario: Scenario) -> Rows:
    """Each outcome with its label and how it is measured."""
    for name, measure in scenario.outcomes.items():
        yield name, "; ".join(filter(None, (measure.label, _measured(measure))))


def _measured(measure: Measure) -> str:
    values = measure.model_dump(exclude=TOLD_OF_MEASURE, exclude_none=True)
    return " ".join([measure.measure, *(f"{key} {_said(value)}" for key, value in values.items())])


def sources(scenario: Scenario) -> Rows:
    """Where the facts are from."""
    for source in scenario.sources:
        yield "-", source


def day(date: datetime.date) -> str:
    """'5 August 2024'."""
    return f"{date.day} {date:%B %Y}"


def _said(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
