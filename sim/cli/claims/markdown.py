"""Claims and their verdicts as Markdown: for the terminal, and for the page in `docs/`."""

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from realpolitik.sim.charts.claims import SIGNS
from realpolitik.sim.claims.audit import conclusions
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.claims.reading import paragraphs_of
from realpolitik.sim.formatting.markdown import escaped, table
from realpolitik.sim.report.claims.concluding import cautions, sentences
from realpolitik.sim.report.claims.words import counted, line_of_test, marks_of, signed_verdict

Link = Callable[[str], str]
HEADINGS = ("Claim", "Verdict", "Tests", "Encoded in")


def markdown(frame: pd.DataFrame, about: str, link: Link | None = None) -> str:
    """Counts, cautions, conclusions, and a table of claims for each paragraph of the article.

    Args:
        frame: A table of `audit`, or some claims of it.
        about: How it was made, such as the number of worlds.
        link: Where something that a claim is encoded in is explained; None for no links.
    """
    if frame.empty:
        return f"No claim is to be shown ({about})."
    parts = [f"{counted(frame)} ({about}).", *cautions(frame)]
    parts.append("\n".join(f"- {escaped(one)}" for one in sentences(conclusions(frame))))
    for number, rows in by_paragraph(frame):
        parts.append(f"### P{number}")
        parts.append(table(HEADINGS, [_claim(one, link) for one in rows]))
    return "\n\n".join(parts)


def by_paragraph(frame: pd.DataFrame) -> Iterator[tuple[int, list[pd.DataFrame]]]:
    """The claims of each paragraph, each under the first that it names."""
    found: dict[int, list[pd.DataFrame]] = {}
    for _, rows in frame.groupby("id", sort=False):
        numbers = paragraphs_of(str(rows["paragraph"].iloc[0]))
        found.setdefault(numbers[0], []).append(rows)
    yield from sorted(found.items())


def listed(claims: Sequence[Claim]) -> str:
    """Claims without verdicts."""
    rows = [
        (one.paragraph, f"`{one.id}`", one.actor, one.kind, one.status, escaped(one.claim))
        for one in claims
    ]
    return table(("Place", "Id", "Actor", "Kind", "Told as", "Claim"), rows)


def _claim(rows: pd.DataFrame, link: Link | None) -> Sequence[str]:
    first = rows.iloc[0]
    note = f" *{escaped(first['note'])}*" if first["note"] else ""
    about = (first[name] for name in ("paragraph", "actor", "kind", "status"))
    told = ", ".join([*about, *marks_of(first.to_dict())])
    names = [name for name in str(first["encoded"]).split(", ") if name]
    return (
        f"`{first['id']}` ({told}): {escaped(first['claim'])}{note}",
        signed_verdict(first["verdict"]),
        "<br>".join(_test(row) for _, row in rows.iterrows()),
        ", ".join(f"[`{name}`]({link(name)})" if link else f"`{name}`" for name in names) or "–",
    )


def _test(row: pd.Series) -> str:
    told = line_of_test(row.to_dict()) if row["test"] else str(row["why"])
    return escaped(f"{SIGNS[row['finding']]} {told}")
