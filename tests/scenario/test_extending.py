"""Files that extend others: which may be, and what is said of those that may not."""

from pathlib import Path

import pytest

from realpolitik.sim.scenario import composing, finding
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import load_scenario, read_scenario
from realpolitik.sim.scenario.schema import Scenario

BASE = """\
title: The base
question: Is it there?
start: 2024-08-05
weeks: 10
actors: [RUS, USA, IRN]
shocks:
  - {id: ships, kind: posture, week: 1, by: USA, protecting: IRN}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder inside another, with a base in it."""
    inside = tmp_path / "crises"
    inside.mkdir()
    (inside / "base.yaml").write_text(BASE, encoding="utf-8")
    return inside


def load(folder: Path, text: str, name: str = "top.yaml") -> Scenario:
    """The scenario of a text in a file of the folder."""
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return load_scenario(folder / name)


def faults(folder: Path, text: str, name: str = "top.yaml") -> list[str]:
    """Its faults, without the name of the folder."""
    with pytest.raises(ScenarioError) as caught:
        load(folder, text, name)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


# ── What is extended ─────────────────────────────────────────────────────────────────


def test_a_file_extends_one_beside_it(folder: Path) -> None:
    scenario = load(folder, "extends: base.yaml\nweeks: 20\n")
    assert (scenario.name, scenario.title, scenario.weeks) == ("top", "The base", 20)
    assert [shock.id for shock in scenario.shocks] == ["ships"]


def test_a_bare_name_is_a_shipped_scenario(folder: Path) -> None:
    assert load(folder, "extends: haniyeh_2024").shocks == load_scenario("haniyeh_2024").shocks


def test_a_text_in_no_file_extends_shipped_scenarios() -> None:
    scenario = read_scenario("extends: no_shock\ntitle: Another", "x.yaml")
    assert scenario.actors == load_scenario("no_shock").actors


def test_a_text_in_no_file_extends_nothing_else() -> None:
    with pytest.raises(ScenarioError, match=r"x\.yaml:1:10: 'b\.yaml' is relative to a file"):
        read_scenario("extends: b.yaml", "x.yaml")


def test_a_text_whose_file_is_there_extends_what_lies_beside_it(folder: Path) -> None:
    (folder / "top.yaml").touch()
    assert read_scenario("extends: base.yaml", str(folder / "top.yaml")).title == "The base"


def test_paths_are_relative_to_the_file_that_extends(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "middle.yaml").write_text("extends: ../base.yaml\nweeks: 7")
    assert load(folder, "extends: below/middle.yaml").weeks == 7


def test_a_shipped_scenario_extends_a_file_beside_it_and_above(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "files", lambda package: folder)
    load(folder, "extends: ../base.yaml\nweeks: 7\n", "below/one.yaml")
    assert load_scenario("below/one").weeks == 7
    assert load(folder, "extends: below/one").weeks == 7


# ── What is refused ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "path",
    [
        "../secret.yaml",
        "below/../../secret.yaml",
        "../crises/../secret.yaml",
        "/etc/secret.yaml",
        "C:/secret.yaml",
        "C:secret.yaml",
        r"..\secret.yaml",
        r"\\host\secret.yaml",
        "https://example.org/secret.yaml",
        "file:///secret.yaml",
    ],
)
def test_no_path_leads_out_of_the_folder(folder: Path, path: str) -> None:
    (folder.parent / "secret.yaml").write_text(BASE, encoding="utf-8")
    (fault,) = faults(folder, f"extends: '{path}'")
    assert fault.startswith("top.yaml:1:10: ")
    assert "leads out of the folder of the scenario" in fault


def test_no_file_lower_down_leads_out_of_the_folder(folder: Path) -> None:
    (folder.parent / "secret.yaml").write_text(BASE, encoding="utf-8")
    (folder / "below").mkdir()
    (folder / "below" / "one.yaml").write_text("extends: ../../secret.yaml", encoding="utf-8")
    (fault,) = faults(folder, "extends: below/one.yaml")
    assert fault.startswith("below/one.yaml:1:10: '../../secret.yaml' leads out")


@pytest.mark.parametrize("link", ["file", "folder"])
def test_no_link_leads_out_of_the_folder(folder: Path, link: str) -> None:
    (folder.parent / "secret.yaml").write_text(BASE, encoding="utf-8")
    if link == "file":
        (folder / "link.yaml").symlink_to(folder.parent / "secret.yaml")
    else:
        (folder / "link").symlink_to(folder.parent, target_is_directory=True)
    path = "link.yaml" if link == "file" else "link/secret.yaml"
    (fault,) = faults(folder, f"extends: {path}")
    assert "leads out of the folder" in fault


def test_a_link_that_stays_inside_is_followed(folder: Path) -> None:
    (folder / "link.yaml").symlink_to(folder / "base.yaml")
    assert load(folder, "extends: link.yaml").title == "The base"


def test_a_missing_file_is_told_the_nearest(folder: Path) -> None:
    (fault,) = faults(folder, "extends: basis.yaml")
    assert fault == "top.yaml:1:10: there is no file 'basis.yaml'; did you mean 'base.yaml'?"


def test_a_folder_and_an_unseen_character_are_no_files(folder: Path) -> None:
    (folder / "below.yaml").mkdir()
    assert "there is no file" in faults(folder, "extends: below.yaml")[0]
    assert faults(folder, 'extends: "a\\0b.yaml"')


def test_a_list_cannot_be_extended(folder: Path) -> None:
    (folder / "list.yaml").write_text("[1, 2]", encoding="utf-8")
    assert faults(folder, "extends: list.yaml") == [
        "list.yaml:1:1: the file holds a list; expected a mapping (keys with values)"
    ]


def test_a_circle_is_named(folder: Path) -> None:
    (folder / "a.yaml").write_text("extends: b.yaml", encoding="utf-8")
    (folder / "b.yaml").write_text("extends: c.yaml", encoding="utf-8")
    (fault,) = faults(folder, "extends: ./a.yaml", "c.yaml")
    assert fault.startswith("b.yaml:1:10: a file extends itself: c > a > b > c; expected")


def test_a_file_cannot_extend_itself(folder: Path) -> None:
    assert "a file extends itself: top > top" in faults(folder, "extends: top.yaml")[0]


@pytest.mark.parametrize(("files", "well"), [(9, True), (10, False)])
def test_a_chain_has_at_most_ten_files(folder: Path, files: int, well: bool) -> None:
    (folder / "0.yaml").write_text(BASE, encoding="utf-8")
    for number in range(1, files):
        (folder / f"{number}.yaml").write_text(f"extends: {number - 1}.yaml", encoding="utf-8")
    text = f"extends: {files - 1}.yaml"
    if well:
        assert load(folder, text).title == "The base"
    else:
        (fault,) = faults(folder, text)
        assert fault.startswith("1.yaml:1:10: one file extends another")


def test_all_files_together_have_a_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing, "MOST_NODES", 20)
    (fault,) = faults(folder, "extends: base.yaml")
    assert fault.startswith("top.yaml:1:1: too many values together with what is extended")


# ── Where faults are told ────────────────────────────────────────────────────────────


def test_a_fault_is_told_at_its_line_in_its_file(folder: Path) -> None:
    base = BASE.replace("weeks: 10", "weeks: ten").replace("by: USA", "by: UXA")
    (folder / "base.yaml").write_text(base, encoding="utf-8")
    assert faults(folder, "extends: base.yaml\ntitle: 3\n") == [
        "base.yaml:4:8: weeks is 'ten'; expected a whole number",
        "base.yaml:7:45: unknown actor 'UXA'; did you mean 'USA'?",
        "top.yaml:2:8: title is 3; expected text, in quotes",
    ]


def test_a_file_that_cannot_be_read_to_its_end_is_told_of(folder: Path) -> None:
    (folder / "base.yaml").write_text("title: [", encoding="utf-8")
    (fault,) = faults(folder, "extends: base.yaml")
    assert fault.startswith("base.yaml:")


def test_what_an_extended_file_mentions_must_still_be_there(folder: Path) -> None:
    assert faults(folder, "extends: base.yaml\nactors: [RUS, USA]\n") == [
        "base.yaml:7:62: IRN is not among the scenario's actors; expected one of RUS, USA"
    ]


def test_what_is_missing_is_told_at_the_file_that_is_loaded(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE.partition("\n")[2], encoding="utf-8")
    assert faults(folder, "extends: base.yaml") == ["top.yaml:1:1: missing key 'title'"]
