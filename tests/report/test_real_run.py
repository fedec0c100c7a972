"""The report of a real run, opened in a browser with the network off."""

from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim import simulate
from realpolitik.sim.experiments.run_folder import write_run
from realpolitik.sim.report import render_report
from realpolitik.sim.scenario.schema import Scenario


@pytest.mark.parametrize("name", ["haniyeh", "no_shock"])
def test_the_report_of_a_real_run_opens_without_a_fault(
    name: str, request: pytest.FixtureRequest, browser: Any, chromium: Any, tmp_path: Path
) -> None:
    scenario: Scenario = request.getfixturevalue(name)
    folder = write_run(simulate(scenario, 300, 1), tmp_path, render_report)
    for width in browser.WIDTHS:
        assert chromium.look(folder / "report.html", width).faults() == []
