"""The cases of a hindcast: scenarios with what was chosen in fact."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from realpolitik.sim.engine.measures import MEASURES, Measure
from realpolitik.sim.engine.world import Array
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.battery import BATTERY, Question
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import EPISODES, SUFFIXES
from realpolitik.sim.scenario.schema import Aftermath, Answer, Episode, FirstDay, Scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS, vocabulary

YES_OR_NO = ("no", "yes")
GRADES = tuple(str(grade) for grade in range(7))


WINDOWS = (1, 8, 26)
"""Weeks from the trigger that the questions of the battery are asked of."""

CALM_WEEKS = 4
"""Weeks that must be calm before a crisis is over: of fewer it is not asked."""


@dataclass(frozen=True)
class HindcastCase:
    """A question about the past, what came of it, and the situation it is put to.

    Attributes:
        name: The stem of its file; of a question to a trigger with question and weeks behind it.
        scenario: The situation.
        episode: The question, and what was observed.
        weeks: The window it is asked of, from the start of the scenario [weeks].
        trigger: The stem of the file of its trigger; None of a single choice.
        doubted: Whether another coding allows the contrary.
    """

    name: str
    scenario: Scenario
    episode: Episode
    weeks: int
    trigger: str | None = None
    doubted: bool = False

    @property
    def measure(self) -> Measure:
        """How the choice is read off a world."""
        return self.scenario.outcomes[self.episode.outcome]

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """What could have come of it, in order: grades of help, or no and yes."""
        return GRADES if self.measure.scale == "grade" else YES_OR_NO

    @property
    def observed(self) -> int:
        """The place among the categories of what came of it."""
        return int(self.episode.observed)

    @property
    def crisis(self) -> str:
        """The crisis it is of, which other cases may share; its own name if none is given."""
        return self.episode.crisis or self.trigger or self.name

    @property
    def certainty(self) -> float:
        """How sure the observation is, above 0 to 1: the weight of the case."""
        return self.episode.certainty

    @property
    def title(self) -> str:
        """What to call it: that of the scenario, and the question to a trigger."""
        if self.trigger is None:
            return self.scenario.title
        weeks = "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        return f"{self.scenario.title}: {self.measure.label}, {weeks}"

    @property
    def end(self) -> datetime.date:
        """The day after the window."""
        return self.scenario.start + datetime.timedelta(weeks=self.weeks)

    def other_coding(self) -> "HindcastCase":
        """The same as the other coding has it."""
        if not self.doubted:
            return self
        contrary = {"observed": not self.episode.observed}
        return replace(self, episode=self.episode.model_copy(update=contrary))

    def shares(self, values: Array) -> Array:
        """Share of the worlds in each category, (categories,); a number is a yes from 1 on."""
        if self.measure.scale == "weeks":
            values = np.less_equal(values, self.weeks)
        most = len(self.categories) - 1
        places = np.minimum(np.nan_to_num(values).astype(np.int64), most)
        counts = np.bincount(places, minlength=most + 1)
        return np.asarray(counts / len(values), dtype=np.float64)


# ── The questions to a trigger ───────────────────────────────────────────────────────


def cases_of(scenario: Scenario) -> Iterator[HindcastCase]:
    """The single choice of a scenario, and all questions to its trigger, window by window."""
    if scenario.episode:
        yield HindcastCase(scenario.name, scenario, scenario.episode, scenario.weeks)
    if scenario.aftermath:
        asked = _with_questions(scenario, scenario.aftermath)
        for name, answer in scenario.aftermath.answers.items():
            yield from _windows(asked, scenario.aftermath, name, answer)


def _with_questions(scenario: Scenario, aftermath: Aftermath) -> Scenario:
    """The scenario with the questions that were answered among its outcomes."""
    told = {name: _measure(BATTERY[name], aftermath.actors) for name in aftermath.answers}
    return scenario.model_copy(update={"outcomes": {**scenario.outcomes, **told}})


def _measure(question: Question, actors: dict[str, str]) -> Measure:
    fields, known = question.fields(actors), vocabulary().actors
    who = {key: known[fields[key]].title for key in ("by", "target") if key in fields}
    return MEASURES[question.measure](**fields, label=question.told.format(**who))


def _windows(
    scenario: Scenario, aftermath: Aftermath, name: str, answer: Answer
) -> Iterator[HindcastCase]:
    least = CALM_WEEKS if scenario.outcomes[name].measure == "weeks_to_deescalation" else 1
    for weeks in (one for one in WINDOWS if least <= one <= scenario.weeks):
        last = scenario.start + datetime.timedelta(weeks=weeks, days=-1)
        observed = _by(last, answer.first)
        episode = Episode(
            outcome=name,
            observed=observed,
            date=answer.first if observed else last,
            certainty=answer.certainty or aftermath.certainty,
            in_article=aftermath.in_article,
            crisis=aftermath.crisis,
            note=answer.note,
            source=answer.source or aftermath.source,
        )
        doubted = answer.second is not None and _by(last, answer.second) != observed
        called = f"{scenario.name}/{name}/{weeks}"
        yield HindcastCase(called, scenario, episode, weeks, scenario.name, doubted)


def _by(last: datetime.date, first: FirstDay) -> bool:
    """Whether it had come about by the end of that day."""
    return isinstance(first, datetime.date) and first <= last


# ── Files ────────────────────────────────────────────────────────────────────────────


@cache
def shipped_cases() -> tuple[HindcastCase, ...]:
    """The episodes that come with the package, sorted by name."""
    folder = files(SCENARIOS).joinpath(EPISODES)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(SUFFIXES))
    scenarios = (load_scenario(Path(str(folder.joinpath(name)))) for name in names)
    return tuple(case for scenario in scenarios for case in cases_of(scenario))


def load_cases(paths: Sequence[str | Path] = ()) -> tuple[HindcastCase, ...]:
    """The episodes in these files and folders; those that are shipped if none is named.

    A folder stands for the files in it that hold an `episode`; other files there are for them to
    extend. A file that is named must hold one.

    Raises:
        ScenarioError: something cannot be found, or is wrong; it holds the faults of all files.
    """
    if not paths:
        return shipped_cases()
    scenarios: dict[str, Scenario] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            for scenario in _scenarios_at(Path(path)):
                if scenario.name in scenarios:
                    faults.append(Fault(Place(str(path)), f"a second episode {scenario.name!r}"))
                scenarios[scenario.name] = scenario
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return tuple(case for scenario in scenarios.values() for case in cases_of(scenario))


def _scenarios_at(path: Path) -> Iterator[Scenario]:
    """The scenarios of a file or of a folder that hold an episode."""
    found = list(_scenarios_in(path) if path.is_dir() else [_scenario(path)])
    if not found:
        problem = "no file in the folder holds an episode"
        wanted = "scenario files with `episode:` or `aftermath:`"
        raise ScenarioError([Fault(Place(str(path)), problem, wanted)])
    yield from found


def _scenarios_in(folder: Path) -> Iterator[Scenario]:
    faults: list[Fault] = []
    for file in sorted(one for one in folder.iterdir() if one.name.endswith(SUFFIXES)):
        try:
            scenario = load_scenario(file)
        except ScenarioError as error:
            faults += error.faults
        else:
            if next(cases_of(scenario), None):
                yield scenario
    if faults:
        raise ScenarioError(faults)


def _scenario(file: Path) -> Scenario:
    """A scenario that was named, and so is to hold an episode."""
    scenario = load_scenario(file)
    if not (scenario.episode or scenario.aftermath):
        wanted = "what was observed, under the key `episode` or `aftermath`"
        raise ScenarioError([Fault(Place(str(file)), "the file holds no episode", wanted)])
    if not next(cases_of(scenario), None):
        problem = f"no question can be asked of the {scenario.weeks} weeks of the scenario"
        wanted = f"`weeks:` of at least one of {', '.join(map(str, WINDOWS))}"
        raise ScenarioError([Fault(Place(str(file)), problem, wanted)])
    return scenario
