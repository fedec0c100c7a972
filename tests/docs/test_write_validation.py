"""`docs/validation.md` and what was kept for it are those of this model.

Nothing is measured in full here. What was kept is compared with what would be asked now, with the
playthroughs, and with one pattern and one episode, which are run again.
"""

from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest

from realpolitik.sim.calibrate.measure import measure
from realpolitik.sim.calibrate.patterns import load_findings, load_patterns
from realpolitik.sim.experiments.manifest import standing
from realpolitik.sim.hindcast.cases import load_cases
from realpolitik.sim.hindcast.forecasts import (
    ARTICLE,
    BASE_RATE,
    load_rivals,
    simulated_forecasts,
)
from tests.playthroughs.test_playthroughs import fingerprint
from validation_record import (
    asked_today,
    headlines_of,
    hindcast_of,
    patterns_of,
    read_record,
    record_text,
    stale_parts,
    table_of,
)
from write_validation import page

ROOT = Path(__file__).parents[2]
AGAIN = "run `python docs/write_validation.py --record EVENTS`"
RECORD = read_record()
PAGE = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
PATTERN, EPISODE = "embargo_is_kept", "il20_2018"


def test_what_was_measured_is_what_would_be_asked_now() -> None:
    assert stale_parts(RECORD) == [], AGAIN


def test_it_is_the_model_of_these_playthroughs_that_was_measured() -> None:
    assert RECORD.playthroughs == fingerprint(), AGAIN


def test_every_pattern_episode_and_finding_was_measured() -> None:
    assert set(RECORD.patterns.found) == {one.id for one in load_patterns()}, AGAIN
    assert set(RECORD.hindcast.found) == {case.trigger for case in load_cases()}, AGAIN
    found = table_of(RECORD, "conclusions")["finding"]
    assert list(found) == [one.id for one in load_findings()], AGAIN


def test_a_pattern_comes_out_the_same() -> None:
    asked = [one for one in load_patterns() if one.id == PATTERN]
    again = measure(asked, worlds=RECORD.patterns.worlds, seed=RECORD.patterns.seed)
    kept = patterns_of(RECORD).set_index("pattern", drop=False).loc[[PATTERN]]
    pd.testing.assert_frame_equal(again, kept.reset_index(drop=True), rtol=1e-9, obj=AGAIN)


def test_an_episode_comes_out_the_same() -> None:
    part, rivals = RECORD.hindcast, load_rivals()
    cases = [case for case in load_cases() if case.trigger == EPISODE]
    again = simulated_forecasts(cases, rivals, part.worlds, part.seed)
    for rival in rivals:
        kept = part.found[EPISODE][rival.name]
        yes = [again[case.name, rival.name][1] for case in cases]
        assert yes == pytest.approx([one for shares in kept.values() for one in shares]), AGAIN


def test_the_page_is_the_one_that_the_record_gives() -> None:
    assert page(RECORD) + "\n" == PAGE, "run `python docs/write_validation.py`"


def test_a_record_is_read_as_it_was_written() -> None:
    assert read_record(record_text(RECORD)) == RECORD


def test_a_part_of_another_model_is_found_out() -> None:
    other = replace(RECORD, hindcast=replace(RECORD.hindcast, asked="00000000"))
    assert stale_parts(other) == ["hindcast"]
    assert set(asked_today()) == set(asdict(RECORD)) - {"playthroughs"}


def test_the_first_thing_said_is_how_it_stands_against_the_record() -> None:
    """One sentence of weeks and one of triggers, which every report says too."""
    lines = [line.removeprefix("- ") for line in PAGE.splitlines() if line.startswith("- ")]
    assert lines[:2] == standing()
    assert "to which nothing was fitted" in lines[0]
    assert "a plain base rate" in lines[1]


def test_skill_and_chances_are_those_of_the_hindcast() -> None:
    found = hindcast_of(RECORD)
    whole = found.summary[found.summary["cases"] == "all"].set_index("hypothesis")
    assert whole["skill"].loc[BASE_RATE] == 0
    low, value, high = (whole[f"rps_difference{end}"].loc[ARTICLE] for end in ("_low", "", "_high"))
    assert low < value < high
    triggers = {case.trigger for case in found.cases}
    assert len(triggers) == sum("scenarios/episodes/" in line for line in PAGE.splitlines())


def test_a_headline_is_a_pattern_in_the_same_worlds() -> None:
    patterns = patterns_of(RECORD).set_index("pattern")["value"]
    headlines = headlines_of(RECORD)
    strike, weeks = headlines["strike_on_israel"], headlines["weeks_to_strike"]
    assert strike.mean == pytest.approx(patterns["strike_after_killing"])
    assert strike.low < strike.mean < strike.high
    assert weeks.mean == patterns["weeks_to_strike_median"]  # as its record is a median too


def test_a_smaller_budget_than_the_file_asks_is_owned_up_to() -> None:
    found = RECORD.calibration.found
    fewer = {**found, "budget": {**found["budget"], "points": 3}}
    smaller = page(replace(RECORD, calibration=replace(RECORD.calibration, found=fewer)))
    assert "smaller budget than the file asks: points 3 for 200" in smaller
