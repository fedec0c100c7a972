"""A record of what the model itself does: to see what is made of a record whose truth is known."""

import datetime
from collections.abc import Iterator

import pandas as pd

from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.rates import RATED
from realpolitik.sim.record.weekly import ANY, Record
from realpolitik.sim.scenario.schema import Scenario

PLACE = ["week", "of", "toward"]


def draw_record(scenario: Scenario, weeks: int, seed: int, first: datetime.date) -> Record:
    """What the actors do in one world in so many weeks, of what a record can tell.

    `first` is the Monday of the first week; each act is one event.
    """
    own = {"weeks": weeks, "start": first}
    model = EscalationModel(scenario.model_copy(update=own), rng=seed)
    acts = pd.DataFrame(_acts(model), columns=[*PLACE, "action"])
    events = acts[PLACE].drop_duplicates().assign(action=ANY)
    mondays = tuple(first + datetime.timedelta(weeks=week) for week in range(weeks))
    rows = pd.concat([acts, events], ignore_index=True).assign(n=1)
    return Record(mondays, model.codes, rows)


def _acts(model: EscalationModel) -> Iterator[tuple[int, str, str, str]]:
    """Week from 0, actor, target and action of each act, while the model runs."""
    options = [(one, option) for one in model.actors for option in range(len(one.options))]
    actions = {id(one): one.options.actions() for one in model.actors}
    while model.running:
        model.step()
        for number in model.happened.deeds.option:
            actor, option = options[number]
            action = actions[id(actor)][option].action
            if action in RATED:
                target = model.codes[actor.options.target[option]]
                yield model.week - 1, actor.code, target, action
