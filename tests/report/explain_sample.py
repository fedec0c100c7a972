"""A short quarrel, and what the study says of the reasons in it, for tests of the pages."""

from realpolitik.sim.cli.explain.laid_open import laid_open, mean_laid_open
from realpolitik.sim.cli.subject import Subject
from realpolitik.sim.report.explain.choice import Explained, choice_subject
from realpolitik.sim.report.explain.records import Asked, MeanLaidOpen
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.study.explain.many import explain_ensemble
from realpolitik.sim.study.explain.one import explain_choice
from realpolitik.sim.study.explain.reasons import reasons

QUARREL = """
title: A short quarrel, told <b>plainly</b>
question: Does Iran strike within {weeks} weeks?
start: 2024-08-05
weeks: {weeks}
actors: [RUS, IRN, ISR, USA]
parameters: {{action.limited_strike.base_rate: 0.1}}
shocks:
  - {{id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}}
outcomes:
  strike: {{measure: direct_strike, by: IRN, target: ISR, label: Iran strikes}}
  arms: {{measure: act, action: offensive_arms, by: RUS, target: IRN}}
  height: {{measure: highest_rung}}
"""


def scenario(weeks: int = 4) -> Scenario:
    """Four states in some weeks."""
    return read_scenario(QUARREL.format(weeks=weeks), "quarrel.yaml")


def asked(weeks: int = 4) -> Asked:
    """What a page is told of it."""
    return Subject("quarrel.yaml", scenario(weeks), 0).asked("realpolitik explain quarrel.yaml")


def choice(actor: str = "IRN", world: int = 0, track: str = "", weeks: int = 4) -> Explained:
    """One choice."""
    found = laid_open(explain_choice(scenario(weeks), 0, world, actor))
    return choice_subject(asked(weeks), found, reasons(actor), track)


def mean(
    action: str = "limited_strike", target: str | None = None, worlds: int = 40, weeks: int = 4
) -> MeanLaidOpen:
    """The mean reasons of Iran."""
    return mean_laid_open(explain_ensemble(scenario(weeks), 0, worlds, "IRN", action, target))
