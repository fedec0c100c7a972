"""The tables of a study, as text."""

from realpolitik.sim.documents.document import PAGE
from realpolitik.sim.documents.study_tables import points_table, spread_table, varied_table
from tests.documents.study_sample import sample as made_up


def test_long_tables_are_cut_and_say_so() -> None:
    sample = made_up("latin_hypercube", 5)
    table = points_table(sample.view())
    rows = len(sample.points) * 4 - 300
    assert len(table.cells(PAGE)) == 300
    assert table.left_out == f"{rows:,} more rows are in the folder."


def test_every_address_says_what_it_means_and_what_it_is_in_the_scenario() -> None:
    sample = made_up("grid", 3)
    rows = [" ".join(row).replace("\u00a0", " ") for row in varied_table(sample.view()).cells(PAGE)]
    for each, row in zip(sample.study["vary"], rows, strict=True):
        assert [said for said in (each["address"], each["meaning"], "0.3") if said not in row] == []


def test_every_outcome_has_its_spread_in_its_own_unit() -> None:
    sample = made_up("grid", 2)
    rows = [" ".join(row).replace("\u00a0", " ") for row in spread_table(sample.view()).cells(PAGE)]
    assert len(rows) == len(sample.study["outcomes"])
    for each, row in zip(sample.study["outcomes"], rows, strict=True):
        assert each["label"] in row
        assert ("%" in row) == (each["scale"] == "share" or each["scale"] == "weeks")
