"""One world of each shipped main scenario, told so that a person can read it.

A change of behaviour changes these texts. Then look at the difference, write it up in CHANGELOG
under *Model behaviour*, and record the texts anew with

    UPDATE_PLAYTHROUGHS=1 make test ARGS=tests/playthroughs

which prints the fingerprint that the CHANGELOG must state.
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from realpolitik.sim import EscalationModel, load_scenario
from realpolitik.sim.engine.actions import ACTIONS, TRACKS

HERE = Path(__file__).parent
CHANGELOG = HERE.parents[1] / "CHANGELOG.md"
TOLD = {"haniyeh_2024": (7, 7), "no_shock": (7, 3)}  # scenario → seed, world
USUAL = 0.15  # rate from which a deed is counted and not told


def tell(name: str) -> str:
    """A world, week by week: shocks, deeds, and the dyads that stand highest afterwards."""
    seed, number = TOLD[name]
    scenario = load_scenario(name)
    model = EscalationModel(scenario, number + 1, rng=seed)
    lines = [f"{scenario.title}: world {number} of seed {seed}", ""]
    for week in range(1, scenario.weeks + 1):
        model.step()
        day = scenario.start + timedelta(weeks=week - 1)
        shocks = [s.id for s in scenario.shocks if s.seen_in_week(scenario.start) == week]
        lines.append(f"Week {week}, {day}" + (f"  [{', '.join(shocks)}]" if shocks else ""))
        lines += [f"  {deed}" for deed in deeds_of(model, number)]
        lines += [f"  = {dyad}" for dyad in ladder(model, number)]
    lines += ["", "In the end"]
    lines += [f"  {name}: {model.outcome(name)[number]:.6g}" for name in scenario.outcomes]
    return "\n".join(lines) + "\n"


def deeds_of(model: EscalationModel, number: int) -> Iterator[str]:
    """What was done in a world this week, track by track; of what is usual, how much of it."""
    deeds = model.happened.deeds
    rows = deeds.where(deeds.world == number)
    told = rows.where(rows.rate < USUAL)
    tracks = [TRACKS.index(ACTIONS[number].track) for number in told.action]
    for _, actor, target, action in sorted(
        zip(tracks, told.actor, told.target, told.action, strict=True)
    ):
        yield f"{model.codes[actor]} {ACTIONS[action].label} > {model.codes[target]}"
    yield f"and {len(rows) - len(told)} deeds that are usual between two"


def ladder(model: EscalationModel, number: int) -> Iterator[str]:
    """The dyads on rung 2 or above, highest first, with the pressure between them."""
    rung, pressure = model.world.rung[number], model.world.pressure[number]
    pairs = [(a, b) for a in range(len(rung)) for b in range(a + 1, len(rung))]
    for a, b in sorted(pairs, key=lambda pair: -rung[pair]):
        if rung[a, b] >= 2 and not model.world.background[a, b]:
            yield (
                f"{model.codes[a]}-{model.codes[b]} rung {rung[a, b]:.2f}, "
                f"pressure {pressure[a, b]:.2f} and {pressure[b, a]:.2f}"
            )


def fingerprint() -> str:
    """Eight digits that stand for all playthroughs."""
    texts = "".join((HERE / f"{name}.txt").read_text(encoding="utf-8") for name in TOLD)
    return hashlib.sha256(texts.encode()).hexdigest()[:8]


@pytest.mark.parametrize("name", TOLD)
def test_the_world_goes_as_it_is_written_down(name: str) -> None:
    told, path = tell(name), HERE / f"{name}.txt"
    if os.environ.get("UPDATE_PLAYTHROUGHS"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def test_the_changelog_knows_these_playthroughs() -> None:
    """Whoever changes behaviour says so: *Model behaviour* states the fingerprint."""
    text = CHANGELOG.read_text(encoding="utf-8")
    assert "### Model behaviour" in text
    assert f"playthroughs {fingerprint()}" in text, f"state `playthroughs {fingerprint()}` there"


def test_the_main_playthrough_is_worth_reading() -> None:
    """It holds a strike and an answer, or it would test little."""
    text = (HERE / "haniyeh_2024.txt").read_text(encoding="utf-8")
    assert "IRN makes a limited strike > ISR" in text
    assert np.sum(["ISR makes a" in line for line in text.splitlines()]) >= 1
