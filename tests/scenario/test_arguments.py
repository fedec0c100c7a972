"""What callers give: accepted where it is harmless, else refused in a sentence."""

import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import EscalationModel, compare, load_scenario, load_study, simulate, sweep
from realpolitik.sim.claims.audit import audit
from realpolitik.sim.explain.ablation import ablate
from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.choice_flips import flip_choice
from realpolitik.sim.explain.ensemble_reasons import explain_ensemble
from realpolitik.sim.explain.outcome_flips import flip_outcome
from realpolitik.sim.hindcast.forecasts import simulated_forecasts
from realpolitik.sim.scenario.arguments import parameters_given, whole_number
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario

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
        (lambda: EscalationModel(QUARREL, block="a"), "block is 'a'; expected a whole"),  # type: ignore[arg-type]
        (lambda: EscalationModel(QUARREL, first=None), "first is None; expected a whole"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_another_kind_is_refused_in_a_sentence(call: Any, told: str) -> None:
    with pytest.raises(TypeError, match=told):
        call()


HOOKS: dict[str, Callable[[Any], object]] = {
    "simulate": lambda given: simulate(QUARREL, 2, **given),
    "compare": lambda given: compare([QUARREL, QUARREL], worlds=2, **given),
    "flips": lambda given: flip_outcome(QUARREL, "full_scale_war", 0.5, [TIES], 2, **given),
    "ablate": lambda given: ablate(QUARREL, "RUS", 2, **given),
    "explain": lambda given: explain_ensemble(QUARREL, 0, 2, "RUS", "threaten", **given),
    "hindcast": lambda given: simulated_forecasts([], [], 2, 0, **given),
    "audit": lambda given: audit([], 2, **given),
    "sweep": lambda given: sweep("israel_ties", "never_made", **given),
}


TO_CALL = [(verb, "progress") for verb in HOOKS if verb != "sweep"]
TO_WORK = [(verb, "executor") for verb in HOOKS if verb not in {"sweep", "compare", "explain"}]


@pytest.mark.parametrize(
    ("verb", "name", "given"),
    [
        *(
            (*one, given)
            for one in [*TO_CALL, *TO_WORK, *(("sweep", word) for word in ("tell", "render"))]
            for given in ("4", [print])
        ),
        *((*one, ProcessPoolExecutor) for one in [*TO_WORK, ("sweep", "workers")]),
    ],
)
def test_what_cannot_be_called_or_take_work_is_refused_in_a_sentence(
    verb: str, name: str, given: Any
) -> None:
    wanted = {"executor": "an executor of", "workers": "a whole number"}.get(name, "a function of")
    with pytest.raises(TypeError, match=rf"^{name} is .*; expected {wanted}[^\n]*$"):
        HOOKS[verb]({name: given})
    assert not Path("never_made").exists()


BEYOND: dict[str, Callable[[Scenario], object]] = {
    "simulate": lambda scenario: simulate(scenario, 2),
    "model": EscalationModel,
    "compare": lambda scenario: compare([QUARREL, scenario], worlds=2),
    "flips": lambda scenario: flip_outcome(scenario, "full_scale_war", 0.5, [TIES], 2),
    "flips of a choice": lambda scenario: flip_choice(scenario, 0, 0, "RUS", 1, "IRN", "denounce"),
    "ablate": lambda scenario: ablate(scenario, "RUS", 2),
    "explain": lambda scenario: explain_choice(scenario, 0, 0, "RUS"),
}


@pytest.mark.parametrize("door", BEYOND)
@pytest.mark.parametrize(
    ("made", "told"),
    [
        ({"parameters": {TIES: 7}}, f"parameters {TIES}=7: {TIES} is 7; expected a number from"),
        ({"parameters": {"RUS.israel_tie": 0}}, "unknown parameter 'RUS.israel_tie'; did you mean"),
        (
            {"initial": {"hostility": {"IRN-ISR": 7}}},
            "initial hostility IRN-ISR: hostility is 7; expected a number from 0 to 1",
        ),
        ({"initial": {"hostilty": {"IRN-ISR": 1}}}, "unknown quantity 'hostilty'; did you mean"),
    ],
)
def test_a_scenario_made_in_python_keeps_to_the_declared_ranges_at_every_door(
    door: str, made: dict[str, Any], told: str
) -> None:
    with pytest.raises(ScenarioError, match=re.escape(told)):
        BEYOND[door](QUARREL.model_copy(update=made))


def test_an_outcome_that_a_model_does_not_have_is_named_with_the_nearest() -> None:
    with pytest.raises(ScenarioError, match="did you mean"):
        EscalationModel("haniyeh_2024", rng=1).outcome("strike_on_isreal")
