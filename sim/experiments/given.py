"""Points that are given one by one: in a file of another tool, or as a table of pandas."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.shocks.base import FAMILY
from realpolitik.sim.experiments.plan import MOST_POINTS, Plan, Read, Vary
from realpolitik.sim.experiments.vary_request import (
    Ranged,
    VaryRequest,
    addresses_of,
    bearing_on,
    parts_replaced,
)
from realpolitik.sim.files.reading import read_file
from realpolitik.sim.scenario.arguments import reference_given
from realpolitik.sim.scenario.errors import (
    MOST_FAULTS,
    Fault,
    Place,
    ScenarioError,
    number_between,
    quoted,
)
from realpolitik.sim.scenario.parameter_files import (
    MOST_BYTES,
    is_like_one,
    meant_by,
    number_in,
    read_sheet,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.values import beyond_range, is_taken, unknown_parameter
from realpolitik.sim.scenario.vocabulary import vocabulary_of

RUN = "[run number]"  # of BehaviorSpace, which has a row for each step of a run
UPRIGHT = "a number; addresses stand beside each other in the header, and points below"
A_TABLE = "a table of pandas with a column an address, or the path of a file that holds one"
NAMED = 5  # columns that are told of by name

Columns = dict[int, str]
Points = pd.DataFrame | str | Path


class PointTable(Protocol):
    """A header, and rows that are known by a number."""

    @property
    def head(self) -> int:
        """Number of the header, in `place`."""

    @property
    def header(self) -> list[str]:
        """The labels of the columns."""

    def rows(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """Number and cells of each row."""

    def place(self, line: int, cell: int) -> Place:
        """Where a cell stands."""


@dataclass(frozen=True)
class Frame:
    """A table of pandas; its rows are known by their place, from 0."""

    frame: pd.DataFrame
    head: int = -1

    @property
    def header(self) -> list[str]:
        """The labels of the columns."""
        return [str(column) for column in self.frame.columns]

    def rows(self) -> Iterator[tuple[int, Sequence[Any]]]:
        """Number and cells of each row."""
        yield from enumerate(self.frame.itertuples(index=False, name=None))

    def place(self, line: int, cell: int) -> Place:
        """Row and column, in words."""
        row = "" if line == self.head else f" row {line}"
        return Place(f"points{row}, column {self.header[cell]!r}")


@dataclass
class Given(Ranged):
    """Points with the addresses that they give values to, and what is wrong or unusual."""

    rows: list[tuple[float, ...]] = field(default_factory=list)
    file: str = ""

    def in_place_of_those(self, plan: Plan) -> Read:
        """The plan with these points in place of its own."""
        made = replace(
            plan,
            vary=tuple(self.vary),
            sampler="given",
            points=len(self.rows),
            rows=tuple(self.rows),
            points_file=self.file,
        )
        return Read(made, tuple(self.warnings))


def given_points(points: Points, scenario: Scenario) -> Given:
    """The points in a table of pandas, or in a file.

    Raises:
        ScenarioError: something in it is wrong; it holds all faults.
    """
    if isinstance(points, pd.DataFrame):
        return _points_of(Frame(points), scenario)
    return _points_in(reference_given(points, A_TABLE), scenario)


def _points_in(file: str | Path, scenario: Scenario) -> Given:
    """The points in a file: a header with addresses, and a row for each point.

    Columns that are no addresses are passed over, and so are lines before the header.
    """
    where = str(file)
    try:
        content = read_file(where, MOST_BYTES)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "this is no path"
        raise ScenarioError([Fault(Place(where), f"cannot be read: {reason}")]) from None
    own = _own_addresses(scenario)
    sheet = read_sheet(content, where, lambda label: bool(meant_by(label, own)), is_like_one)
    given = _points_of(sheet, scenario)
    given.file = where
    if sheet.head > 1:
        before = (
            f"{where}:{sheet.head}: this is taken for the header; lines before it are no points"
        )
        given.warnings.insert(0, before)
    return given


def _points_of(table: PointTable, scenario: Scenario) -> Given:
    """The points in a table."""
    given = Given()
    columns = _columns(table, scenario, given)
    if columns:
        known = vocabulary_of(scenario).parameters
        _take_rows(table, {cell: known[one] for cell, one in columns.items()}, given)
    if given.faults:
        raise ScenarioError(given.faults)
    ends = [(min(values), max(values)) for values in zip(*given.rows, strict=True)]
    given.vary = [Vary(one, *both) for one, both in zip(columns.values(), ends, strict=True)]
    return given


def _own_addresses(scenario: Scenario) -> tuple[str, ...]:
    """The addresses that the scenario has beside those of all."""
    known = vocabulary_of(scenario).parameters
    return tuple(address for address in known if address.startswith(f"{FAMILY}."))


def _columns(table: PointTable, scenario: Scenario, given: Given) -> Columns:
    """Cell → address of the columns that hold values; what the others are is told."""
    columns: Columns = {}
    passed: list[tuple[Place, str]] = []
    own = _own_addresses(scenario)
    for cell, label in enumerate(table.header):
        place = table.place(table.head, cell)
        if address := meant_by(label, own):
            if addresses_of(
                VaryRequest(address, place, place), scenario, given.faults
            ) and given.is_apart(address, place, columns.values()):
                columns[cell] = address
                given.warnings += parts_replaced(address, place, scenario)
        elif is_like_one(label):
            given.faults.append(unknown_parameter(place, label, bearing_on(scenario)))
        elif label:
            passed.append((place, label))
    if passed and columns:
        more = f" and {len(passed) - NAMED} more" if len(passed) > NAMED else ""
        names = ", ".join(quoted(label) for _, label in passed[:NAMED])
        given.warnings.append(f"{passed[0][0]}: passed over, as no addresses: {names}{more}")
    if not columns and not given.faults:
        wanted = "a column whose label is an address, such as RUS.israel_ties"
        given.faults.append(Fault(table.place(table.head, 0), "no column is an address", wanted))
    return columns


def _take_rows(table: PointTable, columns: Mapping[int, Parameter], given: Given) -> None:
    """Puts the points into what is given, and what is wrong with them."""
    run, last, seen = _run_column(table), object(), dict[tuple[float, ...], int]()
    again: list[tuple[int, int]] = []
    for line, cells in table.rows():
        this = cells[run] if run is not None and run < len(cells) else object()
        if this == last:
            continue
        last = this
        point = tuple(_values(table, line, cells, columns, given.faults))
        given.rows.append(point)
        if seen.setdefault(point, line) != line:
            again.append((line, seen[point]))
        if len(given.rows) > MOST_POINTS:
            wanted = f"at most {MOST_POINTS:,}"
            given.faults.append(Fault(table.place(line, 0), "too many points", wanted))
        if len(given.faults) > MOST_FAULTS or len(given.rows) > MOST_POINTS:
            return
    if not given.rows:
        place = table.place(table.head, 0)
        given.faults.append(Fault(place, "there are no points below the header", "a row a point"))
    if again and not given.faults:
        line, first = again[0]
        given.warnings.append(
            f"{table.place(line, 0)}: the same point as at {table.place(first, 0)}; both are run, "
            f"in the same worlds (points that were there before: {len(again):,})"
        )


def _run_column(table: PointTable) -> int | None:
    return table.header.index(RUN) if RUN in table.header else None


def _values(
    table: PointTable,
    line: int,
    cells: Sequence[Any],
    columns: Mapping[int, Parameter],
    faults: list[Fault],
) -> Iterator[float]:
    """The values of a row; the default in place of one that is wrong."""
    beyond = [cell for cell in range(len(table.header), len(cells)) if str(cells[cell]).strip()]
    if beyond:
        wanted = "as many cells as the header has; a decimal comma between commas needs quotes"
        faults.append(Fault(table.place(line, beyond[0]), "a cell beyond the header", wanted))
    for cell, parameter in columns.items():
        try:
            value = number_in(text := str(cells[cell]) if cell < len(cells) else "")
        except ValueError as error:
            wanted = UPRIGHT if meant_by(text) else number_between(parameter.low, parameter.high)
            faults.append(Fault(table.place(line, cell), f"{parameter.address} {error}", wanted))
            value = parameter.default
        if not is_taken(parameter, value):
            faults += beyond_range(parameter, value, table.place(line, cell))
        yield value
