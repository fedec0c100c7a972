"""Comparing: pairs, runs beside scenarios, and what cannot be paired."""

import dataclasses
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.comparison.comparison import Comparison, compare
from realpolitik.sim.comparison.differences import differences
from realpolitik.sim.comparison.inputs import open_subjects
from realpolitik.sim.comparison.pairs import gather
from realpolitik.sim.comparison.sides import Side
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.run_folder import NotARunError, write_run
from realpolitik.sim.scenario.finding import shipped_scenarios
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario

MAIN, OTHER = "haniyeh_2024", "us_conduct/posture_strong"
NUMBERS = ("difference", "low", "high")
WORLDS, SEED = 150, 4


@pytest.fixture(scope="module")
def found() -> Comparison:
    """Two scenarios that differ a good deal."""
    return compare([MAIN, OTHER], WORLDS, SEED)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same two, run before."""
    out = tmp_path_factory.mktemp("results")
    results = (simulate(load_scenario(name), WORLDS, SEED) for name in (MAIN, OTHER))
    one, other = (write_run(result, out) for result in results)
    return one, other


def written(scenario: Scenario, out: Path, worlds: int = 40, seed: int = 4, **to: object) -> Path:
    """A run of the scenario with other fields."""
    return write_run(simulate(scenario.model_copy(update=to), worlds, seed), out)


def row(table: pd.DataFrame, outcome: str) -> pd.Series:
    """The row of an outcome."""
    return table[table["outcome"] == outcome].iloc[0]


# ── Differences ──────────────────────────────────────────────────────────────────────


def test_a_scenario_does_not_differ_from_itself(runs: tuple[Path, Path]) -> None:
    for pair in ((MAIN, MAIN), (runs[0], runs[0]), (MAIN, runs[0])):
        same = compare(pair, WORLDS, SEED)
        assert (same.differences[[*NUMBERS, "up", "down"]] == 0).all(axis=None)
        assert (same.differences["same"] == 1).all()
        assert same.differences["note"].str.startswith("the same scenario").all()
        assert same.partings.set_index("week")["share"].loc[0] == 1
        assert len(same.first_acts) == len(same.examples) == len(same.events) == 0


def test_a_scenario_that_only_happens_to_be_the_same_keeps_its_doubt(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    """It has a shock more, which changes nothing: its worlds need not always be the same."""
    late = haniyeh.shocks[1].model_copy(
        update={"id": "again", "date": None, "week": 26, "guard": 0.0}
    )
    one = written(haniyeh, tmp_path)
    other = written(haniyeh, tmp_path, shocks=(*haniyeh.shocks, late))
    table = compare([one, other]).differences
    assert (table["difference"] == 0).all()
    strike, rung = row(table, "strike_on_israel"), row(table, "highest_rung")
    assert strike["low"] < 0 < strike["high"]
    assert "no pair of worlds differs" in rung["note"]
    assert rung["low"] < 0 < rung["high"]


def test_swapping_the_two_turns_all_signs_to_the_last_bit(found: Comparison) -> None:
    back = compare([OTHER, MAIN], WORLDS, SEED).differences
    there = found.differences
    pd.testing.assert_series_equal(back["difference"], -there["difference"], check_exact=True)
    pd.testing.assert_series_equal(back["low"], -there["high"], check_exact=True, check_names=False)
    pd.testing.assert_series_equal(back["high"], -there["low"], check_exact=True, check_names=False)
    pd.testing.assert_series_equal(back["up"], there["down"], check_names=False)


def shuffled(side: Side, order: np.ndarray) -> Side:
    """The side with its worlds in another order."""
    values = {name: column[order] for name, column in side.values.items()}
    return dataclasses.replace(side, values=values)


def test_the_order_of_the_pairs_changes_nothing() -> None:
    gathered = gather(open_subjects([MAIN, OTHER]), 60, 2, None)
    (side, pairing), order = gathered.others[0], np.random.default_rng(1).permutation(60)
    pd.testing.assert_frame_equal(
        differences(gathered.sides[0], ((side, pairing),)),
        differences(shuffled(gathered.sides[0], order), ((shuffled(side, order), pairing),)),
        check_exact=True,
    )


def test_differences_are_those_of_the_levels(found: Comparison) -> None:
    levels = found.levels.set_index(["scenario", "outcome"])
    for one in found.differences.to_dict("records"):
        keys = (MAIN, one["scenario"])
        before, after = (levels.loc[(key, one["outcome"]), "mean"] for key in keys)
        assert one["difference"] == pytest.approx(after - before, abs=1e-12)
        assert one["up"] + one["down"] + one["same"] == pytest.approx(1)


def test_paired_intervals_against_us_conduct_are_at_most_half_as_wide_in_the_median() -> None:
    """The aim of pairing; of 2,000 worlds each, here of 200, which are too few for rare acts."""
    conduct = sorted(name for name in shipped_scenarios() if name.startswith("us_conduct/"))
    assert len(conduct) > 5
    table = compare([MAIN, *conduct], 200, 0).differences
    for outcome in ("strike_on_israel", "russian_help_to_iran"):
        rows = table[table["outcome"] == outcome]
        assert len(rows) == len(conduct)
        assert (rows["width_paired"] / rows["width_unpaired"]).median() <= 0.5


def test_pairs_gain_precision(found: Comparison) -> None:
    assert found.differences["gain"].median() > 1
    gain = found.differences["width_unpaired"] / found.differences["width_paired"]
    pd.testing.assert_series_equal(gain, found.differences["gain"], check_names=False)


# ── Runs beside scenarios ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("mixed", [(True, True), (True, False), (False, True)])
def test_runs_and_scenarios_give_the_same_numbers(
    found: Comparison, runs: tuple[Path, Path], mixed: tuple[bool, bool]
) -> None:
    chosen = [
        run if take else name for run, name, take in zip(runs, (MAIN, OTHER), mixed, strict=True)
    ]
    other = compare(chosen)
    for name in ("levels", "differences", "examples", "weeks", "times", "acts", "events"):
        one, two = found.tables[name], other.tables[name]
        pd.testing.assert_frame_equal(one, two, check_exact=True, check_dtype=False, obj=name)
    told = compare([MAIN, OTHER], 100, SEED)
    pd.testing.assert_frame_equal(told.partings, other.partings)
    pd.testing.assert_frame_equal(told.first_acts, other.first_acts)
    assert "first 100 worlds" in " ".join(other.manifest["notes"])


def test_simulating_gives_the_same_worlds_in_every_block() -> None:
    worlds = BLOCK + 30
    side = gather(open_subjects([MAIN, MAIN]), worlds, 1, None).sides[0]
    result = simulate(load_scenario(MAIN), worlds, 1)
    for name in result.outcomes:
        assert np.array_equal(side.values[name], result.runs[name], equal_nan=True)
    pd.testing.assert_frame_equal(side.weeks, result.weeks)
    pd.testing.assert_frame_equal(side.acts, result.acts)
    pd.testing.assert_frame_equal(side.events, result.events)


def test_partings_are_of_all_worlds_of_all_blocks() -> None:
    found = compare([MAIN, OTHER], BLOCK + 30, 1)
    assert found.partings["worlds"].sum() == BLOCK + 30
    assert found.first_acts["worlds"].sum() == found.partings["worlds"].iloc[1:].sum()


# ── What cannot be paired ────────────────────────────────────────────────────────────


def test_another_seed_is_compared_unpaired(haniyeh: Scenario, tmp_path: Path) -> None:
    one, other = (written(haniyeh, tmp_path, seed=seed) for seed in (4, 5))
    found = compare([one, other])
    assert not found.differences["paired"].any()
    assert found.differences["note"].str.contains("other seed \\(4 and 5\\)").all()
    assert found.differences[["up", "down", "same", "width_paired", "gain"]].isna().all(axis=None)
    assert (found.differences["width_unpaired"] >= 0).all()
    assert found.manifest["paired"] is False
    assert len(found.partings) == len(found.examples) == 0


def test_another_length_is_compared_unpaired_over_the_weeks_that_both_have(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    one = written(haniyeh, tmp_path)
    other = written(haniyeh, tmp_path, weeks=12)
    weeks = row(compare([one, other]).differences, "weeks_to_strike")
    assert "other length (26 and 12 weeks)" in weeks["note"]
    assert "counts as week 12" in weeks["note"]
    assert weeks["difference"] == pytest.approx(0)


def test_levels_of_weeks_are_of_the_weeks_that_all_have(haniyeh: Scenario, tmp_path: Path) -> None:
    one, other = written(haniyeh, tmp_path), written(haniyeh, tmp_path, weeks=12)
    found = compare([one, other])
    levels = found.levels[found.levels["scale"] == "weeks"].set_index(["scenario", "outcome"])
    for each in found.differences[found.differences["scale"] == "weeks"].to_dict("records"):
        keys = [scenario["key"] for scenario in found.manifest["scenarios"]]
        before, after = (levels.loc[(key, each["outcome"]), "mean"] for key in keys)
        assert each["difference"] == pytest.approx(after - before, abs=1e-12)


def test_a_scenario_to_be_run_is_run_for_the_weeks_of_the_baseline(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    """World k is still the same: it is a run of fewer weeks, as if the file had said so."""
    last = haniyeh.shocks[-1].model_copy(
        update={"id": "late", "date": None, "week": 40, "guard": 0.0}
    )
    long = haniyeh.model_copy(update={"weeks": 52, "shocks": (*haniyeh.shocks, last)})
    (tmp_path / "long.yaml").write_text(dump_scenario(long), encoding="utf-8")
    found = compare([MAIN, tmp_path / "long.yaml"], 40, SEED)
    assert found.manifest["paired"]
    assert (found.differences["difference"] == 0).all()
    assert found.weeks["week"].max() == haniyeh.weeks
    assert found.manifest["notes"][0] == (
        "long: run for 26 weeks, as the baseline, instead of its own 52; "
        "1 of its shocks comes later and so not at all"
    )
    back = compare([tmp_path / "long.yaml", MAIN], 10, SEED)
    assert [one["weeks"] for one in back.manifest["scenarios"]] == [52, 52]


def test_an_outcome_that_is_defined_in_another_way_is_compared_unpaired(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    turned = haniyeh.outcomes["strike_on_israel"].model_copy(update={"by": "HEZ"})
    renamed = haniyeh.outcomes["regional_war"].model_copy(update={"label": "A wide war"})
    outcomes = {**haniyeh.outcomes, "strike_on_israel": turned, "regional_war": renamed}
    one, other = written(haniyeh, tmp_path), written(haniyeh, tmp_path, outcomes=outcomes)
    table = compare([one, other]).differences
    assert "defined in another way" in row(table, "strike_on_israel")["note"]
    assert not row(table, "strike_on_israel")["paired"]
    assert row(table, "regional_war")["paired"]
    assert row(table, "full_scale_war")["paired"]


def test_another_start_is_no_hindrance(haniyeh: Scenario, tmp_path: Path) -> None:
    weeks = tuple(shock.model_copy(update={"date": None, "week": 1}) for shock in haniyeh.shocks)
    day = haniyeh.start.replace(month=9, day=2)
    one = written(haniyeh, tmp_path, shocks=weeks)
    other = written(haniyeh, tmp_path, shocks=weeks, start=day)
    table = compare([one, other]).differences
    assert table["paired"].all()
    assert (table["difference"] == 0).all()


def test_of_different_numbers_of_worlds_the_first_ones_are_paired(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    runs = [written(haniyeh, tmp_path, worlds) for worlds in (50, 40, 30)]
    found = compare(runs)
    table = found.differences
    assert (table["pairs"] == 30).all()
    assert (table["difference"] == 0).all()
    assert table["note"].str.contains("only the first 30 worlds").all()
    assert (found.levels["worlds"] == 30).all()
    assert found.levels.groupby("outcome")["mean"].nunique(dropna=False).eq(1).all()
    scenarios = found.manifest["scenarios"]
    assert [(one["worlds"], one["counted"]) for one in scenarios] == [(50, 30), (40, 30), (30, 30)]


def test_what_is_not_paired_is_counted_in_all_of_its_worlds(
    haniyeh: Scenario, tmp_path: Path
) -> None:
    runs = [
        written(haniyeh, tmp_path, worlds, seed) for worlds, seed in ((20, 4), (30, 4), (40, 5))
    ]
    levels = compare(runs).levels
    assert levels.groupby("scenario", sort=False)["worlds"].first().tolist() == [20, 20, 40]


def test_actors_that_only_one_has_are_no_hindrance(haniyeh: Scenario, tmp_path: Path) -> None:
    named = {"SAU"}
    fewer = tuple(code for code in haniyeh.actors if code not in named)
    one = written(haniyeh, tmp_path)
    other = written(haniyeh, tmp_path, actors=fewer)
    found = compare([one, other])
    assert found.differences["paired"].all()
    assert found.partings.set_index("week")["share"].loc[0] < 1


# ── Tables and keys ──────────────────────────────────────────────────────────────────


def test_examples_are_three_worlds_told_in_order(found: Comparison) -> None:
    assert found.examples["world"].nunique() == 3
    for _, told in found.examples.groupby("world", sort=False):
        weeks = told["week"].where(told["week"] > 0, 1000)
        assert weeks.is_monotonic_increasing
        assert "instead of" in told["sentence"].iloc[0]
        assert not told["sentence"].duplicated().any()
    assert set(found.events["world"]) == set(found.examples["world"])


def test_relations_begin_with_the_start(found: Comparison, haniyeh: Scenario) -> None:
    table = found.relations[found.relations["scenario"] == MAIN]
    assert sorted(table["week"].unique()) == list(range(haniyeh.weeks + 1))
    start = table[(table["week"] == 0) & (table["actor"] == "HEZ") & (table["on"] == "ISR")]
    assert start["mean"].tolist() == pytest.approx([0.85])
    assert table["mean"].between(0, 1).all()


def test_every_table_names_the_scenario_in_its_first_column(found: Comparison) -> None:
    for name, table in found.tables.items():
        assert table.columns[0] == "scenario", name
        assert set(table["scenario"]) <= {MAIN, "posture_strong"}


def test_scenarios_of_one_name_get_keys_of_their_own(runs: tuple[Path, Path]) -> None:
    found = compare([MAIN, MAIN, runs[0]], 5, SEED)
    keys = [scenario["key"] for scenario in found.manifest["scenarios"]]
    assert keys == [MAIN, f"{MAIN} (2)", f"{MAIN} {runs[0].name}"]


def test_a_scenario_is_run_with_the_seed_and_the_worlds_of_a_run(runs: tuple[Path, Path]) -> None:
    found = compare([OTHER, runs[0]])
    assert (found.manifest["seed"], found.manifest["worlds"]) == (SEED, WORLDS)
    assert found.manifest["paired"] is True


def test_outcomes_that_only_one_has_are_noted() -> None:
    found = compare([MAIN, "us_conduct/wedge"], 5)
    assert "israeli_support_for_ukraine" not in set(found.differences["outcome"])
    assert found.manifest["notes"] == ["wedge: only in wedge: israeli_support_for_ukraine"]


def test_variants_can_be_compared() -> None:
    found = compare([MAIN, "us_conduct/wedge#no_pressure"], 5)
    assert set(found.differences["scenario"]) == {"wedge-no_pressure"}


def test_a_folder_that_is_no_run_gives_way_to_a_shipped_scenario(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / MAIN).mkdir()
    monkeypatch.chdir(tmp_path)
    assert compare([MAIN, OTHER], 3).manifest["scenarios"][0]["ran"]


def test_progress_counts_the_world_weeks_of_all_scenarios() -> None:
    told: list[tuple[int, int]] = []
    compare([MAIN, OTHER], 20, 1, lambda done, all_: told.append((done, all_)))
    assert told[-1] == (2 * 20 * 26, 2 * 20 * 26)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="two scenarios"):
        compare([MAIN])
    with pytest.raises(ValueError, match="at least"):
        compare([MAIN, OTHER], 0)
    for folder in (tmp_path, str(tmp_path)):
        with pytest.raises(NotARunError):
            compare([MAIN, folder])
    with pytest.raises(ValueError, match="did you mean"):
        compare([MAIN, "haniyeh_2042"])
