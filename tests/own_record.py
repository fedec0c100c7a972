"""Records that the model itself made, for tests of what is found in records."""

import datetime
from collections.abc import Iterator, Mapping

import pandas as pd

from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.rates import RATED
from realpolitik.sim.record.weekly import WEEK, Record
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

START = datetime.date(2018, 1, 1)
ACTORS = ("IRN", "ISR", "RUS", "USA")


def quiet_scenario(weeks: int, actors: tuple[str, ...] = ACTORS) -> Scenario:
    """So many weeks in which nothing comes from outside."""
    text = f"title: A\nquestion: B?\nstart: {START}\nweeks: {weeks}\nactors: [{', '.join(actors)}]"
    return read_scenario(text, "quiet.yaml")


def record_of(acts: pd.DataFrame, weeks: int, actors: tuple[str, ...] = ACTORS) -> Record:
    """A record of acts (`week`, `of`, `toward`, `action`) in weeks without a hole."""
    mondays = tuple(START + number * WEEK for number in range(weeks))
    return Record(mondays, actors, acts.assign(n=1).reset_index(drop=True))


def own_records(
    scenario: Scenario, worlds: int, parameters: Mapping[str, float], seed: int = 1
) -> Iterator[Record]:
    """What a record could tell of each of so many worlds."""
    model = EscalationModel(scenario, worlds, rng=seed, parameters=parameters, bounded=False)
    rows = []
    while model.running:
        model.step()
        for actor in model.actors:
            options = actor.options
            names = [action.action for action in options.actions()]
            toward = [model.codes[target] for target in options.target]
            rows += [
                (world, model.week - 1, actor.code, toward[option], names[option])
                for world, chosen in enumerate(actor.chosen.tolist())
                for option in chosen
                if names[option] in RATED
            ]
    table = pd.DataFrame(rows, columns=["world", "week", "of", "toward", "action"])
    for _, acts in table.groupby("world"):
        yield record_of(acts.drop(columns="world"), scenario.weeks, model.codes)
