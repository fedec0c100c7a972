"""The rivals that are scored: readings of Russia as parameter files, and the simplest forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import SUFFIXES
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS

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


@dataclass(frozen=True)
class Rival:
    """A reading that the simulator can be run under: parameters on top of each case's own."""

    name: str
    title: str
    parameters: Mapping[str, float]


def load_rivals(folder: str | Path | None = None) -> tuple[Rival, ...]:
    """The readings in the files of a folder, that of the article first if it is among them.

    Of each file only its `parameters` are used. None stands for the three that are shipped:
    realpolitik, automatic ally and linkage retaliator.

    Raises:
        ScenarioError: the folder holds no scenario, or something in one is wrong.
    """
    if folder is None:
        home = files(SCENARIOS).joinpath("hypotheses")
        return tuple(_rival(Path(str(home.joinpath(f"{name}.yaml")))) for name in SHIPPED)
    found = [one for one in _inside(Path(folder)) if one.name.endswith(SUFFIXES)]
    if not found:
        problem, wanted = "there is no hypothesis", "a folder of scenario files with `parameters`"
        raise ScenarioError([Fault(Place(str(folder)), problem, wanted)])
    return tuple(_rival(file) for file in sorted(found, key=_rank))


def called(name: str, title: str = "") -> str:
    """What a rival is called in a sentence."""
    return SHIPPED.get(name) or PLAIN.get(name) or title or name


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:
        problem = f"cannot be read: {error.strerror}"
        raise ScenarioError([Fault(Place(str(folder)), problem)]) from None


def _rank(file: Path) -> tuple[bool, bool, str]:
    """The shipped readings first, the article's before all others, the rest by name."""
    return file.stem != ARTICLE, file.stem not in SHIPPED, file.stem


def _rival(file: Path) -> Rival:
    scenario = load_scenario(file)
    if scenario.name in PLAIN:
        problem = f"a hypothesis cannot be called {scenario.name!r}"
        raise ScenarioError([Fault(Place(str(file)), problem, "another name for the file")])
    return Rival(scenario.name, scenario.title, scenario.settings)
