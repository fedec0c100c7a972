"""PRIM finds a box that is there, and says when there is none to be found."""

import re
import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.analysis import boxes as module
from realpolitik.sim.analysis.boxes import best, boxes, peel, why_no_boxes
from realpolitik.sim.experiments.tallies import Findings

Make = Callable[..., Findings]
ABOVE = {"outcome": "o", "side": "above", "level": 0.5}


def study(make: Make, shares: np.ndarray, x: np.ndarray, **settings: object) -> Findings:
    """A latin hypercube of a, b, c whose points have these shares of 400 worlds."""
    uniform = np.random.default_rng(1).random((1, 400))
    values = {"o": (uniform < shares[:, None]).astype(np.float64)}
    points = {name: x[:, k] for k, name in enumerate("abc")}
    asked = {"sampler": "latin_hypercube", "favoured": ABOVE} | settings
    return make(points, scale="share", worlds=values, **asked)


@pytest.fixture(scope="module")
def x() -> np.ndarray:
    return np.random.default_rng(3).random((400, 3))


@pytest.fixture(scope="module")
def corner(make: Make, x: np.ndarray) -> Findings:
    """The case is where a is above .6 and b below .5."""
    return study(make, np.where((x[:, 0] > 0.6) & (x[:, 1] < 0.5), 0.8, 0.2), x)


def test_a_box_that_is_there_is_found(corner: Findings) -> None:
    found = boxes(corner)["boxes"].set_index("address")
    assert set(found.index) == {"a", "b"}
    assert found.low["a"] == pytest.approx(0.6, abs=0.03)
    assert found.high["b"] == pytest.approx(0.5, abs=0.03)
    assert (found.coverage > 0.9).all()
    assert (found.density > 0.9).all()
    assert (found.p_value < 0.001).all()


def test_the_figures_of_the_box_can_be_counted_again(corner: Findings, x: np.ndarray) -> None:
    found = boxes(corner)["boxes"].set_index("address")
    inside = np.logical_and.reduce(
        [
            (x[:, k] >= found.low[name]) & (x[:, k] <= found.high[name])
            for k, name in enumerate("ab")
        ]
    )
    case = (x[:, 0] > 0.6) & (x[:, 1] < 0.5)
    first = found.iloc[0]
    assert first.n_points == inside.sum()
    assert first.mass == pytest.approx(inside.mean())
    assert first.density == pytest.approx(case[inside].mean())
    assert first.coverage == pytest.approx(inside[case].mean())
    assert first.cases == case.sum()


def test_the_peeling_begins_with_the_whole_space_and_holds_the_chosen_box(
    corner: Findings,
) -> None:
    tables = boxes(corner)
    peeling = tables["peeling"]
    start = peeling.iloc[0]
    assert (start.box, start.coverage, start.mass, start.restricted) == (0, 1, 1, 0)
    chosen = peeling[peeling.chosen]
    assert len(chosen) == 1
    assert chosen.box.iloc[0] == tables["boxes"].box.iloc[0]
    assert chosen.restricted.iloc[0] == len(tables["boxes"])
    assert (peeling.n_points / 400).to_numpy() == pytest.approx(peeling.mass.to_numpy())


def test_the_other_side_looks_for_the_other_points(make: Make, x: np.ndarray) -> None:
    low = {**ABOVE, "side": "below"}
    found = boxes(study(make, np.where(x[:, 2] < 0.3, 0.1, 0.9), x, favoured=low))["boxes"]
    assert list(found.address) == ["c"]
    assert found.high[0] == pytest.approx(0.3, abs=0.03)


def test_of_two_sides_the_weaker_restriction_is_told(make: Make, x: np.ndarray) -> None:
    middle = (x[:, 0] > 0.3) & (x[:, 0] < 0.8)
    found = boxes(study(make, np.where(middle, 0.8, 0.2), x))["boxes"].set_index("address")
    sides = peel(pd.DataFrame(x, columns=list("abc")), middle).quasi_p[int(found.box["a"])]["a"]
    assert 0 < min(sides) < max(sides)
    assert found.p_value["a"] == max(sides)


def test_points_that_more_worlds_might_move_are_counted(make: Make, x: np.ndarray) -> None:
    found = boxes(study(make, x[:, 0], x))["peeling"]
    assert found.uncertain[0] == pytest.approx(400 * 2 * 0.049, rel=0.35)


def test_the_best_box_balances_coverage_and_density_and_is_the_first_of_equals() -> None:
    trajectory = pd.DataFrame({"coverage": [1, 0.9, 0.9, 0.2], "density": [0.3, 0.8, 0.8, 1]})
    assert best(trajectory) == 1


def test_points_that_failed_are_left_out(make: Make, x: np.ndarray) -> None:
    found = study(make, np.where(x[:, 0] > 0.6, 0.8, 0.2), x)
    for sums in (found.tallies["o"].n, found.tallies["o"].total, found.tallies["o"].squares):
        sums[:50] = 0
    assert boxes(found)["peeling"].n_points[0] == 350


@pytest.mark.parametrize(
    ("shares", "settings", "reason"),
    [
        (0.5, {"favoured": None}, "no favoured case"),
        (0.5, {"sampler": "morris"}, "do not fill the space"),
        (0.1, {}, "No point is of the favoured case (o above 0.5)"),
        (0.9, {}, "Every point is of the favoured case"),
    ],
)
def test_no_boxes_have_a_reason(
    make: Make, x: np.ndarray, shares: float, settings: dict[str, object], reason: str
) -> None:
    found = study(make, np.full(400, shares), x, **settings)
    assert reason in (why_no_boxes(found) or "")
    with pytest.raises(ValueError, match=re.escape(reason)):
        boxes(found)


def test_few_points_have_a_reason(make: Make, x: np.ndarray) -> None:
    assert "at least 20 points" in (why_no_boxes(study(make, x[:9, 0], x[:9])) or "")


def test_without_the_workbench_the_reason_says_how_to_get_it(
    corner: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "is_installed", lambda: False)
    assert "realpolitik[discovery]" in (why_no_boxes(corner) or "")


def test_the_workbench_is_quiet_and_comes_only_when_called() -> None:
    script = """
import logging, sys
import numpy as np, pandas as pd
from realpolitik.sim.analysis import boxes, study
assert "ema_workbench" not in sys.modules
x = pd.DataFrame(np.random.default_rng(1).random((100, 2)), columns=["a", "b"])
boxes.peel(x, (x["a"] > 0.5).to_numpy())
assert "ema_workbench" in sys.modules
assert not logging.getLogger().handlers
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
