"""Options: what may be typed after a verb, each declared once, and how its value is read.

Numbers are taken as 1000, 1_000, 1e3 or 1000.0. In paths `~` is expanded: a shell expands `~/x` but
not `--out=~/x`, nor `"~/x.yaml#variant"`. `$HOME` stays as it is written.
"""

import contextlib
import datetime
import functools
import math
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from realpolitik.sim.experiments.bounds import MOST_WORLDS

if TYPE_CHECKING:
    from realpolitik.sim.experiments.vary_request import VaryRequest
    from realpolitik.sim.image_export import Format
    from realpolitik.sim.scenario.schema import Scenario

FORMATS: tuple["Format", ...] = ("png", "svg", "pdf")
"""All of `Format`, which takes a second to load and is therefore not asked."""

Verb = TypeVar("Verb", bound=Callable[..., Any])


class Option(Protocol):
    """What declares an option of the verb below it."""

    def __call__(self, verb: Verb, /) -> Verb:
        """The verb with the option."""


# ── Numbers ──────────────────────────────────────────────────────────────────────────


class WholeNumber(click.IntRange):
    """A whole number; one that is broken, or none, is refused with what was expected."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value).strip()
        try:
            given = int(text)
        except ValueError:
            given = self._of_float(text, param, ctx)
        return int(super().convert(given, param, ctx))

    def _of_float(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            given = float(text)
        except ValueError:
            given = math.nan
        if not math.isfinite(given) or given != int(given):
            self.fail(f"{text!r} is not a whole number", param, ctx)
        return int(given)


class FiniteNumber(click.ParamType):  # type: ignore[type-arg]
    """A number that is finite."""

    name = "float"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        try:
            given = float(value)
        except ValueError:
            given = math.nan
        if not math.isfinite(given):
            self.fail(f"{value!r} is not a finite number", param, ctx)
        return given


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day, as 2018-01-31."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.date:
        """The day."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value).strip())
        except ValueError:
            self.fail(f"{value!r} is no day such as 2018-01-31", param, ctx)


# ── Paths ────────────────────────────────────────────────────────────────────────────


class Location(click.ParamType):  # type: ignore[type-arg]
    """The path of a file or folder."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path, a home folder put in the place of its `~`."""
        if not str(value):
            self.fail("a path is wanted, and this is empty", param, ctx)
        return Path(os.path.expanduser(value))  # noqa: PTH111 - keeps ~nobody, as a shell does


class PageFile(Location):
    """The path of a file for a page; a folder is refused where it can be told from the name."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path of the file."""
        if str(value).endswith(os.sep):
            self.fail(f"{value!r} names a folder; FILE.html is wanted", param, ctx)
        return super().convert(value, param, ctx)


class Reference(click.ParamType):  # type: ignore[type-arg]
    """The path of a file or folder, or the name of something shipped; #VARIANT may follow."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """What was typed; with a leading `~` or `-` it is a path, and is written in full."""
        text = os.path.expanduser(str(value))  # noqa: PTH111 - keeps ./ and ~nobody
        return f".{os.sep}{text}" if text.startswith("-") else text


def _file_named(value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
    """The path in `@PATH`."""
    return str(Location().convert(value.removeprefix("@"), param, ctx))


# ── Values of parameters, ranges of them, levels, points ─────────────────────────────


class ParameterValue(click.ParamType):  # type: ignore[type-arg]
    """PATH=VALUE: the address of a parameter, and a number; @FILE: several of them."""

    name = "setting"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=VALUE|@FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[tuple[str, float], ...]:
        """Addresses with their numbers; whether they exist is looked at in a file only.

        Raises:
            ScenarioError: something is wrong in a file.
        """
        from realpolitik.sim.engine.actions import address_of
        from realpolitik.sim.scenario.nodes import NotFiniteError, resolve
        from realpolitik.sim.scenario.parameter_files import read_settings

        if str(value).startswith("@"):
            return tuple(read_settings(_file_named(str(value), param, ctx)).items())
        address, equals, text = str(value).partition("=")
        if not (address and equals):
            hint = "; quote what holds a '>'" if address and not equals else ""
            problem = f"{value!r} is not PATH=VALUE, such as RUS.israel_ties=0{hint}"
            self.fail(problem, param, ctx)
        try:
            number = resolve(text)
        except NotFiniteError:
            number = None
        if isinstance(number, bool) or not isinstance(number, int | float):
            self.fail(f"{text!r} in {value!r} is not a finite number", param, ctx)
        return ((address_of(address), float(number)),)


@contextlib.contextmanager
def checked(settings: Mapping[str, float]) -> Iterator[list["Scenario"]]:
    """Checks what `--set` gave, for the scenarios that are read within and put into the list.

    Raises:
        ScenarioError: something is wrong with them or in the scenario; it holds all faults.
    """
    from realpolitik.sim.scenario.errors import ScenarioError
    from realpolitik.sim.scenario.values import check_parameters

    scenarios: list[Scenario] = []
    try:
        yield scenarios
    except ScenarioError as error:
        raise ScenarioError([*error.faults, *check_parameters(settings)]) from None
    if faults := check_parameters(settings, scenarios=scenarios):
        raise ScenarioError(faults)


class Varying(click.ParamType):  # type: ignore[type-arg]
    """PATH=a:b:step, PATH=a:b, PATH=x,y,z, PATH=x or PATH, which may be a glob; or @FILE."""

    name = "varying"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "PATH=A:B:STEP|PATH=X,Y,Z|PATH|@FILE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple["VaryRequest", ...]:
        """Addresses with their ranges; whether they exist is not looked at here.

        Raises:
            ScenarioError: something is wrong in a file.
        """
        from realpolitik.sim.experiments.vary_request import requests_in_file, typed_request

        if isinstance(value, tuple):
            return value
        if str(value).startswith("@"):
            return tuple(requests_in_file(_file_named(str(value), param, ctx)))
        try:
            return (typed_request(str(value)),)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class OutcomeLevel(click.ParamType):  # type: ignore[type-arg]
    """OUTCOME=LEVEL."""

    name = "level"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "OUTCOME=LEVEL"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, float]:
        """The name and the number."""
        outcome, _, text = str(value).partition("=")
        try:
            return outcome, float(text)
        except ValueError:
            self.fail(f"{value!r} is not OUTCOME=LEVEL, such as full_scale_war=0.1", param, ctx)


class CountOrFile(click.ParamType):  # type: ignore[type-arg]
    """N, or FILE.csv."""

    name = "points"
    _file = Location()

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """How help shows it."""
        return "N|FILE.csv"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | Path:
        """The number, or the path of the file."""
        if isinstance(value, int | Path):
            return value
        try:
            float(value)
        except ValueError:
            return self._file.convert(value, param, ctx)
        return WholeNumber().convert(value, param, ctx)


# ── Options of more than one verb ────────────────────────────────────────────────────


def worlds_option(told: str, default: int | None = None, least: int = 1) -> Option:
    """`--worlds`: no more of them than a study may have at a point."""
    kind = WholeNumber(least, MOST_WORLDS)
    return click.option("--worlds", type=kind, default=default, show_default=True, help=told)


def seed_option(told: str = "Seed of all draws.", default: int | None = 0) -> Option:
    """`--seed`; without a default, `told` says which seed is taken."""
    kind = WholeNumber(min=0)
    return click.option("--seed", type=kind, default=default, show_default=True, help=told)


since_option = click.option(
    "--from", "since", type=Day(), help="Leave out weeks whose Monday is before this day."
)
until_option = click.option(
    "--to", "until", type=Day(), help="Leave out weeks whose Monday is after this day."
)


def folder_option(told: str) -> Option:
    """`--out` of verbs that fill a folder."""
    return click.option("--out", type=Location(), help=told)


def json_option(told: str = "Print one JSON object instead of tables.") -> Option:
    """`--json`, which a verb takes as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help=told)


subject_argument = click.argument("subject", metavar="RUN_DIR_OR_SCENARIO", type=Reference())
subject_seed_option = seed_option("Seed of a scenario.  [0]", default=None)
jobs_option = click.option(
    "--jobs", type=WholeNumber(min=1), help="Processes.  [the cores there are]"
)
page_option = click.option(
    "--out",
    "--page",
    "out",
    type=PageFile(),
    metavar="FILE.html",
    help="Write a page with charts too.",
)
extra_page_option = click.option(
    "--page", type=PageFile(), metavar="FILE.html", help="Write a page too."
)
"""The same for verbs whose `--out` is something else."""

progress_option = click.option(
    "--no-progress",
    "progress",
    is_flag=True,
    default=False,
    callback=lambda _context, _option, is_hidden: not is_hidden,
    help="Show no progress bar.",
)


def _joined(
    _ctx: click.Context, _param: click.Parameter, several: tuple[tuple[tuple[str, float], ...], ...]
) -> dict[str, float]:
    """All of them; of an address the last counts."""
    return dict(pair for each in several for pair in each)


set_option = click.option(
    "--set",
    "settings",
    type=ParameterValue(),
    multiple=True,
    callback=_joined,
    help="Give a parameter of a scenario another value; may be repeated. See `list parameters`. "
    "@FILE takes several from YAML, JSON or a row of CSV.",
)


def picture_options(verb: Verb) -> Verb:
    """The verb with --png, --svg and --pdf, which it takes as one tuple `formats`."""

    @functools.wraps(verb)
    def with_formats(*args: Any, **options: Any) -> Any:
        formats = tuple(kind for kind in FORMATS if options.pop(kind))
        return verb(*args, formats=formats, **options)

    taking: Any = with_formats
    for kind in reversed(FORMATS):
        words = f"Draw the charts as {kind.upper()} too, into the folder `pictures`."
        taking = click.option(f"--{kind}", is_flag=True, help=words)(taking)
    done: Verb = taking
    return done
