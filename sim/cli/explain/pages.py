"""What the study lays open, as the pages about reasons take it."""

from collections.abc import Sequence

import pandas as pd

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.report.explain.choice import (
    Explained,
    choice_answer,
    choice_exhibits,
    options_table,
)
from realpolitik.sim.report.explain.mean import mean_answer, mean_exhibits
from realpolitik.sim.report.explain.page import Page, Section, render_explained
from realpolitik.sim.report.explain.records import Asked, LaidOpen, MeanLaidOpen
from realpolitik.sim.study.explain.choice import Choice
from realpolitik.sim.study.explain.many import MeanChoice
from realpolitik.sim.words.numbers import how_many_worlds


def laid_open(choice: Choice) -> LaidOpen:
    """One choice, with the waterfall of what was taken on each track."""
    return LaidOpen(
        world=choice.world,
        week=choice.week,
        date=choice.date,
        actor=choice.actor,
        rule=choice.rule,
        precision=choice.precision,
        options=choice.options,
        contributions=choice.contributions,
        margins=choice.margins,
        waterfalls={track: choice.waterfall(track) for track in choice.margins["track"]},
    )


def mean_laid_open(mean: MeanChoice) -> MeanLaidOpen:
    """The means of an ensemble, with the track of the action."""
    return MeanLaidOpen(
        worlds=mean.worlds,
        actor=mean.actor,
        action=mean.action,
        track=NAMED[mean.action].track,
        precision=mean.precision,
        contributions=mean.contributions,
        openness=mean.openness,
    )


def choice_page(found: Explained) -> str:
    """The page of one choice."""
    choice, asked = found.choice, found.asked
    page = Page(
        kind="Why one choice was made",
        answer=choice_answer(found),
        facts=[
            ("Actor", asked.names.title(choice.actor)),
            ("World", f"{choice.world}, seed {asked.seed}"),
            ("Week", f"{choice.week} of {asked.weeks}, from {choice.date}"),
            ("Picked", choice.rule),
        ],
        sections=_sections(found),
    )
    return render_explained(asked, page)


def _sections(found: Explained) -> list[Section]:
    """A section a track: its waterfall, if there was a choice, and its options."""
    exhibits = {one.name: one for one in choice_exhibits(found)}
    sections = []
    for track in found.tracks:
        one = exhibits.get(f"reasons-{track}")
        tables = [("What else there was", options_table(found, track))]
        name = track.capitalize()
        sections.append(Section(track, name, HEADINGS[track], "", [one] if one else [], tables))
    return sections


HEADINGS = {
    "words": "In words",
    "private": "Behind closed doors",
    "material": "With arms, aid and trade",
    "force": "By force",
}


def mean_page(
    asked: Asked,
    mean: MeanLaidOpen,
    reasons: pd.DataFrame,
    targets: Sequence[str],
    week: int,
    picked: str,
) -> str:
    """The page of the mean reasons for an action."""
    page = Page(
        kind="What speaks for an action",
        answer=mean_answer(asked, mean, targets, week),
        facts=[
            ("Actor", asked.names.title(mean.actor)),
            ("Action", asked.labels.get(mean.action, mean.action)),
            *([("Picked", picked)] if picked else []),
            ("Worlds", f"{how_many_worlds(mean.worlds)}, seed {asked.seed}"),
            ("Weeks", str(week) if week else f"all {asked.weeks}"),
        ],
        sections=[
            Section(
                "reasons",
                "Reasons",
                "What speaks for it and against it",
                MEAN,
                mean_exhibits(asked, mean, reasons, targets, week),
            )
        ],
    )
    return render_explained(asked, page)


MEAN = (
    "Each world counts with its mean over the weeks in which the action was open to it; a reason "
    "that sways from week to week shows so in the chart over the weeks."
)
