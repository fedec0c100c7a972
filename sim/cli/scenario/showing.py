"""`realpolitik show`: a scenario as a person would tell it."""

import datetime
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from realpolitik.sim.cli.output import pairs, say_text, show
from realpolitik.sim.cli.scenario.differing import print_differences
from realpolitik.sim.cli.scenario.timeline import conditional_shocks, dated_shocks, print_timeline
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Scenario, Setting
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

Rows = Iterator[tuple[str, str]]

# What is told of a shock or a measure in another way than `key value`.
TOLD_APART = {"kind", "id", "week", "date", "when", "probability", "note", "source"}
TOLD_OF_MEASURE = {"measure", "label", "base_rate"}


def print_as(how: str | None, names: Sequence[str]) -> None:
    """Prints a scenario in one of several ways, or how two of them differ."""
    scenarios = [load_scenario(name) for name in names]
    match how:
        case "resolved":
            say_text(dump_scenario(scenarios[0]))
        case "timeline":
            print_timeline(scenarios[0])
        case "diff":
            print_differences(names, scenarios)
        case _:
            print_scenario(scenarios[0])


def print_scenario(scenario: Scenario) -> None:
    """Prints it, section by section, those left out that have nothing to say."""
    show(Text(scenario.title, style="bold"), " ".join(scenario.question.split()))
    for heading, rows in (
        ("", frame(scenario)),
        ("What happens", shocks(scenario)),
        ("Deals on the table", deals(scenario)),
        ("Parameters that differ", parameters(scenario)),
        ("Values at the start that differ", start_values(scenario)),
        ("What is asked", outcomes(scenario)),
        ("What could be chosen otherwise", levers(scenario)),
        ("What should differ", expectations(scenario)),
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
    if scenario.variants:
        yield "variants", ", ".join(f"#{name}" for name in scenario.variants)


def shocks(scenario: Scenario) -> Rows:
    """Each shock on its date, in the order in which the world sees them, then the others."""
    for dated in dated_shocks(scenario):
        told = [f"week {dated.seen}: {dated.shock.kind} ({dated.shock.id})"]
        felt = [f"felt from week {dated.felt}"] if dated.felt != dated.seen else []
        yield dated.date.isoformat(), _told(dated.shock, told, felt)
    for shock, when in conditional_shocks(scenario):
        yield "when", _told(shock, [f"{when.told()}: {shock.kind} ({shock.id})"], [])


def _told(shock: Shock, before: list[str], after: list[str]) -> str:
    """The particulars of a shock between other words, and its note on a line of its own."""
    told = [*before, *_particulars(shock)]
    if shock.probability < 1:
        told.append(f"with probability {number(shock.probability)}")
    return "\n".join(filter(None, (", ".join([*told, *after]), shock.note)))


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
    for address, value in scenario.settings.items():
        given, default = scenario.parameters[address], known[address].default
        told = [f"{number(value)} instead of {number(default)}"] if value != default else []
        if isinstance(given, Setting) and given.range:
            told.append(f"from {number(given.range[0])} to {number(given.range[1])}")
        if isinstance(given, Setting) and given.source:
            told.append(given.source)
        if told:
            yield address, "; ".join(told)


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


def levers(scenario: Scenario) -> Rows:
    """Each lever with its label and how far it goes."""
    for lever in scenario.levers:
        declared = vocabulary().parameters[lever.parameter]
        low, high = lever.range or (declared.low, declared.high)
        yield lever.parameter, f"{lever.label}; from {number(low)} to {number(high)}"


def expectations(scenario: Scenario) -> Rows:
    """Each claim with what should come of it."""
    for one in scenario.expects:
        how = "the same as" if one.direction == "same" else f"{one.direction} than"
        told = f"{how} in {one.than}: {one.claim}"
        yield one.outcome, f"{told} ({one.source})" if one.source else told


def sources(scenario: Scenario) -> Rows:
    """Where the facts are from."""
    for source in scenario.sources:
        yield "-", source


def day(date: datetime.date) -> str:
    """'5 August 2024'."""
    return f"{date.day} {date:%B %Y}"


def _said(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
