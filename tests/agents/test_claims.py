"""The claims of the article: complete, encoded, and each tested or said to be untestable."""

import re
from fnmatch import fnmatchcase

import numpy as np

from realpolitik.sim.claims.audit import audit
from realpolitik.sim.claims.claim import KINDS, STATUSES, Claim
from realpolitik.sim.claims.claims_file import load_claims, paragraphs_of
from realpolitik.sim.claims.record import read_record, recorded
from realpolitik.sim.scenario.finding import shipped_scenarios
from realpolitik.sim.scenario.loading import load_scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.agents.coverage import coverage
from tests.offenders import each

FILE = load_claims()
BY_ID = {claim.id: claim for claim in FILE.claims}

# What has to be among the claims, and the incentives or scenarios in which it is encoded.
MUST_INCLUDE = {
    "advice_limits": "IRN.heeded_advice",
    "returnees": "RUS.israel_ties.returnees",
    "emigre_capital": "RUS.israel_ties.capital",
    "influence": "RUS.israel_ties.influence",
    "our_people": "RUS.israel_ties.diaspora",
    "goodwill": "RUS.israel_ties.goodwill",
    "rapport": "RUS.israel_ties.rapport",
    "common_enemy": "RUS.israel_ties.common_enemy",
    "russia_keeps_the_channel": "RUS.israel_ties.deconfliction",
    "capital_at_risk": "RUS.israel_ties",
    "tacit_tolerance": "syria_shootdown_2018",
    "embargo_of_2010": "RUS.legal_bar",
    "refusal_of_2019": "s400_request_2019",
    "refused_for_riyadh": "RUS.saudi_ties",
    "wedge_moves_moscow": "us_conduct/wedge",
    "wedge_moves_tehran": "us_conduct/wedge",
    "seen_to_enable": "incentives/seen_to_enable",
    "words_keep_iran": "RUS.iran_dependence",
    "words_are_leverage": "RUS.transactional_leverage",
    "deals_kept_apart": "incentives/prisoner_swap",
    "houthi_delivery_recalled": "haniyeh_2024:houthi_delivery",
    "no_world_war_sought": "RUS.escalation_aversion",
    "russia_depends_on_iran": "RUS.iran_dependence",
    "aid_drives_russia_to_iran": "RUS.us_rivalry.ukraine",
    "emotion_costs_deals": "us_conduct/harsh_rhetoric",
    "administration_matters": "haniyeh_2024:us_election",
    "knowing_him_is_worth_something": "hypotheses/automatic_ally",
}


# Scale → the smallest effect that matters, as the head of the file declares it.
SIZES = {"share": 0.01, "alignment": 0.002, "number": 0.1}


def exists(name: str) -> bool:
    """Whether something in the model bears the name."""
    words = vocabulary()
    if name in words.parameters or name in words.actions:
        return True
    scenario, colon, inside = name.partition(":")
    if scenario.partition("#")[0] not in shipped_scenarios():
        return False
    loaded = load_scenario(scenario)
    return not colon or inside in {one.id for one in (*loaded.shocks, *loaded.deals)}  # type: ignore[attr-defined]


# ── The whole ────────────────────────────────────────────────────────────────────────


def test_every_paragraph_and_every_actor_has_its_claims() -> None:
    reached = {number for claim in FILE.claims for number in paragraphs_of(claim.paragraph)}
    assert reached == set(range(1, 21))
    assert {claim.actor for claim in FILE.claims} == set(coverage_actors())
    assert {claim.kind for claim in FILE.claims} == set(KINDS)
    assert {claim.status for claim in FILE.claims} == set(STATUSES)
    assert len(FILE.claims) >= 60


def coverage_actors() -> set[str]:
    """The actors of this project."""
    return {name.partition(".")[0] for name in (*coverage(FILE).named, *coverage(FILE).assumed)}


def test_the_claims_stand_in_the_order_of_the_article() -> None:
    first = [paragraphs_of(claim.paragraph)[0] for claim in FILE.claims]
    assert first == sorted(first)


@each("name", MUST_INCLUDE)
def test_what_the_argument_rests_on_is_among_the_claims_and_tested(name: str) -> None:
    assert MUST_INCLUDE[name] in BY_ID[name].encoded
    assert BY_ID[name].trials


def test_what_washington_believes_is_among_the_claims_and_said_to_be_untestable() -> None:
    claim = BY_ID["automatic_ally_assumed"]
    assert "hypotheses/automatic_ally" in claim.encoded
    assert claim.untestable


def test_the_head_says_that_claims_are_claims() -> None:
    assert "the author holds that" in FILE.about
    assert "no evidence about the world" in FILE.about


# ── Each ─────────────────────────────────────────────────────────────────────────────


@each("claim", FILE.claims)
def test_a_claim_is_one_sentence(claim: Claim) -> None:
    assert claim.claim.endswith(".")
    assert len(claim.claim) <= 110


@each("claim", FILE.claims)
def test_every_encoding_points_to_something_that_exists(claim: Claim) -> None:
    assert [name for name in claim.encoded if not exists(name)] == []
    assert claim.encoded or claim.untestable


@each("claim", FILE.claims)
def test_a_test_changes_something_or_asks_for_a_level(claim: Claim) -> None:
    for trial in claim.trials:
        assert trial.change != "nothing"
        assert (trial.changed is None) == (trial.level is not None)


@each("claim", FILE.claims)
def test_a_change_of_a_parameter_is_a_change(claim: Claim) -> None:
    for trial in claim.trials:
        if trial.changed and trial.changed.case.called == trial.base.case.called:
            base = trial.base.case
            before = vocabulary().values(base.scenario.settings | dict(base.parameters))
            after = trial.changed.case.parameters.items()
            changed = {address: at for address, at in after if base.parameters.get(address) != at}
            assert changed
            assert all(before[address] != value for address, value in changed.items())


@each("claim", FILE.claims)
def test_what_should_stay_the_same_is_held_to_the_sizes_that_the_head_declares(
    claim: Claim,
) -> None:
    for trial in claim.trials:
        if trial.expect == "same":
            assert trial.by <= SIZES[trial.base.measure.scale]


@each("claim", FILE.claims)
def test_a_claim_that_its_note_calls_inferred_is_marked_so(claim: Claim) -> None:
    assert claim.inferred or "inferred" not in claim.note.lower()


@each("claim", FILE.claims)
def test_a_level_of_russian_conduct_is_tried_without_motives_too(claim: Claim) -> None:
    for trial in claim.trials:
        assert (trial.without is not None) == (claim.actor == "RUS" and trial.level is not None)


# ── What the tests cannot tell apart ─────────────────────────────────────────────────


def test_claims_that_come_out_alike_to_the_last_digit_are_said_to_hold_by_construction() -> None:
    table = recorded(FILE.claims, read_record())
    sure = (table["low"] > 0) | (table["high"] < 0)
    moved = table[(table["changed"] != "") & sure]
    for _, rows in moved.groupby(["outcome", "effect", "low", "high", "base"]):
        if rows["changed"].nunique() > 1:
            assert rows["by_construction"].all(), rows["id"].tolist()


def test_who_holds_by_construction_says_why() -> None:
    for claim in FILE.claims:
        assert claim.by_construction == ("by construction." in claim.note)


# ── Paragraphs that the weights cite ─────────────────────────────────────────────────


@each("address", coverage(FILE).assumed)
def test_what_is_marked_as_assumed_cites_no_paragraph(address: str) -> None:
    assert cited(address) == set()


@each("address", coverage(FILE).named)
def test_a_paragraph_that_a_weight_cites_is_one_of_its_claims(address: str) -> None:
    wholes = [one.address for one in vocabulary().parameters.values() if address in one.parts]
    claims = [one for one in FILE.claims if not {address, *wholes}.isdisjoint(one.encoded)]
    assert cited(address) <= {n for claim in claims for n in paragraphs_of(claim.paragraph)}


def cited(address: str) -> set[int]:
    """The paragraphs that the source of a weight names."""
    source = vocabulary().parameters[address].source
    found = re.findall(r"\bP\d+(?:-P\d+)?", source)
    return {number for one in found for number in paragraphs_of(one)}


# ── Coverage, both ways ──────────────────────────────────────────────────────────────


def test_every_incentive_is_named_by_a_claim_or_marked_as_assumed() -> None:
    assert coverage(FILE).missing == ()


def test_no_incentive_is_both_named_and_marked_as_assumed() -> None:
    assert coverage(FILE).both == ()


@each("glob", FILE.assumed)
def test_what_is_marked_as_assumed_is_there(glob: str) -> None:
    assert any(fnmatchcase(address, glob) for address in coverage(FILE).assumed)


def test_an_incentive_without_a_claim_would_be_found() -> None:
    kept = tuple(claim for claim in FILE.claims if claim.id not in {"law_binds", "embargo_of_2010"})
    fewer = FILE.__class__(FILE.about, kept, FILE.assumed)
    assert coverage(fewer).missing == ("RUS.legal_bar",)
    assert not coverage(fewer).is_complete


def test_a_part_is_named_by_a_claim_about_the_whole() -> None:
    kept = tuple(claim for claim in FILE.claims if claim.id == "capital_at_risk")
    named = coverage(FILE.__class__("", kept, {}), actors=["RUS"]).named
    assert "RUS.israel_ties.goodwill" in named
    assert "RUS.israel_ties" not in named


# ── A few of them, in few worlds ─────────────────────────────────────────────────────


def test_what_two_hundred_worlds_say_of_the_main_claims_agrees_with_the_record() -> None:
    names = ("retaliation_awaited", "capital_at_risk", "words_ahead_of_deeds", "embargo_of_2010")
    claims = [BY_ID[name] for name in names]
    few, many = audit(claims, worlds=200), recorded(claims, read_record())
    assert few["id"].tolist() == many["id"].tolist()
    errors = [(table["high"] - table["low"]) / (2 * 1.96) for table in (few, many)]
    apart = (few["effect"] - many["effect"]).abs()
    assert (apart <= 4 * np.hypot(errors[0], errors[1]) + 1e-9).all()
