"""What callers give: accepted where it is harmless, else refused in a sentence."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, compare, load_scenario, load_study, simulate, sweep
from realpolitik.sim.scenario.arguments import parameters_given, whole_number
from realpolitik.sim.scenario.errors import ScenarioError

TIES = "RUS.israel_ties"
QUARREL = load_scenario("no_shock").model_copy(update={"weeks": 2})


@pytest.mark.parametrize("given", [8, 8.0, np.int64(8), np.float32(8), np.array(8)])
def test_a_whole_number_may_be_of_any_type_of_number(given: Any) -> None:
    assert whole_number(given, "worlds", 1) == 8
    assert type(whole_number(given, "worlds", 1)) is int


@pytest.mark.parametrize("given", [True, "8", None, [8], 2.5, float("nan"), float("inf"), 0, -3])
def test_anything_else_is_refused_in_a_sentence(given: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"^worlds (is|must be) .*(expected|least)"):
        whole_number(given, "worlds", 1)


@pytest.mark.parametrize(
    "given",
    [
        {TIES: np.float64(0.25)},
        pd.Series({TIES: 0.25}),
        pd.DataFrame({"point": [0], TIES: [0.25]}).iloc[0],
    ],
)
def test_parameters_may_be_a_mapping_or_a_row(given: Any) -> None:
    assert parameters_given(given) == {TIES: 0.25}


def test_the_older_spelling_of_an_address_is_taken_in_python_too() -> None:
    assert parameters_given({"initial.hostility.IRN>ISR": 1}) == {"initial.hostility.IRN-ISR": 1}


@pytest.mark.parametrize("given", [{TIES: "0.1"}, {TIES: None}, {TIES: True}, {TIES: [0.1]}])
def test_a_value_that_is_no_number_is_named_with_its_address(given: Any) -> None:
    with pytest.raises(ScenarioError, match=rf"^parameters {TIES}: .*; expected a number$"):
        parameters_given(given)


@pytest.mark.parametrize("given", [[(TIES, 0.1)], 5, pd.DataFrame({TIES: [0.1]})])
def test_what_is_no_mapping_is_refused_in_a_sentence(given: Any) -> None:
    with pytest.raises(TypeError, match="expected addresses with numbers"):
        parameters_given(given)


def test_names_and_objects_are_taken_for_each_other(tmp_path: Path) -> None:
    one: Any = np.int64(1)
    by_name = simulate("no_shock", worlds=2, seed=one)
    pd.testing.assert_frame_equal(by_name.runs, simulate(load_scenario("no_shock"), 2.0, 1.0).runs)  # type: ignore[arg-type]
    assert load_scenario(QUARREL) is QUARREL
    assert EscalationModel("no_shock", worlds=one, rng=one).world.worlds == 1
    found = compare([QUARREL, QUARREL], worlds=2.0)  # type: ignore[arg-type]
    assert found.levels["scenario"].nunique() == 2
    read = load_study("israel_ties")
    assert load_study(read) is read
    points = pd.DataFrame({TIES: [0.1, 0.2]})
    study = sweep(QUARREL, str(tmp_path / "study"), 1, points=points)
    assert sweep(study, tmp_path / "study").tables.keys() == study.tables.keys()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: simulate(5, 2), "5 is given; expected a scenario"),  # type: ignore[arg-type]
        (lambda: load_scenario(None), "None is given; expected a scenario"),  # type: ignore[arg-type]
        (lambda: load_study(QUARREL), "a Scenario is given; expected a study"),  # type: ignore[arg-type]
        (lambda: compare("no_shock"), "'no_shock' is given; expected a baseline and one other"),
        (lambda: compare([QUARREL, 5]), "5 is given; expected a scenario"),  # type: ignore[list-item]
        (lambda: sweep(5, "x"), "5 is given; expected a study"),  # type: ignore[arg-type]
        (lambda: sweep("israel_ties", None), "expected the path of a folder"),  # type: ignore[arg-type]
        (lambda: EscalationModel(QUARREL, rng="a"), "rng is 'a'; expected a whole"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_another_kind_is_refused_in_a_sentence(call: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        call()


def test_an_outcome_that_a_model_does_not_have_is_named_with_the_nearest() -> None:
    with pytest.raises(ScenarioError, match="did you mean"):
        EscalationModel("haniyeh_2024", rng=1).outcome("strike_on_isreal")
