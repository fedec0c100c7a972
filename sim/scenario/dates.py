"""Checks days and weeks: dates that are dates, shocks that fall into the time of the scenario."""

import calendar
import datetime
import json
import re
from collections.abc import Iterator

from pydantic import ValidationError

from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.scenario.characters import folded, oddity
from realpolitik.sim.scenario.errors import Fault, Place, number, quoted
from realpolitik.sim.scenario.mentions import Item, items_in
from realpolitik.sim.scenario.nodes import Node, child, locate, number_of, plain, text_of
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import Vocabulary

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
            day = _day(text)
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
    start = _day(text_of(child(tree, "start")) or "")
    said = child(tree, "weeks")
    weeks = number_of(said) if said else float(Scenario.model_fields["weeks"].default)
    if start is None or weeks is None or not 0 <= weeks <= MOST_WEEKS:
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


def _shock(item: Item) -> Shock | None:
    """The shock that is described; None if it is not right in itself."""
    if not issubclass(item.model, Shock):
        return None
    try:
        return item.model.model_validate_json(json.dumps(plain(item.node)), strict=True)
    except ValidationError:
        return None


def _day(text: str) -> datetime.date | None:
    """The day, if it is written as 2024-08-05 is."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None
