"""A record from files of whichever kind: of acts, or of events that are yet to be read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from realpolitik.sim.files.json_text import RecordError
from realpolitik.sim.files.reading import open_file
from realpolitik.sim.record.actors import names_of
from realpolitik.sim.record.acts import find_acts
from realpolitik.sim.record.codes import CODINGS, read_coding
from realpolitik.sim.record.reading import MOST
from realpolitik.sim.record.weekly import Record, merged, read_acts
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

PARQUET = b"PAR1"
"""How a file of acts begins."""


def read_record(paths: Sequence[Path], scenario: Scenario) -> Record:
    """The acts in files, between those actors of a scenario that the files know.

    Files of events are read as `realpolitik events` reads them by default.

    Raises:
        RecordError: a file cannot be read, two of them have acts of the same week, or they know no
            two actors of the scenario.
    """
    record = merged([*_records(paths)])
    among = record.among(scenario.actors)
    if len(among.actors) < 2:
        places = ", ".join(map(str, paths))
        raise RecordError(
            f"{places}: no act between two actors of {scenario.name}, who are "
            f"{', '.join(sorted(scenario.actors))}; there are acts of "
            f"{', '.join(record.actors) or 'nobody'}"
        )
    return among


def _records(paths: Sequence[Path]) -> Iterator[Record]:
    events = [path for path in paths if not _is_of_acts(path)]
    if events:
        names = names_of(vocabulary().actors)
        yield find_acts(events, names, read_coding(CODINGS[0])).record
    for path in paths:
        if path not in events:
            yield read_acts(path)


def _is_of_acts(path: Path) -> bool:
    try:
        with open_file(path, MOST) as stream:
            return stream.read(len(PARQUET)) == PARQUET
    except OSError:
        return False  # who reads it says why it cannot be
