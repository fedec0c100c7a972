"""The cases of a hindcast: scenarios with what was chosen in fact."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from realpolitik.sim.engine.measures import Measure
from realpolitik.sim.engine.tables import read_table
from realpolitik.sim.engine.world import Array
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import EPISODES, SUFFIXES
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.schema import Episode, Scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS, vocabulary

YES_OR_NO = ("no", "yes")
GRADES = tuple(str(grade) for grade in range(7))


@dataclass(frozen=True)
class HindcastCase:
    """A choice that was made, and the situation it was made in.

    `name` is the stem of its file.
    """

    name: str
    scenario: Scenario
    episode: Episode

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
        return self.episode.crisis or self.name

    @property
    def certainty(self) -> float:
        """How sure the observation is, above 0 to 1: the weight of the case."""
        return self.episode.certainty

    def shares(self, values: Array) -> Array:
        """Share of the worlds in each category, (categories,); a number is a yes from 1 on."""
        most = len(self.categories) - 1
        places = np.minimum(np.nan_to_num(values).astype(np.int64), most)
        counts = np.bincount(places, minlength=most + 1)
        return np.asarray(counts / len(values), dtype=np.float64)


def shipped_cases() -> tuple[HindcastCase, ...]:
    """The episodes that come with the package, sorted by name."""
    folder = files(SCENARIOS).joinpath(EPISODES)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(SUFFIXES))
    return tuple(_case(Path(str(folder.joinpath(name)))) for name in names)


def load_cases(paths: Sequence[str | Path] = ()) -> tuple[HindcastCase, ...]:
    """The episodes in these files and folders; those that are shipped if none is named.

    A folder stands for the files in it that hold an `episode`; other files there are for them to
    extend. A file that is named must hold one.

    Raises:
        ScenarioError: something cannot be found, or is wrong; it holds the faults of all files.
    """
    if not paths:
        return shipped_cases()
    cases: dict[str, HindcastCase] = {}
    faults: list[Fault] = []
    for path in paths:
        try:
            for case in _cases_at(Path(path)):
                if case.name in cases:
                    faults.append(Fault(Place(str(path)), f"a second episode {case.name!r}"))
                cases[case.name] = case
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return tuple(cases.values())


def _cases_at(path: Path) -> Iterator[HindcastCase]:
    """The cases of a file or of a folder."""
    if not path.is_dir():
        yield _case(path)
        return
    cases = list(_cases_in(path))
    if not cases:
        problem = "no file in the folder holds an episode"
        raise ScenarioError([Fault(Place(str(path)), problem, "scenario files with `episode:`")])
    yield from cases


def _cases_in(folder: Path) -> Iterator[HindcastCase]:
    faults: list[Fault] = []
    for file in sorted(one for one in folder.iterdir() if one.name.endswith(SUFFIXES)):
        try:
            scenario = load_scenario(file)
        except ScenarioError as error:
            faults += error.faults
        else:
            if scenario.episode:
                yield HindcastCase(scenario.name, scenario, scenario.episode)
    if faults:
        raise ScenarioError(faults)


def _case(file: Path) -> HindcastCase:
    scenario = load_scenario(file)
    if scenario.episode is None:
        wanted = "what was observed, under the key `episode`"
        raise ScenarioError([Fault(Place(str(file)), "the file holds no episode", wanted)])
    return HindcastCase(scenario.name, scenario, scenario.episode)


# ── The base rate of a choice ────────────────────────────────────────────────────────


GRADES_OF_HELP = "help_in_israeli_crises"
"""What the reference class of a grade of help is called: the crises of `record.csv`."""


def base_rate_forecast(case: HindcastCase) -> Array:
    """What the record says of a window as long as the case's, (categories,).

    The record is one of whole crises; a window shorter than the median crisis has its part of the
    rate, as if the hazard were constant. Where the record has nothing, all is equally likely.
    """
    whole = whole_crisis_forecast(case)
    return shortened(whole, case.scenario.weeks / crisis_weeks()) if has_record(case) else whole


def whole_crisis_forecast(case: HindcastCase) -> Array:
    """What the record says of a whole crisis, however short the window is, (categories,).

    Of a yes or no it is the base rate that the outcome names, of a grade of help the record of who
    helps. Where the record has nothing, all categories are equally likely.
    """
    if case.measure.scale == "grade":
        found = grades_of_record(_helper(case))
        return uniform_forecast(case) if found is None else found
    if case.measure.base_rate is None:
        return uniform_forecast(case)
    rate = vocabulary().base_rates[case.measure.base_rate].value
    return np.array([1 - rate, rate])


def shortened(forecast: Array, part: float) -> Array:
    """The forecast for that part of the time, (categories,); the same from the whole time on.

    What is reached in the whole with chance p is reached in a part t of it with 1 − (1 − p)^t.
    """
    if part >= 1:
        return forecast
    below = np.clip(np.cumsum(forecast), 0, 1) ** part
    return np.asarray(np.diff(below, prepend=0.0))


def crisis_weeks() -> float:
    """Length of the crisis that a base rate is of [weeks]: the median of the Middle East."""
    return vocabulary().base_rates["crisis_weeks"].value


def reference_class(case: HindcastCase) -> str:
    """What the base rate is the rate of: its name, and in how far it is not of such a choice."""
    if not has_record(case):
        return "none: even"
    name = case.measure.base_rate if case.measure.scale != "grade" else GRADES_OF_HELP
    weeks, whole = case.scenario.weeks, crisis_weeks()
    part = f", {weeks} of {whole:g} weeks" if weeks < whole else ""
    return f"{name}{part}{', borrowed' if case.episode.base_rate_borrowed else ''}"


def has_record(case: HindcastCase) -> bool:
    """Whether the record says anything of such a choice."""
    if case.measure.scale == "grade":
        return grades_of_record(_helper(case)) is not None
    return case.measure.base_rate is not None


def _helper(case: HindcastCase) -> str:
    return str(getattr(case.measure, "by", ""))


def uniform_forecast(case: HindcastCase) -> Array:
    """All categories equally likely, (categories,)."""
    return np.full(len(case.categories), 1 / len(case.categories))


@cache
def grades_of_record(actor: str) -> Array | None:
    """Share of crises in which an actor helped to each grade, (7,); None if it is not in the table.

    The classes of the record are wider than grades: a class is spread evenly over its grades. Half
    a crisis is added to each class (Jeffreys), as none was seen in one of them.
    """
    rows = [row for row in read_table(__package__, "record.csv") if row["by"] == actor]
    if not rows:
        return None
    crises = np.array([float(row["crises"]) + 0.5 for row in rows])
    shares = np.zeros(len(GRADES))
    for row, share in zip(rows, crises / crises.sum(), strict=True):
        grades = range(int(row["least"]), int(row["most"]) + 1)
        shares[list(grades)] += share / len(grades)
    return shares
