"""The page of an audit of the claims, and the section that shows it in the report of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from realpolitik.sim.charts.claims import ANY, GROUPS, SIZED, Ruler, claim_effects
from realpolitik.sim.documents.exhibits import Exhibit, TextTable
from realpolitik.sim.documents.missing import attempt_exhibits, attempt_page
from realpolitik.sim.documents.page import read_template, render_page
from realpolitik.sim.documents.panels import panel
from realpolitik.sim.report.claims.concluding import cautions, counted_conclusions
from realpolitik.sim.report.claims.records import (
    Concluded,
    Paragraph,
    Thing,
    concluded,
    paragraphs,
    things,
)
from realpolitik.sim.report.claims.words import change, counted, signed_verdict, size
from realpolitik.sim.report.run.records import Json


@dataclass(frozen=True)
class ClaimsSection:
    """What `claims_section.html.j2` shows.

    Attributes:
        style: Its style sheet.
        summary: How many claims came out how.
        cautions: What to bear in mind of that.
        concluded: How many conclusions did.
        groups: The conclusions, by the word that is said of them.
        paragraphs: All claims, paragraph by paragraph.
        things: What they are encoded in.
        how: Where the numbers are from.
    """

    style: str
    summary: str
    cautions: Sequence[str]
    concluded: Sequence[str]
    groups: dict[str, list[Concluded]]
    paragraphs: Sequence[Paragraph]
    things: Sequence[Thing]
    how: str


def render_claims(
    about: Json, table: pd.DataFrame, conclusions: pd.DataFrame, declared: pd.DataFrame
) -> str:
    """One HTML file that needs no network. The same input gives the same text.

    Args:
        about: `worlds` of every case, `seed`, `version`.
        table: One row a test, as the audit gives it.
        conclusions: The rows that settle the conclusions, with the word that is said of each.
        declared: What the claims are encoded in: name, what, value, low, high, source, meaning.
    """
    return attempt_page(
        "The claims, put to the test", lambda: _rendered(about, table, conclusions, declared)
    )


def _rendered(
    about: Json, table: pd.DataFrame, conclusions: pd.DataFrame, declared: pd.DataFrame
) -> str:
    context = {
        "about": about,
        "claims": claims_section(table, conclusions, declared, _how(about)),
        "tests": int((table["test"] > 0).sum()),
        "command": f"realpolitik claims --worlds {about['worlds']} --seed {about['seed']}",
        "charts": [
            panel(exhibit)
            for exhibit in attempt_exhibits("the charts of effects", lambda: exhibits(table))
        ],
    }
    return render_page("claims.html.j2", context)


def claims_section(
    table: pd.DataFrame, conclusions: pd.DataFrame, declared: pd.DataFrame, how: str
) -> ClaimsSection:
    """The section on the claims, for any page that includes `claims_section.html.j2`.

    Its links lead from each claim to what it is encoded in, further down in the same section, and
    from each conclusion to its paragraph. `how` says where the numbers are from.
    """
    return ClaimsSection(
        style=read_template("claims.css"),
        summary=counted(table),
        cautions=cautions(table),
        concluded=counted_conclusions(conclusions),
        groups=concluded(conclusions),
        paragraphs=paragraphs(table),
        things=things(declared),
        how=how,
    )


def _how(about: Json) -> str:
    return f"{about['worlds']:,} worlds of every case, seed {about['seed']}"


def exhibits(table: pd.DataFrame) -> list[Exhibit]:
    """The effects: of claims with a smallest effect that matters, and of all others."""
    settled = table[table["finding"] == table["verdict"]].drop_duplicates("id")
    tested = settled[settled["verdict"].isin(GROUPS)]
    return [
        *_exhibit("sized", tested[tested["by"] > 0], SIZED),
        *_exhibit("any", tested[~(tested["by"] > 0)], ANY),
    ]


def _exhibit(name: str, rows: pd.DataFrame, ruler: Ruler) -> list[Exhibit]:
    """A chart of the test that settles each claim; none where there is no such claim."""
    if rows.empty:
        return []
    header = ("Claim", "Verdict", "Effect", "95\u00a0% interval", "Smallest that matters", "Worlds")
    lines = [
        (
            str(row["claim"]),
            signed_verdict(str(row["verdict"])),
            change(row["effect"]),
            f"{change(row['low'])} to {change(row['high'])}",
            size(row["by"]) if row["by"] else "any",
            f"{row['n']:,}",
        )
        for _, row in rows.iterrows()
    ]
    return [Exhibit(name, claim_effects(rows, ruler), TextTable(header, lines))]
