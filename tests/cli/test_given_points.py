"""`realpolitik sweep --points FILE`: run, shown, extended, gone on with, and from Python."""

from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim import load_scenario, sweep
from tests.cli.verbs import QUARREL, Verb

SWEEP = Verb("sweep")
POINTS = "name,RUS.israel_ties,IRN.domestic_pressure\na,0.3,0.5\nb,0.1,0.9\nc,0.3,0.1\n"
FEW = ("quarrel.yaml", "--points", "p.csv", "--worlds", "20")
ADDRESSES = ["RUS.israel_ties", "IRN.domestic_pressure"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a scenario and points, in which the command is typed."""
    (tmp_path / "quarrel.yaml").write_text(QUARREL)
    (tmp_path / "p.csv").write_text(POINTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def settings(folder: str | Path) -> list[list[float]]:
    """The points of a study, by their number."""
    points = pd.read_parquet(Path(folder) / "points.parquet").sort_values("point")
    values: list[list[float]] = points[ADDRESSES].to_numpy().tolist()
    return values


def test_points_are_run_in_their_order_and_told_one_by_one() -> None:
    done = SWEEP.invoked(*FEW)
    assert done.exit_code == 0, done.output
    assert "note: p.csv:1:1: passed over, as no addresses: 'name'" in done.stderr
    assert "Points: 3" in done.stdout
    assert "Worlds: 20 a point" in done.stdout
    words = [line.split()[:3] for line in done.stdout.splitlines() if line.strip()]
    told = [one for one in words if one[0] in {"0", "1", "2"}]
    assert told == [["0", "0.3", "0.5"], ["1", "0.1", "0.9"], ["2", "0.3", "0.1"]]
    assert settings("results/sweeps/quarrel-p") == [[0.3, 0.5], [0.1, 0.9], [0.3, 0.1]]


def test_a_point_has_the_worlds_that_it_has_in_any_design() -> None:
    table = SWEEP.answer(*FEW, "--out", "given")["tables"]["summary"]
    alone = SWEEP.answer(
        *("quarrel.yaml", "--set", "RUS.israel_ties=0.1,0.3", "--set"),
        *("IRN.domestic_pressure=0.1,0.5,0.9", "--worlds", "20", "--out", "grid"),
    )["tables"]["summary"]
    means = {(row["outcome"], row["point"]): row["mean"] for row in alone}
    places = {0: 4, 1: 2, 2: 3}  # point of the file → point of the grid
    assert all(row["mean"] == means[row["outcome"], places[row["point"]]] for row in table)


def test_further_rows_extend_it_and_another_table_is_refused() -> None:
    SWEEP.well(*FEW, "--out", "kept")
    Path("p.csv").write_text(POINTS.replace("a,", "z,0.5,0.2\na,") + "d,0.2,0.2\n")
    SWEEP.refused([*FEW, "--out", "kept"], 1, "points: the values are not those that are there")
    SWEEP.well("kept", "--points", "p.csv", "--extend")
    there = [[0.3, 0.5], [0.1, 0.9], [0.3, 0.1]]
    assert settings("kept") == [*there, [0.5, 0.2], [0.2, 0.2]]
    Path("p.csv").write_text(POINTS.replace("0.9", "0.8"))
    SWEEP.refused([*FEW, "--out", "kept", "--extend"], 1, "is not in the design asked for")


def test_the_folder_alone_goes_on(here: Path) -> None:
    SWEEP.well(*FEW, "--out", "kept")
    before = {path: path.read_bytes() for path in (here / "kept").rglob("*") if path.is_file()}
    part = min(here.joinpath("kept", "parts").iterdir())
    part.unlink()
    Path("p.csv").unlink()
    SWEEP.well("kept", "--resume")
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["quarrel.yaml", "--points", "no.csv"], 1, "no.csv: cannot be read: No such file"),
        ([*FEW, "--set", "RUS.israel_ties=0,1"], 2, "leave --set RUS.israel_ties out"),
        ([*FEW, "--sampler", "sobol"], 2, "leave --sampler out"),
        (["israel_ties", "--points", "p.csv"], 2, "this study has a grid design"),
        (["quarrel.yaml", "--points", "3"], 2, "or --points FILE"),
    ],
)
def test_what_does_not_go_together_is_refused(words: list[str], code: int, told: str) -> None:
    SWEEP.refused(words, code, told)
    assert not Path("results").exists()


def test_python_gives_them_as_a_table(here: Path) -> None:
    frame = pd.DataFrame({"RUS.israel_ties": [0.3, 0.1], "policy": ["a", "b"]})
    with pytest.warns(UserWarning, match="passed over, as no addresses: 'policy'"):
        study = sweep(load_scenario("quarrel.yaml"), here / "frame", points=frame)
    assert study.findings.points["RUS.israel_ties"].tolist() == [0.3, 0.1]
    assert list(study.tables) == ["summary", "spread"]


def test_boxes_are_found_in_them_though_a_column_stands_still(here: Path) -> None:
    pytest.importorskip("ema_workbench")
    rows = [f"{k / 30:.3f},0.2\n" for k in range(30)]
    (here / "p.csv").write_text("IRN.domestic_pressure,RUS.israel_ties\n" + "".join(rows))
    (here / "s.yaml").write_text(
        "title: T\nquestion: Q?\nscenario: quarrel.yaml\npoints: p.csv\nworlds: 40\n"
        "favoured: {outcome: peak, above: 5.35}\n"
    )
    told = SWEEP.answer("s.yaml")
    assert {row["address"] for row in told["tables"]["boxes"]} == {"IRN.domestic_pressure"}
