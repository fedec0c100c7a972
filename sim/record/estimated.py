"""An estimate, with what it is from: the scenario, the weeks, and the files by their digests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.files.folder import Folder
from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.files.reading import digest_of, open_file
from realpolitik.sim.record.estimate import Estimate, estimate
from realpolitik.sim.record.estimates_file import write_estimate
from realpolitik.sim.record.reading import MOST
from realpolitik.sim.record.replay import LEAD, long_spells
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Estimated:
    """What the files of a record say of the numbers of a scenario.

    Attributes:
        estimate: What was found.
        scenario: What the weeks were seen with.
        digests: SHA-256 of each file, by its name as typed.
    """

    estimate: Estimate
    scenario: Scenario
    digests: Mapping[str, str]

    @property
    def effects(self) -> pd.DataFrame:
        """The weights that the record told and whose interval excludes 0."""
        told = self.estimate.told
        return told[(told["low"] > 0) | (told["high"] < 0)]

    @property
    def either_way(self) -> pd.DataFrame:
        """The weights that the record told and whose interval reaches 0."""
        told = self.estimate.told
        return told[(told["low"] <= 0) & (told["high"] >= 0)]

    @property
    def untold(self) -> pd.DataFrame:
        """The weights that stay as they were declared."""
        return self.estimate.weights[~self.estimate.weights["told"].astype(bool)]

    @property
    def cited(self) -> str:
        """The record, as a source of numbers names it."""
        weeks = self.estimate.record.weeks
        return f"{', '.join(Path(name).name for name in self.digests)}: {weeks[0]} to {weeks[-1]}"

    @property
    def facts(self) -> dict[str, Any]:
        """What it is from, for programs."""
        record = self.estimate.record
        return {
            "version": version("realpolitik"),
            "scenario": self.scenario.name,
            "files": dict(self.digests),
            "actors": [*record.actors],
            "weeks": len(record.weeks),
            "first": str(record.weeks[0]),
            "last": str(record.weeks[-1]),
        }

    def write(self, path: Path) -> None:
        """Writes all of it into a folder, whole or not at all.

        Raises:
            OSError: it cannot be written, or something is there already.
        """
        Folder(path.absolute().parent).make()
        write_estimate(path, self.estimate, self.cited, self.facts)


def estimate_files(paths: Sequence[Path], record: Record, scenario: Scenario) -> Estimated:
    """The estimate from the record that was read from files.

    Raises:
        RecordError: the record has too few weeks, holds no choice, or cannot be fitted.
        OSError: a file is there no longer.
    """
    places = ", ".join(map(str, paths))
    if not record.weeks:
        raise RecordError(f"{places}: no week in this period; --from and --to take another")
    if not long_spells(record):
        raise RecordError(
            f"{places}: no {LEAD + 1} weeks on end from {record.weeks[0]} to {record.weeks[-1]}, "
            f"the first {LEAD} of which are only looked back on; more weeks are needed"
        )
    try:
        found = estimate(record, scenario)
    except ValueError as error:
        told = f"the weights cannot be estimated: {error}; more weeks or other actors may do"
        raise RecordError(f"{places}: {told}") from None
    return Estimated(found, scenario, {str(path): _digest(path) for path in paths})


def _digest(path: Path) -> str:
    with open_file(path, MOST) as stream:
        return digest_of(stream)
