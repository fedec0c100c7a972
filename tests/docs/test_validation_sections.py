"""The parts of `docs/validation.md` on patterns, the calibration and what is grounded."""

import pandas as pd
import pytest

from realpolitik.sim.calibrate.patterns import load_findings, load_patterns
from realpolitik.sim.scenario.vocabulary import vocabulary
from validation_sections import (
    describe_start,
    edges_section,
    findings_section,
    held_by_patterns,
    patterns_section,
    pinned,
    waves_section,
)


def measured(value: float, low: float, high: float) -> pd.DataFrame:
    row = {"says": "It strikes", "value": value, "target_low": low, "target_high": high}
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("value", "low", "high", "told"),
    [
        (0.51, 0.5, 0.8, "It strikes: 0.51, inside, beside the end 0.5."),
        (0.81, 0.5, 0.8, "It strikes: 0.81, outside, beside the end 0.8."),
        (0.65, 0.5, 0.8, "none."),
        (0.001, 0.0, 0.1, "none."),  # a share cannot be below 0
        (1.0, 0.8, 1.0, "none."),
        (1.0, 1.0, 4.0, "none."),  # nor can a week be before the first
    ],
)
def test_an_end_that_is_near_is_named(value: float, low: float, high: float, told: str) -> None:
    assert told in edges_section(measured(value, low, high))


@pytest.mark.parametrize(
    ("kept_high", "told"),
    [(0.95, "**The patterns do not pin the parameters down.**"), (0.5, "The patterns narrow")],
)
def test_what_remains_open_is_said(kept_high: float, told: str) -> None:
    ranges = pd.DataFrame({"low": [0.0], "high": [1.0], "kept_low": [0.0]})
    waves = pd.DataFrame({"share": [0.07, 0.3]})
    said = pinned(ranges.assign(kept_high=kept_high), waves)
    assert said.startswith(told)
    assert "leave 7 % of the points" in said


def test_defaults_outside_the_middle_half_are_counted() -> None:
    waves = pd.DataFrame([{"wave": 1, "points": 200, "remaining": 14, "share": 0.07}])
    row = {"address": "world.accident_rate", "low": 0.0, "high": 0.05, "kept_low": 0.0}
    ends = {"kept_q25": 0.01, "kept_q75": 0.02, "kept_high": 0.05}
    ranges = pd.DataFrame([{**row, **ends, "start": start} for start in (0.015, 0.03)])
    told = waves_section(waves, ranges, vocabulary())
    assert told.count("| 0.01 to 0.02 | 20 % |") == 2
    assert told.endswith("1 of the 2 defaults lie outside theirs.")


@pytest.mark.parametrize(
    ("implausibility", "remains", "told"),
    [
        (0.0, True, "are not implausible (inside every target)"),
        (1.2, True, "are not implausible (greatest implausibility 1.2, of `war`)"),
        (4.0, False, "**Today's defaults are implausible (greatest implausibility 4, of `war`)"),
    ],
)
def test_it_is_said_whether_the_defaults_remain(
    implausibility: float, remains: bool, told: str
) -> None:
    row = {"point": 0, "implausibility": implausibility, "worst": "war", "remains": remains}
    assert told in describe_start(pd.DataFrame([row]))


def test_findings_that_hang_on_unknown_numbers_are_named() -> None:
    shares = ("keeps", "keeps_low", "keeps_high", "surely", "against")
    firm, loose = dict.fromkeys(shares, 1.0), dict.fromkeys(shares, 0.5)
    spread = {"median": 0.2, "least": 0.1, "greatest": 0.3, "sets": 20}
    rows = [{"says": "Firm", **spread, **firm}, {"says": "Loose", **spread, **loose}]
    told = findings_section(pd.DataFrame(rows), ["Firm"])
    assert "less than 95 % of the sets:\n\n- Loose: 50 %." in told
    assert told.endswith("chosen for:\n\n- Firm.")


def test_what_the_patterns_ask_for_on_every_side_is_known() -> None:
    held = held_by_patterns(load_findings(), load_patterns())
    assert "Without the killing Iran would strike Israel less often" in held
    assert "Without ties to Israel Russia would arm Iran more often" not in held


# ── Tables and lists ─────────────────────────────────────────────────────────────────

MEASURED = pd.DataFrame(
    {
        "pattern": ["a", "b"],
        "says": ["One | strikes", "Two fights"],
        "value": [0.6, 0.9],
        "low": [0.55, 0.88],
        "high": [0.65, 0.92],
        "target_low": [0.5, 0.1],
        "target_high": [0.8, 0.3],
        "n": [4000, 1234],
        "verdict": ["holds", "missed"],
        "ground": ["judgement around a record", "judgement"],
        "record_says": ["57 % of 393", ""],
        "source": ["A record", "A judgement"],
    }
)
KEPT = pd.DataFrame(
    {
        "says": ["Words run ahead"],
        "sets": [20],
        "keeps": [0.95],
        "keeps_low": [0.76],
        "keeps_high": [0.99],
        "surely": [0.9],
        "against": [float("nan")],
        "median": [0.2],
        "least": [0.1],
        "greatest": [0.3],
    }
)


def test_patterns_are_counted_and_the_missed_are_named() -> None:
    told = patterns_section(MEASURED)
    assert told.startswith("Of 2 patterns 1 hold:")
    assert "Missed: Two fights." in told
    assert r"| One \| strikes | 0.5 to 0.8 | 57 % of 393 | 0.6 (0.55 to 0.65) | 4,000 |" in told
    assert "| holds | judgement around a record: A record |" in told
    assert "| Two fights | 0.1 to 0.3 | – |" in told
    assert "| **missed** |" in told


def test_findings_are_told_with_their_interval() -> None:
    told = findings_section(KEPT, [])
    assert "| Words run ahead | 20 | 95 % (76 % to 99 %) | 90 % | – | 0.2 (0.1 to 0.3) |" in told
