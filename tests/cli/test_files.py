"""Paths as they are typed, and places that are tried before anything is computed."""

import os
import resource
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from realpolitik.sim.cli.commands import cli
from realpolitik.sim.cli.exits import InputError
from realpolitik.sim.cli.files import going_on, room_for_page, room_for_results
from realpolitik.sim.cli.options import Location, PageFile, Reference
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.files.ours import PAGE_MARK
from realpolitik.sim.model import EscalationModel
from tests.cli.verbs import QUARREL, Verb

STUDY = "title: T\nquestion: Q\nscenario: {}\nvary: {{RUS.israel_ties: {{values: [0, 0.1]}}}}\n"
CALIBRATION = (
    "title: T\nquestion: Q\nscenario: no_shock\nvary: {IRN.domestic_pressure: }\n"
    "patterns: [strike_after_killing]\n"
)
NAMES = {("claims", "ids"), ("new", "name")}
ENDLESS = "a" * 300  # longer than a name may be


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home folder with a scenario, in which a verb is called from another folder."""
    (tmp_path / "home").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "home" / "quarrel.yaml").write_text(QUARREL)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path / "elsewhere")
    yield tmp_path / "home"
    assert not (tmp_path / "elsewhere" / "~").exists()


@pytest.fixture
def no_worlds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a world that is begun be a failure of the test."""

    def begin(*_: object, **__: object) -> None:
        pytest.fail("a world was begun")

    monkeypatch.setattr(EscalationModel, "__init__", begin)


# ── What is typed ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~", "{home}"),
        ("~/x", "{home}/x"),
        ("~/x//y/./z/", "{home}/x/y/z"),
        ("~nobody-of-that-name/x", "~nobody-of-that-name/x"),
        ("$HOME/x", "$HOME/x"),
        ("./~/x", "~/x"),
        ("x/~", "x/~"),
        ("../x", "../x"),
        (" x y\n", " x y\n"),
        ("-x", "-x"),
    ],
)
def test_a_home_folder_takes_the_place_of_its_sign(home: Path, typed: str, meant: str) -> None:
    assert Location().convert(typed, None, None) == Path(meant.format(home=home))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("~/x.yaml#variant", "{home}/x.yaml#variant"),
        ("./~/x.yaml", "./~/x.yaml"),
        ("haniyeh_2024#~", "haniyeh_2024#~"),
        ("-x.yaml", "./-x.yaml"),
        ("", ""),
    ],
)
def test_what_may_be_a_name_is_expanded_alike(home: Path, typed: str, meant: str) -> None:
    assert Reference().convert(typed, None, None) == meant.format(home=home)


def test_every_verb_takes_its_paths_in_the_same_way() -> None:
    ours = Location | PageFile | Reference
    loose = [
        f"{verb} {one.name}"
        for verb, command in cli.commands.items()
        for one in command.params
        if isinstance(one.type, click.Path | click.File)
        or (one.name in {"out", "hypotheses", "base"} and not isinstance(one.type, ours))
        or (
            isinstance(one, click.Argument)
            and not isinstance(one.type, ours | click.Choice)
            and (verb, one.name) not in NAMES
        )
    ]
    assert loose == []


@pytest.mark.parametrize("words", [("--out", ""), ("--out=",)])
def test_an_empty_path_is_refused(words: tuple[str, ...]) -> None:
    Verb("run").refused(["no_shock", *words], 2, "a path is wanted, and this is empty")


def test_results_go_home_and_scenarios_come_from_there(home: Path) -> None:
    Verb("run").well("~/quarrel.yaml", "--worlds", "2", "--out=~/runs", "--no-progress")
    (run,) = (home / "runs").glob("**/manifest.json")
    words = ("--worlds", "2", "--no-progress")
    sets = ("--set", "RUS.israel_ties=0,0.1")
    Verb("sweep").well("~/quarrel.yaml", *sets, *words, "--out=~/study")
    assert (home / "study" / "manifest.json").is_file()
    Verb("compare").well(f"~/{run.parent.relative_to(home)}", "~/quarrel.yaml", "--out=~/both")
    assert (home / "both" / "manifest.json").is_file()
    Verb("report").well(f"~/{run.parent.relative_to(home)}")
    Verb("explain").well("~/quarrel.yaml", "--actor", "IRN", *words, "--out=~/why.html")
    assert (home / "why.html").is_file()
    for verb in ("show", "validate"):
        Verb(verb).well("~/quarrel.yaml")


def test_the_scenario_of_a_study_may_lie_at_home_or_beside_it(home: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere" / "near.yaml").write_text(QUARREL)
    for called in ("~/quarrel.yaml", "near.yaml", ".//near.yaml", "../elsewhere/near.yaml"):
        (tmp_path / "elsewhere" / "study.yaml").write_text(STUDY.format(called))
        plan = load_study(tmp_path / "elsewhere" / "study.yaml").plan
        assert Path(plan.called).is_file()
        assert plan.scenario.title == "Will nothing come of this?"


def test_what_a_file_extends_is_never_at_home(home: Path) -> None:
    (home / "x.yaml").write_text("extends: ~/quarrel.yaml\n")
    Verb("validate").refused(["~/x.yaml"], 1, "leads out of the folder of the scenario")


def test_a_command_that_is_told_can_be_typed() -> None:
    assert shlex.split(going_on(Path("-x y")))[2:] == ["./-x y", "--resume"]


# ── Places that are tried first ──────────────────────────────────────────────────────

WRITING = {
    "run": ("quarrel.yaml", "--out"),
    "sweep": ("quarrel.yaml", "--set", "RUS.israel_ties=0,0.1", "--out"),
    "compare": ("quarrel.yaml", "no_shock", "--out"),
    "calibrate": ("calibration.yaml", "--out"),
}
PAGES = {
    "explain": ("quarrel.yaml", "--actor", "IRN", "--out"),
    "ablate": ("quarrel.yaml", "--actor", "IRN", "--out"),
    "flips": ("quarrel.yaml", "--outcome", "strike", "--out"),
    "claims": ("--out",),
    "hindcast": ("--out",),
}


@pytest.mark.parametrize("place", ["file", "file/below", ENDLESS, "/proc/nowhere"])
@pytest.mark.parametrize("verb", WRITING)
@pytest.mark.usefixtures("no_worlds")
def test_a_folder_that_cannot_be_is_told_of_before_a_world_is_begun(
    verb: str, place: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    (home / "file").write_text("precious")
    (home / "calibration.yaml").write_text(CALIBRATION)
    before = sorted(home.iterdir())
    Verb(verb).refused([*WRITING[verb], place], 1, "cannot be written: ")
    assert (home / "file").read_text() == "precious"
    assert sorted(home.iterdir()) == before


@pytest.mark.parametrize(
    ("place", "code", "told"),
    [
        ("folder", 1, "is a folder; a file such as folder/"),
        ("folder/", 2, "names a folder"),
        ("file/x.html", 1, "file is a file, and a folder is wanted"),
        (f"{ENDLESS}.html", 1, "cannot be written: File name too long"),
        ("/dev/full", 1, "is no ordinary file"),
        ("fifo.html", 1, "is no ordinary file"),
        ("/proc/nowhere/x.html", 1, "cannot be written: "),
    ],
)
@pytest.mark.parametrize("verb", PAGES)
@pytest.mark.usefixtures("no_worlds")
def test_a_page_that_cannot_be_is_told_of_before_a_world_is_begun(
    verb: str, place: str, code: int, told: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    (home / "file").write_text("precious")
    (home / "folder").mkdir()
    os.mkfifo(home / "fifo.html")
    Verb(verb).refused([*PAGES[verb], place], code, told)


def test_a_full_disk_is_told_of_first(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, limits[1]))
    try:
        with pytest.raises(InputError, match="cannot be written"), room_for_results(tmp_path / "x"):
            pytest.fail("there is no room")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_place_for_pictures_is_tried_first(tmp_path: Path) -> None:
    (tmp_path / "pictures").write_text("precious")
    with (
        pytest.raises(InputError, match="pictures is a file"),
        room_for_results(tmp_path / "pictures"),
    ):
        pytest.fail("it is a file")


def test_an_old_page_may_be_made_anew(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<html>" + PAGE_MARK)
    with room_for_page(tmp_path / "page.html", "flips.html"):
        assert (tmp_path / "page.html").read_bytes() == b"<html>" + PAGE_MARK


def test_a_page_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html>mine")
    with (
        pytest.raises(InputError, match="no page of realpolitik"),
        room_for_page(tmp_path / "page.html", "flips.html"),
    ):
        pytest.fail("it would be replaced")
