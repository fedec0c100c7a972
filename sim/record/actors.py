"""Who is meant by the names and codes that records have for actors.

A state acts through its bodies and those who hold office: code RUS and RUSGOV are Russia, RUSBUS is
not. What names a record has beside an actor's CAMEO code and title stands in tables of `actor`,
`kind` and `name`: a *country* stands for its state bodies too, a *name* for itself.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.tables import Row, TableError, read_table
from realpolitik.sim.files.reading import MOST_TEXT, read_file

TABLE = "event_names.csv"

COUNTRY, NAME = "country", "name"

BODIES = {"gov", "mil", "spy", "leg", "jud", "cop"}
"""Roles, as CAMEO and PLOVER code them, in which a state acts."""

SECTORS = BODIES | {"government", "military", "executive", "judicial", "police"}
"""The same and what ICEWS calls them."""

BODY_OF = re.compile(
    r"(?:state )?(?:government|military|police|foreign ministry|armed forces)"
    r"(?: forces)?(?: of | \()(?P<country>[^()]+)\)?"
)
"""Such as "Government (Iran)" in ICEWS, "Military Forces of Iran" in ACLED."""

IN_OFFICE = re.compile(r" \(\d{4}-(\d{4})?\)$")
"""The years of a government, which ACLED puts behind its name."""

CODE = re.compile(r"[A-Z][A-Z0-9]*")


@dataclass(frozen=True)
class Names:
    """Names in small letters → codes of our actors."""

    names: Mapping[str, str]
    countries: Mapping[str, str]
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    def actor(self, name: str) -> str:
        """Who bears a name or a code; empty if nobody of ours does."""
        if name not in self._known:
            self._known[name] = self._look_up(IN_OFFICE.sub("", " ".join(name.casefold().split())))
        return self._known[name]

    def movement(self, name: str) -> str:
        """Who is no country, and bears that name."""
        return self.names.get(" ".join(name.casefold().split()), "")

    def state(self, country: str) -> str:
        """Whose country that is, by name or code; empty if it is of nobody of ours."""
        return self.countries.get(country.strip().casefold(), "")

    def _look_up(self, name: str) -> str:
        if found := self.names.get(name) or self.countries.get(name):
            return found
        if body := BODY_OF.fullmatch(name):
            return self.countries.get(body["country"].strip(), "")
        roles = {name[start : start + 3] for start in range(3, len(name), 3)}
        return self.countries.get(name[:3], "") if roles <= BODIES else ""


def is_of_state(sectors: str) -> bool:
    """Whether a list of sectors, parted by commas or semicolons, has one of a state."""
    return not SECTORS.isdisjoint(one.strip() for one in re.split("[,;]", sectors.casefold()))


def read_names(rows: Iterable[Row]) -> Names:
    """The names in rows of tables; of a name that is given twice the last row counts.

    Raises:
        TableError: a row has no actor, another kind, or no name.
    """
    of_kind: dict[str, dict[str, str]] = {NAME: {}, COUNTRY: {}}
    for row in rows:
        actor, name = row["actor"].strip(), " ".join(row["name"].casefold().split())
        kind = row.get("kind") or NAME
        if not CODE.fullmatch(actor):
            raise row.wrong(f"actor is {actor!r}; expected a code such as RUS")
        if kind not in of_kind:
            raise row.wrong(f"kind is {kind!r}; expected {COUNTRY} or {NAME}")
        if not name:
            raise row.wrong(f"name is empty; expected what a record calls {actor}")
        for other in of_kind.values():
            other.pop(name, None)
        of_kind[kind][name] = actor
    return Names(of_kind[NAME], of_kind[COUNTRY])


def names_of(actors: Mapping[str, type[StateActor]], table: Path | None = None) -> Names:
    """The names of actors: codes, titles, the tables beside their classes, and one from outside.

    Raises:
        TableError: a table is faulty, or cannot be read.
    """
    packages = sorted({cls.__module__.rpartition(".")[0] for cls in actors.values()})
    shipped = [row for package in packages for row in _rows_beside(package)]
    return read_names([*_rows_of(actors), *shipped, *(_rows_at(table) if table else ())])


def _rows_of(actors: Mapping[str, type[StateActor]]) -> Iterator[Row]:
    """What the classes themselves say; a code of three letters is that of a country."""
    for code, cls in actors.items():
        kind = COUNTRY if len(cls.cameo) == 3 else NAME
        for name in (code, cls.cameo, cls.title):
            yield Row({"actor": code, "kind": kind, "name": name}, code)


def _rows_beside(package: str) -> Iterable[Row]:
    return read_table(package, TABLE) if files(package).joinpath(TABLE).is_file() else ()


def _rows_at(path: Path) -> Iterator[Row]:
    """The rows of a table of names in a file of the user's."""
    try:
        text = read_file(path, MOST_TEXT).decode("utf-8-sig")
        reader = csv.DictReader(text.splitlines(), strict=True, restval="")
        for cells in reader:
            yield Row(
                {key: cells[key] for key in reader.fieldnames or ()}, f"{path}:{reader.line_num}"
            )
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: no CSV table in UTF-8 ({error})") from None
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror}") from None
