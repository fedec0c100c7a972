"""Any number of made-up actors, as a package that counts as installed.

They stand in a ring: each has its nearest three for partners and the next three for rivals, arms
the first and reaches the rivals, and has the incentives of a state of the main scenario.
"""

import sys
from pathlib import Path

CODES = [f"A{number:02}" for number in range(100)]
NEAR = 3

MODULE = '''
"""Actors in a ring."""

from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.engine.incentives import (
    AudienceCost,
    Dependence,
    DomesticPressure,
    Entrapment,
    EscalationAversion,
    HeededAdvice,
    Retaliation,
    Stake,
)
from realpolitik.sim.engine.parameters import Weight
from realpolitik.sim.engine.roles import Roles


def state(number):
    """A state that takes its neighbours for partners and those behind them for rivals."""
    code, *others = [CODES[(number + step) % len(CODES)] for step in range(len(CODES))]
    partners, rivals = tuple(others[:NEAR]), tuple(others[NEAR : 2 * NEAR])
    stakes = [(other, Weight(0.3, 0.0, 0.6)) for other in partners]
    stakes += [(other, Weight(-0.3, -0.6, 0.0)) for other in rivals]
    return type(
        code,
        (StateActor,),
        {
            "__doc__": "A state.",
            "code": code,
            "title": code,
            "cameo": code,
            "roles": Roles(partners, rivals, clients=partners[:1], reach=rivals),
            "incentives": (
                *(Stake(name=f"stake_in_{p.lower()}", partner=p, weight=w) for p, w in stakes),
                Dependence(name="supply", on=others[-1], weight=Weight(0.1, 0.0, 0.3)),
                DomesticPressure(weight=Weight(0.5, 0.0, 1.0)),
                AudienceCost(weight=Weight(0.3, 0.0, 0.6)),
                EscalationAversion(weight=Weight(0.3, 0.0, 0.8)),
                Retaliation(weight=Weight(0.8, 0.2, 1.5)),
                HeededAdvice(weight=Weight(1.0, 0.0, 2.0)),
                Entrapment(weight=Weight(0.1, 0.0, 0.3)),
            ),
        },
    )


for number in range(len(CODES)):
    globals()[CODES[number]] = state(number)
'''


def install(folder: Path, actors: int) -> None:
    """Writes the package to a folder and has Python look there; before any actor is looked up."""
    package, told = folder / "ring_of_actors", folder / "ring_of_actors-1.dist-info"
    package.mkdir()
    told.mkdir()
    codes = CODES[:actors]
    names = f"CODES, NEAR = {codes!r}, {NEAR}\n"
    (package / "__init__.py").touch()
    (package / "states.py").write_text(MODULE.replace("\n\n\ndef", f"\n\n{names}\n\ndef", 1))
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: ring-of-actors\nVersion: 1\n")
    entries = "\n".join(f"{code} = ring_of_actors.states:{code}" for code in codes)
    (told / "entry_points.txt").write_text(f"[realpolitik.actors]\n{entries}\n")
    sys.path.insert(0, str(folder))
