"""A file of claims that takes a moment, about a scenario of four states in three weeks."""

from pathlib import Path

from realpolitik.sim.scenario.finding import Source
from realpolitik.sim.study.claims.claim import Claims
from realpolitik.sim.study.claims.reading import read_claims

SCENARIO = """
title: A short quarrel
question: Does Iran strike within three weeks?
start: 2024-08-05
weeks: 3
actors: [RUS, IRN, ISR, USA]
parameters: {action.limited_strike.base_rate: 0.1}
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: IRN, pressure: 0.9}
  - id: dead
    kind: casualties
    when: {outcome: strike, at_least: 1, delay_weeks: 1}
    on: ISR
    deaths: 500
outcomes:
  strike: {measure: direct_strike, by: IRN, on: ISR, label: Iran strikes}
  weeks_to_strike: {measure: weeks_to, by: IRN, on: ISR}
  height: {measure: highest_rung}
  alignment: {measure: public_alignment, by: RUS, toward: IRN}
variants:
  calm:
    title: No quarrel
    shocks: [{id: killed, drop: true}]
"""

BARE = f"""{SCENARIO.replace("0.1}", "0.1, RUS.israel_ties: 0, RUS.iran_partner: 0}")}"""

HEAD = "about: A head.\nscenario: small.yaml\nparagraphs: 20\n"

ONE = """
  - id: {id}
    paragraph: P1
    actor: IRN
    kind: behaviour
    status: opinion
    claim: Iran strikes.
    encoded: [limited_strike]
    test: {test}
"""


def folder_with_scenario(path: Path) -> Path:
    """The path of a file of claims beside the scenario; the file itself is not there."""
    (path / "small.yaml").write_text(SCENARIO, encoding="utf-8")
    (path / "bare.yaml").write_text(BARE, encoding="utf-8")
    return path / "claims.yaml"


def claims_in(text: str, where: Path) -> Claims:
    """The claims in a text, as if it stood there."""
    return read_claims(text, Source(str(where)))


def text_of(*tests: str) -> str:
    """A file of claims, one for each test: c1, c2, …"""
    listed = [ONE.format(id=f"c{n}", test=test) for n, test in enumerate(tests, start=1)]
    return f"{HEAD}claims:{''.join(listed)}"
