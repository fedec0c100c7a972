"""The page of one choice."""

from functools import partial

from realpolitik.sim.documents.missing import attempt_exhibits, attempt_table, attempt_texts
from realpolitik.sim.report.explain.choice import (
    Explained,
    choice_answer,
    choice_exhibits,
    options_table,
)
from realpolitik.sim.report.explain.page import Page, Section, render_explained


def choice_page(found: Explained) -> str:
    """The page of one choice."""
    choice, asked = found.choice, found.asked
    page = Page(
        kind="Why one choice was made",
        answer=attempt_texts("the answer", lambda: choice_answer(found)),
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
    every = attempt_exhibits("the charts of reasons", lambda: choice_exhibits(found))
    missing = [one for one in every if one.why]
    sections = []
    for track in found.tracks:
        own = [one for one in every if one.name == f"reasons-{track}"]
        options = attempt_table("the options", partial(options_table, found, track))
        tables = [("What else there was", options)]
        name = track.capitalize()
        sections.append(Section(track, name, HEADINGS[track], "", own or missing, tables))
    return sections


HEADINGS = {
    "words": "In words",
    "private": "Behind closed doors",
    "material": "With arms, aid and trade",
    "force": "By force",
}
