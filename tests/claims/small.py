"""A file of claims that takes a moment, about a scenario of four states in three weeks."""

from pathlib import Path

import pytest

from realpolitik.sim.claims.claim import Claims
from realpolitik.sim.claims.claims_file import read_claims
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.finding import SourceFile
from tests.quarrel import TEXT

SCENARIO = (
    TEXT.replace(
        "outcomes:",
        """\
  - id: dead
    kind: casualties
    when: {outcome: strike, at_least: 1, delay_weeks: 1}
    target: ISR
    deaths: 500
outcomes:""",
    )
    + """\
variants:
  calm:
    title: No quarrel
    shocks: [{id: killed, drop: true}]
"""
)

BARE = f"""{SCENARIO.replace("0.04}", "0.04, RUS.israel_ties: 0, RUS.iran_partner: 0}")}"""

LEVEL = "{outcome: strike, expect: above, level: 0.5}"
CHANGE = "{change: {variant: calm}, outcome: strike, expect: lower}"

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
    return read_claims(text, SourceFile(str(where)))


def text_of(*tests: str) -> str:
    """A file of claims, one for each test: c1, c2, …"""
    listed = [ONE.format(id=f"c{n}", test=test) for n, test in enumerate(tests, start=1)]
    return f"{HEAD}claims:{''.join(listed)}"


def faults_in(text: str, where: Path) -> list[str]:
    """The faults of a text, each on its line, without the folder."""
    with pytest.raises(ScenarioError) as caught:
        claims_in(text, where)
    return str(caught.value).replace(f"{where.parent}/", "").splitlines()
