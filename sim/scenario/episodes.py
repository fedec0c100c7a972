"""Checks an episode: that its choice can be scored, and that the act falls into its time."""

import datetime
from collections.abc import Iterator

from realpolitik.sim.scenario.errors import Fault, quoted
from realpolitik.sim.scenario.nodes import (
    Node,
    ScalarNode,
    child,
    describe,
    number_of,
    text_of,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import Vocabulary

YES_OR_NO = "true or false"
SCORED = {"share": YES_OR_NO, "number": YES_OR_NO, "grade": "a grade from 0 to 6"}


def episode_fits(tree: Node, words: Vocabulary) -> Iterator[Fault]:
    """A choice that cannot be scored, an observation of the other kind, a date outside."""
    episode = child(tree, "episode")
    if episode is not None:
        yield from _observed(tree, episode, words)
        yield from _in_time(tree, episode)


def _observed(tree: Node, episode: Node, words: Vocabulary) -> Iterator[Fault]:
    at, observed = child(episode, "outcome"), child(episode, "observed")
    name = text_of(at) or ""
    measure = text_of(child(child(child(tree, "outcomes"), name), "measure"))
    model = words.measures.get(measure or "")
    if at is None or model is None:
        return  # told of elsewhere
    if model.scale not in SCORED:
        problem = f"the outcome {quoted(name)} is measured in {model.scale}"
        yield Fault(at.place, problem, f"one measured in {', '.join(SCORED)}")
    elif _is_other_kind(observed, model.scale) and observed is not None:
        wanted = f"{SCORED[model.scale]}, as {measure} gives"
        yield Fault(observed.place, f"observed is {describe(observed)}", wanted)


def _is_other_kind(observed: Node | None, scale: str) -> bool:
    """Whether a grade is given for a yes or no, or the other way round."""
    if not isinstance(observed, ScalarNode) or not isinstance(observed.value, bool | int):
        return False
    return isinstance(observed.value, bool) == (scale == "grade")


def _in_time(tree: Node, episode: Node) -> Iterator[Fault]:
    at, weeks = child(episode, "date"), number_of(child(tree, "weeks"))
    start, day = _day(child(tree, "start")), _day(at)
    if weeks is None:
        weeks = Scenario.model_fields["weeks"].default
    if at is None or start is None or day is None or not 0 <= weeks <= 520:
        return  # told of elsewhere
    last = start + datetime.timedelta(weeks=int(weeks), days=-1)
    if not start <= day <= last:
        problem = f"the date is {day}, outside the {int(weeks)} weeks of the scenario"
        yield Fault(at.place, problem, f"a day from {start} to {last}")


def _day(node: Node | None) -> datetime.date | None:
    """The day that is written; None if it is none."""
    try:
        return datetime.date.fromisoformat(text_of(node) or "")
    except ValueError:
        return None
