"""Small episodes that take a moment: four states, two weeks."""

from pathlib import Path
from typing import Any

from realpolitik.sim.hindcast.cases import HindcastCase, cases_of
from realpolitik.sim.scenario.loading import read_scenario

SITUATION = """\
title: A short quarrel
question: What comes of it?
start: 2024-08-05
weeks: 2
actors: [RUS, IRN, ISR, USA]
outcomes:
  strike: {measure: direct_strike, by: IRN, target: ISR, base_rate: violent_response}
  arms: {measure: act, action: defensive_aid, by: RUS, target: IRN}
  help: {measure: help_grade, by: RUS, to: IRN}
  iranian_help: {measure: help_grade, by: IRN, to: RUS}
  deals: {measure: deals, deal: swap}
  deaths: {measure: civilian_deaths, target: ISR}
deals:
  - {id: swap, actor: RUS, rival: USA, toward: IRN}
"""

EPISODE = """\
episode:
  outcome: {outcome}
  observed: {observed}
  date: 2024-08-06
  certainty: {certainty}
  in_article: {in_article}
  source: A paper
"""


def text_of(
    outcome: str = "help", observed: Any = 1, certainty: float = 1, in_article: bool = False
) -> str:
    """A whole file."""
    said = str(observed).lower()
    told = str(in_article).lower()
    block = EPISODE.format(outcome=outcome, observed=said, certainty=certainty, in_article=told)
    return SITUATION + block


def case(name: str = "one", more: str = "", **block: Any) -> HindcastCase:
    """A case of that name; `more` is put at the end of its file."""
    scenario = read_scenario(text_of(**block) + more, f"{name}.yaml")
    assert scenario.episode
    return HindcastCase(name, scenario, scenario.episode, scenario.weeks)


TRIGGER = """\
title: A raid
question: What follows?
start: {start}
weeks: {weeks}
actors: [RUS, IRN, ISR, USA]
aftermath:
  perpetrator: ISR
  victim: IRN
  source: A paper
  certainty: 0.9
  answers:
    {question}: {{first: {first}{more}}}
"""


def trigger_text(**block: Any) -> str:
    """A whole file of a trigger and one answer."""
    given = {"start": "2020-01-03", "weeks": 8, "first": "never", "more": ""}
    return TRIGGER.format(**{**given, "question": "victim_strikes", **block})


def trigger(name: str = "t", **block: Any) -> tuple[HindcastCase, ...]:
    """The cases of such a trigger."""
    return tuple(cases_of(read_scenario(trigger_text(**block), f"{name}.yaml")))


def folder_of_three(path: Path) -> Path:
    """A folder with three episodes, a situation for others to extend, and a note."""
    files = {
        "a.yaml": text_of("help", 1, 0.8, True),
        "b.yaml": text_of("strike", False),
        "c.yaml": "extends: base.yaml\n"
        + EPISODE.format(outcome="arms", observed="true", certainty=0.6, in_article="false"),
        "base.yaml": SITUATION,
        "README.md": "A note.",
    }
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return path
