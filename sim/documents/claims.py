"""What is said of an audit of the claims: what follows, each claim with its tests, and the rule."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.charts.claims import ANY, GROUPS, SIGNS, SIZED, claim_effects
from realpolitik.sim.claims.audit import (
    REPORTED,
    WITHOUT,
    conclusions,
    counts,
    telling,
)
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.claims.claims_file import paragraphs_of
from realpolitik.sim.claims.record import declared
from realpolitik.sim.documents.document import (
    IN_FULL,
    MARKDOWN,
    PAGE,
    SCREEN,
    Anchored,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Heading,
    Link,
    Multiline,
    Points,
    Row,
    Section,
    Table,
    Text,
    rows_of,
    text,
)
from realpolitik.sim.formatting.missing import attempt_texts
from realpolitik.sim.formatting.numbers import NONE, capital

TITLE = "The claims of the article, put to the test"
NO_EVIDENCE = (
    "That a claim holds means that this model, with weights that are mostly assumed, bears it out; "
    "it is no evidence about the world."
)
CONCLUSIONS = "What follows, and what does not"
STANDS_FOR = "What stands for the claims in the model"
RULE_HEADING = "When a claim holds"
RULE = (
    "A test changes one thing in worlds that are otherwise drawn alike, and says which way an "
    "outcome should then move, and by how much at least; or it says where an outcome should lie.",
    "It holds if the whole 95\u00a0% interval of the effect lies where it should; it fails if the "
    "whole interval lies where it should not, or at less than the smallest effect that matters; "
    "otherwise it is undecided.",
    "Of several tests of a claim all must hold; the claim fails if one fails. Each test errs on "
    "either side with a chance of 2.5\u00a0%.",
    "Shares have the intervals of Tango (paired) and Wilson, means those of Student. A week that "
    "never came counts as the horizon.",
)
MULTIPLE = (
    "{tests}: were there nothing to be found, two or three in a hundred would hold by chance."
)
WITHOUT_MOTIVES = (
    "A test against a level is evidence for Russia's motives only if it fails without them. Such "
    "tests: {asked}; those that hold for a Russia with no motives at all as well: {also}."
)
ON_PAGE, ON_SCREEN, ON_MARKDOWN = (frozenset({one}) for one in (PAGE, SCREEN, MARKDOWN))


@dataclass(frozen=True)
class ClaimAudit:
    """What came of an audit.

    Attributes:
        claims: Those that were tried.
        table: As `audit` gives it.
        worlds: Worlds of every case.
        seed: Seed of all draws.
        explained: What a claim is encoded in → where Markdown leads from it; None for no links.
    """

    claims: Sequence[Claim]
    table: pd.DataFrame
    worlds: int
    seed: int
    explained: Callable[[str], str] | None = None


def claims_document(found: ClaimAudit, command: str) -> Document:
    """All that is said of an audit; `command` makes it again."""
    return Document(
        kind="Audit",
        title=TITLE,
        question="Which of the author’s conclusions follow from her premises in this model, and "
        "which do not?",
        answer=attempt_texts("the answer", lambda: _answer(found.table)),
        facts={
            "Tests": str(int((found.table["test"] > 0).sum())),
            "Worlds": f"{found.worlds:,} of every case",
            "Seed": str(found.seed),
        },
        note=NO_EVIDENCE,
        sections=_sections(found),
        command=command,
        version=version("realpolitik"),
        data=partial(_data, found),
    )


def _answer(table: pd.DataFrame) -> list[str]:
    return [f"{counted(table)}.", *cautions(table), *counted_conclusions(conclusions(table))]


def _sections(found: ClaimAudit) -> list[Section]:
    """A terminal is read from its end: it has the conclusions behind the claims."""
    concluded = partial(_conclusions, found.table)
    return [
        Section("conclusions", CONCLUSIONS, concluded, IN_FULL),
        Section("effects", "How large the effects are", partial(_effects, found.table), ON_PAGE),
        *(
            Section(f"p{number}", f"P{number}", partial(_paragraph, found, number, rows))
            for number, rows in by_paragraph(found.table).items()
        ),
        Section("last", CONCLUSIONS, concluded, ON_SCREEN),
        Section("encodings", STANDS_FOR, lambda: [encoding_table(found.claims)], ON_PAGE),
        Section("rule", RULE_HEADING, lambda: [Points(RULE)], ON_PAGE),
    ]


def claims_section(found: ClaimAudit, how: str) -> Section:
    """The same as one section of another page; `how` says where the numbers are from."""
    return Section("claims", TITLE, partial(_folded, found, how), ON_PAGE)


def _folded(found: ClaimAudit, how: str) -> Iterator[Block]:
    table = found.table
    concluded = " ".join(counted_conclusions(conclusions(table)))
    yield f"{counted(table)}. {concluded} Numbers: {how}."
    yield " ".join(cautions(table))
    yield f"{NO_EVIDENCE} P1 to P20 are the paragraphs of the article."
    yield Folded(CONCLUSIONS, [*_conclusions(table)])
    for number, rows in by_paragraph(table).items():
        yield Folded(f"P{number}: {verdicts_of(rows)}", [claim_table(found, rows)])
    yield Folded(f"{STANDS_FOR}, with ranges and sources", [encoding_table(found.claims)])
    yield Folded(RULE_HEADING, [Points(RULE)])


# ── How many came out how ────────────────────────────────────────────────────────────

MANY = {"holds": "hold", "fails": "fail", "undecided": "undecided", "not testable": "not testable"}
"""Verdict → what is said of several claims."""


def counted(table: pd.DataFrame) -> str:
    """Such as "98 claims: 71 hold (7 by construction), 7 fail, 9 undecided, 11 not testable"."""
    claims = table.drop_duplicates("id")
    told = [how_many(int((claims["verdict"] == verdict).sum()), verdict) for verdict in SIGNS]
    built = int(((claims["verdict"] == "holds") & claims["by_construction"].astype(bool)).sum())
    told[0] += f" ({built} by construction)" if built else ""
    return f"{len(claims)} claim{'' if len(claims) == 1 else 's'}: {', '.join(told)}"


def how_many(count: int, verdict: str) -> str:
    """Such as "1 holds", "7 fail"."""
    return f"{count} {verdict if count == 1 else MANY[verdict]}"


def verdicts_of(claims: Sequence[Row]) -> str:
    """Such as "✓ 2 hold, ✗ 1 fails": the verdicts that there are."""
    found = [claim["verdict"] for claim in claims]
    numbers = {verdict: found.count(verdict) for verdict in SIGNS if verdict in found}
    return ", ".join(f"{SIGNS[one]} {how_many(count, one)}" for one, count in numbers.items())


def cautions(table: pd.DataFrame) -> list[str]:
    """What to bear in mind of a table of an audit: chance, and what holds without motives."""
    tests = int((table["test"] > 0).sum())
    many = f"{tests} test{'' if tests == 1 else 's'}"
    said = [MULTIPLE.format(tests=many)] if tests else []
    asked = table[table["without_finding"] != ""]
    also = int(((asked["finding"] == "holds") & (asked["without_finding"] == "holds")).sum())
    if len(asked):
        said.append(WITHOUT_MOTIVES.format(asked=len(asked), also=also))
    return said


# ── Conclusions ──────────────────────────────────────────────────────────────────────


def _conclusions(table: pd.DataFrame) -> Iterator[Block]:
    found = conclusions(table)
    yield Text(
        "Conclusions are the claims about conduct, past and present, and the predictions. What the "
        "article reports as a fact is shown by the model or not; what it concludes follows or does "
        "not.",
        ON_PAGE,
    )
    yield Heading("What that says of the conclusions", ON_SCREEN)
    yield Points([*map(conclusion, rows_of(found))], frozenset({SCREEN, MARKDOWN}))
    for word in found["word"].unique():
        rows = found[found["word"] == word]
        yield Heading(f"{word} ({len(rows)})", ON_PAGE)
        yield conclusion_table(rows)


def counted_conclusions(table: pd.DataFrame) -> list[str]:
    """How many conclusions came out how: the author's, those inferred, and reported conduct.

    Args:
        table: One row a conclusion: word, status, inferred, by_construction; in the order of words.
    """
    if table.empty:
        return ["The claims hold no conclusion: no conduct, past or to come."]
    reported = table["status"] == REPORTED
    inferred = table["inferred"].astype(bool)
    groups = {
        "Conclusions of the author": table[~reported & ~inferred],
        "Conclusions that are inferred and that the author does not draw": table[
            ~reported & inferred
        ],
        "Conduct that is reported": table[reported],
    }
    return [_count(what, rows) for what, rows in groups.items() if len(rows)]


def _count(what: str, table: pd.DataFrame) -> str:
    """How many of them there are, with which word."""
    words = table["word"].tolist()
    told = "; ".join(
        f"{one[0].lower()}{one[1:]}: {words.count(one)}" for one in dict.fromkeys(words)
    )
    built = int(table["by_construction"].astype(bool).sum())
    alike = f" By construction: {built}." if built else ""
    return f"{what}: {len(table)}. {capital(told)}.{alike}"


def conclusion(row: Row) -> str:
    """A conclusion in a sentence: what is said of it, where it is drawn, and what was tried."""
    tried = f" [{tried_of(row)}]" if row["test"] else ""
    return f"{row['word']} ({row['paragraph']}): {said_of(row)}{tried}"


def conclusion_table(rows: pd.DataFrame) -> Table:
    """A row a conclusion, with a link to all of its tests."""
    return Table(
        rows,
        [
            Column("Conclusion", lambda row: Multiline([said_of(row), tried_of(row)])),
            Column("Place", lambda row: Link(row["paragraph"], f"#{anchor(row)}", ON_PAGE)),
        ],
        on=ON_PAGE,
    )


def said_of(row: Row) -> str:
    """What the claim says, and what is to be known of it; why it cannot be tested."""
    told = " ".join([str(row["claim"]), *(f"({mark})" for mark in marks_of(row))])
    return told if row["test"] else f"{told} Reason: {row['why']}"


def marks_of(row: Row) -> list[str]:
    """What is to be known of a claim beside its status."""
    return [name.replace("_", " ") for name in ("inferred", "by_construction") if row[name]]


def tried_of(row: Row) -> str:
    """What was tried, and what came of it; empty if nothing was."""
    if not row["test"]:
        return ""
    through = f"with {row['changed']}" if row["changed"] else f"against a level of {row['base']:g}"
    effect, low, high = (_signed(row[name]) for name in ("effect", "low", "high"))
    bare = f"; without motives {_signed(row['without_motives'])}" if row["without_finding"] else ""
    return (
        f"{row['outcome']} in {row['scenario']}, {through}: {effect} ({low} to {high}), "
        f"expected {row['expect']}{bare}"
    )


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("-", "−")


# ── Effects ──────────────────────────────────────────────────────────────────────────


def _effects(table: pd.DataFrame) -> Iterator[Block]:
    """Charts of claims with a smallest effect that matters, and of all others that were tested."""
    tested = telling(table)
    tested = tested[tested["verdict"].isin(GROUPS)]
    groups = {"sized": (SIZED, tested["by"] > 0), "any": (ANY, ~(tested["by"] > 0))}
    if len(tested):
        yield "One dot a claim: of its tests the one that settles the verdict."
    for name, (ruler, among) in groups.items():
        if among.any():
            rows = tested[among]
            yield Chart(name, partial(claim_effects, rows, ruler), effect_table(rows))


def effect_table(rows: pd.DataFrame) -> Table:
    """A row a claim, with the effect that settles its verdict."""
    return Table(
        rows,
        [
            Column("Claim", text("claim")),
            Column("Verdict", lambda row: signed_verdict(row["verdict"])),
            Column("Effect", lambda row: change(row["effect"])),
            Column("95\u00a0% interval", _interval),
            Column("Smallest that matters", lambda row: size(row["by"]) if row["by"] else "any"),
            Column("Worlds", lambda row: f"{row['n']:,}"),
        ],
        on=ON_PAGE,
    )


def _interval(row: Row) -> str:
    return f"{change(row['low'])} to {change(row['high'])}"


# ── Every claim with its tests ───────────────────────────────────────────────────────


def by_paragraph(table: pd.DataFrame) -> dict[int, list[Row]]:
    """The claims of each paragraph, each under the first that it names, with a list of `tests`."""
    found: dict[int, list[Row]] = {}
    for _, rows in table.groupby("id", sort=False):
        tests = rows_of(rows)
        claim = {**tests[0], "tests": tests}
        found.setdefault(paragraphs_of(claim["paragraph"])[0], []).append(claim)
    return dict(sorted(found.items()))


def _paragraph(found: ClaimAudit, number: int, claims: Sequence[Row]) -> Iterator[Block]:
    yield Text(f"Paragraph {number} of the article: {verdicts_of(claims)}.", ON_PAGE)
    yield claim_table(found, claims)
    for claim in claims:
        about = ", ".join([claim["actor"], claim["kind"], claim["status"], *marks_of(claim)])
        verdict = signed_verdict(claim["verdict"])
        yield Heading(f"{claim['paragraph']}  {verdict}  {claim['id']} ({about})", ON_SCREEN)
        yield Text(claim["claim"], ON_SCREEN)
        yield Points([*map(tested, claim["tests"])], ON_SCREEN)


def claim_table(found: ClaimAudit, claims: Sequence[Row]) -> Table:
    """A row a claim: what it says, its verdict, its tests, and what stands for it in the model."""
    return Table(
        pd.DataFrame(claims),
        [
            Column("Claim", _claim),
            Column("Verdict", lambda row: signed_verdict(row["verdict"]).replace(" ", "\u00a0")),
            Column("Tests", lambda row: Multiline(map(tested, row["tests"]))),
            Column("Encoded in", _encoded, on=ON_PAGE),
            Column("Encoded in", partial(_encoded, explained=found.explained), on=ON_MARKDOWN),
        ],
        on=IN_FULL,
    )


def _claim(row: Row) -> Multiline:
    """What it says, where, of whom, told as what, and what is to be known of its tests."""
    status = ", ".join([row["actor"], row["kind"], f"told as {row['status']}", *marks_of(row)])
    about = f"{row['paragraph']} · {status} · {row['id']}"
    return Multiline([Anchored(row["claim"], anchor(row)), about, row["note"]])


def anchor(row: Row) -> str:
    """Where a claim stands on the page."""
    return f"claim-{row['id']}"


def _encoded(row: Row, explained: Callable[[str], str] | None = None) -> str:
    """The names that it is encoded in, each with a link to where that is explained."""
    names = [name for name in row["encoded"].split(", ") if name]
    if explained is None:
        return Multiline(Link(name, f"#{encoding(name)}", ON_PAGE) for name in names) or NONE
    return Multiline(Link(name, explained(name)) for name in names) or NONE


def encoding(name: str) -> str:
    """Where something that a claim is encoded in is explained on the page."""
    return "in-" + re.sub(r"[^A-Za-z0-9]+", "-", name)


def signed_verdict(verdict: str) -> str:
    """Such as "✓ holds"."""
    return f"{SIGNS[verdict]} {verdict}"


def tested(row: Row) -> str:
    """A test behind its sign; why there is none."""
    return f"{SIGNS[row['finding']]} {line_of_test(row) if row['test'] else row['why']}"


def line_of_test(row: Row) -> str:
    """A test in one line: where, what was changed, levels, effect, interval, and why."""
    effect = f"{change(row['effect'])} ({change(row['low'])} to {change(row['high'])})"
    return f"{_levels(row)}: {effect}; {describe_reason(row)}{_without(row)}"


def _without(row: Row) -> str:
    """What the same test gives for an actor without motives, where that is asked."""
    if not row["without_finding"]:
        return ""
    effect, low, high = (change(row[name]) for name in WITHOUT)
    return f"; without motives {effect} ({low} to {high}): {row['without_finding']}"


def describe_reason(row: Row) -> str:
    """Why, without the interval where that is told already."""
    return re.sub(r"^the interval \(.*?\)", "the interval", row["why"])


def _levels(row: Row) -> str:
    """Such as `strike in no_shock, 0.3 → 0.2 with RUS.weight = 0`."""
    where = f"{row['outcome']} in {row['scenario']}"
    level, base = size(row["level"]), size(row["base"])
    if row["changed"]:
        return f"{where}, {base} → {level} with {row['changed']}"
    return f"{where}, {level} against {base}"


DIGITS = 4
"""Decimals that effects are told to, as the reasons of the verdicts have them."""


def size(value: float) -> str:
    """A level to three figures and four decimals."""
    return _three(value, "") if math.isfinite(value) else NONE


def change(value: float) -> str:
    """An effect with its sign, as far as `size` goes."""
    if not math.isfinite(value):
        return NONE
    return _three(value, "+") if round(value, DIGITS) else "0"


def _three(value: float, sign: str) -> str:
    rounded = round(value, DIGITS) + 0.0
    told = f"{rounded:{sign}.3g}" if abs(rounded) < 1000 else f"{rounded:{sign},.0f}"
    return told.replace("-", "−") if "e" not in told else f"{rounded:{sign}.{DIGITS}f}"


# ── What stands for the claims ───────────────────────────────────────────────────────


def encoding_table(claims: Sequence[Claim]) -> Table:
    """A row for each thing that the claims are encoded in; links lead to its name."""
    return Table(
        declared(claims),
        [
            Column("Name", lambda row: Anchored(row["name"], encoding(row["name"]))),
            Column("What", text("what")),
            Column("Value (range)", _value),
            Column("Source", text("source")),
            Column("Meaning", text("meaning")),
        ],
        on=ON_PAGE,
    )


def _value(row: Row) -> str:
    """Such as "0.2 (0 to 0.4)"."""
    if math.isnan(row["value"]):
        return NONE
    value, low, high = (f"{row[name]:g}".replace("-", "−") for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


# ── Claims that are only listed, and what programs get ───────────────────────────────


def listing(claims: Sequence[Claim]) -> Table:
    """A row a claim, without verdicts."""
    named = {
        "Place": "paragraph",
        "Id": "id",
        "Actor": "actor",
        "Kind": "kind",
        "Told as": "status",
        "Claim": "claim",
    }
    frame = pd.DataFrame(list_data(claims))
    return Table(frame, [Column(heading, text(key)) for heading, key in named.items()])


def list_data(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """What programs get of claims that were not tried, with the number of their tests."""
    names = [name for name in Claim.model_fields if name != "test"]
    return [
        {name: getattr(one, name) for name in names} | {"tests": len(one.trials)} for one in claims
    ]


OF_TEST = (
    *("test", "outcome", "scenario", "changed", "expect", "by", "level", "base"),
    *("effect", "low", "high", "n", "finding", *WITHOUT, "without_finding", "why"),
)


def _data(found: ClaimAudit) -> Mapping[str, Any]:
    table = found.table.round(12)
    return {
        "version": version("realpolitik"),
        "worlds": found.worlds,
        "seed": found.seed,
        "counts": counts(table),
        "cautions": cautions(table),
        "conclusions": [*_told(conclusions(table))],
        "claims": [_object(rows_of(rows)) for _, rows in table.groupby("id", sort=False)],
    }


def _told(found: pd.DataFrame) -> Iterator[str]:
    yield from counted_conclusions(found)
    yield from map(conclusion, rows_of(found))


def _object(rows: Sequence[Row]) -> dict[str, Any]:
    """A claim with its tests; why it cannot be tested, where it cannot."""
    first = rows[0]
    kept = {key: value for key, value in first.items() if key not in OF_TEST}
    kept["encoded"] = [name for name in first["encoded"].split(", ") if name]
    kept["untestable"] = "" if first["test"] else first["why"]
    tests = [{key: row[key] for key in OF_TEST} for row in rows if row["test"]]
    return {**kept, "tests": tests}
