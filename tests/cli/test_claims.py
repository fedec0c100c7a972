"""`realpolitik claims`: what it prints, what it refuses, and that a failing claim is no failure."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from realpolitik.sim.claims import audit, claims_file
from realpolitik.sim.claims.claims_file import load_claims
from realpolitik.sim.cli.claims import choose, claims
from realpolitik.sim.cli.exits import InputError
from tests.claims.small import claims_in, folder_with_scenario, text_of

HOLDS = "{change: {variant: calm}, outcome: strike, expect: lower, by: 0.05}"
FAILS = "{outcome: strike, expect: below, level: 0.01}"
UNTESTED = """
  - id: judgement
    paragraph: P2-P3
    actor: ISR
    kind: belief
    status: fact
    claim: "It is [red]so[/red]."
    encoded: []
    untestable: Persons are not modelled.
"""


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three small claims instead of the shipped ones: c1 holds, c2 fails, one cannot be tested."""
    where = folder_with_scenario(tmp_path)
    text = text_of(f"[{HOLDS}]", f"[{HOLDS}, {FAILS}]") + UNTESTED
    file = claims_in(text, where)
    monkeypatch.setattr(claims_file, "load_claims", lambda: file)
    monkeypatch.chdir(tmp_path)


def call(*words: str) -> Result:
    """What `realpolitik claims` does with these words, in few worlds."""
    return CliRunner().invoke(claims, [*words, *(() if "--list" in words else ("--worlds", "60"))])


def well(*words: str) -> str:
    done = call(*words)
    assert done.exit_code == 0, done.output
    return done.stdout


def answer(*words: str) -> Any:
    return json.loads(well(*words, "--json"), parse_constant=pytest.fail)


# ── What it prints ───────────────────────────────────────────────────────────────────


def test_a_failing_claim_is_a_result() -> None:
    printed = well()
    assert "P1  ✓ holds  c1 (IRN, behaviour, opinion)" in printed
    assert "P1  ✗ fails  c2" in printed
    assert "P2-P3  – not testable  judgement (ISR, belief, fact)" in printed
    assert "It is [red]so[/red]." in printed
    assert "3 claims: 1 holds, 1 fails, 0 undecided, 1 not testable." in printed
    assert "Worlds: 60 of every case" in printed


def test_each_test_has_its_effect_interval_and_reason() -> None:
    lines = [line.strip() for line in well("c2").splitlines()]
    told = [line for line in lines if line.startswith(("·  ✓ ", "·  ✗ "))]
    assert len(told) == 2
    assert all(" to " in line and "; the interval lies " in line for line in told)
    assert told[1].startswith("·  ✗ strike in ")


def test_the_conclusions_come_last() -> None:
    after = well().partition("What that says of the conclusions")[2]
    assert "Conclusions of the author: 2. Follows: 1; does not follow: 1." in after
    assert "Follows (P1): Iran strikes." in after
    assert "Does not follow (P1): Iran strikes." in after


def test_json_holds_everything_and_no_nan() -> None:
    told = answer()
    assert told["counts"] == {"holds": 1, "fails": 1, "undecided": 0, "not testable": 1}
    assert [claim["id"] for claim in told["claims"]] == ["c1", "c2", "judgement"]
    assert [len(claim["tests"]) for claim in told["claims"]] == [1, 2, 0]
    assert told["claims"][0]["tests"][0]["by"] == 0.05
    assert told["claims"][2]["untestable"] == "Persons are not modelled."
    assert told["claims"][0]["encoded"] == ["limited_strike"]
    assert "page" not in told


def test_the_seed_changes_the_worlds_and_the_jobs_change_nothing() -> None:
    first, again = (answer("c1", "--seed", "3", "--jobs", jobs) for jobs in ("1", "2"))
    assert first == again
    assert first["claims"] != answer("c1")["claims"]


def test_markdown_has_a_table_for_each_paragraph() -> None:
    printed = well("--markdown")
    heads = [line for line in printed.splitlines() if line.startswith("### ")]
    assert heads == ["### What follows, and what does not", "### P1", "### P2"]
    rows = [line for line in printed.splitlines() if "<br>P" in line]
    assert len(rows) == 3
    assert all(row.count(" | ") == 3 for row in rows)


@pytest.mark.parametrize("form", ["--markdown", "--json", "--no-progress"])
def test_how_many_hold_by_chance_is_said_beside_how_many_hold(form: str) -> None:
    assert "3 tests: were there nothing to be found" in well(form)


def test_the_page_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    printed = well("--out", "pages/claims.html")
    assert "Page  pages/claims.html" in printed
    text = (tmp_path / "pages" / "claims.html").read_text(encoding="utf-8")
    assert 'id="claim-c2"' in text
    assert "realpolitik claims --worlds 60 --seed 0" in text


# ── What is only listed ──────────────────────────────────────────────────────────────


@pytest.fixture
def _no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "run_case", None)
    monkeypatch.setattr(audit, "audit", None)


@pytest.mark.usefixtures("_no_run")
def test_a_list_runs_nothing() -> None:
    printed = well("--list")
    assert [line.split()[1] for line in printed.splitlines()[2:]] == ["c1", "c2", "judgement"]
    told = json.loads(well("--list", "--json", "--actor", "ISR"))
    assert [(claim["id"], claim["tests"]) for claim in told] == [("judgement", 0)]
    assert "| P2-P3 | judgement | ISR |" in well("--list", "--markdown")


# ── What it refuses ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("judgment",), "unknown claim 'judgment'; did you mean 'judgement'?"),
        (("--actor", "irn"), "unknown actor 'irn'; did you mean 'IRN'?"),
        (("--actor", "XYZQ"), "unknown actor 'XYZQ'; one of IRN, ISR"),
        (("c1", "--actor", "ISR"), "no claim fits all of c1, ISR; `realpolitik claims --list`"),
    ],
)
def test_names_that_nothing_bears(words: tuple[str, ...], told: str) -> None:
    done = call(*words)
    assert done.exit_code == 1
    assert done.stdout == ""
    assert told in done.stderr


def test_all_wrong_names_are_told_of_at_once() -> None:
    done = call("judgment", "--actor", "irn")
    assert done.stderr.splitlines()[0].startswith("unknown claim")
    assert done.stderr.splitlines()[1].startswith("unknown actor")


@pytest.mark.parametrize("words", [("--json", "--markdown"), ("--list", "--out", "x.html")])
def test_what_does_not_go_together_is_told_of(words: tuple[str, ...]) -> None:
    assert call(*words).exit_code == 2


def test_a_place_that_cannot_be_written_is_told_of_before_anything_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(audit, "audit", None)
    done = call("--out", "file/claims.html")
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_names_and_actors_narrow_each_other_down() -> None:
    shipped = load_claims().claims
    assert {claim.actor for claim in choose(shipped, (), ("RUS", "IRN"))} == {"RUS", "IRN"}
    first, *_, last = shipped
    assert choose(shipped, (last.id, first.id), ()) == (first, last)
    assert choose(shipped, (), ()) == shipped
    with pytest.raises(InputError):
        choose(shipped, ("nothing_like_it",), ())
