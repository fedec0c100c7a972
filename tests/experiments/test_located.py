"""Records are read with the place of whatever is wrong, and nothing else is believed."""

import copy
import datetime
import json
from collections.abc import Iterator
from typing import Any

import pytest

from realpolitik.sim import simulate
from realpolitik.sim.calibrate.calibration import describe_calibration
from realpolitik.sim.comparison.comparison import describe as describe_comparison
from realpolitik.sim.comparison.inputs import open_subjects
from realpolitik.sim.comparison.pairs import gather
from realpolitik.sim.experiments.located import FORMAT, Record, record_in
from realpolitik.sim.experiments.manifest import describe as describe_run
from realpolitik.sim.experiments.schemas import (
    CalibrationManifest,
    CalibrationSettings,
    ComparisonManifest,
    RunManifest,
    StudyManifest,
    StudySettings,
)
from realpolitik.sim.experiments.sealing import sealed
from realpolitik.sim.experiments.study_settings import describe as describe_study
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.scenario.schema import Scenario
from tests.calibrate.small import small_plan as small_calibration
from tests.experiments.small import small_plan

NOW = datetime.datetime(2024, 8, 5, tzinfo=datetime.UTC)
FILES = {"files": {"points.parquet": "0" * 64}}
WRONG: tuple[Any, ...] = (None, True, 7, 10**40, "seven", [3], {"a": 1}, float("nan"), -1e300)
FEW = 4  # parts of a list or mapping that are damaged one by one

Key = tuple[int | str, ...]


@pytest.fixture(scope="module")
def records(no_shock: Scenario) -> dict[type[Record], dict[str, Any]]:
    """One of each kind, as it is written."""
    study = describe_study(small_plan())
    calibration = describe_calibration(small_calibration())
    run = describe_run(simulate(no_shock, 4, 0), NOW)
    gathered = gather(open_subjects(["no_shock", "no_shock"]), 2, 0, None)
    made: dict[type[Record], dict[str, Any]] = {
        RunManifest: run | FILES,
        StudySettings: study,
        StudyManifest: {"format": FORMAT, "study": study, **FILES},
        CalibrationSettings: calibration,
        CalibrationManifest: {"format": FORMAT, "calibration": calibration, **FILES},
        ComparisonManifest: describe_comparison(gathered) | FILES,
    }
    return {form: json.loads(json.dumps(sealed(record))) for form, record in made.items()}


KINDS = [
    *(RunManifest, StudySettings, StudyManifest),
    *(CalibrationSettings, CalibrationManifest, ComparisonManifest),
]


def keys_of(tree: Any, key: Key = ()) -> Iterator[Key]:
    """The keys of a record, of its parts too; of those deep down the first."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree)
    few = [*items] if len(key) < 2 else [*items][:FEW]
    for name, one in few:
        yield (*key, name)
        if isinstance(one, dict | list):
            yield from keys_of(one, (*key, name))


def holder(tree: Any, key: Key) -> Any:
    """What holds the last part of a key."""
    for part in key[:-1]:
        tree = tree[part]
    return tree


def read(tree: Any, form: type[Record]) -> dict[str, Any]:
    """What is read of a record."""
    return record_in(json.dumps(tree).encode(), "here/record.json", form)


def refused(content: bytes, form: type[Record]) -> str:
    """Why a record is refused."""
    with pytest.raises(RecordError) as found:
        record_in(content, "here/record.json", form)
    told = str(found.value)
    assert told.startswith("here/record.json: ")
    return told


@pytest.mark.parametrize("form", KINDS)
def test_what_is_written_is_read(records: Any, form: type[Record]) -> None:
    assert sealed(read(records[form], form)) == records[form]


@pytest.mark.parametrize("form", KINDS)
def test_no_key_can_be_dropped_unseen(records: Any, form: type[Record]) -> None:
    for key in keys_of(records[form]):
        tree = copy.deepcopy(records[form])
        del holder(tree, key)[key[-1]]
        refused(json.dumps(tree).encode(), form)


@pytest.mark.parametrize("form", KINDS)
def test_nothing_can_take_the_place_of_a_value_unseen(records: Any, form: type[Record]) -> None:
    for number, key in enumerate(keys_of(records[form])):
        value = WRONG[number % len(WRONG)]
        tree = copy.deepcopy(records[form])
        if holder(tree, key)[key[-1]] != value:
            holder(tree, key)[key[-1]] = value
            refused(json.dumps(tree).encode(), form)


@pytest.mark.parametrize("form", KINDS)
def test_no_list_is_taken_for_a_mapping(records: Any, form: type[Record]) -> None:
    for wrong in ([records[form]], [], "x", 3, None, True):
        assert "expected" in refused(json.dumps(wrong).encode(), form)


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        (("seed",), "seven", 'seed: found "seven"; expected a valid integer'),
        (("seed",), True, "seed: found true; expected a valid integer"),
        (("worlds",), 10**40, "worlds: is a number beyond all"),
        (("worlds",), 0, "worlds: found 0; expected greater than or equal to 1"),
        (("scenario", "start"), "2024-13-45", "scenario.start: "),
        (("scenario", "actors", 1, "code"), None, "scenario.actors[1].code: found null"),
        (("outcomes", 0, "scale"), "inches", "outcomes[0].scale: found"),
        (("outcomes", 0, "mean"), float("nan"), "outcomes[0].mean: found nan; expected a finite"),
        (("scenario", "title"), "\ud800", "scenario.title: holds half a character"),
        (("format",), FORMAT + 1, f"format: {FORMAT + 1}, written by a newer version"),
        (("worlds",), 5, "digest: "),
    ],
)
def test_file_and_key_are_named(records: Any, key: Key, value: Any, told: str) -> None:
    tree = copy.deepcopy(records[RunManifest])
    holder(tree, key)[key[-1]] = value
    assert f": {told}" in refused(json.dumps(tree).encode(), RunManifest)


@pytest.mark.parametrize(
    "key", [("seed",), ("tool", "version"), ("scenario", "actors"), ("origin",)]
)
def test_a_key_that_is_missing_is_named(records: Any, key: Key) -> None:
    tree = copy.deepcopy(records[RunManifest])
    del holder(tree, key)[key[-1]]
    assert f": {'.'.join(map(str, key))}: missing" in refused(
        json.dumps(tree).encode(), RunManifest
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        ('{"format": 2}'.encode("utf-16"), "UTF-16"),
        (b"\xff{}", "not text in UTF-8"),
        (b'{"format": 2', "damaged: no JSON"),
        (b"\x00" * 50, "damaged: no JSON"),
        (b"[" * 100_000, "damaged: no JSON"),
        (b'{"seed": ' + b"9" * 5000 + b"}", "damaged: no JSON"),
    ],
)
def test_what_is_no_json_is_told_of(content: bytes, told: str) -> None:
    assert told in refused(content, RunManifest)


@pytest.mark.parametrize("form", KINDS)
def test_a_record_cut_short_is_none(records: Any, form: type[Record]) -> None:
    whole = json.dumps(records[form]).encode()
    for length in range(0, len(whole), len(whole) // 40):
        refused(whole[:length], form)


def test_a_record_of_the_oldest_format_is_read_without_origin_and_digest(records: Any) -> None:
    later = ("format", "origin", "digest")
    old = {key: value for key, value in records[RunManifest].items() if key not in later}
    assert read(old, RunManifest) == old
