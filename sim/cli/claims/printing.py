"""How an audit of the claims is printed: for people, for programs, and as Markdown."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType
from rich.padding import Padding

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.claims.audit import WITHOUT, conclusions, counts
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.cli.claims.markdown import listed, markdown
from realpolitik.sim.cli.output import pairs, say, say_json, say_text, show, table
from realpolitik.sim.report.claims.concluding import cautions, sentences
from realpolitik.sim.report.claims.words import counted, line_of_test, marks_of, signed_verdict

OF_TEST = (
    *("test", "outcome", "scenario", "changed", "expect", "by", "level", "base"),
    *("effect", "low", "high", "n", "finding", *WITHOUT, "without_finding", "why"),
)
INDENT = 2


@dataclass(frozen=True)
class Audit:
    """What came of it.

    Attributes:
        claims: Those that were tried.
        table: As `audit` gives it.
        shown: The rows of the verdicts that were asked for.
        worlds: Worlds of every case.
        seed: Seed of all draws.
        page: Where the page is; None if there is none.
    """

    claims: tuple[Claim, ...]
    table: pd.DataFrame
    shown: pd.DataFrame
    worlds: int
    seed: int
    page: Path | None


def print_claims(found: Audit) -> None:
    """Each claim with its tests, how many came out how, and what follows from that."""
    blocks = [block for _, rows in claims_in(found.shown) for block in _claim(rows)]
    show(*blocks, _sum(found), *cautions(found.table))
    if len(found.shown):
        show("", "What that says of the conclusions", "")
        show(*(Padding(one, (0, 0, 0, INDENT)) for one in sentences(conclusions(found.shown))))
    if found.page:
        say("", f"Page    {found.page}")


def claims_in(frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of each claim, in the order of the table."""
    for name, rows in frame.groupby("id", sort=False):
        yield str(name), rows


def _claim(rows: pd.DataFrame) -> Iterator[RenderableType]:
    """A claim: its place and verdict, what it says, and its tests."""
    first = rows.iloc[0]
    about = ", ".join([first["actor"], first["kind"], first["status"], *marks_of(first.to_dict())])
    yield f"{first['paragraph']}  {signed_verdict(first['verdict'])}  {first['id']} ({about})"
    yield Padding(str(first["claim"]), (0, 0, 0, INDENT))
    tests = [row for _, row in rows.iterrows()]
    yield pairs((SIGNS[row["finding"]], _test(row)) for row in tests)
    yield ""


def _test(row: pd.Series) -> str:
    return line_of_test(row.to_dict()) if row["test"] else str(row["why"])


def _sum(found: Audit) -> str:
    """The counts of all that was tried, and of what is shown."""
    shown, tried = found.shown["id"].nunique(), found.table["id"].nunique()
    part = f" Shown: {shown}." if shown < tried else ""
    return (
        f"{counted(found.table)} ({found.worlds:,} worlds of every case, seed {found.seed}).{part}"
    )


def print_json(found: Audit) -> None:
    """Everything as one object; a number that does not exist is null."""
    told = {
        "version": version("realpolitik"),
        "worlds": found.worlds,
        "seed": found.seed,
        "page": str(found.page) if found.page else None,
        "counts": counts(found.table),
        "cautions": cautions(found.table),
        "conclusions": list(sentences(conclusions(found.shown))) if len(found.shown) else [],
        "claims": [_object(rows) for _, rows in claims_in(found.shown)],
    }
    say_json(told)


def _object(rows: pd.DataFrame) -> dict[str, Any]:
    """A claim with its tests; why it cannot be tested, where it cannot."""
    records: list[dict[str, Any]] = json.loads(rows.to_json(orient="records", double_precision=12))
    first = records[0]
    kept = {key: value for key, value in first.items() if key not in OF_TEST}
    kept["encoded"] = [name for name in first["encoded"].split(", ") if name]
    kept["untestable"] = "" if first["test"] else first["why"]
    tests = [{key: row[key] for key in OF_TEST} for row in records if row["test"]]
    return {**kept, "tests": tests}


def print_markdown(found: Audit) -> None:
    """The claims as Markdown, paragraph by paragraph."""
    about = f"{found.worlds:,} worlds of every case, seed {found.seed}"
    say_text(markdown(found.shown, about) + "\n")


# ── Claims that are only listed ──────────────────────────────────────────────────────


def list_claims(claims: Sequence[Claim]) -> None:
    """A row a claim."""
    rows = [(one.paragraph, one.id, one.actor, one.kind, one.status, one.claim) for one in claims]
    show(table(("Place", "Id", "Actor", "Kind", "Told as", "Claim"), rows))


def list_as_json(claims: Sequence[Claim]) -> None:
    """An array of the claims, with the number of their tests."""
    names = [field.name for field in fields(Claim) if field.name != "trials"]
    told = [{name: getattr(one, name) for name in names} for one in claims]
    for record, one in zip(told, claims, strict=True):
        record["tests"] = len(one.trials)
    say_json(told)


def list_as_markdown(claims: Sequence[Claim]) -> None:
    """A Markdown table of the claims."""
    say_text(listed(claims) + "\n")


PRINTERS: Mapping[str | None, Callable[[Audit], None]] = {
    None: print_claims,
    "json": print_json,
    "markdown": print_markdown,
}
LISTERS: Mapping[str | None, Callable[[Sequence[Claim]], None]] = {
    None: list_claims,
    "json": list_as_json,
    "markdown": list_as_markdown,
}
