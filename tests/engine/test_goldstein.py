"""Codes and scores of the actions are those of the scale."""

from realpolitik.sim.engine.actions import NAMED
from realpolitik.sim.engine.tables import read_table

SCALE = {row["cameo"]: row for row in read_table("realpolitik.sim.engine", "goldstein.csv")}


def test_every_action_has_the_score_and_kind_of_its_code() -> None:
    for name, action in NAMED.items():
        row = SCALE[action.cameo]
        assert action.goldstein == float(row["icews"]), name
        assert action.quad == row["quad"], name


def test_the_two_columns_in_use_agree_on_our_codes() -> None:
    assert all(row["icews"] == row["gdelt"] for row in SCALE.values())


def test_the_scale_holds_no_code_that_no_action_has() -> None:
    assert set(SCALE) == {action.cameo for action in NAMED.values()}
