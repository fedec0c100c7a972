"""Scenarios are called the same only if their worlds are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim import compare, simulate
from realpolitik.sim.comparison.inputs import open_subjects
from realpolitik.sim.comparison.pairs import SAME, Pairing, gather, pair_all
from realpolitik.sim.experiments.run_folder import NotARunError, write_run
from realpolitik.sim.scenario.loading import load_scenario
from tests.edited import ADDRESS, FILE, edit_code, edit_weight
from tests.quarrel import TEXT

WORLDS = 60


@pytest.fixture
def quarrel(tmp_path: Path) -> Path:
    """The file of a short quarrel."""
    (tmp_path / "quarrel.yaml").write_text(TEXT)
    return tmp_path / "quarrel.yaml"


@pytest.fixture
def run(quarrel: Path, tmp_path: Path) -> Path:
    """A run of it."""
    return write_run(simulate(load_scenario(quarrel), WORLDS, 0), tmp_path / "results")


def pairing(one: Path, other: Path, spoilt: bool = False) -> Pairing:
    """How the worlds of two subjects belong together; of the other a value may be spoilt."""
    sides = gather(open_subjects([one, other]), WORLDS, 0, None).sides
    values = dict(sides[1].values)
    if spoilt:
        values["height"] = values["height"] + (np.arange(WORLDS) == 7)
    (found,) = pair_all([sides[0], replace(sides[1], values=values)])
    return found


def test_a_run_and_its_scenario_are_the_same(quarrel: Path, run: Path) -> None:
    assert pairing(run, quarrel).same
    assert pairing(run, quarrel).notes == ()


def test_one_value_that_differs_in_one_world_makes_them_others(quarrel: Path, run: Path) -> None:
    found = pairing(run, quarrel, spoilt=True)
    assert not found.same
    assert "yet other worlds" in found.notes[0]


def test_an_edited_scenario_of_a_run_is_refused(run: Path) -> None:
    text = (run / "scenario.yaml").read_text()
    (run / "scenario.yaml").write_text(text.replace("pressure: 0.9", "pressure: 0.1"))
    with pytest.raises(NotARunError, match=r"scenario\.yaml: missing, or not the file"):
        compare([run, run])


def test_a_weight_that_was_edited_between_two_runs_is_named_and_its_effect_shown(
    quarrel: Path, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_weight(monkeypatch, 1.0)
    found = compare([run, quarrel])
    notes = " ".join(found.manifest["notes"])
    assert f"{ADDRESS}: " in notes
    assert "1 here" in notes
    assert SAME not in notes
    strikes = found.differences.set_index("outcome").loc["strike"]
    assert strikes["difference"] == pytest.approx(strikes["up"] - strikes["down"])
    assert strikes["low"] < strikes["high"]


def test_worlds_of_other_code_keep_their_doubt_even_where_none_differs(
    quarrel: Path, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit_code(monkeypatch)
    found = pairing(run, quarrel)
    assert not found.same
    assert f"code of {FILE} has changed" in found.notes[0]


def test_what_a_scenario_sets_itself_is_not_told_as_a_change_of_numbers(
    quarrel: Path, run: Path, tmp_path: Path
) -> None:
    cold = tmp_path / "cold.yaml"
    cold.write_text(
        f"{TEXT}initial: {{hostility: {{IRN<>ISR: 0.3}}}}\n".replace(
            "parameters: {", f"parameters: {{{ADDRESS}: 0.1, "
        )
    )
    found = pairing(run, cold)
    assert not found.same
    assert found.notes == ()


def test_numbers_that_were_drawn_are_told_of(quarrel: Path, run: Path, tmp_path: Path) -> None:
    """Two runs of one seed draw the same numbers in world k."""
    spec, results = load_scenario(quarrel), tmp_path / "results"
    drawn = [write_run(simulate(spec, WORLDS, 0, uncertain=True), results) for _ in range(2)]
    assert pairing(drawn[0], drawn[1]).same
    found = pairing(run, drawn[0])
    assert (found.why_not, found.same) == ("", False)
    (note,) = found.notes
    assert "as they stand in the baseline, drawn from what is known of them here" in note
