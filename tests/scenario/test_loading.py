"""Loading by path and by name, and writing a scenario so that it reads back the same."""

from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.scenario import finding
from realpolitik.sim.scenario.characters import find_unseen
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.serialise import dump_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

TEXT = "title: A title\nquestion: A question?\nstart: 2024-08-05\nactors: [RUS, USA]\n"


def fault(path_or_name: str | Path) -> str:
    """The only fault of loading this."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path_or_name)
    (only,) = str(caught.value).splitlines()
    return only


# ── By path and by name ──────────────────────────────────────────────────────────────


@each("name", shipped_scenarios())
def test_every_shipped_scenario_loads_by_name(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.name == name.rpartition("/")[2]
    assert isinstance(scenario, vocabulary().scenario_type)


def test_a_scenario_is_called_after_its_file(tmp_path: Path) -> None:
    file = tmp_path / "my crisis.v2.yaml"
    file.write_text(TEXT, encoding="utf-8")
    assert load_scenario(file).name == "my crisis.v2"
    assert load_scenario(str(file)) == load_scenario(file)


@pytest.mark.parametrize("name", ["...yaml", ".yaml", ".hidden.yaml"])
def test_a_name_never_leads_out_of_a_folder(name: str) -> None:
    assert read_scenario(TEXT, name).name in {"scenario", "yaml", "hidden"}


def test_a_file_without_a_suffix_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("crisis").write_text(TEXT, encoding="utf-8")
    assert load_scenario("crisis").name == "crisis"


def test_scenarios_in_folders_have_the_folder_in_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hypotheses").mkdir()
    (tmp_path / "hypotheses" / "automatic_ally.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "README.md").write_text("no scenario", encoding="utf-8")
    monkeypatch.setattr(finding, "files", lambda package: tmp_path)
    assert list(shipped_scenarios()) == ["hypotheses/automatic_ally"]
    assert load_scenario("hypotheses/automatic_ally").name == "automatic_ally"


def test_an_unknown_name_is_told_the_nearest() -> None:
    assert fault("hanieh_2024").endswith("; did you mean 'haniyeh_2024'?")


def test_a_name_like_no_other_is_told_what_there_is() -> None:
    assert "expected a file, or a name that `realpolitik list` shows" in fault("zzz")


def test_a_missing_file_is_one_line() -> None:
    assert fault("nowhere.yaml") == "nowhere.yaml: cannot be read: No such file or directory"


def test_a_folder_is_no_scenario(tmp_path: Path) -> None:
    assert ": is a folder, not a scenario; " in fault(tmp_path)


def test_a_path_that_is_none_is_one_line() -> None:
    assert fault("a\0b.yaml").endswith(": cannot be read: this is no path")


def test_faults_name_the_file(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text(TEXT + "wekks: 3\n", encoding="utf-8")
    assert fault(file) == f"{file}:5:1: unknown key 'wekks'; did you mean 'weeks'?"


def test_a_device_that_never_ends_is_not_read() -> None:
    assert fault(Path("/dev/zero")).endswith("it is a device, not a file")


# ── There and back ───────────────────────────────────────────────────────────────────


@each("name", shipped_scenarios())
def test_a_written_scenario_reads_back_the_same(name: str) -> None:
    scenario = load_scenario(name)
    resolved = scenario.model_copy(update={"variants": ()})
    assert read_scenario(dump_scenario(scenario), f"{scenario.name}.yaml") == resolved


def test_a_written_scenario_holds_every_default() -> None:
    written = dump_scenario(read_scenario(TEXT, "x.yaml"))
    assert "weeks: 26\n" in written
    assert "start: 2024-08-05\n" in written


def test_words_are_quoted_only_where_they_would_be_misread() -> None:
    text = files("realpolitik.scenarios").joinpath("haniyeh_2024.yaml").read_text(encoding="utf-8")
    written = dump_scenario(read_scenario(text, "x.yaml"))
    assert "    target: ISR\n" in written


AWKWARD = ["NO", "1e-3", "0o7", "0x1F", "~", "null", "<<", "=", ".inf", "2024-08-05", "a: b", "- x"]
SEEN = st.text(min_size=1, max_size=30).filter(lambda text: find_unseen(text) is None)


@settings(deadline=None)
@given(st.one_of(st.sampled_from(AWKWARD), SEEN))
def test_any_text_reads_back_the_same(text: str) -> None:
    scenario = read_scenario(TEXT, "x.yaml").model_copy(
        update={"title": text, "question": text * 3, "sources": (text, text)}
    )
    assert read_scenario(dump_scenario(scenario), "x.yaml") == scenario


@settings(deadline=None)
@given(st.floats(0, 1))
def test_any_number_reads_back_the_same(number: float) -> None:
    scenario = read_scenario(TEXT, "x.yaml").model_copy(
        update={"initial": {"flow": {"RUS-USA": number}}}
    )
    assert read_scenario(dump_scenario(scenario), "x.yaml") == scenario
