"""Everything that must hold in a scenario file beyond types: all faults at once.

Each check is a small generator over the file as it is written, so that one fault hides no other.
"""

import calendar
import datetime
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from math import inf

from pydantic import ValidationError

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks import Shock, When
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.scenario.battery import BATTERY
from realpolitik.sim.scenario.characters import folded, oddity
from realpolitik.sim.scenario.errors import (
    Fault,
    Place,
    is_between,
    nearest,
    number,
    number_between,
    one_of,
    quoted,
    unknown,
)
from realpolitik.sim.scenario.nodes import (
    MapEntry,
    Node,
    ScalarNode,
    child,
    describe,
    entries_of,
    items_of,
    locate,
    number_of,
    plain,
    text_of,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import (
    Item,
    Mention,
    base_rates_fit,
    beyond_range,
    items_in,
    mentions,
    parameters_in_range,
    set_values_in_range,
    start_in_range,
)
from realpolitik.sim.scenario.vocabulary import Vocabulary, places, vocabulary, vocabulary_with

# ── Episodes ─────────────────────────────────────────────────────────────────────────


YES_OR_NO = "true or false"
DAYS = ("first", "second")
SCORED = {"share": YES_OR_NO, "number": YES_OR_NO, "grade": "a grade from 0 to 6"}


def episode_fits(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """A choice that cannot be scored, an observation of the other kind, a date outside."""
    episode = child(tree, "episode")
    if episode is not None:
        yield from _observed(tree, episode, words)
        yield from _in_time(tree, child(episode, "date"))


def _observed(tree: Node, episode: Node, words: Vocabulary) -> Iterator[Fault]:
    at, observed = child(episode, "outcome"), child(episode, "observed")
    name = text_of(at) or ""
    measure = text_of(child(child(child(tree, "outcomes"), name), "measure"))
    model = words.measures.get(measure or "")
    if at is None or model is None:
        return  # told of elsewhere
    if model.scale not in SCORED:
        problem = f"the outcome {quoted(name)} is measured in {model.scale}"
        yield Fault(at.place, problem, f"one measured in {', '.join(SCORED)}")
    elif _is_other_kind(observed, model.scale) and observed is not None:
        wanted = f"{SCORED[model.scale]}, as {measure} gives"
        yield Fault(observed.place, f"observed is {describe(observed)}", wanted)


def _is_other_kind(observed: Node | None, scale: str) -> bool:
    """Whether a grade is given for a yes or no, or the other way round."""
    if not isinstance(observed, ScalarNode) or not isinstance(observed.value, bool | int):
        return False
    return isinstance(observed.value, bool) == (scale == "grade")


def aftermath_fits(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """Answers about nobody, and days outside."""
    aftermath = child(tree, "aftermath")
    for name, entry in entries_of(child(aftermath, "answers")).items():
        yield from _about_somebody(aftermath, name, entry)
        for key in DAYS:
            yield from _in_time(tree, child(entry.node, key))


def _about_somebody(aftermath: Node | None, name: str, entry: MapEntry) -> Iterator[Fault]:
    """A question about the patron or the ally where none is named."""
    roles = BATTERY[name].roles if name in BATTERY else ()
    named = [role for role in ("patron", "ally") if child(aftermath, role) is not None]
    for role, instead in (("patron", ["patron"]), ("ally", ["ally", "patron"])):
        if role in roles and not {*named} & {*instead}:
            problem = f"{name} asks of the {role}, and none is named"
            yield Fault(entry.key_place, problem, f"`{role}:` beside `victim:`, or no such answer")


def _in_time(tree: Node, at: Node | None) -> Iterator[Fault]:
    weeks = number_of(child(tree, "weeks"))
    start, day = day_of(text_of(child(tree, "start")) or ""), day_of(text_of(at) or "")
    if weeks is None:
        weeks = Scenario.model_fields["weeks"].default
    if at is None or start is None or day is None or not 0 <= weeks <= 520:
        return  # told of elsewhere
    last = start + datetime.timedelta(weeks=int(weeks), days=-1)
    if not start <= day <= last:
        problem = f"the date is {day}, outside the {int(weeks)} weeks of the scenario"
        yield Fault(at.place, problem, f"a day from {start} to {last}")


# ── Ranges of settings ───────────────────────────────────────────────────────────────


def ranges_fit(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Ranges that are empty, go beyond what is declared, or leave out the value they are of."""
    for address, entry in entries_of(child(tree, "parameters")).items():
        node = child(entry.node, "range")
        yield from _range(node, address, words)
        yield from _outside(node, child(entry.node, "value"), words.parameters.get(address))
    for lever in items_of(child(tree, "levers")):
        yield from _range(child(lever, "range"), text_of(child(lever, "parameter")) or "", words)


def _range(node: Node | None, address: str, words: Vocabulary) -> Iterator[Fault]:
    """What is wrong with the ends; nothing if the type is wrong, which is told of elsewhere."""
    ends = _ends(node)
    if node is None or ends is None:
        return
    low, high = ends
    parameter = words.parameters.get(address)
    if low >= high:
        problem = f"the range is {number(low)} to {number(high)}"
        yield Fault(node.place, problem, "the lower number first, then a higher one")
    elif parameter:
        for end, one in zip(items_of(node), ends, strict=True):
            yield from beyond_range(parameter, one, end.place)


def _outside(node: Node | None, value: Node | None, parameter: Parameter | None) -> Iterator[Fault]:
    """A value that is in the declared range, but not in the one beside it."""
    ends, given = _ends(node), number_of(value)
    if not (ends and value and parameter) or given is None or ends[0] >= ends[1]:
        return
    least, most = parameter.takes
    is_allowed = is_between(least, given, most)
    if is_allowed and not is_between(ends[0], given, ends[1]):
        problem = f"{parameter.address} is {number(given)}, which is not in the range beside it"
        yield Fault(value.place, problem, number_between(*ends))


def _ends(node: Node | None) -> tuple[float, float] | None:
    """Lowest and highest; None if there are not two numbers."""
    numbers = [number_of(item) for item in items_of(node)]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None:
        return None
    return numbers[0], numbers[1]


# ── Dates ────────────────────────────────────────────────────────────────────────────


FIRST_YEAR, LAST_YEAR = 1700, 2199
YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-./ ](?P<month>\d{1,2})[-./ ](?P<day>\d{1,2})")
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-./ ](?P<month>\d{1,2})[-./ ](?P<year>\d{4})")
MOST_WEEKS = 10_000  # beyond it dates may run out


def dates_are_days(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Dates that are written some other way, or lie outside what can be counted."""
    dates = [child(tree, "start"), *(item.get("date") for item in items_in(tree, words))]
    for node in dates:
        text = text_of(node)
        if node is not None and text is not None:
            day = day_of(text)
            if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
                yield no_day(text, node.place)


def no_day(text: str, place: Place) -> Fault:
    """The fault of a text that is no day, or none that can be counted."""
    wanted = f"a date such as 2024-08-05, from {FIRST_YEAR} to {LAST_YEAR}"
    problem = f"the date is {quoted(text)}{oddity(text)}"
    found = YEAR_FIRST.fullmatch(folded(text)) or DAY_FIRST.fullmatch(folded(text))
    if not found:
        return Fault(place, problem, wanted)
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    if month > 12 >= day and found.re is DAY_FIRST:
        month, day = day, month  # as Americans write it
    if why := _impossible(year, month, day):
        return Fault(place, f"{problem}, but {why}", wanted)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Fault(place, problem, wanted)
    is_clear = found.re is YEAR_FIRST or day > 12 or "." in text
    meant = datetime.date(year, month, day).isoformat() if is_clear else "such as 2024-08-05"
    return Fault(place, problem, f"year-month-day: {meant}")


def _impossible(year: int, month: int, day: int) -> str:
    """Why there is no such day; empty if there is."""
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    last = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= last else f"{calendar.month_name[month]} {year} has {last} days"


def shocks_in_time(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Shocks before the first week, or after the last."""
    start, weeks = _start(tree), _weeks(tree)
    if start is None or weeks is None:
        return  # told of elsewhere
    for item in items_in(tree, words):
        shock = _shock(item)
        seen = shock.seen_in_week(start) if shock else None
        felt = shock.felt_in_week(start) if shock else None
        if shock is None or seen is None or felt is None:
            continue  # wrong in itself, or on a condition
        place = locate(item.node, ("week" if shock.week is not None else "date",))
        if felt < 1:
            problem = f"{quoted(shock.id)} comes before the first day of the scenario"
            yield Fault(place, problem, f"{start} or later")
        elif seen > weeks:
            last = start + datetime.timedelta(weeks=int(weeks), days=-1)
            problem = f"{quoted(shock.id)} comes after the last of {number(weeks)} weeks"
            yield Fault(place, problem, f"{last} or earlier")


def words_of(tree: Node) -> Vocabulary:
    """The vocabulary for a file, with the numbers of its shocks among the parameters.

    Of a shock that is wrong in itself, which is told of elsewhere, all fields take any number.
    """
    start, weeks, words = _start(tree) or datetime.date.min, _weeks(tree) or 0, vocabulary()
    numbers: list[Parameter] = []
    for item in items_in(tree, words):
        if shock := _shock(item):
            numbers += shock.parameters(start, int(weeks))
        elif issubclass(item.model, Shock):
            name = f"{FAMILY}.{text_of(item.get('id'))}"
            fields = item.model.model_fields | When.model_fields
            numbers += (Parameter(f"{name}.{one}", 0, -inf, inf, "", "") for one in fields)
    return vocabulary_with(numbers)


def _shock(item: Item) -> Shock | None:
    """The shock that is described; None if it is not right in itself."""
    if not issubclass(item.model, Shock):
        return None
    try:
        return item.model.model_validate_json(json.dumps(plain(item.node)), strict=True)
    except ValidationError:
        return None


def _start(tree: Node) -> datetime.date | None:
    """The first day, if it is one."""
    return day_of(text_of(child(tree, "start")) or "")


def _weeks(tree: Node) -> float | None:
    """The horizon, if it is one that can be counted."""
    said = child(tree, "weeks")
    weeks = number_of(said) if said else float(Scenario.model_fields["weeks"].default)
    return weeks if weeks is not None and 0 <= weeks <= MOST_WEEKS else None


def day_of(text: str) -> datetime.date | None:
    """The day, if it is written as 2024-08-05 is."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


# ── All of them ──────────────────────────────────────────────────────────────────────


NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
TAKEN = frozenset({"world", "point", "week", "rung"})  # columns and measures that the tables have

Check = Callable[[Node, Vocabulary], Iterator[Fault]]


def check(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """All faults of the names, ranges, places and dates of a file."""
    for one in CHECKS:
        yield from one(tree, words)


def known_names(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Names that nothing bears."""
    deals = [text_of(child(deal, "id")) or "" for deal in items_of(child(tree, "deals"))]
    known: dict[str, Collection[str]] = {
        "actor": words.actors,
        "action": words.actions,
        "quantity": words.quantities,
        "deal": deals,
        "base rate": words.base_rates,
        "parameter": words.parameters,
        "outcome": list(entries_of(child(tree, "outcomes"))),
    }
    for mention in _all_mentions(tree, words):
        names = known.get(mention.kind)
        if names is not None and mention.name not in names:
            yield unknown(mention.place, mention.kind, mention.name, names)


def actors_take_part(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """Actors that are known, but left out of the scenario."""
    present = [_meant(node, words) for node in items_of(child(tree, "actors"))]
    taking_part = one_of(present)
    if "" in present or not present:
        return  # who takes part is not known, which is told of elsewhere
    named = [(m.name, m.place) for m in _all_mentions(tree, words) if m.kind == "actor"]
    for quantity in entries_of(child(tree, "initial")).values():
        for key, entry in entries_of(quantity.node).items():
            named += [(code, entry.key_place) for code in places(key)[0]]
    for name, place in named:
        if name in words.actors and name not in present:
            yield Fault(place, f"{name} is not among the scenario's actors", taking_part)


def _meant(node: Node, words: Vocabulary) -> str:
    """The actor that an entry names, or is nearest to; empty if it is like none."""
    name = text_of(node) or ""
    return name if name in words.actors else nearest(name, words.actors)


def _all_mentions(tree: Node, words: Vocabulary) -> Iterator[Mention]:
    yield from mentions(tree, words.scenario_type)
    for item in items_in(tree, words):
        yield from mentions(item.node, item.model)


def nothing_twice(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """Actors that are listed twice, and shocks or deals of one id."""
    lists = {
        "actor": items_of(child(tree, "actors")),
        "shock": [child(node, "id") for node in items_of(child(tree, "shocks"))],
        "deal": [child(node, "id") for node in items_of(child(tree, "deals"))],
    }
    for called, nodes in lists.items():
        seen: dict[str, Place] = {}
        for node in nodes:
            name = text_of(node)
            if node is None or name is None:
                continue
            if name in seen:
                first = seen[name].line
                yield Fault(node.place, f"a second {called} {quoted(name)} (first in line {first})")
            seen.setdefault(name, node.place)


def names_are_plain(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """Names that the file gives, and that tables and random streams are to bear."""
    outcomes = entries_of(child(tree, "outcomes"))
    given = [(name, entry.key_place) for name, entry in outcomes.items()]
    for part in ("shocks", "deals"):
        ids = [child(node, "id") for node in items_of(child(tree, part))]
        given += [(text, node.place) for node in ids if node and (text := text_of(node))]
    for name, place in given:
        if not NAME.fullmatch(name):
            yield Fault(
                place, f"the name {quoted(name)}{oddity(name)}", "letters, digits, '_' and '-' only"
            )
    for name, entry in outcomes.items():
        if name in TAKEN:
            yield Fault(entry.key_place, f"the name {name!r} is taken", "another name")


def actors_differ(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """One actor in two places of a shock, a deal or an outcome."""
    for item in items_in(tree, words):
        actors = [m for m in mentions(item.node, item.model) if m.kind == "actor"]
        often = [name for name, times in Counter(m.name for m in actors).items() if times > 1]
        for name in often:
            first, second = [mention for mention in actors if mention.name == name][:2]
            problem = f"{name} is both {first.key!r} and {second.key!r}"
            yield Fault(second.place, problem, "two different actors")


def no_name_inside(tree: Node, _: Vocabulary) -> Iterator[Fault]:
    """A `name`, which is the file's."""
    entry = entries_of(tree).get("name")
    if entry:
        yield Fault(entry.key_place, "unknown key 'name'; a scenario is called after its file")


CHECKS: tuple[Check, ...] = (
    known_names,
    actors_take_part,
    actors_differ,
    nothing_twice,
    names_are_plain,
    dates_are_days,
    shocks_in_time,
    parameters_in_range,
    start_in_range,
    set_values_in_range,
    base_rates_fit,
    ranges_fit,
    episode_fits,
    aftermath_fits,
    no_name_inside,
)
