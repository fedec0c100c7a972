"""Files of patterns and findings: what they say is read, and each fault told with its line."""

from importlib.resources import files

import pytest

from realpolitik.sim.calibrate.patterns import (
    load_findings,
    load_patterns,
    read_findings,
    read_patterns,
)
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.stats.intervals import share

PATTERN = """\
patterns:
  - id: strikes
    says: Iran strikes
    measured: {scenario: haniyeh_2024, statistic: share, outcome: strike_on_israel}
    target: {low: 0.5, high: 0.8}
    ground: record
    record_says: Five of nine did
    record: {hits: 5, cases: 9}
    source: A test
"""
FINDING = """\
findings:
  - id: strikes
    says: Iran strikes more often
    measured: {scenario: haniyeh_2024, statistic: share, outcome: strike_on_israel}
    than: {scenario: no_shock}
    expect: {above: 0}
"""


def told(text: str, read: object = read_patterns) -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        read(text, "p.yaml")  # type: ignore[operator]
    return str(caught.value).splitlines()


# ── What is shipped ──────────────────────────────────────────────────────────────────


def test_every_pattern_has_a_sentence_a_source_and_a_target() -> None:
    patterns = load_patterns()
    assert len(patterns) >= 11
    for pattern in patterns:
        assert pattern.says
        assert pattern.source
        assert pattern.low < pattern.high
        assert bool(pattern.record_says) == (pattern.ground != "judgement")
        assert pattern.record or pattern.ground != "record"
        assert pattern.record is None or pattern.ground != "judgement"
        assert pattern.discrepancy > 0


def test_the_interval_that_a_record_is_said_to_have_is_wilsons() -> None:
    killing = next(one for one in load_patterns() if one.id == "strike_after_killing")
    assert killing.record is not None
    assert killing.record.hits is not None
    found = share(killing.record.hits, killing.record.cases)
    assert f"{found.mean:.0%}".replace("%", " % of 393") in killing.record_says
    assert f"interval {100 * found.low:.0f} to {100 * found.high:.0f} %" in killing.record_says


def test_every_finding_is_a_share_or_a_mean() -> None:
    findings = load_findings()
    assert len(findings) >= 5
    assert all(one.gauge.statistic != "quantile" for one in findings)


# ── Patterns ─────────────────────────────────────────────────────────────────────────


def test_a_pattern_is_read() -> None:
    (one,) = read_patterns(PATTERN, "p.yaml")
    assert (one.id, one.low, one.high, one.ground) == ("strikes", 0.5, 0.8, "record")
    assert one.record is not None
    assert vars(one.record) == {"cases": 9, "hits": 5, "error": 0.0}  # as folders hold it
    assert one.gauge.case.scenario.name == "haniyeh_2024"


@pytest.mark.parametrize(
    ("was", "put", "fault"),
    [
        ("strike_on_israel", "strike_on_isreal", "p.yaml:4:67: unknown outcome 'strike_on_isreal'"),
        ("haniyeh_2024", "haniyeh", "p.yaml:4:26: unknown scenario 'haniyeh'"),
        ("share,", "quota,", "p.yaml:4:51: unknown statistic 'quota'"),
        ("share,", "share, level: 0.5,", "p.yaml:4:65: a level of a share"),
        ("share,", "mean, above: 0,", "p.yaml:4:64: above with a mean"),
        ("outcome: strike_on_israel", "outcome: highest_rung", "highest_rung is no share"),
        ("low: 0.5", "low: 0.9", "p.yaml:5:19: the target is 0.9 to 0.8"),
        ("ground: record", "ground: hearsay", "p.yaml:6:13: unknown ground 'hearsay'"),
        ("    record: {hits: 5, cases: 9}\n", "", "p.yaml:2:5: missing key 'record'"),
        ("    record_says: Five of nine did\n", "", "p.yaml:2:5: missing key 'record_says'"),
        ("ground: record", "ground: judgement", "p.yaml:7:18: a record beside the ground"),
        ("hits: 5", "hits: 10", "10 hits of 9 cases"),
        ("hits: 5, ", "", "neither hits nor error"),
        ("cases: 9", "cases: 9, error: 1", "hits beside error"),
        ("    source: A test\n", "", "missing key 'source'"),
        ("source: A test", "source: A test\n    weight: 2", "unknown key 'weight'"),
        ("source: A test", "source: A test\n    discrepancy: -1", "discrepancy is -1"),
        ("share,", "share, parameters: {RUS.nothing: 1},", "RUS.nothing"),
    ],
)
def test_a_fault_is_told_with_its_line(was: str, put: str, fault: str) -> None:
    lines = told(PATTERN.replace(was, put))
    assert any(fault in line for line in lines), lines


def test_a_second_pattern_of_the_same_name_is_a_fault() -> None:
    twice = PATTERN + PATTERN.partition("\n")[2]
    assert told(twice) == ["p.yaml:10:9: a second pattern 'strikes' (first in line 2)"]


def test_all_faults_are_told_at_once() -> None:
    wrong = PATTERN.replace("low: 0.5", "low: 2").replace("hits: 5", "hits: x")
    assert len(told(wrong)) == 2


# ── Findings ─────────────────────────────────────────────────────────────────────────


def test_a_finding_is_read() -> None:
    (one,) = read_findings(FINDING, "p.yaml")
    assert one.than is not None
    assert (one.above, one.level, one.than.case.name) == (True, 0, "no_shock")


@pytest.mark.parametrize(
    ("was", "put", "fault"),
    [
        ("{above: 0}", "{above: 0, below: 1}", "no single side is expected"),
        ("{above: 0}", "{}", "no single side is expected"),
        ("than: {scenario: no_shock}", "than: {scenario: s300_embargo_2010}\n", ""),
        ("strike_on_israel", "full_scale_war", ""),
    ],
)
def test_faults_of_findings(was: str, put: str, fault: str) -> None:
    text = FINDING.replace(was, put)
    if fault:
        assert any(fault in line for line in told(text, read_findings))
    else:
        assert read_findings(text, "p.yaml")


def test_both_settings_must_know_the_outcome() -> None:
    text = FINDING.replace("strike_on_israel", "full_scale_war")
    text = text.replace("scenario: no_shock", "scenario: s300_embargo_2010")
    assert any("no outcome 'full_scale_war'" in line for line in told(text, read_findings))


def test_the_tables_lie_where_they_are_said_to() -> None:
    folder = files("realpolitik.agents")
    assert folder.joinpath("patterns.yaml").is_file()
    assert folder.joinpath("findings.yaml").is_file()
