"""Parameters that are one a world: a world is the same alone and beside other settings."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, simulate
from realpolitik.sim.engine.parameters import Parameter
from realpolitik.sim.engine.streams import BLOCK
from realpolitik.sim.experiments.run_folder import write_run
from realpolitik.sim.experiments.vary_request import bearing_on
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario

WORLDS = 16
ARMS = "action.offensive_arms.base_rate"


def settings_near_the_defaults(scenario: Scenario, seed: int) -> dict[str, float]:
    """A value for every free number of the scenario, away from its default by a few percent.

    Those of shocks lie anywhere in their ranges.
    """
    random = np.random.default_rng(seed)
    return {
        address: anywhere(one, random)
        if address.startswith("shock.")
        else float(np.clip(one.default * random.uniform(0.93, 1.05) + 1e-3, one.low, one.high))
        for address, one in bearing_on(scenario).items()
        if one.low < one.high and not one.parts and not address.startswith("initial.rung")
    }


def anywhere(parameter: Parameter, random: np.random.Generator) -> float:
    """A value of its range; a whole number of weeks is one of the first eight."""
    if parameter.integral:
        return float(np.rint(random.uniform(parameter.low, min(parameter.high, 8))))
    return float(random.uniform(parameter.low, parameter.high))


def side_by_side(settings: list[dict[str, float]]) -> dict[str, np.ndarray]:
    """Address → the value of each row, a setting after the other."""
    return {
        address: np.repeat([one[address] for one in settings], WORLDS) for address in settings[0]
    }


def numbers(model: EscalationModel) -> Iterator[tuple[str, np.ndarray]]:
    """All that a model keeps of its worlds, and what it measures of them."""
    for owner in (model.world, model.history):
        for name, value in vars(owner).items():
            if isinstance(value, np.ndarray) and value.shape[:1] == (model.world.worlds,):
                yield f"{type(owner).__name__}.{name}", value
    for name in model.spec.outcomes:
        yield name, model.outcome(name)


@pytest.mark.parametrize("shocks", ["as shipped", "of every kind"])
def test_a_world_has_the_same_bits_alone_and_beside_other_settings(
    haniyeh: Scenario, shocks: str
) -> None:
    spec = haniyeh if shocks == "as shipped" else read_scenario(EVERY_KIND, "x.yaml")
    spec = spec.model_copy(update={"weeks": 12})
    settings = [settings_near_the_defaults(spec, seed) for seed in range(3)]
    together = EscalationModel(
        spec, WORLDS, rng=5, first=40, parameters=side_by_side(settings), copies=3
    ).run()
    packed = dict(numbers(together))
    differing = [
        (number, name)
        for number, setting in enumerate(settings)
        for name, value in numbers(
            EscalationModel(spec.with_parameters(setting), WORLDS, rng=5, first=40).run()
        )
        if not np.array_equal(value, packed[name][number * WORLDS :][:WORLDS], equal_nan=True)
    ]
    assert len(packed) > 40
    assert differing == []


@pytest.mark.parametrize(
    "address",
    [
        "RUS.israel_ties",
        "world.precision",
        ARMS,
        "initial.hostility.IRN-ISR",
        "world.stock_use",
        "shock.haniyeh_killed.pressure",
        "shock.haniyeh_killed.probability",
        "shock.us_election.week",
    ],
)
def test_a_value_for_each_world_moves_that_world_alone(haniyeh: Scenario, address: str) -> None:
    known = bearing_on(haniyeh)[address]
    values = np.full(WORLDS, known.default)
    values[3] = known.low
    spec = haniyeh.model_copy(update={"weeks": 12})
    moved = EscalationModel(spec, WORLDS, rng=2, parameters={address: values})
    plain = EscalationModel(spec, WORLDS, rng=2)
    before = [actor.utility().copy() for actor in moved.actors]
    assert all(len(utility) == WORLDS for utility in before)
    moved.run()
    plain.run()
    others = np.arange(WORLDS) != 3
    for (name, value), (_, expected) in zip(numbers(moved), numbers(plain), strict=True):
        assert np.array_equal(value[others], expected[others], equal_nan=True), name


def test_contributions_add_up_where_weights_differ_between_worlds(haniyeh: Scenario) -> None:
    weights = np.linspace(0.1, 0.6, WORLDS)
    model = EscalationModel(haniyeh, WORLDS, rng=2, parameters={"RUS.israel_ties": weights})
    russia = next(actor for actor in model.actors if actor.code == "RUS")
    added = sum(russia.contributions().values())
    assert added == pytest.approx(russia.utility(), abs=1e-12)
    ties = russia.contributions()["israel_ties"]
    assert np.ptp(ties / weights[:, None], axis=0) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("parameters", "error", "said"),
    [
        ({"RUS.israel_ties": [0.2, 0.3]}, ValueError, "expected 16 numbers"),
        ({"RUS.israel_ties": [0.2] * 15 + [np.nan]}, ValueError, "finite"),
        ({"RUS.israel_ties": "much"}, (TypeError, ScenarioError), "RUS.israel_ties"),
        ({"RUS.israel_ties": [0.2] * 15 + [10**400]}, ValueError, "finite"),
        ({"RUS.israel_ties": np.ma.masked_less(range(16), 3)}, ValueError, "masked"),
        ({"RUS.israel_ties": [[0.2], [0.2, 0.3]]}, TypeError, "expected numbers"),
        ({"RUS.israel_ties": ["0.2"] * 16}, TypeError, "expected numbers"),
        ({"RUS.israel_ties": [False] * 16}, TypeError, "expected numbers"),
        ({"RUS.israel_ties": np.full(16, "2024-07-31", "M8[D]")}, TypeError, "expected numbers"),
        ({3: [0.2] * 16}, ScenarioError, "unknown parameter '3'"),
        ({"RUS.israel_ties": [0.2] * 15 + [70]}, ScenarioError, "RUS.israel_ties=70"),
        ({"RUS.israel_tie": [0.2] * 16}, ScenarioError, "israel_ties"),
        ({"initial.rung.ISR-LBN": 1.0}, ScenarioError, "initial.rung.ISR-LBN"),
        (
            {ARMS: np.linspace(0.01, 0.05, 16), "action.sanction.base_rate": 0.9},
            ScenarioError,
            "0.9",
        ),
        (["RUS.israel_ties"], TypeError, "expected addresses"),
        ({"shock.haniyeh_killed.presure": [0.2] * 16}, ScenarioError, "haniyeh_killed.pressure"),
        ({"shock.haniyeh_killed.week": [1] * 15 + [27]}, ScenarioError, "a whole number from 1 to"),
        ({"shock.haniyeh_killed.week": [1] * 15 + [2.5]}, ScenarioError, "killed.week is 2.5"),
        ({"shock.haniyeh_killed.delay_weeks": 2}, ScenarioError, "unknown parameter"),
    ],
)
def test_what_cannot_be_taken_is_refused(
    haniyeh: Scenario, parameters: Mapping[str, object], error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        EscalationModel(haniyeh, WORLDS, rng=1, parameters=parameters)  # type: ignore[arg-type]
    with pytest.raises(error, match=said):
        simulate(haniyeh, WORLDS, 1, parameters)  # type: ignore[arg-type]


def test_worlds_that_differ_in_who_is_at_war_from_the_start_are_refused(haniyeh: Scenario) -> None:
    rung = np.where(np.arange(WORLDS) < 4, 0.0, 9.5)
    with pytest.raises(ValueError, match="at war from the start"):
        EscalationModel(
            haniyeh, WORLDS, rng=1, parameters={"initial.rung.RUS-UKR": rung}, bounded=False
        )


# ── Shocks ───────────────────────────────────────────────────────────────────────────


EVERY_KIND = """
extends: haniyeh_2024
shocks:
  - {id: raid, kind: assassination, week: 2, by: ISR, against: IRN}
  - {id: ships, kind: posture, week: 3, by: USA, protecting: ISR}
  - {id: aid, kind: aid_level, week: 3, by: USA, to: UKR, change: 0.1}
  - {id: missiles, kind: arms_delivery, week: 3, by: RUS, to: HOU}
  - {id: ban, kind: embargo, week: 4, target: IRN}
  - {id: the_dead, kind: casualties, week: 2, target: ISR, deaths: 12, blamed: IRN}
  - {id: succession, kind: new_leader, week: 4, of: RUS, administration: 0.5}
  - {id: a_word, kind: insult, week: 2, by: RUS, at: ISR}
  - {id: asset_freeze, kind: sanctions, week: 2, by: USA, target: RUS}
  - {id: offer, kind: deal_offered, week: 2, deal: usa_russia}
  - {id: rift, kind: relations_changed, week: 2, by: RUS, toward: ISR, rapport: 0.1, channel: 0.2}
  - {id: vote, kind: election, of: USA, inaugurated_after_weeks: 2, when: {outcome: peak}}
  - {id: fever, kind: set, quantity: hostility, of: IRN, toward: ISR, value: 0.8,
     when: {outcome: peak, at_least: 5, delay_weeks: 2}}
  - {id: drift, kind: shift, quantity: stock, of: IRN, value: -0.2, week: 3}
outcomes: {peak: {measure: highest_rung}}
"""


def test_a_shock_comes_in_each_world_in_the_week_that_is_set_there(haniyeh: Scenario) -> None:
    spec = haniyeh.with_parameters({"shock.us_posture.guard": 0})
    week = 1 + np.arange(WORLDS) % 5
    model = EscalationModel(
        spec, WORLDS, rng=1, parameters={"shock.f16_for_ukraine.week": week.astype(float)}
    )
    usa, ukraine = (model.world.index[code] for code in ("USA", "UKR"))
    felt = np.zeros(WORLDS)
    for number in range(1, 7):
        before = model.world.flow[:, usa, ukraine].copy()
        model.apply_shocks()
        felt[model.world.flow[:, usa, ukraine] > before] = number
        model.agents.do("choose").do("act")
        model.settle()
        model.record()
    assert felt.tolist() == week.tolist()


def test_a_shock_on_a_condition_comes_after_the_delay_of_each_world() -> None:
    ban = "{id: ban, kind: embargo, target: IRN, when: {outcome: strike_on_israel}}"
    spec = read_scenario(f"extends: haniyeh_2024\nshocks: [{ban}]", "x.yaml")
    delay = 1.0 + np.arange(WORLDS) % 3
    model = EscalationModel(spec, WORLDS, rng=1, parameters={"shock.ban.delay_weeks": delay})
    met, banned = np.zeros(WORLDS), np.zeros(WORLDS)
    iran = model.world.index["IRN"]
    for week in range(1, 13):
        model.step()
        met[(met == 0) & (model.outcome("strike_on_israel") == 1)] = week
        banned[(banned == 0) & (model.world.embargo[:, iran] == 1)] = week
    seen = banned > 0
    assert len(set(banned[seen])) > 2
    assert (banned[seen] == (met + delay)[seen]).all()
    assert not seen[(met == 0) | (met + delay > 12)].any()


def test_what_is_set_for_a_shock_is_what_a_file_would_say(haniyeh: Scenario) -> None:
    setting = {"shock.haniyeh_killed.pressure": 0.4, "shock.haniyeh_killed.week": 3}
    first, *others = haniyeh.shocks
    written = first.model_copy(update={"pressure": 0.4, "week": 3, "date": None})
    spec = haniyeh.model_copy(update={"shocks": (written, *others)})
    pd.testing.assert_frame_equal(
        simulate(haniyeh, 40, 3, setting).runs, simulate(spec, 40, 3).runs, check_exact=True
    )
    assert haniyeh.shocks[0] == first
    assert haniyeh.with_parameters(setting).shocks_as_set[0] == written


@pytest.mark.parametrize("copies", [BLOCK, 10**30])
def test_copies_of_worlds_fit_a_block(haniyeh: Scenario, copies: int) -> None:
    with pytest.raises(ValueError, match=f"1 to 1024 worlds, not {copies} times 100"):
        EscalationModel(haniyeh, 100, rng=1, copies=copies, parameters={"RUS.israel_ties": 0.2})


# ── Ensembles ────────────────────────────────────────────────────────────────────────


def test_an_ensemble_takes_a_value_for_each_world(haniyeh: Scenario) -> None:
    spec = haniyeh.model_copy(update={"weeks": 6})
    worlds, settings = BLOCK + 60, (0.2, 0.6)
    ties = np.where(np.arange(worlds) % 2, settings[1], settings[0])
    both = simulate(spec, worlds, 3, {"RUS.israel_ties": ties, "world.precision": 9})
    assert both.arrays["RUS.israel_ties"].tolist() == ties.tolist()
    for number, value in enumerate(settings):
        alone = simulate(spec, worlds, 3, {"RUS.israel_ties": value, "world.precision": 9})
        pd.testing.assert_frame_equal(both.runs[number::2], alone.runs[number::2], check_exact=True)
    with ProcessPoolExecutor(1) as executor:
        elsewhere = simulate(
            spec, worlds, 3, {"RUS.israel_ties": ties, "world.precision": 9}, executor=executor
        )
    pd.testing.assert_frame_equal(both.runs, elsewhere.runs, check_exact=True)


def test_a_whole_and_its_part_mean_the_same_as_numbers_and_as_arrays(haniyeh: Scenario) -> None:
    spec, worlds = haniyeh.model_copy(update={"weeks": 12}), 40
    whole, part = ("RUS.israel_ties", 0.8), ("RUS.israel_ties.diaspora", 0.0)
    expected = simulate(spec, worlds, 3, dict([whole, part])).runs
    for varied in ([whole], [part], [whole, part]):
        arrays = {address: np.full(worlds, value) for address, value in varied}
        runs = simulate(spec, worlds, 3, {**dict([whole, part]), **arrays}).runs
        pd.testing.assert_frame_equal(runs, expected, check_exact=True)


def test_a_folder_holds_runs_of_one_setting(haniyeh: Scenario, tmp_path: Path) -> None:
    result = simulate(haniyeh, 4, 1, {"RUS.israel_ties": [0.2, 0.3, 0.4, 0.5]})
    with pytest.raises(ValueError, match="israel_ties differs between worlds"):
        write_run(result, tmp_path)
    assert list(tmp_path.rglob("*.*")) == []
