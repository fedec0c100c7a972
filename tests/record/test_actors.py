"""Names and codes of records, and whose they are."""

from pathlib import Path

import pytest

from realpolitik.sim.engine.tables import Row, TableError
from realpolitik.sim.record.actors import is_of_state, names_of, read_names
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

NAMES = names_of(vocabulary().actors)

MEANT = {
    "RUS": "RUS",
    "RUSGOV": "RUS",
    "rusgovmil": "RUS",
    "Russian Federation": "RUS",
    "Government (Russia)": "RUS",
    "Military Forces of Russia (2000-)": "RUS",
    "Police Forces of Iran (1989-)": "IRN",
    "Government of Iran (1989-2024)": "IRN",
    "  united   STATES ": "USA",
    "FRAGOV": "EUR",
    "Military (Poland)": "EUR",
    "GBR": "EUR",
    "European Union": "EUR",
    "LBNREBHEZ": "HEZ",
    "LBNREB": "HEZ",
    "Hezbollah": "HEZ",
    "Ansar Allah": "HOU",
    "YEMREB": "HOU",
}
NOBODY = [
    "RUSBUS",
    "RUSGOVBUS",
    "RU",
    "RUSG",
    "Citizen (Russia)",
    "China",
    "CHNGOV",
    "LBN",
    "",
    "EU",
]


@each("name", MEANT)
def test_a_name_is_of_who_bears_it(name: str) -> None:
    assert NAMES.actor(name) == MEANT[name]


@each("name", NOBODY)
def test_other_names_are_of_nobody(name: str) -> None:
    assert NAMES.actor(name) == ""


@each("code", vocabulary().actors)
def test_every_actor_has_its_code_and_its_title(code: str) -> None:
    assert NAMES.actor(code) == code
    assert NAMES.actor(vocabulary().actors[code].title) == code


def test_europe_is_the_union_its_members_and_the_united_kingdom() -> None:
    codes = [name for name, actor in NAMES.countries.items() if actor == "EUR" and len(name) == 3]
    assert len({*codes} - {"eur", "rom"}) == 28


def test_a_movement_is_no_country() -> None:
    assert NAMES.movement("Hezbollah") == "HEZ"
    assert NAMES.movement("Russia") == ""
    assert NAMES.state("Russia") == "RUS"
    assert NAMES.state("Hezbollah") == ""


@pytest.mark.parametrize(
    ("sectors", "official"),
    [
        ("Executive,Government", True),
        ("GOV;MED", True),
        ("mil", True),
        ("Business, Media", False),
        ("", False),
    ],
)
def test_officials_are_told_by_their_sectors(sectors: str, official: bool) -> None:
    assert is_of_state(sectors) == official


def rows(*cells: tuple[str, str, str]) -> list[Row]:
    return [
        Row({"actor": actor, "kind": kind, "name": name}, f"names.csv:{line}")
        for line, (actor, kind, name) in enumerate(cells, start=2)
    ]


def test_of_a_name_that_is_given_twice_the_last_row_counts() -> None:
    names = read_names(rows(("AAA", "country", "Land"), ("BBB", "", "LAND")))
    assert names.actor("land") == "BBB"
    assert names.state("land") == ""


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("", "name", "Land"), "names.csv:2: actor is ''; expected a code"),
        (("AAA", "people", "Land"), "kind is 'people'; expected country or name"),
        (("AAA", "name", " "), "name is empty; expected what a record calls AAA"),
    ],
)
def test_a_faulty_row_is_refused(cells: tuple[str, str, str], told: str) -> None:
    with pytest.raises(TableError, match=told):
        read_names(rows(cells))


def test_a_table_from_outside_counts_over_what_is_shipped(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_text("\ufeffactor,name\nTUR,Turkey\nRUS,Hezbollah\n", encoding="utf-8")
    names = names_of(vocabulary().actors, table)
    assert (names.actor("turkey"), names.actor("Hezbollah")) == ("TUR", "RUS")


def test_a_table_that_is_no_text_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "names.csv"
    table.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TableError, match="no CSV table in UTF-8"):
        names_of({}, table)
