"""Scenarios that a file names: by name or by path, each loaded once; parameters in their range."""

from pathlib import Path

import pytest

from realpolitik.sim.experiments import scenario_cache
from realpolitik.sim.experiments.scenario_cache import ScenarioCache, in_range
from realpolitik.sim.scenario.errors import Fault, Place
from realpolitik.sim.scenario.finding import SourceFile
from realpolitik.sim.scenario.forms import FileForm, Parameters, read_file_form
from realpolitik.sim.scenario.schema import Scenario
from tests.quarrel import TEXT

HERE = Place("x.yaml", 3, 5)


def told(faults: list[Fault]) -> list[str]:
    """The faults, a line each."""
    return [str(fault) for fault in faults]


def test_a_path_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(f"{TEXT}variants: {{calm: {{title: Calm}}}}\n")
    (tmp_path / "inside").mkdir()
    cache = ScenarioCache(SourceFile(str(tmp_path / "inside" / "x.yaml")), [])
    found = cache.take("../small.yaml#calm", HERE)
    assert found
    assert (found[0].title, found[1]) == ("Calm", f"{tmp_path / 'small.yaml'}#calm")
    assert cache.faults == []


def test_a_scenario_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = ScenarioCache(SourceFile("x.yaml"), [])
    first = cache.take("no_shock", HERE)
    monkeypatch.setattr(scenario_cache, "load_scenario", None)
    assert first
    assert cache.take("no_shock", HERE) is first


@pytest.mark.parametrize(
    ("reference", "fault"),
    [
        ("no_shok", "x.yaml:3:5: unknown scenario 'no_shok'; did you mean 'no_shock'?"),
        (
            "no.yaml",
            "x.yaml:3:5: there is no file 'no.yaml'; expected a path relative to this file",
        ),
        (f"{'x' * 5000}.yaml", "x.yaml:3:5: there is no file"),
        ("hypotheses/linkage_retaliator#aid", "x.yaml:3:5: unknown variant 'aid'"),
    ],
)
def test_what_is_not_there_is_told_of_each_time_where_it_is_named(
    reference: str, fault: str
) -> None:
    cache = ScenarioCache(SourceFile("x.yaml"), [])
    assert cache.take(reference, HERE) is None
    assert cache.take(reference, HERE) is None
    first, second = told(cache.faults)
    assert first.startswith(fault)
    assert second == first


def test_nothing_is_looked_for_where_nothing_is_named() -> None:
    cache = ScenarioCache(SourceFile("x.yaml"), [])
    assert cache.take("", HERE) is None
    assert cache.take(None, HERE) is None
    assert cache.faults == []


def test_parameters_must_exist_and_lie_in_their_range() -> None:
    class Example(FileForm):
        parameters: Parameters

    text = "parameters: {RUS.israel_ties: 3, RUS.iran_partner: 0.1, RUS.nothing: 1}"
    form = read_file_form(text, "x.yaml", Example, "an example")
    assert set(in_range(form, form.parameters, None)) == {"RUS.israel_ties", "RUS.iran_partner"}
    first, second = told(form.faults)
    assert first.startswith("x.yaml:1:31: RUS.israel_ties is 3; expected a number from 0 to")
    assert second.startswith("x.yaml:1:57: unknown parameter 'RUS.nothing'")


def test_the_numbers_of_shocks_are_those_of_the_scenario_beside_them(haniyeh: Scenario) -> None:
    class Example(FileForm):
        parameters: Parameters

    text = "parameters: {shock.us_posture.guard: 0.5, shock.us_postur.guard: 0.5}"
    form = read_file_form(text, "x.yaml", Example, "an example")
    assert in_range(form, form.parameters, haniyeh) == {"shock.us_posture.guard": 0.5}
    (fault,) = told(form.faults)
    assert fault.startswith("x.yaml:1:43: unknown parameter 'shock.us_postur.guard'; did you mean")
    assert in_range(form, form.parameters, None) == {}
