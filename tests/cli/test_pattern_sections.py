import pandas as pd

from realpolitik.sim.cli.validation.sections import findings_section, patterns_section

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
