"""What actors, scenarios and runs are called, and how deeds are put into a clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.formatting.names import Names, heading_of, labels

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


def test_plural_name_takes_plural_verb() -> None:
    assert NAMES.deed("HOU", "shows force against Iran") == "the Houthis show force against Iran"
    assert NAMES.deed("IRN", "shows force") == "Iran shows force"


def test_heading_takes_its_spelling_from_the_texts() -> None:
    texts = ["Ukraine receives F-16 aircraft.", "The US presidential election."]
    assert heading_of("f16_for_ukraine", texts) == "F-16 for Ukraine"
    assert heading_of("us_election", texts) == "US election"
    assert heading_of("embargo", texts) == "Embargo"


def test_only_titles_that_repeat_have_names_behind_them() -> None:
    titles = {"a": "War", "b": "War", "c": "Peace"}
    names = {"a": "08_cold", "b": "08_warm", "c": "calm"}
    expected = {"a": "War (08_cold)", "b": "War (08_warm)", "c": "Peace"}
    assert labels(titles, names) == expected


def test_where_names_repeat_too_the_keys_tell() -> None:
    titles, names = dict.fromkeys(("x", "x (2)"), "War"), dict.fromkeys(("x", "x (2)"), "x")
    assert labels(titles, names) == {"x": "War (x)", "x (2)": "War (x (2))"}


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(*2 * [st.sampled_from("TUV")])))
def test_labels_are_one_of_a_kind(things: dict[str, tuple[str, str]]) -> None:
    titles = {key: title for key, (title, _) in things.items()}
    found = labels(titles, {key: name for key, (_, name) in things.items()})
    assert len(set(found.values())) == len(things)
