"""A scenario that starts from a record starts where its replay ends."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from realpolitik.sim import simulate
from realpolitik.sim.engine.world import QUANTITIES, World
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.replay import replay
from realpolitik.sim.record.starting import load_scenario
from realpolitik.sim.record.weekly import Record, joined
from realpolitik.sim.scenario import loading
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.serialise import dump_scenario
from tests.made_up_record import QUIET, drawn_record, record_of, write

NINE = load_scenario("record_weeks")
TEXT = QUIET.replace("[RUS, IRN, ISR, USA]", f"[{', '.join(NINE.actors)}]")
SETTABLE = [name for name, one in QUANTITIES.items() if one.settable]
ASIDE = """\
parameters: {RUS.israel_ties: 0.9, initial.hostility.IRN-ISR: 0.6, shock.k1.pressure: 0.2}
shocks:
  - {id: k1, kind: assassination, week: 2, by: ISR, against: IRN, pressure: 0.9}
deals:
  - {id: d, actor: RUS, toward: IRN, rival: USA}
"""


@pytest.fixture(scope="module")
def record() -> Record:
    """Twelve weeks that the model itself made."""
    return drawn_record(NINE, 12, 1)


@pytest.fixture
def folder(tmp_path: Path, record: Record) -> Path:
    """A folder with that record in it."""
    write(tmp_path / "acts.parquet", record)
    return tmp_path


def load(folder: Path, more: str = "", beside: str = "") -> Scenario:
    """A scenario in the folder that starts from the record."""
    text = f"{TEXT}initial: {{from_events: acts.parquet{more}}}\n{beside}"
    (folder / "top.yaml").write_text(text, encoding="utf-8")
    return load_scenario(folder / "top.yaml")


def fault(folder: Path, more: str = "", beside: str = "") -> str:
    """The one fault of that scenario, without the name of the folder."""
    with pytest.raises(ScenarioError) as caught:
        load(folder, more, beside)
    (told,) = caught.value.faults
    return str(told).replace(f"{folder}/", "")


def start(scenario: Scenario) -> World:
    """The world before week 1."""
    return EscalationModel(scenario, rng=0).world


def end(record: Record, until: date | None = None) -> World:
    """The world after the last spell of the record."""
    return replay(NINE, record.between(None, until))[-1].world


def assert_same(one: World, other: World) -> None:
    """That two worlds stand alike."""
    for name in SETTABLE:
        np.testing.assert_array_equal(getattr(one, name)[0], getattr(other, name)[0], name)


def test_it_starts_where_the_replay_of_a_record_of_the_model_itself_ends(
    folder: Path, record: Record
) -> None:
    scenario = load(folder)
    assert scenario.starts_from is None
    assert_same(start(scenario), end(record))
    assert np.any(start(scenario).commitment != start(NINE).commitment)


def test_weeks_that_begin_after_the_day_are_left_out(folder: Path, record: Record) -> None:
    day = record.weeks[7]
    assert_same(start(load(folder, f", until: {day}")), end(record, day))
    assert load(folder, f", until: {day}").initial != load(folder).initial


def test_only_the_last_weeks_on_end_count(folder: Path, record: Record) -> None:
    before = record_of([(0, "IRN", "ISR", "threaten")], range(6), date(2019, 1, 7))
    without = load(folder).initial
    write(folder / "early.parquet", before)
    write(folder / "acts.parquet", joined([before.among(record.actors), record]))
    assert load(folder).initial == without


def test_events_are_read_as_acts_are(folder: Path) -> None:
    days = "\n".join(
        f"2021-0{month}-{day:02},RUS,USA,111" for month in (3, 4) for day in range(1, 31)
    )
    (folder / "acts.parquet").write_text(f"date,source,target,cameo\n{days}\n", encoding="utf-8")
    assert load(folder).initial["affront"]["USA-RUS"] != 0


def test_numbers_beside_it_replace_those_of_the_record(folder: Path) -> None:
    own = load(
        folder, ", pressure: {IRN-ISR: 0.77}, hostility: {RUS<>USA: 0.5}, rung: {USA-IRN: 3}"
    )
    plain = load(folder)
    world, other = start(own), start(plain)
    at = world.index
    assert world.pressure[0, at["IRN"], at["ISR"]] == 0.77
    assert world.hostility[0, at["RUS"], at["USA"]] == 0.5
    assert world.hostility[0, at["USA"], at["RUS"]] == 0.5
    assert world.rung[0, at["IRN"], at["USA"]] == world.rung[0, at["USA"], at["IRN"]] == 3
    assert np.array_equal(world.stance, other.stance)


def test_a_parameter_that_is_set_replaces_that_of_the_record(folder: Path) -> None:
    scenario = load(folder).with_parameters({"initial.hostility.IRN-ISR": 0.66})
    at = start(scenario).index
    assert start(scenario).hostility[0, at["IRN"], at["ISR"]] == 0.66


def test_parameters_bear_on_the_replay_and_shocks_and_starting_values_do_not(
    folder: Path, record: Record
) -> None:
    scenario = load(folder, beside=ASIDE)
    seen_with = NINE.with_parameters({"RUS.israel_ties": 0.9})
    known = start(scenario)
    at = known.index["IRN"], known.index["ISR"]
    assert known.hostility[0][at] == 0.6
    known.hostility[0][at] = replay(seen_with, record)[-1].world.hostility[0][at]
    assert_same(known, replay(seen_with, record)[-1].world)
    assert [shock.id for shock in scenario.shocks] == ["k1"]


def test_what_is_printed_of_it_is_plain_numbers_and_gives_the_same_worlds(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scenario = load(folder)
    text = dump_scenario(scenario)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "top.yaml"
    elsewhere.write_text(text, encoding="utf-8")
    again = load_scenario(elsewhere)
    assert again == scenario
    assert not {"from_events", "until"} & {*yaml.safe_load(text)["initial"]}
    assert simulate(again, 4, 1).runs.equals(simulate(scenario, 4, 1).runs)


def test_fewer_actors_have_their_part_of_the_record(folder: Path) -> None:
    text = f"{QUIET}initial: {{from_events: acts.parquet}}\n"
    (folder / "four.yaml").write_text(text, encoding="utf-8")
    four = load_scenario(folder / "four.yaml")
    among = {code for place in four.initial["stance"] for code in place.split("-")}
    assert among == {*four.actors}
    assert start(four).commitment.any()


def test_a_variant_starts_from_it_too(folder: Path) -> None:
    text = f"{TEXT}variants:\n  seen: {{initial: {{from_events: acts.parquet}}}}\n"
    (folder / "two.yaml").write_text(text, encoding="utf-8")
    assert load_scenario(folder / "two.yaml").initial == {}
    assert load_scenario(f"{folder / 'two.yaml'}#seen").initial == load(folder).initial


# ── What is refused ──────────────────────────────────────────────────────────────────


def test_a_day_before_the_first_week_is_told_where_it_stands(folder: Path) -> None:
    told = fault(folder, ", until: 2020-12-31")
    assert told == (
        "top.yaml:8:45: acts.parquet has no week that begins by 2020-12-31; "
        "expected a day from 2021-01-04 to 2021-03-28"
    )


def test_weeks_that_only_fill_what_is_remembered_are_too_few(folder: Path) -> None:
    told = fault(folder, ", until: 2021-01-25")
    assert told.startswith("top.yaml:8:45: the last weeks on end of acts.parquet are 4, from 2021")


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"nothing of the kind", "acts.parquet"), (b"PAR1 and no more", "is no Parquet file")],
)
def test_a_file_of_another_kind_is_told_where_it_is_named(
    folder: Path, content: bytes, why: str
) -> None:
    (folder / "acts.parquet").write_bytes(content)
    told = fault(folder)
    assert told.startswith("top.yaml:8:24: ")
    assert why in told


def test_a_record_of_others_is_told_where_it_is_named(folder: Path) -> None:
    write(folder / "acts.parquet", record_of([(0, "RUR", "SAU", "threaten")]))
    assert "no act between two actors of top" in fault(folder)


def test_a_file_that_cannot_be_opened_is_told_where_it_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("realpolitik.sim.record.record_files.read_record", refuse)
    assert fault(folder) == "top.yaml:8:24: acts.parquet cannot be read: Permission denied"


def test_the_model_takes_none_whose_record_is_still_to_be_replayed(folder: Path) -> None:
    load(folder)
    unread = loading.load_scenario(folder / "top.yaml")
    with pytest.raises(ScenarioError, match="still to be replayed; expected a scenario that"):
        EscalationModel(unread)
    assert load_scenario(unread).initial == load(folder).initial
