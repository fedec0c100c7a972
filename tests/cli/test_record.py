"""What is typed of a record and its scenario."""

from pathlib import Path

import pytest

from realpolitik.sim.cli.record import command_of, read_typed
from realpolitik.sim.scenario.errors import ScenarioError
from tests.made_up_record import QUIET, record_of, write

ACTS = [(0, "RUS", "USA", "denounce"), (1, "IRN", "ISR", "threaten")]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of acts and a scenario."""
    write(tmp_path / "acts.parquet", record_of(ACTS))
    write(tmp_path / "acts", record_of(ACTS))
    (tmp_path / "quiet.yaml").write_text(QUIET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "scenario", "name"),
    [
        (["acts.parquet"], None, "record_weeks"),
        (["acts"], None, "record_weeks"),
        (["acts.parquet", "quiet.yaml"], None, "quiet"),
        (["acts.parquet", "no_shock"], None, "no_shock"),
        (["acts.parquet"], "quiet.yaml", "quiet"),
    ],
)
def test_the_scenario_is_the_last_word_or_an_option(
    words: list[str], scenario: str | None, name: str
) -> None:
    record, seen_with = read_typed(words, scenario)
    assert seen_with.name == name
    assert record.actors == ("IRN", "ISR", "RUS", "USA")


@pytest.mark.usefixtures("here")
def test_an_unknown_scenario_is_refused() -> None:
    with pytest.raises(ScenarioError, match="record_week"):
        read_typed(["acts.parquet", "record_week"], None)


def test_a_command_repeats_the_options_that_have_a_value() -> None:
    options = {"--from": None, "--worlds": 8}
    assert command_of("backtest", ["my acts"], options) == (
        "realpolitik backtest 'my acts' --worlds 8"
    )
