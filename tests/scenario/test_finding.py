"""Where scenarios are found: shipped names, paths, variants, and files that a file refers to."""

from pathlib import Path

import pytest

from realpolitik.sim.scenario.errors import Fault, Place, ScenarioError
from realpolitik.sim.scenario.finding import (
    SourceFile,
    content_of,
    find,
    not_found,
    refer,
    shipped_scenarios,
    source_at,
    source_of_text,
    split_variant,
)

HERE = Place("x.yaml", 2, 3)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two scenarios and one below."""
    for name in ("base.yaml", "odd#name.yaml", "below/other.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("title: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_shipped_scenarios_are_sorted_and_hold_neither_studies_nor_episodes() -> None:
    names = list(shipped_scenarios())
    assert names == sorted(names)
    assert {"haniyeh_2024", "us_conduct/wedge"} <= set(names)
    assert not [name for name in names if name.startswith(("sweeps/", "episodes/"))]


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("haniyeh_2024#calm", ("haniyeh_2024", "calm")),
        ("haniyeh_2024", ("haniyeh_2024", "")),
        ("odd#name.yaml", ("odd#name.yaml", "")),
        ("base.yaml#calm", ("base.yaml", "calm")),
    ],
)
def test_a_variant_stands_behind_the_last_mark(
    folder: Path, reference: str, parts: tuple[str, str]
) -> None:
    assert split_variant(reference) == parts


def test_a_name_is_a_shipped_scenario_and_a_path_a_file(folder: Path) -> None:
    source, variant = find("haniyeh_2024#calm")
    assert (source.stem, variant) == ("haniyeh_2024", "calm")
    source, _ = find(Path("base.yaml"))
    assert (source.where, content_of(source)) == ("base.yaml", b"title: x\n")


def test_a_file_whose_suffix_was_left_out_is_named(folder: Path) -> None:
    with pytest.raises(ScenarioError, match=r"expected base\.yaml, which lies here"):
        find("base")


def test_a_misspelt_name_has_a_suggestion_and_one_of_another_kind_says_so() -> None:
    assert not_found("haniyeh_2042", "scenario", shipped_scenarios()).suggestion == "haniyeh_2024"
    told = not_found("israel_ties", "scenario", shipped_scenarios()).problem
    assert "study" in told


def test_a_reference_is_relative_to_its_file_and_may_not_leave_its_folder(folder: Path) -> None:
    base = source_at(str(folder / "base.yaml"))
    below = refer(base, "below/other.yaml", HERE)
    assert isinstance(below, SourceFile)
    assert below.identity == str((folder / "below" / "other.yaml").resolve())
    back = refer(below, "../base.yaml", HERE)
    assert isinstance(back, SourceFile)
    assert back.identity == base.identity
    for outside in ("../base.yaml", "/etc/passwd.yaml", "C:\\x.yaml", "http://x/y.yaml"):
        fault = refer(base, outside, HERE)
        assert isinstance(fault, Fault)
        assert "leads out of the folder" in fault.problem
    (folder / "away.yaml").symlink_to(folder.parent / "elsewhere.yaml")
    assert isinstance(refer(base, "away.yaml", HERE), Fault)


def test_a_file_that_is_not_there_has_its_neighbours_suggested(folder: Path) -> None:
    fault = refer(source_at(str(folder / "base.yaml")), "below/othr.yaml", HERE)
    assert isinstance(fault, Fault)
    assert fault.suggestion == "below/other.yaml"


def test_a_text_that_is_in_no_file_refers_to_shipped_scenarios_only(folder: Path) -> None:
    text = source_of_text("typed")
    assert isinstance(refer(text, "haniyeh_2024", HERE), SourceFile)
    fault = refer(text, "base.yaml", HERE)
    assert isinstance(fault, Fault)
    assert "the text is in none" in fault.problem


def test_what_cannot_be_read_is_told(folder: Path) -> None:
    with pytest.raises(ScenarioError, match=r"gone\.yaml: cannot be read: No such file"):
        content_of(source_at("gone.yaml"))
