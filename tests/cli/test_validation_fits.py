from dataclasses import replace

from realpolitik.sim.calibrate.patterns import load_patterns
from realpolitik.sim.cli.validation.fits import FITTED, fitted_said, search_said, younger_said
from realpolitik.sim.scenario.vocabulary import vocabulary


def test_fitted_numbers_are_counted_from_the_table() -> None:
    table = list(vocabulary().parameters.values())
    fitted = [one for one in table if FITTED in one.source]
    assert fitted_said(table).startswith(f"{len(fitted)} assumed numbers were set")
    fewer = [one for one in table if one != fitted[0]]
    assert fitted_said(fewer).startswith(f"{len(fitted) - 1} assumed")


def test_the_arms_of_the_contest_are_those_of_the_patterns() -> None:
    moved = [
        replace(one, high=0.12) if one.id == "russian_arms_are_rare" else one
        for one in load_patterns()
    ]
    assert "at most 0.12 of worlds, an automatic ally in at least 0.8" in search_said(moved)


def test_what_was_estimated_later_is_owned_up_to() -> None:
    assert "estimated in 2025" in younger_said(vocabulary())
