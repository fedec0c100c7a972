"""Points from files of other tools: what is taken, what is told, and what is refused where."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.experiments.design import design
from realpolitik.sim.experiments.given import Given, given_points
from realpolitik.sim.experiments.plan_file import load_study
from realpolitik.sim.experiments.plan_options import plan_of_points
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario

TWO = [(0.1, 0.2), (0.5, 0.25)]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file for points, in the current folder."""
    monkeypatch.chdir(tmp_path)
    return Path("p.csv")


def given(file: Path, content: str | bytes, scenario: Scenario) -> Given:
    """The points of a file that holds this."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return given_points(file, scenario)


def faults(file: Path, content: str | bytes, scenario: Scenario) -> list[str]:
    """The faults of such a file, each on its line."""
    with pytest.raises(ScenarioError) as caught:
        given(file, content, scenario)
    return str(caught.value).splitlines()


COMMAS = "RUS.israel_ties,RUS.iran_partner\n0.1,0.2\n0.5,0.25\n"
BEHAVIOUR_SPACE = """\
"BehaviorSpace results (NetLogo 6.4.0)"
"crisis.nlogox"
"experiment"
"11/30/2026 12:00:00:000 +0000"
"min-pxcor","max-pxcor","min-pycor","max-pycor"
"-16","16","-16","16"
"[run number]","RUS.israel_ties","RUS.iran_partner","[step]","count strikes"
"1","0.1","0.2","0","0"
"1","0.1","0.2","1","3"
"2","0.5","0.25","0","0"
"2","0.5","0.25","1","1"
"""


@pytest.mark.parametrize(
    "content",
    [
        COMMAS,
        COMMAS.replace("\n", "\r\n").rstrip(),
        b"\xef\xbb\xbf" + COMMAS.encode(),
        COMMAS.encode("utf-16"),
        COMMAS.encode("utf-16-le"),
        COMMAS.replace(",", "\t"),
        COMMAS.replace(",", ";").replace(".1", ",1").replace("0.2", "0,2").replace("0.5", "0,5"),
        "sep=;\n" + COMMAS.replace(",", ";"),
        "# " + COMMAS.replace(",", " "),
        '"RUS.israel_ties","RUS.iran_partner"\n"0,1",0.2\n5e-1, "0,25"\n\n',
        "rus_israel_ties,RUS.Iran.partner\n.1,2e-1\n+0.50,0.25\n",
        BEHAVIOUR_SPACE,
    ],
    ids=lambda content: repr(content)[:40],
)
def test_whatever_divides_and_encodes_cells_the_points_are_the_same(
    file: Path, haniyeh: Scenario, content: str | bytes
) -> None:
    found = given(file, content, haniyeh)
    assert found.rows == TWO
    assert [(one.address, one.low, one.high) for one in found.vary] == [
        ("RUS.israel_ties", 0.1, 0.5),
        ("RUS.iran_partner", 0.2, 0.25),
    ]


def test_a_table_of_pandas_holds_the_same_points(haniyeh: Scenario) -> None:
    frame = pd.DataFrame(
        {"RUS.israel_ties": [0.1, 0.5], "RUS.iran_partner": np.array([0.25, 0.5], np.float32)}
    )
    assert given_points(frame, haniyeh).rows == [(0.1, 0.25), (0.5, 0.5)]
    frame.loc[1, "RUS.israel_ties"] = np.nan
    with pytest.raises(ScenarioError, match=r"points row 1, column 'RUS.israel_ties'.*no value"):
        given_points(frame, haniyeh)


def test_points_keep_the_order_of_the_file_and_are_numbered_by_it(
    file: Path, haniyeh: Scenario
) -> None:
    file.write_text("RUS.israel_ties\n0.5\n0.1\n0.5\n")
    plan = plan_of_points("haniyeh_2024", haniyeh, file).plan
    points = design(plan)
    assert points["point"].tolist() == [0, 1, 2]
    assert points["RUS.israel_ties"].tolist() == [0.5, 0.1, 0.5]
    assert (plan.name, plan.sampler, plan.points) == ("haniyeh_2024-p", "given", 3)


def test_further_columns_and_repeated_points_are_told(file: Path, haniyeh: Scenario) -> None:
    text = "policy,RUS.israel_ties,policy2\na,0.1,x\nb,0.2,y\nc,0.1,z\n"
    assert given(file, text, haniyeh).warnings == [
        "p.csv:1:1: passed over, as no addresses: 'policy', 'policy2'",
        "p.csv:4:1: the same point as at p.csv:2:1; both are run, in the same worlds (points that "
        "were there before: 1)",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("note,RUS.israel_ties\nx,\n", "p.csv:2:3: RUS.israel_ties has no value; expected a num"),
        ("note,RUS.israel_ties\nx\n", "p.csv:2:2: RUS.israel_ties has no value"),
        ("RUS.israel_ties\nNaN\n", "p.csv:2:1: RUS.israel_ties has no value ('NaN')"),
        ("RUS.israel_ties;x\nhigh;1\n", "p.csv:2:1: RUS.israel_ties is 'high'; expected a num"),
        ("RUS.israel_ties\ninf\n", "p.csv:2:1: RUS.israel_ties is 'inf'"),
        ('"a\nb",RUS.israel_ties\n1,2\n', "p.csv:3:3: RUS.israel_ties is 2"),
        ('a,RUS.israel_ties\n"x, y",7\n', "p.csv:2:8: RUS.israel_ties is 7; expected a number fr"),
        ("RUS.israel_tie,USA.x\n1,2\n", "p.csv:1:1: unknown parameter 'RUS.israel_tie'; did you"),
        ("RUS.israel_ties,RUS.iran_parner\n0,0\n", "p.csv:1:17: unknown parameter 'RUS.iran_par"),
        ("RUS.israel_ties,RUS.israel_ties\n0,0\n", "p.csv:1:17: RUS.israel_ties stands here a s"),
        ("RUS.israel_ties,x\n0,5,1\n", "p.csv:2:5: a cell beyond the header; expected as many"),
        ("RUS.israel_ties\n", "p.csv:1:1: there are no points below the header"),
        (
            "RUS.israel_ties,0.1\nRUS.iran_partner,0.2\n",
            "p.csv:2:1: RUS.israel_ties is 'RUS.iran_pa",
        ),
        ("x,1,2\nRUS.israel_ties\n", "p.csv:2:1: there are no points below the header"),
        ('RUS.israel_ties\n"0.1\n', "p.csv:2:1: is no row of a table"),
        (b"RUS.israel_ties\n0.1\xff\n", "p.csv: is no UTF-8; expected a table as text"),
        (b"PK\x03\x04\x80\x81", "p.csv: is no UTF-8"),
        ("", "p.csv: the file is empty"),
        ("a,b\n1,2\n", "p.csv: no label among the first 50 lines is an address"),
    ],
)
def test_each_fault_is_told_where_it_stands(
    file: Path, haniyeh: Scenario, content: str | bytes, expected: str
) -> None:
    assert faults(file, content, haniyeh)[0].startswith(expected)


def test_all_faults_are_told_at_once(file: Path, haniyeh: Scenario) -> None:
    text = "RUS.israel_ties,RUS.iran_partner\n9,\nx,0.1\n"
    assert [told.split(": ")[0] for told in faults(file, text, haniyeh)] == [
        "p.csv:2:1",
        "p.csv:2:3",
        "p.csv:3:1",
    ]


def test_what_is_no_file_is_not_waited_for(haniyeh: Scenario, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.csv", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(ScenarioError, match="cannot be read"):
            given_points(path, haniyeh)


# ── In a study file ──────────────────────────────────────────────────────────────────

STUDY = "title: A title\nquestion: A question?\nscenario: haniyeh_2024\npoints: p.csv\n"


def study(further: str = "") -> str:
    """What is wrong with a study in whose folder the points lie; nothing if all is well."""
    Path("s.yaml").write_text(STUDY + further)
    try:
        plan = load_study("s.yaml").plan
    except ScenarioError as error:
        return str(error)
    assert plan.rows == tuple(TWO)
    return ""


def test_a_study_takes_its_points_from_a_file_beside_it(file: Path) -> None:
    file.write_text(COMMAS)
    assert study() == ""
    assert study("sampler: given\n") == ""
    assert study("sampler: sobol\n").startswith("s.yaml:5:10: a sampler stands beside a file")
    assert study("vary: {RUS.israel_ties: }\n").startswith("s.yaml:5:7: vary stands beside a file")
    file.write_text("RUS.israel_ties\n7\n")
    assert study().startswith("p.csv:2:1: RUS.israel_ties is 7")
    text = STUDY.replace("points: p.csv", "sampler: given\nvary: {RUS.israel_ties: }")
    Path("s.yaml").write_text(text)
    with pytest.raises(ScenarioError, match="points are given, but not in which file"):
        load_study("s.yaml")


@pytest.mark.parametrize("label", ["shock.us_posture.week", "shock_us_posture_week"])
def test_numbers_of_shocks_are_columns_like_others(
    file: Path, haniyeh: Scenario, label: str
) -> None:
    found = given(file, f"{label},RUS.israel_ties\n2,0.1\n3,0.2\n", haniyeh)
    assert [one.address for one in found.vary] == ["shock.us_posture.week", "RUS.israel_ties"]
    assert found.rows == [(2, 0.1), (3, 0.2)]
    told = faults(file, f"{label}\n2\n2.5\n", haniyeh)
    assert told == ["p.csv:3:1: shock.us_posture.week is 2.5; expected a whole number from 1 to 26"]
    (told_of,) = faults(file, "shock.us_posture.wek,RUS.israel_ties\n2,0.1\n", haniyeh)
    assert "did you mean 'shock.us_posture.week'?" in told_of
