"""The answer of the first screen: a few plain sentences, made by rule from the outcomes."""

from collections.abc import Callable, Iterator, Sequence

from realpolitik.sim.charts.ladder import rung_name
from realpolitik.sim.formatting.names import verb_phrase
from realpolitik.sim.formatting.numbers import (
    frequency,
    in_worlds,
    in_worlds_each,
    listing,
    nearest,
    number,
    possessive,
    sentence,
)
from realpolitik.sim.report.run.records import Outcome, Run

STRIKES = {"direct_strike": "strikes {on}", "major_strike": "makes a major strike on {on}"}
WARS = {
    "full_scale_war": "full-scale war breaks out",
    "regional_war": "war spreads across the region",
    "great_power_clash": "great powers clash",
}
Tell = Callable[[Run], Iterator[str]]


def answer(run: Run) -> list[str]:
    """Paragraphs: the first share and its timing; how far it goes; who helps, in word and deed."""
    if not any(outcome.seen for outcome in run.outcomes):
        return ["No outcome has a value: nothing was measured, or it never came."]
    shares = [outcome for outcome in run.outcomes if outcome.scale == "share" and outcome.seen]
    parts = (
        [*_first(run, shares[:1])],
        [*_chain(run, [o for o in shares[1:] if o.measure != "act"]), *_climb(run), *_calm(run)],
        [*_chain(run, [o for o in shares[1:] if o.measure == "act"]), *_help(run), *_words(run)],
    )
    return [" ".join(map(sentence, part)) for part in parts if part]


def clause(run: Run, outcome: Outcome) -> str:
    """What happened, as a clause: "Iran strikes Israel"; the label where there is no rule."""
    on = run.names.the(outcome.on)
    if outcome.measure in STRIKES:
        return run.names.deed(outcome.by, STRIKES[outcome.measure].format(on=on))
    if outcome.measure == "act":
        label = _action_label(run, outcome.action)
        return run.names.deed(outcome.by, verb_phrase(outcome.action, label, on))
    return WARS.get(outcome.measure, f"“{outcome.label}” holds")


def _action_label(run: Run, action: str) -> str:
    """The verb phrase of an action as the tables have it; its name where it never happened."""
    for table in (run.acts, run.events):
        if "label" in table and (found := table.loc[table["action"] == action, "label"]).size:
            return str(found.iloc[0])
    return NEVER_SEEN.get(action, f"does “{action.replace('_', ' ')}”")


NEVER_SEEN = {
    "defensive_aid": "sends defensive arms",
    "offensive_arms": "sends offensive arms",
    "share_intelligence": "shares intelligence",
    "diplomatic_cover": "gives diplomatic cover",
}
"""Verb phrases of actions that scenarios ask for and that may well never happen."""


def _first(run: Run, shares: Sequence[Outcome]) -> Iterator[str]:
    """The first share in full, with its interval and the record, and when it came."""
    for outcome in shares:
        share = outcome.average
        said = (
            f"{in_worlds(share.mean, outcome.n)} {clause(run, outcome)} within {run.horizon} weeks"
        )
        of = frequency(share.mean, outcome.n).of
        if outcome.n > 1:
            said += f" ({nearest(of * share.low)} to {nearest(of * share.high)})"
        yield said + _record(outcome, "; the record of like cases says {record}")
        yield from _timing(run, outcome)


def _record(outcome: Outcome, form: str) -> str:
    """What the record says of a share, in the given form; empty where it says nothing."""
    rate = outcome.base_rate
    if rate is None or rate.unit != "share":
        return ""
    return form.format(record=frequency(rate.value, 100) if rate.value else "never")


def _timing(run: Run, struck: Outcome) -> Iterator[str]:
    """In which week it came, where the scenario asks for that."""
    what = struck.action or struck.measure
    for outcome in run.having("weeks_to"):
        same = (outcome.action or "direct_strike") == what and outcome.pair == struck.pair
        if same and outcome.seen:
            yield (
                f"where that happens, it comes by week {outcome.median:.0f} in half of the worlds "
                f"and by week {outcome.q95:.0f} in nineteen of twenty"
            )


def _chain(run: Run, shares: Sequence[Outcome]) -> Iterator[str]:
    """Several shares in one sentence: "… in 12 of 100 worlds; … in 20 of 100 (record: 32)"."""
    if shares:
        often = in_worlds_each([outcome.average.mean for outcome in shares], run.worlds)
        yield "; ".join(
            f"{clause(run, outcome)} {said}{_record(outcome, ' (record: {record})')}"
            for outcome, said in zip(shares, often, strict=True)
        )


def _climb(run: Run) -> Iterator[str]:
    for outcome in run.having("highest_rung"):
        if outcome.seen:
            yield (
                f"the median world climbs to rung {number(outcome.median, 0)} of 10 "
                f"({rung_name(outcome.median)}), nine of ten worlds to between "
                f"{number(outcome.q05, 0)} and {number(outcome.q95, 0)}"
            )


def _calm(run: Run) -> Iterator[str]:
    for outcome in run.having("weeks_to_deescalation"):
        if outcome.worlds:
            calmed = in_worlds(outcome.n / outcome.worlds, outcome.worlds)
            half = f", in half of those by week {outcome.median:.0f}" if outcome.seen else ""
            yield f"the crisis calms down again {calmed}{half}"


def _help(run: Run) -> Iterator[str]:
    """The three most frequent highest grades of help."""
    labels = {str(each["grade"]): str(each["label"]) for each in run.manifest["help_grades"]}
    labels["0"] = "nothing (or restraint)"
    for outcome in run.having("help_grade"):
        seen = [(share.mean, grade) for grade, share in outcome.shares.items() if share.mean > 0]
        most = sorted(seen, key=lambda pair: (-pair[0], pair[1]))[:3]
        often = in_worlds_each([share for share, _ in most], outcome.n)
        grades = [labels.get(grade, grade) for _, grade in most]
        said = [f"{grade} {share}" for grade, share in zip(grades, often, strict=True)]
        if said:
            by, on = run.names.the(outcome.by), run.names.the(outcome.on)
            does = "do" if run.names.is_plural(outcome.by) else "does"
            yield f"the most that {by} {does} for {on} is {listing(said)}"


def _words(run: Run) -> Iterator[str]:
    """In how many worlds words run ahead of deeds."""
    for public, material in alignment_pairs(run):
        by, on = run.names.the(public.by), run.names.the(public.on)
        share = words_ahead(run, public, material)
        often = in_worlds(share, run.worlds)
        yield f"{possessive(by)} words side with {on} more than the deeds do {often}"


def alignment_pairs(run: Run) -> list[tuple[Outcome, Outcome]]:
    """Outcomes of public and of material alignment that are about the same two actors."""
    material = {outcome.pair: outcome for outcome in run.having("material_alignment")}
    return [
        (public, material[public.pair])
        for public in run.having("public_alignment")
        if public.pair in material and public.seen
    ]


def words_ahead(run: Run, public: Outcome, material: Outcome) -> float:
    """Share of worlds in which the words exceed the deeds."""
    return float((run.runs[public.name] > run.runs[material.name]).mean())
