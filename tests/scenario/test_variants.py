"""Variants: named changes in one file, and expectations that compare."""

from pathlib import Path

import pytest

from realpolitik.sim.scenario import loading
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.schema import Setting
from realpolitik.sim.scenario.serialise import dump_scenario
from tests.offenders import each

TEXT = """\
title: Strength
question: Who is stronger?
start: 2024-08-05
weeks: 10
actors: [RUS, USA, IRN]
parameters:
  RUS.saudi_ties: {value: 0.1, range: [0, 0.2], source: assumed}
shocks:
  - {id: ships, kind: posture, week: 1, by: USA, protecting: IRN}
outcomes:
  war: {measure: full_scale_war}
expects:
  - {outcome: war, than: crisis.yaml#calm, direction: higher, claim: Ships lead to war}
variants:
  calm:
    shocks: [{id: ships, drop: true}]
  cold:
    title: A cold summer
    parameters: {RUS.saudi_ties: {value: 0.2}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A scenario with variants."""
    path = tmp_path / "crisis.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def faults(file: Path, text: str, variant: str = "") -> list[str]:
    """The faults of another text in the file, without its name."""
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(f"{file}{variant}")
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def test_a_scenario_knows_the_names_of_its_variants(file: Path) -> None:
    scenario = load_scenario(file)
    assert scenario.variants == ("calm", "cold")
    assert len(scenario.shocks) == 1


def test_a_variant_is_loaded_with_its_changes(file: Path) -> None:
    calm = load_scenario(f"{file}#calm")
    assert calm.shocks == ()
    assert (calm.name, calm.title) == ("crisis-calm", "Strength: calm")
    assert calm.variants == ()


def test_a_path_may_name_a_variant_too(file: Path) -> None:
    assert load_scenario(Path(f"{file}#calm")) == load_scenario(f"{file}#calm")


def test_a_variant_may_have_its_own_title(file: Path) -> None:
    cold = load_scenario(f"{file}#cold")
    assert cold.title == "A cold summer"
    assert cold.parameters["RUS.saudi_ties"] == Setting(value=0.2, range=(0, 0.2), source="assumed")


def test_expectations_of_a_scenario_are_not_those_of_its_variants(file: Path) -> None:
    assert len(load_scenario(file).expects) == 1
    assert load_scenario(f"{file}#calm").expects == ()


def test_variants_and_expectations_are_not_taken_over(file: Path) -> None:
    top = file.with_name("top.yaml")
    top.write_text("extends: crisis.yaml", encoding="utf-8")
    scenario = load_scenario(top)
    assert (scenario.variants, scenario.expects) == ((), ())


def test_a_variant_changes_what_is_extended_too(file: Path) -> None:
    top = file.with_name("top.yaml")
    top.write_text(
        "extends: crisis.yaml\nvariants: {calm: {shocks: [{id: ships, drop: true}]}}",
        encoding="utf-8",
    )
    assert load_scenario(f"{top}#calm").shocks == ()


def test_an_unknown_variant_is_told_the_nearest(file: Path) -> None:
    assert faults(file, TEXT, "#clam") == ["15:3: unknown variant 'clam'; did you mean 'calm'?"]


def test_a_scenario_without_variants_has_none_of_that_name() -> None:
    with pytest.raises(ScenarioError, match=r"no_shock\.yaml: unknown variant 'calm'; .*none"):
        load_scenario("no_shock#calm")


def test_a_file_whose_name_holds_the_sign_is_a_file(file: Path) -> None:
    other = file.rename(file.with_name("crisis#3.yaml"))
    text = TEXT.replace("crisis.yaml#calm", "crisis#3.yaml#calm")
    other.write_text(text, encoding="utf-8")
    assert load_scenario(str(other)).name == "crisis#3"
    assert load_scenario(f"{other}#calm").shocks == ()


def test_every_variant_is_checked_with_the_file(file: Path) -> None:
    text = TEXT.replace("id: ships, drop", "id: shisp, drop").replace("{value: 0.2}", "{value: 3}")
    assert faults(file, text) == [
        "16:19: unknown shock to take away: 'shisp'; did you mean 'ships'?",
        "19:42: RUS.saudi_ties is 3; expected a number from 0 to 0.4",
    ]


def test_a_fault_of_the_scenario_is_told_once_not_with_every_variant(file: Path) -> None:
    text = TEXT.replace("question: Who is stronger?\n", "").replace("weeks: 10", "weeks: ten")
    assert faults(file, text) == [
        "1:1: missing key 'question'",
        "3:8: weeks is 'ten'; expected a whole number",
    ]


def test_variants_written_out_have_a_limit(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "MOST_NODES", 70)
    (fault,) = faults(file, TEXT)
    assert "too many values once variants are written out" in fault


def test_variants_are_no_part_of_what_is_written(file: Path) -> None:
    scenario = load_scenario(file)
    written = dump_scenario(scenario)
    assert "variants" not in written
    again = read_scenario(written, str(file.with_name("crisis.yaml")))
    assert again == scenario.model_copy(update={"variants": ()})


@each("name", shipped_scenarios())
def test_every_shipped_variant_loads(name: str) -> None:
    for variant in load_scenario(name).variants:
        assert load_scenario(f"{name}#{variant}").name.endswith(f"-{variant}")


# ── Expectations ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("than", "fault"),
    [
        ("crisis.yaml#clam", "unknown variant of crisis.yaml: 'clam'; did you mean 'calm'?"),
        ("crisi.yaml", "there is no file 'crisi.yaml'; did you mean 'crisis.yaml'?"),
        ("hanyeh_2024", "unknown scenario 'hanyeh_2024'; did you mean 'haniyeh_2024'?"),
        ("no_shock#calm", "unknown variant of no_shock: 'calm'"),
    ],
)
def test_what_is_compared_with_must_be_there(file: Path, than: str, fault: str) -> None:
    found = faults(file, TEXT.replace("crisis.yaml#calm", than))
    assert found == [f"13:26: {fault}"]


def test_two_files_may_compare_with_each_other(file: Path) -> None:
    other = file.with_name("other.yaml")
    other.write_text(TEXT, encoding="utf-8")
    file.write_text(TEXT.replace("crisis.yaml#calm", "other.yaml"), encoding="utf-8")
    assert load_scenario(file).expects[0].than == "other.yaml"
