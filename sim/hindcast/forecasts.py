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
from realpolitik.sim.hindcast.cases import HindcastCase, base_rate_forecast
from realpolitik.sim.scenario.arguments import executor_given, function_given
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import SUFFIXES
from realpolitik.sim.scenario.loading import load_scenario
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


def ranked_probability_score(forecast: Array, observed: int) -> float:
    """Mean squared distance of the cumulative forecast from what came, 0 (sure and right) to 1.

    The sum over categories (Epstein 1969, doi:10.1175/1520-0450(1969)008<0985:ASSFPF>2.0.CO;2) is
    divided by the number of categories less one, so that a yes or no and a grade weigh alike. Of a
    yes or no it is the score of Brier.
    """
    total = scoringrules.rps_score(np.asarray(observed + 1), forecast)
    return float(total) / (len(forecast) - 1)


def log_score(forecast: Array, observed: int) -> float:
    """Minus the logarithm of the probability of what came, 0 or more [nat] (Good 1952)."""
    return float(scoringrules.log_score(1, min(float(forecast[observed]), 1.0)))


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


def simulated_forecasts(
    cases: Sequence[HindcastCase],
    rivals: Sequence[Rival],
    worlds: int,
    seed: int,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> Simulated:
    """(case, rival) → share of the worlds in each category, (categories,).

    World k is the same draw under all rivals. `progress` is called with the forecasts done and in
    all; an executor makes them elsewhere, which changes nothing in them.
    """
    function_given(progress, "progress")
    executor_given(executor)
    pairs = [(case, rival) for case in cases for rival in rivals]
    values = (_elsewhere if executor else _here)(pairs, worlds, seed, executor)
    found: Simulated = {}
    for (case, rival), one in zip(pairs, values, strict=True):
        found[case.name, rival.name] = case.shares(one)
        if progress:
            progress(len(found), len(pairs))
    return found


Pairs = Sequence[tuple[HindcastCase, Rival]]


def _here(pairs: Pairs, worlds: int, seed: int, _: Executor | None) -> Iterator[Array]:
    for case, rival in pairs:
        yield _outcome(_spec(case, rival), case.episode.outcome, worlds, seed)


def _elsewhere(pairs: Pairs, worlds: int, seed: int, executor: Executor | None) -> Iterator[Array]:
    """All are submitted at once; on an error those not begun are called off."""
    running: list[Future[Array]] = []
    if executor is None:
        return
    try:
        for case, rival in pairs:
            words = (pack(_spec(case, rival)), case.episode.outcome, worlds, seed)
            running.append(executor.submit(_packed, *words))
        for future in running:
            yield future.result()
    finally:
        for future in running:
            future.cancel()


def _spec(case: HindcastCase, rival: Rival) -> Scenario:
    return case.scenario.with_parameters(rival.parameters)


def _packed(packed: str, outcome: str, worlds: int, seed: int) -> Array:
    return _outcome(unpack(packed), outcome, worlds, seed)


def _outcome(spec: Scenario, outcome: str, worlds: int, seed: int) -> Array:
    """The outcome in each world, (worlds,)."""
    return np.asarray(simulate(spec, worlds, seed).runs[outcome], dtype=np.float64)


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


def logistic_forecast(case: HindcastCase, known: Sequence[HindcastCase]) -> Array:
    """The forecast for a case, (categories,), fitted to the known cases of other crises."""
    return _forecast(case, fit([one for one in known if not _told_by(one, case)]))


def _told_by(one: HindcastCase, case: HindcastCase) -> bool:
    """Whether a case is of the same crisis, or the same choice under another name."""
    return one.crisis == case.crisis or _act(one) == _act(case)


def _act(case: HindcastCase) -> object:
    """The day and the choice, whatever either is called."""
    return case.episode.date, case.measure.model_dump(exclude={"label", "base_rate"})


def fit(cases: Sequence[HindcastCase]) -> Array:
    """Intercept and coefficients of highest posterior density, (4,); zeros of no cases."""
    start = np.zeros(1 + len(COVARIATES))
    prepared = [(_offsets(case), _terms(case), case.observed, case.certainty) for case in cases]

    def loss(coefficients: Array) -> float:
        total = 0.5 * float(np.sum((coefficients / PRIOR_SD) ** 2))
        for offsets, terms, observed, weight in prepared:
            chance = _categories(offsets + terms @ coefficients)[observed]
            total -= weight * float(np.log(chance))
        return total

    return np.asarray(minimize(loss, start, method="BFGS", options={"gtol": 1e-4}).x)


def _forecast(case: HindcastCase, coefficients: Array) -> Array:
    return _categories(_offsets(case) + _terms(case) @ coefficients)


def _terms(case: HindcastCase) -> Array:
    return np.concatenate(([1.0], covariates(case)))


def _offsets(case: HindcastCase) -> Array:
    """Log odds of at least category 1, at least 2 and so on, by the base rate."""
    reached = np.cumsum(tempered(base_rate_forecast(case))[::-1])[::-1]
    return np.asarray(logit(reached[1:]))


def _categories(log_odds: Array) -> Array:
    """Probability of each category from the log odds of at least 1, at least 2 and so on."""
    reached = np.concatenate(([1.0], expit(log_odds), [0.0]))
    return np.asarray(reached[:-1] - reached[1:])
