"""The page of one choice."""

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
