"""An estimate on disk holds what was found, whole or not at all."""

import json
from pathlib import Path

import pandas as pd
import pytest
import yaml

from realpolitik.sim.record.estimate import Estimate, estimate
from realpolitik.sim.record.estimates_file import write_estimate
from tests.made_up_record import drawn_records, quiet

SCENARIO = quiet()
NAMES = [
    *("covariance.csv", "estimate.json", "parameters.yaml"),
    *("rates.csv", "tried.csv", "weights.csv"),
]


@pytest.fixture(scope="module")
def found() -> Estimate:
    """What a world of the model says."""
    (record,) = drawn_records(60, 1, {})
    return estimate(record, SCENARIO)


def test_the_folder_holds_all_that_was_found(found: Estimate, tmp_path: Path) -> None:
    folder = tmp_path / "estimate"
    write_estimate(folder, found, "made up", {"scenario": "quiet"})
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    assert len(pd.read_csv(folder / "rates.csv")) == len(found.rates)
    assert len(pd.read_csv(folder / "tried.csv")) == len(found.weights)
    assert [*pd.read_csv(folder / "weights.csv")["address"]] == [*found.told["address"]]
    covariance = pd.read_csv(folder / "covariance.csv", index_col="address")
    assert covariance.to_numpy() == pytest.approx(found.covariance.to_numpy())
    values = yaml.safe_load((folder / "parameters.yaml").read_text(encoding="utf-8"))
    assert len(values) == len(found.rates) + len(found.told)
    facts = json.loads((folder / "estimate.json").read_text(encoding="utf-8"))
    assert facts == {"scenario": "quiet", "choices": found.choices}


def test_a_folder_with_something_in_it_is_left_alone(found: Estimate, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OSError, match="mine"):
        write_estimate(tmp_path / "mine", found, "made up", {})
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
