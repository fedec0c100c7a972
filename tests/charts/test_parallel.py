from typing import Any

import numpy as np
import pandas as pd

from realpolitik.sim.charts import Case, MeasuredOutcome, Varied, parallel
from realpolitik.sim.charts.parallel import LINES, telling, thinned
from realpolitik.sim.charts.style import words_of

ARMS = MeasuredOutcome("Russia arms Iran", "share")

CASE = Case(ARMS, ARMS.beyond(0.15, above=True))

TIES, FEAR = Varied("RUS.ties", 0.0, 1.0, 0.3), Varied("RUS.fear", 0.0, 1.0, 0.3)


def points(count: int = 400) -> pd.DataFrame:
    """The case is that the ties are low; fear does not matter."""
    values = np.random.default_rng(5).random((count, 2))
    table = pd.DataFrame(values, columns=["RUS.ties", "RUS.fear"])
    mean = 0.3 * (1 - table["RUS.ties"])
    numbers: dict[str, Any] = {"low": mean - 0.02, "high": mean + 0.02, "n": 1000}
    return table.assign(mean=mean, inside=mean > 0.15, **numbers)


def test_title_of_lines_names_the_address_that_tells_the_case() -> None:
    title = words_of(parallel(points(), [FEAR, TIES], CASE, 0)).title.replace("\u00a0", " ")
    inside = int(points()["inside"].sum())
    assert title.startswith(
        f"Russia arms Iran: in more than 15 % of worlds at {inside} of 400 points, "
        "half of them with RUS.ties between 0."
    )


def test_title_of_lines_does_not_call_all_points_half() -> None:
    same = points().assign(inside=[True] + 399 * [False])
    same[["RUS.ties", "RUS.fear"]] = 0.3
    title = words_of(parallel(same, [FEAR, TIES], CASE, 0)).title
    assert title.endswith("at 1 of 400 points, all of them with RUS.fear at 0.3")


def test_case_of_all_or_of_no_points_tells_nothing() -> None:
    for inside in (True, False):
        assert telling(points().assign(inside=inside), [TIES, FEAR]) is None


def test_lines_are_few_and_evenly_chosen() -> None:
    kept = thinned(points(), 60)
    assert len(kept) == 60
    assert (kept.index[0], kept.index[-1]) == (0, 399)
    assert thinned(points(10), 60).equals(points(10))


def test_caption_says_how_many_lines_and_addresses_are_left_out() -> None:
    caption = words_of(parallel(points(), [TIES, FEAR], CASE, 3)).caption
    assert f"At most {LINES[True]} strong and {LINES[False]} other lines are drawn." in caption
    assert caption.endswith("3 more were varied.")


def test_lines_stay_within_their_axes() -> None:
    for trace in parallel(points(), [TIES, FEAR], CASE, 0).data[:2]:
        known = np.array(trace.x, dtype=float)
        assert np.nanmin(known) >= 0
        assert np.nanmax(known) <= 1
