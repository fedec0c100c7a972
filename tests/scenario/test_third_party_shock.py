"""A kind of shock from another package: one small class and an entry point."""

import json
import os
import subprocess
import sys
from pathlib import Path

MODULE = '''
"""A calm that falls on everyone."""

from typing import Literal

from pydantic import Field

from realpolitik.sim.engine.actions import ActorCode
from realpolitik.sim.engine.shocks import Shock
from realpolitik.sim.engine.world import Mask, World


class Truce(Shock):
    """Pressure on one actor to hit anyone is gone."""

    kind: Literal["truce"]
    of: ActorCode = Field(description="Whose street falls quiet")

    def apply(self, world: World, where: Mask) -> None:
        """Takes the pressure away."""
        world.pressure[where, world.index[self.of]] = 0.0
'''
SCENARIO = """
extends: haniyeh_2024
title: A truce
question: Does a truce help?
shocks:
  - {id: truce, kind: truce, week: 1, of: IRN}
"""
SCRIPT = """
import json
from realpolitik.sim import load_scenario, simulate
base, calm = (simulate(load_scenario(s), 200, 1).runs for s in ("haniyeh_2024", "truce.yaml"))
print(json.dumps([base.strike_on_israel.mean(), calm.strike_on_israel.mean()]))
"""


def test_a_kind_from_another_package_is_read_listed_and_felt(tmp_path: Path) -> None:
    (tmp_path / "peace.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "truce.yaml").write_text(SCENARIO, encoding="utf-8")
    installed = tmp_path / "peace-0.1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: peace\nVersion: 0.1\n")
    (installed / "entry_points.txt").write_text("[realpolitik.shocks]\ntruce = peace:Truce\n")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    base, calm = json.loads(done.stdout)
    assert calm < base / 2
