"""What is said of files of events."""

from pathlib import Path

import pytest

from realpolitik.sim.documents.document import Document
from realpolitik.sim.documents.events import FORCE_ONLY, acts, events_document
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.markdown import render as markdown
from realpolitik.sim.record.actors import names_of
from realpolitik.sim.record.acts import Found, find_acts
from realpolitik.sim.record.codes import read_coding
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.event_files import write_files


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file of each format."""
    return {path.name: path for path in write_files(tmp_path_factory.mktemp("files"))}


def found(*paths: Path, datasets: tuple[str, ...] = ()) -> Found:
    return find_acts(paths, names_of(vocabulary().actors), read_coding("narrow"), datasets)


def document(one: Found) -> Document:
    return events_document(one, "acts.parquet", "realpolitik events")


def test_the_answer_says_how_much_was_found(files: dict[str, Path]) -> None:
    said = document(found(files["weekly.csv"])).answer
    assert said[0] == "4 events between 6 actors in 3 weeks. The acts are in acts.parquet."
    assert said[1].startswith("Of 3 rows, 0 told of an event again and 0 were broken")
    assert len(said) == 2


def test_it_says_how_weeks_of_several_datasets_were_taken(files: dict[str, Path]) -> None:
    several = (files["weekly.csv"], files["acled.csv"])
    assert "--dataset" in " ".join(document(found(*several)).answer)
    chosen = found(*several, datasets=("tidy table", "ACLED"))
    assert "--dataset" not in " ".join(document(chosen).answer)


def test_of_a_record_of_force_alone_it_says_so(files: dict[str, Path]) -> None:
    assert FORCE_ONLY in document(found(files["acled.csv"])).answer
    assert FORCE_ONLY not in document(found(files["acled.csv"], files["weekly.csv"])).answer


def test_acts_stand_in_the_order_of_the_table_of_actions(files: dict[str, Path]) -> None:
    table = acts(found(files["weekly.csv"]))
    assert table["action"].tolist() == ["denounce", "threaten", "limited_strike", "any"]
    assert table["most"].tolist()[0] == "RUS toward USA"
    assert table["weeks"].tolist() == [1, 1, 1, 3]
    assert table["share"].iloc[-1] == pytest.approx(3 / 90)


def test_every_medium_has_every_part(files: dict[str, Path]) -> None:
    made = document(found(files["daily.csv"]))
    for text in (render(made), markdown(made)):
        for section in made.sections:
            assert section.heading in text
