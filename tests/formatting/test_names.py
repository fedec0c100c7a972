import pytest

from realpolitik.sim.formatting.names import Names, heading_of, verb_phrase

NAMES = Names({"IRN": "Iran", "USA": "United States", "HOU": "Houthis", "SAU": "Saudi Arabia"})


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("IRN", "Iran"),
        ("USA", "the United States"),
        ("HOU", "the Houthis"),
        ("SAU", "Saudi Arabia"),
        ("XYZ", "XYZ"),
    ],
)
def test_name_in_a_sentence_has_its_article(code: str, name: str) -> None:
    assert NAMES.the(code) == name


@pytest.mark.parametrize(
    ("action", "label", "phrase"),
    [
        ("show_of_force", "shows force", "shows force against Iran"),
        ("urge_restraint", "urges restraint", "urges restraint on Iran"),
        ("support", "supports in public", "supports Iran in public"),
        ("proxy_strike", "strikes through a proxy", "strikes Iran through a proxy"),
        ("withhold", "withholds arms", "withholds arms from Iran"),
        ("threaten", "threatens", "threatens Iran"),
        ("blockade", "blockades ports", "blockades ports toward Iran"),
    ],
)
def test_target_stands_where_english_wants_it(action: str, label: str, phrase: str) -> None:
    assert verb_phrase(action, label, "Iran") == phrase


def test_act_without_target_keeps_its_label() -> None:
    assert verb_phrase("hold", "stays silent", "") == "stays silent"


def test_plural_name_takes_plural_verb() -> None:
    assert NAMES.deed("HOU", "shows force against Iran") == "the Houthis show force against Iran"
    assert NAMES.deed("IRN", "shows force") == "Iran shows force"


def test_heading_takes_its_spelling_from_the_texts() -> None:
    texts = ["Ukraine receives F-16 aircraft.", "The US presidential election."]
    assert heading_of("f16_for_ukraine", texts) == "F-16 for Ukraine"
    assert heading_of("us_election", texts) == "US election"
    assert heading_of("embargo", texts) == "Embargo"
