"""What is said of a hindcast: its scores, its episodes, and what each of those rests on."""

from collections.abc import Iterator
from functools import partial
from importlib.metadata import version
from typing import Any

import pandas as pd

from realpolitik.sim.charts.forecasts import calibration, difference_rows
from realpolitik.sim.documents.document import (
    IN_FULL,
    MARKDOWN,
    PAGE,
    SCREEN,
    Block,
    Chart,
    Column,
    Document,
    Folded,
    Link,
    Row,
    Section,
    Show,
    Table,
    Text,
    text,
)
from realpolitik.sim.formatting.names import labels, named
from realpolitik.sim.formatting.numbers import (
    NONE,
    capital,
    factor_span,
    format_factor,
    number,
    percent,
)
from realpolitik.sim.hindcast.base_rates import crisis_weeks
from realpolitik.sim.hindcast.forecasts import BASE_RATE, NUMBERED
from realpolitik.sim.hindcast.hindcasting import Hindcast
from realpolitik.sim.hindcast.scores import FEWEST
from realpolitik.sim.scenario.battery import BATTERY

NOTE = (
    "The ranked probability score is 0 for a forecast that was sure and right, and 1 for one that "
    "was sure and wrong by as much as can be. The log score is 0 for the first and grows without "
    "end, but for a little doubt that is mixed into every forecast. Both are lowest, on average, "
    "for who says what he believes."
)


def hindcast_document(found: Hindcast, command: str) -> Document:
    """All that is said of a hindcast; `command` makes it again."""
    return Document(
        kind="Hindcast",
        title="Rival readings against the record",
        question="Given the situations as they were, which reading of Russia would have forecast "
        "best what was chosen, and is any better than a plain base rate?",
        answer=[*found.verdict, *found.notes],
        facts={
            "Cases": f"{len(found.cases):,}",
            "Triggers": str(len({case.trigger for case in found.cases if case.trigger})),
            "Worlds": f"{found.worlds:,} a forecast",
            "Seed": str(found.seed),
        },
        note=NOTE,
        sections=[
            Section("scores", "Scores", partial(_scores, found)),
            Section("calibration", "Calibration", partial(_calibration, found), IN_FULL),
            Section("questions", "Every question", partial(_questions, found)),
            Section("episodes", "Every episode", partial(_episodes, found)),
        ],
        command=command,
        version=version("realpolitik"),
        data=partial(_data, found),
    )


# ── Scores ───────────────────────────────────────────────────────────────────────────


def _scores(found: Hindcast) -> Iterator[Block]:
    draw = partial(difference_rows, found.summary, found.titles, BASE_RATE)
    yield Chart("differences", draw, score_table(found))
    yield Text(legend(found.titles[found.base]), IN_FULL)
    yield Text(legend(found.labels[found.base]), frozenset({SCREEN}))


def score_table(found: Hindcast) -> Table:
    """A row a rival and set of cases."""

    def of_rivals(show: Show) -> Show:
        return lambda row: NONE if row["hypothesis"] == found.base else show(row)

    return Table(
        found.summary,
        [
            Column("Rival", lambda row: capital(found.titles[row["hypothesis"]]), on=IN_FULL),
            Column("Rival", lambda row: found.labels[row["hypothesis"]], on=frozenset({SCREEN})),
            Column("Cases", text("cases")),
            Column("n", text("n"), right=True),
            Column("Crises", text("crises"), right=True),
            Column("Ranked probability score", _to_three("rps"), right=True, short="RPS"),
            Column("Log score", _to_three("log_score"), right=True),
            Column("RPS − H0", _to_three("rps_difference"), right=True),
            Column("95\u00a0% interval", _span),
            Column("Skill", lambda row: number(row["skill"]), right=True),
            Column("95\u00a0% of the skill", _skill_span, on=IN_FULL),
            Column("Bayes factor", of_rivals(_factor), right=True, short="BF"),
            Column("95\u00a0% of the factor", of_rivals(_factor_span), short="95 % of BF"),
        ],
    )


def _to_three(key: str) -> Show:
    return lambda row: number(row[key], 3)


def _span(row: Row) -> str:
    """The interval of the difference from the base rate, which itself has none."""
    low, high = row["rps_difference_low"], row["rps_difference_high"]
    if row["hypothesis"] == BASE_RATE or pd.isna(low):
        return NONE
    return f"{number(low, 3)} to {number(high, 3)}"


def _skill_span(row: Row) -> str:
    if row["hypothesis"] == BASE_RATE or pd.isna(row["skill_low"]):
        return NONE
    return f"{number(row['skill_low'])} to {number(row['skill_high'])}"


def _factor(row: Row) -> str:
    return format_factor(row["bayes_factor"])


def _factor_span(row: Row) -> str:
    return factor_span(row["bayes_low"], row["bayes_high"])


def legend(base: str) -> str:
    """What the columns of the scores mean; `base` is what the base reading is called."""
    return (
        "RPS: ranked probability score, 0 best, 1 worst. Log score: 0 best. H0: the base rate. "
        "RPS − H0: mean RPS less that of H0, below 0 better than H0. Skill: 1 − RPS / that of H0. "
        f"BF: Bayes factor of {base} over the rival, the ratio of the "
        "likelihoods that the two give to what was observed, each case to the power of its "
        "certainty; neither has free parameters. Intervals: jack-knife over crises, none for fewer "
        f"than {FEWEST}. Article: the cases that the article tells of; omitted: the others."
    )


# ── Calibration ──────────────────────────────────────────────────────────────────────


def _calibration(found: Hindcast) -> Iterator[Block]:
    first, *_, last = found.titles
    drawn = {one: found.titles[one] for one in (first, BASE_RATE, last) if one in found.titles}
    # More than three would hide each other; the table beneath has all.
    yield Chart("calibration", partial(calibration, found.calibration, drawn), bin_table(found))


def bin_table(found: Hindcast) -> Table:
    """A row a rival and bin of forecasts."""
    return Table(
        found.calibration,
        [
            Column("Rival", lambda row: capital(found.titles[row["hypothesis"]])),
            Column("Bin", lambda row: f"{percent(row['low'])} to {percent(row['high'])}"),
            Column("Mean forecast", lambda row: percent(row["forecast"]), right=True),
            Column("Came about", lambda row: percent(row["observed"]), right=True),
            Column("Events", text("n"), right=True),
        ],
    )


# ── Questions ────────────────────────────────────────────────────────────────────────


def _questions(found: Hindcast) -> Iterator[Block]:
    if found.questions.empty:
        yield "There is no trigger among the episodes."
        return
    yield (
        "The same questions are put to every trigger; each line is one of them in one window, and "
        f"the scores are those of {found.titles[found.base]} and of the base rate:"
    )
    yield question_table(found)


def question_table(found: Hindcast) -> Table:
    """A row a question and window."""
    return Table(
        found.questions,
        [
            Column("Question", lambda row: BATTERY[row["question"]].in_roles, on=IN_FULL),
            Column("Question", text("question"), on=frozenset({SCREEN})),
            Column("Weeks", text("weeks"), right=True),
            Column("Asked", text("n"), right=True),
            Column("Yes", text("yes"), right=True),
            Column("RPS", _to_three("rps"), right=True),
            Column("RPS of H0", _to_three("rps_base_rate"), right=True),
            Column("RPS − H0", _to_three("rps_difference"), right=True),
        ],
    )


# ── Episodes ─────────────────────────────────────────────────────────────────────────


def _episodes(found: Hindcast) -> Iterator[Block]:
    frame = episodes(found)
    if (frame["trigger"] != "").any():
        yield "Mean ranked probability score of each rival over all questions to a trigger:"
        yield trigger_table(found, frame)
    if (frame["trigger"] == "").any():
        yield from _single_choices(found, frame[frame["trigger"] == ""])
    answers = frame.drop_duplicates(["title", "question"])
    yield Folded("What each observation rests on", [source_table(answers)], frozenset({PAGE}))


def _single_choices(found: Hindcast, frame: pd.DataFrame) -> Iterator[Block]:
    yield "Chance that each rival had given to what was observed:"
    yield episode_table(found, frame)
    yield (
        f"H0 is the rate named, of whole crises (median {crisis_weeks():g} weeks); a shorter "
        "window has its part of it. Borrowed: it is of crises of another kind than this."
    )
    if found.without_record:
        titles = {case.name: case.title for case in found.cases}
        told = "; ".join(named(titles[one], one) for one in found.without_record)
        yield f"No base rate in the record (taken as even): {told}."


def trigger_table(found: Hindcast, frame: pd.DataFrame) -> Table:
    """A row a trigger: how many questions, how many came about, mean scores."""
    scores = found.scores.pivot(index="episode", columns="hypothesis", values="rps")
    asked = frame[frame["trigger"] != ""].set_index("name").drop(columns=list(found.titles))
    rows = asked.join(scores).assign(yes=asked["observed"] == "yes")
    means = {name: (name, "mean") for name in found.titles}
    by_trigger = (
        rows.sort_values("start", kind="stable")
        .groupby("trigger", sort=False)
        .agg(title=("scenario", "first"), asked=("yes", "size"), yes=("yes", "sum"), **means)
    )
    return Table(
        by_trigger.reset_index(),
        [
            Column("Trigger", text("title"), on=frozenset({PAGE})),
            Column("Trigger", _linked, on=frozenset({MARKDOWN})),
            Column("Trigger", text("trigger"), on=frozenset({SCREEN})),
            Column("Asked", text("asked"), right=True),
            Column("Yes", text("yes"), right=True),
            *(
                Column(capital(found.titles[one]), _to_three(one), right=True, short=label)
                for one, label in found.labels.items()
            ),
        ],
    )


def episodes(found: Hindcast) -> pd.DataFrame:
    """A row an episode: what was observed, and on what that rests.

    The columns named as the rivals hold the chance [0 to 1] that each had given to it.
    """
    chances = found.forecasts.set_index(["episode", "hypothesis", "category"])["probability"]
    titles = {case.trigger or case.name: case.scenario.title for case in found.cases}
    called = labels(titles, {name: name for name in titles})
    rows = [
        {
            "name": case.name,
            "trigger": case.trigger or "",
            "scenario": called[case.trigger or case.name],
            "title": case.title,
            "question": case.episode.outcome,
            "start": case.scenario.start.isoformat(),
            "weeks": case.weeks,
            "date": case.episode.date.isoformat(),
            "observed": case.categories[case.observed],
            "certainty": case.certainty,
            "in_article": case.episode.in_article,
            "crisis": case.crisis,
            "base_rate_of": found.references[case.name],
            "note": case.episode.note,
            "source": case.episode.source,
            **{
                rival: chances[case.name, rival, case.categories[case.observed]]
                for rival in found.titles
            },
        }
        for case in found.cases
    ]
    return pd.DataFrame(rows)


def episode_table(found: Hindcast, frame: pd.DataFrame) -> Table:
    """A row an episode, with the chances."""
    return Table(
        frame,
        [
            Column("Episode", text("title"), on=frozenset({PAGE})),
            Column("Episode", _linked, on=frozenset({MARKDOWN})),
            Column("Episode", text("name"), on=frozenset({SCREEN})),
            Column(
                "In the article", lambda row: "yes" if row["in_article"] else "no", short="Article"
            ),
            Column("Observed", text("observed")),
            Column("Certainty", lambda row: number(row["certainty"]), right=True),
            *(_chance(rival, found) for rival in found.titles),
            Column("H0 is of", text("base_rate_of")),
        ],
    )


def _linked(row: Row) -> str:
    """The title, with a link to the file for pages in `docs/`."""
    name = row.get("trigger") or row["name"]
    return Link(row["title"], f"../scenarios/episodes/{name}.yaml")


def _chance(rival: str, found: Hindcast) -> Column:
    def show(row: Row) -> str:
        return percent(row[rival])

    return Column(capital(found.titles[rival]), show, right=True, short=found.labels[rival])


def source_table(frame: pd.DataFrame) -> Table:
    """A row an episode, with what it rests on."""
    named = {
        "Episode": "title",
        "Day": "date",
        "Crisis": "crisis",
        "How it was coded": "note",
        "Source": "source",
    }
    return Table(frame, [Column(heading, text(key)) for heading, key in named.items()])


# ── For programs ─────────────────────────────────────────────────────────────────────

SCORES = (
    *("n", "crises", "rps", "log_score", "skill", "skill_low", "skill_high"),
    *("rps_difference", "rps_difference_low", "rps_difference_high"),
    *("bayes_factor", "bayes_low", "bayes_high"),
)


def _data(found: Hindcast) -> dict[str, Any]:
    rows = episodes(found).drop(columns=list(found.titles)).set_index("name")
    told = {name: row | {"forecast": _forecast(found, name)} for name, row in _by_name(rows)}
    return {
        "worlds": found.worlds,
        "seed": found.seed,
        "hypotheses": {name: _hypothesis(found, name) for name in found.titles},
        "episodes": told,
        "against": found.against,
        "against_by_other_coding": found.other_coding,
        "questions": found.questions,
        "calibration": found.calibration,
        "without_record": found.without_record,
        "notes": found.notes,
        "verdict": found.verdict,
    }


def _by_name(rows: pd.DataFrame) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, row in rows.to_dict("index").items():
        yield str(name), {str(key): value for key, value in row.items()}


def _hypothesis(found: Hindcast, name: str) -> dict[str, Any]:
    """Its scores on all cases, and under `cases` those on each set."""
    own = found.summary[found.summary["hypothesis"] == name].set_index("cases")
    sets = dict(_by_name(own[list(SCORES)].round(12)))
    label = NUMBERED[name] if found.labels[name] != name else ""
    return {"label": label, "title": found.titles[name], **sets["all"], "cases": sets}


def _forecast(found: Hindcast, case: str) -> dict[str, dict[str, float]]:
    """Rival → category → chance."""
    own = found.forecasts[found.forecasts["episode"] == case]
    return {
        str(name): dict(zip(rows["category"], rows["probability"], strict=True))
        for name, rows in own.groupby("hypothesis", sort=False)
    }
