"""`realpolitik show`: a scenario as a person would tell it, on a dated line, or beside another."""

import datetime
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from realpolitik.sim.cli.output import pairs, say_text, show
from realpolitik.sim.engine.deals import Deal
from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.shocks import Shock, When
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.schema import Scenario, Setting
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary, vocabulary_of

Rows = Iterator[tuple[str, str]]

# What is told of a shock or a measure in another way than `key value`.
TOLD_APART = {"kind", "id", "week", "date", "when", "probability", "note", "source"}
TOLD_OF_MEASURE = {"measure", "label", "base_rate"}

# Lists whose entries are told apart by what one of their keys says.
BY_KEY = {"shocks": "id", "deals": "id", "levers": "parameter"}
LISTS = ("actors", "sources")  # entries are added and removed

Differences = Iterator[tuple[str, str]]

MARKS = "123456789abcdefghijklmnopqrstuvwxyz"
MORE = "*"  # the mark of all shocks beyond those
NARROWEST, WIDEST = 20, 100
ROOM = 4  # columns that a month needs; with fewer only years are marked


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
        yield dated.date.isoformat(), _describe_shock(dated.shock, told, felt)
    for shock, when in conditional_shocks(scenario):
        yield "when", _describe_shock(shock, [f"{when.describe()}: {shock.kind} ({shock.id})"], [])


def _describe_shock(shock: Shock, before: list[str], after: list[str]) -> str:
    """The particulars of a shock between other words, and its note on a line of its own."""
    told = [*before, *_particulars(shock)]
    if shock.probability < 1:
        told.append(f"with probability {number(shock.probability)}")
    return "\n".join(filter(None, (", ".join([*told, *after]), shock.note)))


def _particulars(shock: Shock) -> list[str]:
    values = shock.model_dump(exclude=TOLD_APART, exclude_none=True)
    return [f"{key.replace('_', ' ')} {_value(value)}" for key, value in values.items()]


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
    known = vocabulary_of(scenario).parameters
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
    return " ".join([measure.measure, *(f"{key} {_value(value)}" for key, value in values.items())])


def levers(scenario: Scenario) -> Rows:
    """Each lever with its label and how far it goes."""
    known = vocabulary_of(scenario).parameters
    for lever in scenario.levers:
        declared = known[lever.parameter]
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


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)


# ── On a dated line ──────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Dated:
    """A shock with its day, the week in which it is seen, and the one in which it is felt."""

    shock: Shock
    date: datetime.date
    seen: int
    felt: int


def dated_shocks(scenario: Scenario) -> list[Dated]:
    """The shocks that fall on a day, in the order in which the world sees them."""
    found = []
    for shock in scenario.shocks_as_set:
        seen, felt = shock.seen_in_week(scenario.start), shock.felt_in_week(scenario.start)
        if seen is not None and felt is not None:
            date = shock.date or scenario.start + datetime.timedelta(weeks=seen - 1)
            found.append(Dated(shock, date, seen, felt))
    return sorted(found, key=lambda dated: (dated.seen, dated.date))


def conditional_shocks(scenario: Scenario) -> list[tuple[Shock, When]]:
    """The shocks that wait for a condition."""
    return [(shock, shock.when) for shock in scenario.shocks_as_set if shock.when]


def print_timeline(scenario: Scenario) -> None:
    """Draws the line as wide as the terminal, and tells beneath it what each mark is."""
    last = scenario.start + datetime.timedelta(days=max(scenario.weeks * 7 - 1, 0))
    show(Text(scenario.title, style="bold"))
    show(f"{scenario.start} to {last}, weeks 1 to {scenario.weeks}", "")
    width = shutil.get_terminal_size().columns
    for line in drawing(scenario, max(NARROWEST, min(width, WIDEST))):
        show(Text(line, no_wrap=True))
    dated, waiting = dated_shocks(scenario), list(_waiting(scenario))
    if dated:
        rows = [(f"{mark_of(i)}  {one.date}", _legend(one)) for i, one in enumerate(dated)]
        show("", pairs(rows))
    if waiting:
        show("", Text("On a condition", style="bold"), pairs(waiting))


def mark_of(index: int) -> str:
    """The sign of the shock that comes at that place, from 0."""
    return MARKS[index] if index < len(MARKS) else MORE


def _legend(dated: Dated) -> str:
    told = [f"week {dated.seen}: {_named(dated.shock)}"]
    if dated.felt != dated.seen:
        told.append(f"felt from week {dated.felt}")
    return ", ".join(told)


def _waiting(scenario: Scenario) -> Iterator[tuple[str, str]]:
    for shock, when in conditional_shocks(scenario):
        yield "?", f"{_named(shock)}: {when.describe()}"


def _named(shock: Shock) -> str:
    """'us_posture (posture)', and how likely it is."""
    kind = shock.kind.replace("_", " ")
    chance = f", probability {number(shock.probability)}" if shock.probability < 1 else ""
    return f"{shock.id} ({kind}{chance})"


def drawing(scenario: Scenario, width: int) -> list[str]:
    """The marks above each other where shocks coincide, the line with its months, their names."""
    days = max(scenario.weeks * 7, 1)

    def column(date: datetime.date) -> int:
        return min(max((date - scenario.start).days * width // days, 0), width - 1)

    piles: dict[int, list[str]] = {}
    for index, dated in enumerate(dated_shocks(scenario)):
        piles.setdefault(column(dated.date), []).append(mark_of(index))
    tallest = max((len(pile) for pile in piles.values()), default=0)
    rows = [_row(piles, level, width) for level in reversed(range(tallest))]
    firsts = list(_months(scenario.start, days))
    if len(firsts) * ROOM > width:
        firsts = [first for first in firsts if first.month == 1]
    months = {column(first): first for first in firsts}
    line = "".join("┬" if at in months else "─" for at in range(width))
    return [*rows, line, _names(months, width)]


def _row(piles: dict[int, list[str]], level: int, width: int) -> str:
    """One row of marks; level 0 stands on the line, and the first of a pile on top."""
    marks = {at: pile[-1 - level] for at, pile in piles.items() if level < len(pile)}
    return "".join(marks.get(at, " ") for at in range(width)).rstrip()


def _months(start: datetime.date, days: int) -> Iterator[datetime.date]:
    """The first days of months within the horizon."""
    end = start + datetime.timedelta(days=days - 1)
    for year in range(start.year, end.year + 1):
        for month in range(1, 13):
            first = datetime.date(year, month, 1)
            if start <= first <= end:
                yield first


def _names(months: dict[int, datetime.date], width: int) -> str:
    """The names of the months for which there is room; of January the year, which goes first."""
    names = [" "] * width
    for january in (True, False):
        for at, first in months.items():
            name = f"{first:%Y}" if first.month == 1 else f"{first:%b}"
            room = names[max(at - 1, 0) : at + len(name) + 1]
            fits = at + len(name) <= width and not "".join(room).strip()
            if (first.month == 1) is january and fits:
                names[at : at + len(name)] = name
    return "".join(names).rstrip()


# ── What differs between two ─────────────────────────────────────────────────────────


def print_differences(names: Sequence[str], scenarios: Sequence[Scenario]) -> None:
    """A row for each difference: added, removed or changed, and from what to what."""
    before, after = scenarios
    show(pairs([("from", f"{names[0]}  {before.title}"), ("to", f"{names[1]}  {after.title}")]), "")
    found = list(differences(before, after))
    show(pairs(found) if found else "Nothing differs.")


def differences(before: Scenario, after: Scenario) -> Differences:
    """'changed' and 'weeks: 26 -> 52', for everything that the two say otherwise."""
    yield from _between((), _values(before), _values(after))


def _values(scenario: Scenario) -> Any:
    """The scenario as mappings in mappings, entries of lists under their names."""
    values = scenario.model_dump(mode="json", exclude_none=True)
    for part, key in BY_KEY.items():
        values[part] = {entry[key]: entry for entry in values[part]}
    for part in LISTS:
        values[part] = dict.fromkeys(values[part], "")
    values["expects"] = {_expected(entry): entry for entry in values["expects"]}
    return values


def _expected(entry: Mapping[str, str]) -> str:
    return f"{entry['outcome']} than {entry['than']}"


def _between(path: tuple[str, ...], before: Any, after: Any) -> Differences:
    key = ".".join(path)
    if isinstance(before, dict) and isinstance(after, dict):
        for each in dict.fromkeys((*before, *after)):
            yield from _between((*path, each), before.get(each), after.get(each))
    elif before is None:
        yield "added", _format_entry(key, after)
    elif after is None:
        yield "removed", _format_entry(key, before)
    elif before != after:
        yield "changed", f"{key}: {_format_value(before)} -> {_format_value(after)}"


def _format_entry(key: str, value: Any) -> str:
    text = _format_value(value)
    return f"{key}: {text}" if text else key


def _format_value(value: Any) -> str:
    """The value on one line; of a mapping what it says, of text that is empty nothing."""
    match value:
        case dict():
            texts = {key: _format_value(inner) for key, inner in value.items()}
            return ", ".join(f"{key} {text}" for key, text in texts.items() if text)
        case list():
            return f"[{', '.join(_format_value(inner) for inner in value)}]"
        case bool():
            return json.dumps(value)
        case int() | float():
            return number(value)
        case _:
            return str(value).strip()
