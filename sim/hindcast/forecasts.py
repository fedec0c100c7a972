"""Forecasts and their scores: rival readings of Russia, simulated, and the simplest forecasts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import scoringrules
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit, logit

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.world import Array
from realpolitik.sim.experiments.ensemble import simulate
from realpolitik.sim.files.reading import MOST_TEXT, read_file
from realpolitik.sim.formatting.numbers import listing
from realpolitik.sim.hindcast.cases import HindcastCase
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.scenario.arguments import executor_given, function_given
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import SUFFIXES
from realpolitik.sim.scenario.nodes import child
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import pack, unpack
from realpolitik.sim.scenario.vocabulary import SCENARIOS, vocabulary

# ── Proper scores ────────────────────────────────────────────────────────────────────


DOUBT = 0.01
"""Share of a uniform forecast in every forecast that is scored (assumed): nobody is quite certain.

So the log score is at most ln(categories / DOUBT): 5.3 for a yes or no, 6.6 for seven grades. The
forecast itself is changed, not its score, which stays proper; all rivals are treated alike.
"""

OTHER_DOUBTS = (0.001, 0.05)
"""Shares at which Bayes factors are told as well, as they hang on what was thought impossible."""


def tempered(shares: ArrayLike, doubt: float = DOUBT) -> Array:
    """The forecast with a little doubt mixed in, (..., categories)."""
    forecast = np.asarray(shares, dtype=np.float64)
    return np.asarray((1 - doubt) * forecast + doubt / forecast.shape[-1])


def ranked_probability_score(forecasts: Array, observed: ArrayLike) -> Array:
    """Mean squared distance of cumulative forecasts from what came, 0 (sure and right) to 1.

    The sum over categories (Epstein 1969, doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2) is
    divided by the number of categories less one, so that a yes or no and a grade weigh alike. Of a
    yes or no it is the score of Brier. Forecasts (..., categories) give scores (...).
    """
    total = scoringrules.rps_score(np.asarray(observed) + 1, forecasts)
    return np.asarray(total / (forecasts.shape[-1] - 1), dtype=np.float64)


def log_score(forecasts: Array, observed: ArrayLike) -> Array:
    """Minus the logarithm of the probability of what came, 0 or more [nat] (Good 1952)."""
    places = np.asarray(observed)[..., np.newaxis]
    came = np.take_along_axis(forecasts, places, axis=-1)[..., 0]
    return np.asarray(scoringrules.log_score(np.ones_like(came), np.minimum(came, 1.0)))


# ── Rival readings ───────────────────────────────────────────────────────────────────


ARTICLE = "realpolitik"
BASE_RATE, UNIFORM, LOGISTIC = "base_rate", "uniform", "logistic"
PLAIN = {
    BASE_RATE: "the plain base rate",
    UNIFORM: "a uniform forecast",
    LOGISTIC: "a logistic model of three covariates",
}
SHIPPED = {
    ARTICLE: "the article's reading",
    "automatic_ally": "an automatic ally of Tehran",
    "linkage_retaliator": "a linkage retaliator",
}
NUMBERED = {
    ARTICLE: "H1",
    "automatic_ally": "H2",
    "linkage_retaliator": "H3",
    BASE_RATE: "H0",
}
UNUSED = ("initial", "shocks", "deals")
"""What a scenario may hold that would change a world, and that is not taken from a hypothesis."""


@dataclass(frozen=True)
class Rival:
    """A reading that the simulator can be run under: parameters on top of each case's own.

    Attributes:
        shipped: Whether it is one that comes with the package, and so has its name and number.
        unused: Keys of its file that are not used.
    """

    name: str
    title: str
    parameters: Mapping[str, float]
    shipped: bool = False
    unused: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """What it is called in a sentence."""
        return SHIPPED[self.name] if self.shipped else self.title or self.name

    @property
    def short(self) -> str:
        """What it is called in a table, such as `H1 realpolitik`."""
        return f"{NUMBERED[self.name]} {self.name}" if self.shipped else self.name

    @property
    def notes(self) -> tuple[str, ...]:
        """What whoever wrote its file should know."""
        if not self.unused:
            return ()
        keys = listing([f"`{key}`" for key in self.unused])
        return (f"{self.name}: of a hypothesis only `parameters` are used, not its {keys}.",)


def load_rivals(folder: str | Path | None = None) -> tuple[Rival, ...]:
    """The readings in the files of a folder, that of the article first if it is among them.

    Of each file only its `parameters` are used. None stands for the three that are shipped:
    realpolitik, automatic ally and linkage retaliator.

    Raises:
        ScenarioError: the folder holds no scenario, or something in one is wrong.
    """
    if folder is None:
        return tuple(_rival(_shipped(name)) for name in SHIPPED)
    found = [one for one in _inside(Path(folder)) if one.name.endswith(SUFFIXES)]
    if not found:
        problem, wanted = "there is no hypothesis", "a folder of scenario files with `parameters`"
        raise ScenarioError([Fault(Place(str(folder)), problem, wanted)])
    return tuple(_rival(file) for file in sorted(found, key=_rank))


def _shipped(name: str) -> Path:
    return Path(str(files(SCENARIOS).joinpath("hypotheses", f"{name}.yaml")))


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise ScenarioError([Fault(Place(str(folder)), problem)]) from None


def _rank(file: Path) -> tuple[bool, str]:
    """The article's reading before all others, the rest by name."""
    return file.stem != ARTICLE, file.stem


def _rival(file: Path) -> Rival:
    scenario = load_scenario(file)
    if scenario.name in PLAIN:
        problem = f"a hypothesis cannot be called {scenario.name!r}"
        raise ScenarioError([Fault(Place(str(file)), problem, "another name for the file")])
    if not scenario.settings:
        wanted = "those in which it differs, such as `parameters: {RUS.israel_ties: 0}`"
        raise ScenarioError([Fault(Place(str(file)), "a hypothesis without parameters", wanted)])
    return Rival(
        scenario.name, scenario.title, scenario.settings, _is_shipped(scenario), _unused(file)
    )


def _is_shipped(scenario: Scenario) -> bool:
    """Whether it says what the shipped reading of its name says."""
    if scenario.name not in SHIPPED:
        return False
    return scenario.settings == load_scenario(_shipped(scenario.name)).settings


def _unused(file: Path) -> tuple[str, ...]:
    """The keys of the file itself, not of what it extends."""
    tree, _ = read_tree(read_file(file, MOST_TEXT), str(file))
    return tuple(key for key in UNUSED if child(tree, key) is not None)


# ── Forecasts by simulation ──────────────────────────────────────────────────────────


Progress = Callable[[int, int], None]
Simulated = dict[tuple[str, str], Array]


@dataclass(frozen=True)
class _Task:
    """A situation under a reading, and the cases that are read off its worlds."""

    scenario: Scenario
    rival: Rival
    cases: tuple[HindcastCase, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that the cases ask of."""
        return tuple(dict.fromkeys(case.episode.outcome for case in self.cases))


def simulated_forecasts(
    cases: Sequence[HindcastCase],
    rivals: Sequence[Rival],
    worlds: int,
    seed: int,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """(case, rival) → share of the worlds in each category, (categories,).

    World k is the same draw under all rivals; all questions to a trigger are read off the same
    worlds. `progress` is called with the ensembles done and in all; an executor makes them
    elsewhere, which changes nothing in them.
    """
    function_given(progress, "progress")
    executor_given(executor)
    tasks = list(_tasks(cases, rivals))
    made = (_elsewhere if executor else _here)(tasks, worlds, seed, executor)
    found: Simulated = {}
    for done, (task, values) in enumerate(zip(tasks, made, strict=True), start=1):
        for case in task.cases:
            found[case.name, task.rival.name] = case.shares(values[case.episode.outcome])
        if progress:
            progress(done, len(tasks))
    return found


def _tasks(cases: Sequence[HindcastCase], rivals: Sequence[Rival]) -> Iterator[_Task]:
    """Each situation under each reading, for no longer than its cases ask."""
    together: dict[str, list[HindcastCase]] = {}
    for case in cases:
        together.setdefault(case.trigger or case.name, []).append(case)
    for of_one in together.values():
        weeks = max(case.weeks for case in of_one)
        scenario = of_one[0].scenario.model_copy(update={"weeks": weeks})
        for rival in rivals:
            yield _Task(scenario.with_parameters(rival.parameters), rival, tuple(of_one))


Outcomes = Mapping[str, Array]


def _here(tasks: Sequence[_Task], worlds: int, seed: int, _: Executor | None) -> Iterator[Outcomes]:
    for task in tasks:
        yield _outcomes(task.scenario, task.outcomes, worlds, seed)


def _elsewhere(
    tasks: Sequence[_Task], worlds: int, seed: int, executor: Executor | None
) -> Iterator[Outcomes]:
    """All are submitted at once; on an error those not begun are called off."""
    running: list[Future[Outcomes]] = []
    if executor is None:
        return
    try:
        for task in tasks:
            words = (pack(task.scenario), task.outcomes, worlds, seed)
            running.append(executor.submit(_packed, *words))
        for future in running:
            yield future.result()
    finally:
        for future in running:
            future.cancel()


def _packed(packed: str, outcomes: Sequence[str], worlds: int, seed: int) -> Outcomes:
    return _outcomes(unpack(packed), outcomes, worlds, seed)


def _outcomes(spec: Scenario, outcomes: Sequence[str], worlds: int, seed: int) -> Outcomes:
    """Outcome → its value in each world, (worlds,)."""
    runs = simulate(spec, worlds, seed).runs
    return {name: np.asarray(runs[name], dtype=np.float64) for name in outcomes}


# ── A logistic model of three covariates ─────────────────────────────────────────────


PRIOR_SD = 1.0
COVARIATES = ("arms", "embargo", "dependence")


def covariates(case: HindcastCase) -> Array:
    """What the situation was, (3,), each 0 to 1.

    Whether the choice is about arms; whether who would get them is under embargo; how much who
    chooses gets in arms from that side.
    """
    chooser = str(getattr(case.measure, "by", ""))
    other = str(getattr(case.measure, "target", "") or getattr(case.measure, "to", ""))
    action = NAMED.get(str(getattr(case.measure, "action", "")))
    start = vocabulary().start(case.scenario, case.scenario.settings)
    return np.array(
        [
            float(action is not None and action.track == "material"),
            start.get("embargo", {}).get((other,), 0.0),
            start.get("flow", {}).get((other, chooser), 0.0),
        ]
    )


@dataclass(frozen=True)
class Regressors:
    """What the logistic model knows of a case.

    Attributes:
        terms: 1 and the covariates, (4,).
        offsets: Log odds of at least category 1, at least 2 and so on, by the base rate.
    """

    case: HindcastCase
    terms: Array
    offsets: Array

    @classmethod
    def of(cls, case: HindcastCase, base_rate: Array) -> "Regressors":
        """Of a case with that base rate, (categories,)."""
        reached = np.cumsum(tempered(base_rate)[::-1])[::-1]
        return cls(case, np.concatenate(([1.0], covariates(case))), logit(reached[1:]))

    @property
    def around(self) -> tuple[float, float]:
        """Log odds by the base rate of at least what was observed, and of more than that."""
        ends = np.concatenate(([np.inf], self.offsets, [-np.inf]))
        return float(ends[self.case.observed]), float(ends[self.case.observed + 1])


def logistic_forecast(one: Regressors, coefficients: Array) -> Array:
    """The forecast for a case, (categories,)."""
    reached = expit(one.offsets + one.terms @ coefficients)
    return np.asarray(-np.diff(reached, prepend=1.0, append=0.0))


def fit(known: Sequence[Regressors]) -> Array:
    """Intercept and coefficients of highest posterior density, (4,); zeros of no cases."""
    start = np.zeros(1 + len(COVARIATES))
    if not known:
        return start
    terms = np.array([one.terms for one in known])
    weights = np.array([one.case.certainty for one in known])
    at_least, above = np.array([one.around for one in known]).T

    def loss(coefficients: Array) -> float:
        shift = terms @ coefficients
        chances = expit(at_least + shift) - expit(above + shift)
        penalty = 0.5 * float(np.sum((coefficients / PRIOR_SD) ** 2))
        return penalty - float(np.sum(weights * np.log(chances)))

    return np.asarray(minimize(loss, start, method="BFGS", options={"gtol": 1e-4}).x)
