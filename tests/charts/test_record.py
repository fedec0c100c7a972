"""Charts of weekly acts."""

import pandas as pd
import pytest

from realpolitik.sim.charts.record import score_differences, told_weights, weekly_shares
from realpolitik.sim.charts.style import words_of

CLASSES = {"denounce": "denunciations", "strike": "strikes", "all": "all acts"}
TITLES = {"model": "the model", "last_weeks": "own rate and last weeks"}


def differences() -> pd.DataFrame:
    rows = [
        ("denounce", "model", -0.02, -0.03, -0.01),
        ("strike", "model", 0.01, -0.01, 0.02),
        ("all", "model", -0.01, -0.02, 0.001),
        *((name, "last_weeks", 0.0, -0.01, 0.01) for name in CLASSES),
    ]
    return pd.DataFrame(rows, columns=["class", "forecast", "difference", "low", "high"])


def weeks() -> pd.DataFrame:
    rows = [
        (name, spell, week, predicted, 0.2)
        for name, predicted in (("denounce", 0.25), ("strike", 0.6))
        for spell, week in ((0, "2021-01-04"), (0, "2021-01-11"), (1, "2021-06-07"))
    ]
    return pd.DataFrame(rows, columns=["class", "spell", "week", "predicted", "observed"])


NO_SHOCK = pd.DataFrame({"week": [], "label": []})


def test_dots_stand_at_the_differences_and_bars_reach_the_ends() -> None:
    trace, other = score_differences(differences(), TITLES, CLASSES).data
    assert list(trace.x) == [-0.02, 0.01, -0.01]
    assert list(trace.error_x.array) == pytest.approx([0.01, 0.01, 0.011])
    assert list(trace.error_x.arrayminus) == pytest.approx([0.01, 0.02, 0.01])
    assert (trace.name, other.name) == ("The model", "Own rate and last weeks")
    assert trace.marker.symbol != other.marker.symbol


def test_the_title_names_the_classes_that_are_surely_better() -> None:
    said = words_of(score_differences(differences(), TITLES, CLASSES))
    assert said.title == "The model is surely better than the pair’s own rate on denunciations"
    assert "strikes 0.0100" in said.alt
    none = differences().assign(high=1.0)
    assert "on no class of act" in words_of(score_differences(none, TITLES, CLASSES)).title


def test_shares_are_drawn_in_percent_and_broken_between_spells() -> None:
    figure = weekly_shares(weeks(), NO_SHOCK, CLASSES)
    predicted, observed, *_ = figure.data
    assert list(predicted.x) == ["2021-01-04", "2021-01-11", None, "2021-06-07", None]
    assert list(predicted.y) == [25, 25, None, 25, None]
    assert list(observed.y) == [20, 20, None, 20, None]
    assert predicted.line.dash != observed.line.dash
    assert len(figure.data) == 4


def test_the_title_says_which_class_is_farthest_from_the_record() -> None:
    said = words_of(weekly_shares(weeks(), NO_SHOCK, CLASSES))
    told = "strikes, foreseen of 60.0\u00a0% of the pairs a week and seen of 20.0\u00a0%"
    assert told in said.title


def test_a_shock_is_a_line_in_every_plot_and_named_with_its_week() -> None:
    shocks = pd.DataFrame({"week": ["2021-01-11"], "label": ["A killing"]})
    figure = weekly_shares(weeks(), shocks, CLASSES)
    assert [one.x0 for one in figure.layout.shapes] == ["2021-01-11"] * 2
    assert "A killing (2021-01-11)" in words_of(figure).caption


def weights() -> pd.DataFrame:
    rows = [
        ("RUS: momentum", 0.3, 0.2, 0.4, 0.0, 0.5),
        ("USA: reaction", 0.1, 0.0, 0.3, 0.0, 0.4),
    ]
    columns = ["name", "estimate", "low", "high", "declared_low", "declared_high"]
    return pd.DataFrame(rows, columns=columns)


def test_the_interval_is_thicker_than_the_declared_range() -> None:
    declared, interval = told_weights(weights()).data
    assert list(interval.x) == [0.3, 0.1]
    assert list(interval.error_x.array) == pytest.approx([0.1, 0.2])
    assert list(declared.error_x.array) == pytest.approx([0.2, 0.3])
    assert interval.error_x.thickness > declared.error_x.thickness


def test_a_dot_is_hollow_where_the_interval_reaches_0() -> None:
    figure = told_weights(weights())
    sure, unsure = figure.data[-1].marker.color
    assert sure != unsure
    said = words_of(figure)
    assert said.title == "Of weights that the record tells, 1 of 2 surely differ from 0"
    assert "USA: reaction 0.10 (0.00 to 0.30)" in said.alt
