"""The rivals that are scored: readings of Russia as parameter files, and the simplest forecasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from realpolitik.sim.files.reading import MOST_TEXT, read_file
from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import SUFFIXES
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.nodes import child
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import SCENARIOS
from realpolitik.sim.words.numbers import listing

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
