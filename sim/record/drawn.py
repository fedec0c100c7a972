"""Records of what the model itself does: to see what is made of a record whose truth is known."""

import datetime
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from realpolitik.sim.engine.actions import ACTIONS
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.rates import RATED
from realpolitik.sim.record.weekly import ANY, WEEK, Record
from realpolitik.sim.scenario.schema import Scenario

PLACE = ["week", "of", "toward"]
NAMES = np.array([action.action for action in ACTIONS])


def draw_record(scenario: Scenario, weeks: int, seed: int, first: datetime.date) -> Record:
    """What the actors do in one world in so many weeks, of what a record can tell.

    `first` is the Monday of the first week; each act is one event.
    """
    (record,) = draw_records(scenario, weeks, seed, first)
    return record


def draw_records(
    scenario: Scenario,
    weeks: int,
    seed: int,
    first: datetime.date,
    worlds: int = 1,
    parameters: Mapping[str, ArrayLike] | None = None,
) -> Iterator[Record]:
    """The same of several worlds, with parameters on top of the scenario's own, in any range."""
    own = scenario.model_copy(update={"weeks": weeks, "start": first})
    model = EscalationModel(own, worlds, rng=seed, parameters=parameters, bounded=False)
    acts = pd.concat(_acts(model), ignore_index=True)
    mondays = tuple(first + week * WEEK for week in range(weeks))
    for world in range(worlds):
        told = acts[acts["world"] == world].drop(columns="world")
        events = told[PLACE].drop_duplicates().assign(action=ANY)
        rows = pd.concat([told, events], ignore_index=True).assign(n=1)
        yield Record(mondays, model.codes, rows)


def _acts(model: EscalationModel) -> Iterator[pd.DataFrame]:
    """World, week from 0, actor, target and action of the acts of a week, while the model runs."""
    codes = np.array(model.codes)
    while model.running:
        model.step()
        deeds = model.happened.deeds.among(np.isin(NAMES[model.acts.action], RATED))
        places = {"of": codes[deeds.actor], "toward": codes[deeds.target]}
        acts = {"world": deeds.world, "week": model.week - 1, **places}
        yield pd.DataFrame(acts).assign(action=NAMES[deeds.action])
