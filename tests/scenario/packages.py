"""Packages of somebody else, written to a folder so that they count as installed."""

from pathlib import Path

ACTOR = """
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import EscalationAversion, Stake
from realpolitik.sim.engine.incentives.base import Part
from realpolitik.sim.engine.roles import Roles
from realpolitik.sim.engine.parameters import Weight

class Turkey(StateActor):
    '''A member of NATO.'''

    code = "TUR"
    title = "Turkey"
    cameo = "TUR"
    roles = Roles(rivals=("ISR",))
    incentives = (
        Stake(name="quarrel", partner="ISR", weight=Weight(-0.15, -0.4, 0.1), why="Gaza."),
    )
"""
INITIAL = "quantity,of,toward,both,low,default,high,source,why\n"


def install(
    folder: Path,
    name: str,
    module: str,
    entry: str = "TUR = {name}.mod:Turkey",
    initial: str = "",
    group: str = "realpolitik.actors",
) -> None:
    """Puts a package of one module into a folder, and beside it what its installer would write."""
    package, installed = folder / name, folder / f"{name}-0.1.dist-info"
    package.mkdir()
    installed.mkdir()
    (package / "__init__.py").touch()
    (package / "mod.py").write_text(module, encoding="utf-8")
    if initial:
        (package / "initial.csv").write_text(INITIAL + initial, encoding="utf-8")
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1\n")
    lines = f"[{group}]\n{entry.format(name=name)}\n"
    (installed / "entry_points.txt").write_text(lines, encoding="utf-8")
