"""What is said of a calibration, on every medium."""

from pathlib import Path

from realpolitik.sim.calibrate.calibration import calibrate
from realpolitik.sim.documents.calibrate import figures_of
from tests.calibrate.small import small_plan


def test_its_charts_say_what_the_tables_say(tmp_path: Path) -> None:
    found = calibrate(small_plan(), tmp_path / "kept")
    figures = figures_of(found.plan, found.tables)
    assert list(figures) == ["implausibility", "kept_ranges"]
    drawn = figures["implausibility"].data[0]
    both = found.tables["patterns"]
    assert list(drawn.x) == both[both["at"] == "start"]["implausibility"].clip(upper=8).tolist()
