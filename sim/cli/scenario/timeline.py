"""`realpolitik show --timeline`: the shocks of a scenario on a dated line."""

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from rich.text import Text

from realpolitik.sim.cli.output import pairs, show
from realpolitik.sim.engine.shocks import Shock, When
from realpolitik.sim.scenario.errors import number
from realpolitik.sim.scenario.schema import Scenario

MARKS = "123456789abcdefghijklmnopqrstuvwxyz"
MORE = "*"  # the mark of all shocks beyond those
NARROWEST, WIDEST = 20, 100
ROOM = 4  # columns that a month needs; with fewer only years are marked


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
    for shock in scenario.shocks:
        seen, felt = shock.seen_in_week(scenario.start), shock.felt_in_week(scenario.start)
        if seen is not None and felt is not None:
            date = shock.date or scenario.start + datetime.timedelta(weeks=seen - 1)
            found.append(Dated(shock, date, seen, felt))
    return sorted(found, key=lambda dated: (dated.seen, dated.date))


def conditional_shocks(scenario: Scenario) -> list[tuple[Shock, When]]:
    """The shocks that wait for a condition."""
    return [(shock, shock.when) for shock in scenario.shocks if shock.when is not None]


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
        yield "?", f"{_named(shock)}: {when.told()}"


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
