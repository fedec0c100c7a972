"""The audit of a few claims: what it counts, that it is deterministic, and that it can fail."""

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.claims.audit import COLUMNS, audit, conclusions, counts, telling
from realpolitik.sim.claims.claim import Claim
from realpolitik.sim.experiments.workers import Serial
from realpolitik.sim.stats.intervals import paired_shares
from tests.claims.small import claims_in, folder_with_scenario, text_of

HIGHER = "{change: {variant: calm}, outcome: strike, expect: lower, by: 0.05}"
LEVEL = "{outcome: strike, expect: above, level: 0.9}"
WRITTEN = "{change: {variant: calm}, outcome: {measure: highest_rung}, expect: lower}"
NOTHING = "{change: {parameters: {RUS.israel_ties: 0.31}}, outcome: alignment, expect: lower}"
WORLDS = 200


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place beside the scenario."""
    return folder_with_scenario(tmp_path_factory.mktemp("claims"))


def claims_of(where: Path, *tests: str) -> tuple[Claim, ...]:
    return claims_in(text_of(*tests), where).claims


class Bench(Serial):
    """Counts what is submitted."""

    def __init__(self) -> None:
        self.cases: list[tuple[str, tuple[tuple[str, float], ...], int]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        packed, _, settings, chunk, _ = args
        self.cases.append((packed, tuple(settings.items()), chunk.first))
        return super().submit(fn, *args, **kwargs)


# ── What it says ─────────────────────────────────────────────────────────────────────


def test_the_table_has_a_row_for_each_trial_in_the_order_of_the_claims(where: Path) -> None:
    table = audit(claims_of(where, f"[{HIGHER}, {LEVEL}]", WRITTEN), worlds=50)
    assert list(table.columns) == list(COLUMNS)
    assert table["id"].tolist() == ["c1", "c1", "c2"]
    assert table["test"].tolist() == [1, 2, 1]
    assert table["changed"].tolist()[1] == ""
    assert table["scenario"].str.endswith("small.yaml").all()


def test_the_numbers_are_those_of_the_two_ensembles(where: Path) -> None:
    claims = claims_of(where, HIGHER)
    row = audit(claims, WORLDS, seed=3).iloc[0]
    sides = claims[0].trials[0].sides
    with_it, without = (
        simulate(side.case.scenario, WORLDS, seed=3).runs["strike"].to_numpy() for side in sides
    )
    change = without - with_it
    expected = paired_shares(int((change > 0).sum()), int((change < 0).sum()), WORLDS)
    assert (row["base"], row["level"]) == (with_it.mean(), without.mean())
    assert (row["effect"], row["low"], row["high"]) == pytest.approx(
        (expected.mean, expected.low, expected.high)
    )
    assert (row["n"], row["finding"], row["verdict"]) == (WORLDS, "holds", "holds")


def test_a_week_that_never_came_counts_as_the_horizon_unless_it_is_given_that_it_came(
    where: Path,
) -> None:
    test = "{outcome: weeks_to_strike, expect: below, level: 3.5}"
    claims = claims_of(where, test, test.replace("outcome", "given: strike, outcome"))
    table = audit(claims, WORLDS)
    runs = simulate(claims[0].trials[0].base.case.scenario, WORLDS).runs
    strikes, weeks = runs["strike"].sum(), runs["weeks_to_strike"]
    assert table["n"].tolist() == [WORLDS, strikes]
    assert 0 < strikes < WORLDS
    assert table["level"].tolist() == pytest.approx([weeks.fillna(3).mean(), weeks.mean()])


def test_a_range_holds_where_the_whole_interval_lies_in_it(where: Path) -> None:
    test = "{outcome: height, expect: within, level: [5, 9]}"
    table = audit(claims_of(where, test, test.replace("[5, 9]", "[8, 9]")), WORLDS)
    assert table["verdict"].tolist() == ["holds", "fails"]
    assert table["base"].tolist() == [7, 8.5]
    assert table["by"].tolist() == [2, 0.5]


def test_two_outcomes_of_the_same_worlds_can_be_compared(where: Path) -> None:
    other = "{measure: act, action: limited_strike, by: IRN, target: ISR}"
    test = f"{{change: {{outcome: {other}}}, outcome: strike, expect: lower}}"
    row = audit(claims_of(where, test), WORLDS).iloc[0]
    assert row["level"] <= row["base"]
    assert row["changed"] == "limited_strike IRN ISR instead"


def test_only_worlds_in_which_what_is_given_came_about_are_looked_at(where: Path) -> None:
    test = "{outcome: height, given: strike, expect: above, level: 5}"
    claims = claims_of(where, test)
    row = audit(claims, WORLDS).iloc[0]
    runs = simulate(claims[0].trials[0].base.case.scenario, WORLDS).runs
    struck = runs["strike"] == 1
    assert row["n"] == struck.sum() < WORLDS
    assert row["level"] == runs["height"].to_numpy()[struck].mean()


def test_a_level_is_tried_again_without_motives(where: Path) -> None:
    text = text_of(LEVEL.replace("strike", "alignment").replace("0.9", "0"))
    text = "without_motives: bare.yaml\n" + text.replace("IRN\n", "RUS\n")
    claims = claims_in(text, where).claims
    row = audit(claims, WORLDS).iloc[0]
    bare = (
        claims[0]
        .trials[0]
        .base.case.scenario.with_parameters({"RUS.israel_ties": 0, "RUS.iran_partner": 0})
    )
    assert row["without_motives"] == simulate(bare, WORLDS).runs["alignment"].to_numpy().mean()
    assert row["without_motives"] != row["effect"]
    assert row["without_finding"] == "holds"


def test_without_a_yardstick_nothing_is_tried_again(where: Path) -> None:
    row = audit(claims_of(where, LEVEL), 20).iloc[0]
    assert row["without_finding"] == ""
    assert np.isnan(row["without_motives"])


@pytest.mark.parametrize("expect", ["higher", "lower"])
@pytest.mark.parametrize("outcome", ["alignment", "strike", "height"])
def test_a_change_that_no_world_shows_is_undecided(where: Path, outcome: str, expect: str) -> None:
    """Worlds that were not seen may show it, on every scale."""
    test = NOTHING.replace("alignment", outcome).replace("lower", expect)
    row = audit(claims_of(where, test), WORLDS).iloc[0]
    assert (row["effect"], row["verdict"]) == (0.0, "undecided")
    assert row["low"] < 0 < row["high"]


def test_a_claim_that_cannot_be_tested_says_why(where: Path) -> None:
    text = text_of(LEVEL).replace(f"test: {LEVEL}", "untestable: No such thing is modelled.")
    row = audit(claims_in(text, where).claims).iloc[0]
    assert (row["verdict"], row["why"]) == ("not testable", "No such thing is modelled.")
    assert (row["test"], row["n"]) == (0, 0)
    assert np.isnan(row["effect"])


def test_claims_are_counted_and_not_their_tests(where: Path) -> None:
    table = audit(claims_of(where, f"[{HIGHER}, {HIGHER}]", NOTHING), WORLDS)
    assert counts(table) == {"holds": 1, "fails": 0, "undecided": 1, "not testable": 0}


def test_the_telling_row_of_a_claim_is_the_test_that_settles_it(where: Path) -> None:
    table = audit(claims_of(where, f"[{HIGHER}, {LEVEL}]", f"[{HIGHER}, {WRITTEN}]"), WORLDS)
    found = telling(table)
    assert found["verdict"].tolist() == ["fails", "holds"]
    assert found["test"].tolist() == [2, 1]


# ── How it runs ──────────────────────────────────────────────────────────────────────


def test_every_case_is_run_once(where: Path) -> None:
    bench = Bench()
    audit(claims_of(where, HIGHER, LEVEL, WRITTEN, NOTHING), 20, executor=bench)
    assert len(bench.cases) == 3  # as it is, calm, and with a parameter
    assert len(set(bench.cases)) == 3


def test_it_does_not_matter_who_runs_it_nor_in_what_order_claims_stand(where: Path) -> None:
    tests = (HIGHER, LEVEL, WRITTEN, NOTHING)
    first = audit(claims_of(where, *tests), 1100, seed=5)
    again = audit(claims_of(where, *tests), 1100, seed=5, executor=Bench())
    turned = audit(claims_of(where, *tests)[::-1], 1100, seed=5)
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(first[::-1].reset_index(drop=True), turned)


def test_another_seed_gives_other_worlds(where: Path) -> None:
    claims = claims_of(where, WRITTEN)
    assert audit(claims, 50, seed=1)["effect"][0] != audit(claims, 50, seed=2)["effect"][0]


def test_progress_is_told_up_to_the_end(where: Path) -> None:
    told: list[tuple[int, int]] = []
    audit(claims_of(where, HIGHER), 1100, progress=lambda done, total: told.append((done, total)))
    assert told == [(1024, 2200), (2048, 2200), (2124, 2200), (2200, 2200)]


@pytest.mark.parametrize(
    ("worlds", "seed", "error"),
    [(0, 0, "worlds must be at least 1"), (10, -1, "seed must be at least 0")],
)
def test_it_wants_worlds_and_a_seed(where: Path, worlds: int, seed: int, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        audit(claims_of(where, LEVEL), worlds, seed)


# ── What is concluded ────────────────────────────────────────────────────────────────


# ── What is said of conclusions ────────────────────────────────────────────────────


def test_conclusions_are_about_conduct_past_and_to_come() -> None:
    kinds = ("incentive", "belief", "constraint", "precedent", "behaviour", "prediction")
    assert list(conclusions(made_up(*({"kind": kind} for kind in kinds)))["kind"]) == [
        "precedent",
        "behaviour",
        "prediction",
    ]


def test_what_follows_comes_first_and_facts_are_shown() -> None:
    table = made_up(
        {"verdict": "not testable"},
        {"verdict": "fails", "status": "fact"},
        {"verdict": "undecided"},
        {"verdict": "holds", "status": "fact"},
        {"verdict": "fails"},
        {"verdict": "holds"},
    )
    found = conclusions(table)
    assert found["word"].tolist() == [
        "Shown",
        "Follows",
        "Not shown",
        "Does not follow",
        "Undecided",
        "Cannot be tested",
    ]
    assert found["id"].tolist() == ["c3", "c5", "c1", "c4", "c2", "c0"]


def test_what_holds_without_motives_does_not_follow_from_them() -> None:
    table = made_up(
        {"without_finding": "holds"},
        {"without_finding": "holds", "status": "fact"},
        {"without_finding": "fails"},
        {"without_finding": "undecided"},
        {"without_finding": "holds", "verdict": "fails"},
    )
    assert conclusions(table).set_index("id")["word"].to_dict() == {
        "c0": "Holds, also without Russia's motives",
        "c1": "Shown, also without Russia's motives",
        "c2": "Follows",
        "c3": "Follows",
        "c4": "Does not follow",
    }


def test_one_level_that_fails_without_motives_is_evidence_for_them() -> None:
    table = made_up({"without_finding": "holds"}, {"without_finding": "fails"}, {})
    alone = conclusions(table.iloc[[0, 2]].assign(id="c0"))
    assert alone["word"].tolist() == ["Holds, also without Russia's motives"]
    assert conclusions(table.assign(id="c0"))["word"].tolist() == ["Follows"]


def test_without_conclusions_there_are_none() -> None:
    assert conclusions(made_up({"kind": "belief"})).empty


def made_up(*rows: dict[str, str]) -> pd.DataFrame:
    """A table of an audit in which all that is not given holds."""
    usual = {"kind": "behaviour", "status": "opinion", "verdict": "holds", "test": 1}
    made = [
        {**dict.fromkeys(COLUMNS, ""), "id": f"c{number}", **usual, **row}
        for number, row in enumerate(rows)
    ]
    table = pd.DataFrame(made)
    return table.assign(finding=table["verdict"])
