"""The table of an audit as the page takes it: paragraphs with claims, claims with tests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.formatting.numbers import NONE
from realpolitik.sim.report.claims.concluding import said_of, tried_of
from realpolitik.sim.report.claims.words import how_many, line_of_test, marks_of
from realpolitik.sim.report.run.assumptions import plain_number


@dataclass(frozen=True)
class Link:
    """Something that a claim is encoded in, and where on the page it is explained."""

    name: str

    @property
    def anchor(self) -> str:
        """Where that is."""
        return "in-" + re.sub(r"[^A-Za-z0-9]+", "-", self.name)

    @property
    def parts(self) -> list[str]:
        """The name in pieces after which a line may be broken."""
        return re.findall(r"[^._/:#>]+[._/:#>]?", self.name)


@dataclass(frozen=True)
class Tested:
    """A test: its sign, its finding, and what is told of it."""

    sign: str
    finding: str
    told: str


@dataclass(frozen=True)
class Told:
    """A claim with its verdict."""

    id: str
    place: str
    about: str
    claim: str
    note: str
    sign: str
    verdict: str
    tests: Sequence[Tested]
    encoded: Sequence[Link]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the article with the claims that it makes first."""

    number: int
    claims: Sequence[Told]

    @property
    def summary(self) -> str:
        """Such as "✓ 2 hold, ✗ 1 fails": the verdicts that there are."""
        found = [claim.verdict for claim in self.claims]
        counts = {verdict: found.count(verdict) for verdict in SIGNS if verdict in found}
        return ", ".join(f"{SIGNS[one]} {how_many(count, one)}" for one, count in counts.items())


@dataclass(frozen=True)
class Thing:
    """What claims are encoded in: a row of the table that explains it."""

    link: Link
    what: str
    value: str
    source: str
    meaning: str


@dataclass(frozen=True)
class Concluded:
    """A sentence about a conclusion: the place of the claim, what it says, what was tried."""

    place: str
    number: int
    said: str
    test: str


def paragraphs(table: pd.DataFrame) -> list[Paragraph]:
    """The claims of each paragraph, each under the first paragraph that it names."""
    found: dict[int, list[Told]] = {}
    for _, rows in table.groupby("id", sort=False):
        told = _told(rows)
        found.setdefault(first_number(told.place), []).append(told)
    return [Paragraph(number, claims) for number, claims in sorted(found.items())]


def first_number(place: str) -> int:
    """The number of the first paragraph that `P7`, `P7-P9` or `P13, P15` names."""
    return int(re.findall(r"\d+", place)[0])


def _told(rows: pd.DataFrame) -> Told:
    first = rows.iloc[0]
    names = [name for name in str(first["encoded"]).split(", ") if name]
    told_as = f"told as {first['status']}"
    return Told(
        id=str(first["id"]),
        place=str(first["paragraph"]),
        about=", ".join([first["actor"], first["kind"], told_as, *marks_of(first.to_dict())]),
        claim=str(first["claim"]),
        note=str(first["note"]),
        sign=SIGNS[str(first["verdict"])],
        verdict=str(first["verdict"]),
        tests=[_tested(row) for _, row in rows.iterrows()],
        encoded=[Link(name) for name in names],
    )


def _tested(row: pd.Series) -> Tested:
    told = line_of_test(row.to_dict()) if row["test"] else str(row["why"])
    return Tested(SIGNS[str(row["finding"])], str(row["finding"]), told)


def things(declared: pd.DataFrame) -> list[Thing]:
    """What the claims are encoded in, in the order of the table.

    Columns: name, what, value, low, high (NaN where it is no number), source, meaning.
    """
    return [
        Thing(
            link=Link(str(row["name"])),
            what=str(row["what"]),
            value=_value(row),
            source=str(row["source"]) or NONE,
            meaning=str(row["meaning"]),
        )
        for _, row in declared.iterrows()
    ]


def _value(row: pd.Series) -> str:
    """Such as "0.2 (0 to 0.4)"."""
    value, low, high = (plain_number(row[name]) for name in ("value", "low", "high"))
    return value if value == NONE else f"{value} ({low} to {high})"


def concluded(conclusions: pd.DataFrame) -> dict[str, list[Concluded]]:
    """The conclusions, in the order of the table, by the word that is said of them."""
    groups = dict[str, list[Concluded]]()
    for row in conclusions.to_dict("records"):
        place = str(row["paragraph"])
        told = Concluded(place, first_number(place), said_of(row), tried_of(row))
        groups.setdefault(str(row["word"]), []).append(told)
    return groups
