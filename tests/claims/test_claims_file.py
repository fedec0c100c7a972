"""Files of claims: what they say is taken over, and every fault is told of with its place."""

from pathlib import Path

import pytest

from realpolitik.sim.claims.claims_file import paragraphs_of
from tests.claims.small import CHANGE, LEVEL, claims_in, faults_in, folder_with_scenario, text_of


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place beside the scenario."""
    return folder_with_scenario(tmp_path_factory.mktemp("claims"))


# ── What a file says ─────────────────────────────────────────────────────────────────


def test_a_claim_is_taken_over(where: Path) -> None:
    read_it = claims_in(text_of(CHANGE), where)
    (claim,) = read_it.claims
    assert read_it.about == "A head."
    assert (claim.id, claim.paragraph, claim.actor) == ("c1", "P1", "IRN")
    assert (claim.kind, claim.status, claim.claim) == ("behaviour", "opinion", "Iran strikes.")
    assert (claim.encoded, claim.untestable, claim.note) == (("limited_strike",), "", "")
    (trial,) = claim.trials
    assert (trial.expect, trial.by, trial.level) == ("lower", 0, None)
    assert trial.base.case.scenario.title == "A short quarrel"
    assert trial.changed
    assert trial.changed.case.scenario.title == "No quarrel"
    assert trial.change.endswith("small.yaml#calm")


def test_assumed_incentives_are_taken_over_with_their_reason(where: Path) -> None:
    text = text_of(LEVEL) + "assumed: {'*.cost_of_acting': Nothing is free.}\n"
    assert claims_in(text, where).assumed == {"*.cost_of_acting": "Nothing is free."}


def test_the_scenario_that_claims_are_about_is_known(where: Path) -> None:
    assert claims_in(text_of(LEVEL), where).scenario == "small.yaml"


def test_marks_of_a_claim_are_taken_over(where: Path) -> None:
    text = text_of(LEVEL, LEVEL)
    at = text.rindex("    test:")
    marked = f"{text[:at]}    inferred: true\n    by_construction: true\n{text[at:]}"
    plain, other = claims_in(marked, where).claims
    assert (plain.inferred, plain.by_construction) == (False, False)
    assert (other.inferred, other.by_construction) == (True, True)


def test_a_level_is_tried_without_the_motives_of_that_actor_alone(where: Path) -> None:
    head = "without_motives: bare.yaml\n"
    text = head + text_of(LEVEL, CHANGE, LEVEL).replace("actor: IRN", "actor: RUS", 2)
    level, change, other = (claim.trials[0] for claim in claims_in(text, where).claims)
    assert level.without
    assert level.without.level == level.level
    assert level.without.base.case.scenario == level.base.case.scenario
    assert level.without.base.case.parameters == {"RUS.israel_ties": 0, "RUS.iran_partner": 0}
    assert change.without is None  # it is held against no level
    assert other.without is None  # it is about Iran, whose motives stay
    assert len(level.sides) == 2


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("P7", (7,)),
        ("P7-P9", (7, 8, 9)),
        ("P13, P15-P16", (13, 15, 16)),
        ("P9-P7", ()),
        ("7", ()),
        ("P", ()),
        ("P1,P2", ()),
        ("", ()),
    ],
)
def test_paragraphs_are_written_in_one_way(text: str, numbers: tuple[int, ...]) -> None:
    assert paragraphs_of(text) == numbers


# ── What is wrong with a claim, and with a file ──────────────────────────────────────


@pytest.mark.parametrize(
    ("found", "instead", "fault"),
    [
        ("actor: IRN", "actor: IRM", "7:12: unknown actor 'IRM'; did you mean 'IRN'?"),
        ("kind: behaviour", "kind: behavior", "8:11: unknown kind of claim 'behavior'; did you"),
        ("status: opinion", "status: guess", "9:13: unknown status 'guess'; expected one of"),
        ("paragraph: P1", "paragraph: P21", "6:16: the paragraph 'P21'; expected P1 to P20"),
        ("[limited_strike]", "[limitd_strike]", "11:15: unknown encoding 'limitd_strike'; did"),
        ("[limited_strike]", "[us_conduct/wege]", "unknown scenario 'us_conduct/wege'; did you"),
        ("[limited_strike]", "[us_conduct/wedge#x]", "unknown variant 'x'"),
        (
            "[limited_strike]",
            "['haniyeh_2024:us_postur']",
            "unknown shock or deal of haniyeh_2024: 'us_postur'",
        ),
        ("[limited_strike]", "limited_strike", "encoded is 'limited_strike'; expected a list"),
        ("[limited_strike]", "[]", "a claim that is tested is encoded nowhere"),
        ("claim: Iran strikes.", "claim:", "claim is nothing; expected text that is not empty"),
        ("    test:", "    untestable: So.\n    test:", "both a test and a reason for having none"),
        ("    test:", "    inferred: no\n    test:", "inferred is 'no'; expected true"),
        ("about:", "without_motives: none_at_all\nabout:", "unknown scenario 'none_at_all'"),
        ("id: c1", "id: c 1", "the id 'c 1'; expected letters, digits"),
        ("paragraphs: 20", "paragraphs: 20\nparagraf: 3", "unknown key 'paragraf'; did you mean"),
        ("scenario: small.yaml", "scenario: smal.yaml", "there is no file 'smal.yaml'"),
        ("claims:", "assumed: {RUS.isreal_ties: So.}\nclaims:", "unknown incentive"),
        ("claims:", "assumed: {RUS.israel_ties: }\nclaims:", "expected why it is assumed"),
        ("about:", "schema_version: 2\nabout:", "an unknown version of the language"),
    ],
)
def test_a_fault_of_a_claim_is_told(where: Path, found: str, instead: str, fault: str) -> None:
    told = faults_in(text_of(LEVEL).replace(found, instead), where)
    assert len(told) == 1
    assert fault in told[0]


def test_a_claim_has_an_id_of_its_own(where: Path) -> None:
    text = text_of(LEVEL, LEVEL).replace("id: c2", "id: c1")
    assert faults_in(text, where) == ["claims.yaml:14:9: a second claim 'c1' (first in line 5)"]


def test_a_claim_needs_a_test_or_a_reason(where: Path) -> None:
    (fault,) = faults_in(text_of(LEVEL).replace(f"    test: {LEVEL}\n", ""), where)
    assert fault.endswith(
        "the claim has no test; expected either `test`, or `untestable` with the reason"
    )


def test_all_faults_are_told_at_once(where: Path) -> None:
    text = text_of(LEVEL, "{expect: abov}").replace("actor: IRN", "actor: IRM")
    assert len(faults_in(text, where)) == 4


@pytest.mark.parametrize(
    "text", ["", "[]", "claims: []", "claims: 3", "about: [", "about: A head."]
)
def test_a_file_without_claims_is_refused(where: Path, text: str) -> None:
    assert faults_in(text, where)
