"""Files of claims: what they say is taken over, and every fault is told of with its place."""

from pathlib import Path

import pytest

from realpolitik.sim.claims.claim import Claims
from realpolitik.sim.claims.claims_file import paragraphs_of
from realpolitik.sim.scenario.errors import ScenarioError
from tests.claims.small import claims_in, folder_with_scenario, text_of

LEVEL = "{outcome: strike, expect: above, level: 0.5}"
CHANGE = "{change: {variant: calm}, outcome: strike, expect: lower}"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place beside the scenario."""
    return folder_with_scenario(tmp_path_factory.mktemp("claims"))


def read(where: Path, text: str) -> Claims:
    return claims_in(text, where)


def faults(where: Path, text: str) -> list[str]:
    """The faults of a text, each on its line, without the folder."""
    with pytest.raises(ScenarioError) as caught:
        read(where, text)
    return str(caught.value).replace(f"{where.parent}/", "").splitlines()


def fault_of(where: Path, test: str) -> str:
    """The only fault of a claim with this test, without its place."""
    (fault,) = faults(where, text_of(test))
    place, _, said = fault.partition(": ")
    assert place.startswith("claims.yaml:12:")
    return said


# ── What a file says ─────────────────────────────────────────────────────────────────


def test_a_claim_is_taken_over(where: Path) -> None:
    read_it = read(where, text_of(CHANGE))
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


def test_parameters_of_a_change_come_on_top_of_those_of_the_test(where: Path) -> None:
    test = (
        "{parameters: {RUS.israel_ties: 0, RUS.saudi_ties: 0}, "
        "change: {parameters: {RUS.israel_ties: 0.5}}, outcome: strike, expect: lower}"
    )
    (trial,) = read(where, text_of(test)).claims[0].trials
    assert trial.changed
    assert trial.base.case.parameters == {"RUS.israel_ties": 0, "RUS.saudi_ties": 0}
    assert trial.changed.case.parameters == {"RUS.israel_ties": 0.5, "RUS.saudi_ties": 0}


def test_a_written_measure_is_one_outcome_however_often_it_is_written(where: Path) -> None:
    test = (
        "{outcome: {measure: act, action: warn, by: IRN, target: ISR}, expect: above, level: 0.5}"
    )
    one, other = (c.trials[0].base for c in read(where, text_of(test, test)).claims)
    assert one.column == other.column == "act warn IRN ISR"
    assert one.outcome == "warn IRN ISR"


def test_assumed_incentives_are_taken_over_with_their_reason(where: Path) -> None:
    text = text_of(LEVEL) + "assumed: {'*.cost_of_acting': Nothing is free.}\n"
    assert read(where, text).assumed == {"*.cost_of_acting": "Nothing is free."}


def test_the_scenario_that_claims_are_about_is_known(where: Path) -> None:
    assert read(where, text_of(LEVEL)).scenario == "small.yaml"


def test_marks_of_a_claim_are_taken_over(where: Path) -> None:
    text = text_of(LEVEL, LEVEL)
    at = text.rindex("    test:")
    marked = f"{text[:at]}    inferred: true\n    by_construction: true\n{text[at:]}"
    plain, other = read(where, marked).claims
    assert (plain.inferred, plain.by_construction) == (False, False)
    assert (other.inferred, other.by_construction) == (True, True)


def test_a_level_is_tried_without_the_motives_of_that_actor_alone(where: Path) -> None:
    head = "without_motives: bare.yaml\n"
    text = head + text_of(LEVEL, CHANGE, LEVEL).replace("actor: IRN", "actor: RUS", 2)
    level, change, other = (claim.trials[0] for claim in read(where, text).claims)
    assert level.without
    assert level.without.level == level.level
    assert level.without.base.case.scenario == level.base.case.scenario
    assert level.without.base.case.parameters == {"RUS.israel_ties": 0, "RUS.iran_partner": 0}
    assert change.without is None  # it is held against no level
    assert other.without is None  # it is about Iran, whose motives stay
    assert len(level.sides) == 2


def test_what_is_given_is_looked_at_in_the_same_worlds(where: Path) -> None:
    test = "{outcome: height, given: strike, expect: above, level: 5}"
    (trial,) = read(where, text_of(test)).claims[0].trials
    assert trial.given
    assert trial.given.case == trial.base.case
    assert trial.outcome == "height where strike"


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


# ── What is wrong with a test ────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("test", "fault"),
    [
        (LEVEL.replace("strike", "strik"), "did you mean 'strike'?"),
        (LEVEL.replace("above", "abov"), "unknown expectation 'abov'; did you mean 'above'?"),
        (LEVEL.replace("level", "bye: 0, level"), "unknown key 'bye'; did you mean 'by'?"),
        (LEVEL.replace("0.5", "[0.2, 0.5]"), "level is a list; expected a number"),
        (LEVEL.replace("above", "within"), "level is 0.5; expected two numbers"),
        (
            LEVEL.replace("above, level: 0.5", "within, level: [0.5, 0.2]"),
            "the range is upside down; expected the lower number first",
        ),
        (
            LEVEL.replace("above, level: 0.5", "higher"),
            "expect is 'higher', but nothing is changed",
        ),
        (CHANGE.replace("lower", "below, level: 0.5"), "expect is 'below'; expected higher, lower"),
        (CHANGE.replace("lower", "same"), "by is 0; expected a number above 0"),
        (CHANGE.replace("lower", "lower, by: -1"), "by is -1; expected a number of at least 0"),
        (CHANGE.replace("lower", "lower, level: 0.5"), "a level beside expect: lower"),
        (CHANGE.replace("calm", "cam"), "unknown variant 'cam'; did you mean 'calm'?"),
        (CHANGE.replace("variant: calm", ""), "nothing is changed; expected one of scenario"),
        (
            CHANGE.replace("variant: calm", "scenario: hanieh_2024"),
            "unknown scenario 'hanieh_2024'; did you mean 'haniyeh_2024'?",
        ),
        (
            CHANGE.replace("variant: calm", "scenario: no_shock, variant: calm"),
            "a variant beside a scenario; expected the one or the other",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {RUS.isreal_ties: 0}"),
            "unknown parameter 'RUS.isreal_ties'; did you mean 'RUS.israel_ties'?",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {RUS.israel_ties: 3}"),
            "RUS.israel_ties is 3; expected a number from 0 to 0.92",
        ),
        (
            CHANGE.replace("variant: calm", "parameters: {HEZ.iran_tie: 0.2}"),
            "'HEZ.iran_tie' does not bear on this scenario",
        ),
        (CHANGE.replace("variant: calm", "outcome: height"), "a share is compared with a rung"),
        (
            CHANGE.replace("expect", "given: strike, expect"),
            "given beside a change; expected given",
        ),
        (LEVEL.replace("expect", "given: height, expect"), "given is a rung; expected an outcome"),
        (LEVEL.replace("strike", "{measure: deths}"), "unknown measure 'deths'"),
        (
            LEVEL.replace("strike", "{measure: act, action: wrn, by: IRN, target: ISR}"),
            "unknown action 'wrn'; did you mean 'warn'?",
        ),
        (
            LEVEL.replace("strike", "{measure: act, action: warn, by: IRN, target: SAU}"),
            "SAU is not among the scenario's actors",
        ),
        (
            LEVEL.replace("strike", "{measure: act, action: warn, by: IRN}"),
            "missing key 'target' (measure act)",
        ),
        (LEVEL.replace("outcome: strike, ", ""), "missing key 'outcome'"),
        (LEVEL.replace("level: 0.5", ""), "missing key 'level'; expected a number"),
        ("[]", "test is an empty list; expected a test, or why there is none"),
        ("yes", "the test is 'yes'; expected a mapping"),
    ],
)
def test_a_fault_of_a_test_is_told(where: Path, test: str, fault: str) -> None:
    assert fault in fault_of(where, test)


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
    told = faults(where, text_of(LEVEL).replace(found, instead))
    assert len(told) == 1
    assert fault in told[0]


def test_a_claim_has_an_id_of_its_own(where: Path) -> None:
    text = text_of(LEVEL, LEVEL).replace("id: c2", "id: c1")
    assert faults(where, text) == ["claims.yaml:14:9: a second claim 'c1' (first in line 5)"]


def test_a_claim_needs_a_test_or_a_reason(where: Path) -> None:
    (fault,) = faults(where, text_of(LEVEL).replace(f"    test: {LEVEL}\n", ""))
    assert fault.endswith(
        "the claim has no test; expected either `test`, or `untestable` with the reason"
    )


def test_all_faults_are_told_at_once(where: Path) -> None:
    text = text_of(LEVEL, "{expect: abov}").replace("actor: IRN", "actor: IRM")
    assert len(faults(where, text)) == 4


@pytest.mark.parametrize(
    "text", ["", "[]", "claims: []", "claims: 3", "about: [", "about: A head."]
)
def test_a_file_without_claims_is_refused(where: Path, text: str) -> None:
    assert faults(where, text)
