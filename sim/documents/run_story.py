"""What a run answers, and one of its worlds week by week: sentences made by rule."""

from collections.abc import Iterator, Sequence

import pandas as pd

from realpolitik.sim.charts.ladder import rung_name
from realpolitik.sim.documents.document import Row
from realpolitik.sim.documents.run_view import STEPS_BACK, RunView, is_seen, pair_of
from realpolitik.sim.engine.actions import ACTIONS, NAMED, verb_phrase
from realpolitik.sim.formatting.names import Names
from realpolitik.sim.formatting.numbers import (
    capital,
    frequency,
    in_worlds,
    in_worlds_each,
    listing,
    nearest,
    number,
    possessive,
    sentence,
)

# ── The answer ───────────────────────────────────────────────────────────────────────

STRIKES = {"direct_strike": "strikes {on}", "major_strike": "makes a major strike on {on}"}
WARS = {
    "full_scale_war": "full-scale war breaks out",
    "regional_war": "war spreads across the region",
    "great_power_clash": "great powers clash",
}


def answer(view: RunView) -> list[str]:
    """Paragraphs: the first share and its timing; how far it goes; who helps, in word and deed."""
    if not view.seen:
        return ["No outcome has a value: nothing was measured, or it never came."]
    events = [one for one in view.shares[1:] if one["measure"] != "act"]
    acts = [one for one in view.shares[1:] if one["measure"] == "act"]
    parts = (
        [*_first(view, view.shares[:1])],
        [*_chain(view, events), *_climb(view), *_calm(view)],
        [*_chain(view, acts), *_help(view), *_words(view)],
    )
    told = [" ".join(map(sentence, part)) for part in parts if part]
    return [*told, *view.standing]


def clause(view: RunView, outcome: Row) -> str:
    """What happened, as a clause: "Iran strikes Israel"; the label where there is no rule."""
    on, measure = view.names.the(outcome["on"]), outcome["measure"]
    if measure in STRIKES:
        return view.names.deed(outcome["by"], STRIKES[measure].format(on=on))
    if measure == "act":
        action = outcome["action"]
        return view.names.deed(outcome["by"], verb_phrase(action, NAMED[action].label, on))
    return WARS.get(measure, f"“{outcome['label']}” holds")


def _first(view: RunView, shares: Sequence[Row]) -> Iterator[str]:
    """The first share in full, with its interval and the record, and when it came."""
    for outcome in shares:
        share, n = outcome["mean"], outcome["n"]
        said = f"{in_worlds(share, n)} {clause(view, outcome)} within {view.weeks} weeks"
        of = frequency(share, n).of
        if n > 1:
            said += f" ({_ends(view, outcome, of)})"
        yield said + _record(outcome, "; the record of like cases says {record}")
        yield from _timing(view, outcome)


def _ends(view: RunView, outcome: Row, of: int) -> str:
    """The interval of a share; beside it that of what is assumed, where it was looked at."""
    chance = _reach(of, outcome["low"], outcome["high"])
    if not view.assumed:
        return chance
    assumed = _reach(of, outcome["assumed_low"], outcome["assumed_high"])
    return f"chance: {chance}; what is assumed: {assumed}"


def _reach(of: int, low: float, high: float) -> str:
    return f"{nearest(of * low)} to {nearest(of * high)}"


def _record(outcome: Row, form: str) -> str:
    """What the record says of a share, in the given form; empty where it says nothing."""
    rate = outcome["base_rate"]
    if rate is None or rate["unit"] != "share":
        return ""
    return form.format(record=frequency(rate["value"], 100) if rate["value"] else "never")


def _timing(view: RunView, struck: Row) -> Iterator[str]:
    """In which week it came, where the scenario asks for that."""
    what = struck["action"] or struck["measure"]
    for outcome in view.having("weeks_to"):
        same = (outcome["action"] or "direct_strike") == what
        if same and pair_of(outcome) == pair_of(struck) and is_seen(outcome):
            yield (
                f"where that happens, it comes by week {outcome['median']:.0f} in half of the "
                f"worlds and by week {outcome['q95']:.0f} in nineteen of twenty"
            )


def _chain(view: RunView, shares: Sequence[Row]) -> Iterator[str]:
    """Several shares in one sentence: "… in 12 of 100 worlds; … in 20 of 100 (record: 32)"."""
    if shares:
        often = in_worlds_each([outcome["mean"] for outcome in shares], view.worlds)
        yield "; ".join(
            f"{clause(view, outcome)} {said}{_record(outcome, ' (record: {record})')}"
            for outcome, said in zip(shares, often, strict=True)
        )


def _climb(view: RunView) -> Iterator[str]:
    for outcome in filter(is_seen, view.having("highest_rung")):
        yield (
            f"the median world climbs to rung {number(outcome['median'], 0)} of 10 "
            f"({rung_name(outcome['median'])}), nine of ten worlds to between "
            f"{number(outcome['q05'], 0)} and {number(outcome['q95'], 0)}"
        )


def _calm(view: RunView) -> Iterator[str]:
    for outcome in view.having("weeks_to_deescalation"):
        calmed = in_worlds(outcome["n"] / outcome["worlds"], outcome["worlds"])
        half = f", in half of those by week {outcome['median']:.0f}" if is_seen(outcome) else ""
        yield f"the crisis calms down again {calmed}{half}"


def _help(view: RunView) -> Iterator[str]:
    """The three most frequent highest grades of help."""
    labels = view.grades | {"0": "nothing (or restraint)"}
    for outcome in filter(is_seen, view.having("help_grade")):
        rows = view.categories(outcome, labels)
        most = rows[rows["share"] > 0].sort_values(["share", "category"], ascending=[False, True])
        most = most.head(3)
        often = in_worlds_each(most["share"].tolist(), outcome["n"])
        said = [f"{grade} {share}" for grade, share in zip(most["label"], often, strict=True)]
        by, on = view.names.the(outcome["by"]), view.names.the(outcome["on"])
        does = "do" if view.names.is_plural(outcome["by"]) else "does"
        yield f"the most that {by} {does} for {on} is {listing(said)}"


def _words(view: RunView) -> Iterator[str]:
    """In how many worlds words run ahead of deeds."""
    for public, material in view.alignment_pairs():
        by, on = view.names.the(public["by"]), view.names.the(public["on"])
        often = in_worlds(view.words_ahead(public, material), view.worlds)
        yield f"{possessive(by)} words side with {on} more than the deeds do {often}"


# ── One world ────────────────────────────────────────────────────────────────────────

TELLING = {one.action for one in ACTIONS if one.telling}
"""Acts that are told in a week that is told; the others are counted."""

LOUD = ("force", "material")
"""Tracks that make a week worth telling."""

THREATS = {one.action for one in ACTIONS if one.track not in LOUD and one.rung >= 3}
"""Words that climb as high as arms do: two of them make a week worth telling too."""

MOST = 8
"""Clauses in a week, at most."""


def story(view: RunView) -> pd.DataFrame:
    """The typical world, a row a week with quiet ones in one: `when`, `told`, shocks first."""
    focus = {code for outcome in view.outcomes for code in pair_of(outcome)}
    rows, quiet = list[Row](), list[int]()
    for week in range(1, view.weeks + 1):
        deeds = view.deeds[view.deeds["week"] == week]
        shocks = [one["note"] or one["label"] for one in view.shocks if one["week"] == week]
        if not shocks and not _is_loud(deeds):
            quiet.append(week)
            continue
        told = "\n".join([*shocks, _told(view.names, focus, deeds)])
        rows += [*_quiet(view, quiet), {"when": _when(view, week), "told": told}]
        quiet = []
    return pd.DataFrame([*rows, *_quiet(view, quiet)], columns=["when", "told"])


def _is_loud(deeds: pd.DataFrame) -> bool:
    unusual = deeds[deeds["unusual"] & ~deeds["action"].isin(STEPS_BACK)]
    return bool(unusual["track"].isin(LOUD).any() or unusual["action"].isin(THREATS).sum() > 1)


def _when(view: RunView, week: int) -> str:
    day = view.date_of(week).rsplit(" ", 1)[0]
    return f"Week {week} ({day})".replace(" ", "\u00a0")


def _quiet(view: RunView, weeks: list[int]) -> Iterator[Row]:
    """A run of quiet weeks in one line."""
    if not weeks:
        return
    count = int(view.deeds["week"].isin(weeks).sum())
    when = (
        _when(view, weeks[0]) if len(weeks) == 1 else f"Weeks\u00a0{weeks[0]} to\u00a0{weeks[-1]}"
    )
    acts = f"{count} {'act' if count == 1 else 'acts'}"
    told = f"Quiet: {acts}, nothing out of the ordinary." if count else "Nothing happens."
    yield {"when": when, "told": told}


def _told(names: Names, focus: set[str], deeds: pd.DataFrame) -> str:
    """The week's deeds, loudest first, those among the actors in focus before others."""
    rank = {"force": 0, "material": 1, "private": 2, "words": 3}
    telling = deeds["track"].isin(LOUD) | deeds["action"].isin(TELLING)
    told = deeds[telling & deeds["unusual"]]
    beside = ~(told["actor"].isin(focus) & told["on"].isin(focus))
    told = told.assign(rank=told["track"].map(rank).fillna(4), beside=beside)
    told = told.sort_values(["rank", "beside"], kind="stable").head(MOST)
    clauses = [
        _clause(names, str(actor), rows) for actor, rows in told.groupby("actor", sort=False)
    ]
    left = len(deeds) - len(told)
    if not clauses:
        return f"{left} acts, nothing out of the ordinary." if left else "Nobody acts."
    rest = f" ({left} lesser {'act' if left == 1 else 'acts'} besides.)"
    return sentence(capital("; ".join(clauses))) + (rest if left else "")


def _clause(names: Names, actor: str, deeds: pd.DataFrame) -> str:
    """What one actor did: same acts toward several targets are told once."""
    phrases = [
        verb_phrase(str(action), str(label), listing([names.the(str(on)) for on in rows["on"]]))
        for (action, label), rows in deeds.groupby(["action", "label"], sort=False)
    ]
    first, *others = phrases
    if names.is_plural(actor):
        others = [_plural(phrase) for phrase in others]
    return listing([names.deed(actor, first), *others])


def _plural(phrase: str) -> str:
    first, space, rest = phrase.partition(" ")
    return f"{first.removesuffix('s')}{space}{rest}"
