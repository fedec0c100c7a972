"""Deeds in words."""

import pytest

from realpolitik.sim.comparison.divergence import Speech, doing
from realpolitik.sim.engine.actions import ACTIONS, HOLD, NAMED, Action, verb_phrase
from realpolitik.sim.formatting.names import Names
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

SPEECH = Speech({code: actor.title for code, actor in vocabulary().actors.items()})


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("sends offensive arms to Iran", "sending offensive arms to Iran"),
        ("makes a limited strike", "making a limited strike"),
        ("steps back", "stepping back"),
        ("says nothing new", "saying nothing new"),
        ("shows force", "showing force"),
        ("denounces", "denouncing"),
        ("warns in private", "warning in private"),
        ("offers a deal", "offering a deal"),
        ("appeals for calm", "appealing for calm"),
        ("uses no force", "using no force"),
    ],
)
def test_what_one_was_doing(phrase: str, told: str) -> None:
    assert doing(phrase) == told


def test_names_stand_with_their_article_and_their_verb() -> None:
    arms = SPEECH.phrase(NAMED["offensive_arms"], "HOU")
    assert SPEECH.does("RUS", arms) == "Russia sends offensive arms to the Houthis"
    shows = SPEECH.phrase(NAMED["show_of_force"], "USA")
    assert SPEECH.does("HOU", shows, "no longer") == (
        "the Houthis no longer show force against the United States"
    )


def test_an_actor_that_is_not_known_is_called_by_its_code() -> None:
    assert Speech({}).does("XXX", "stays silent") == "XXX stays silent"


@each("action", [a for a in ACTIONS if a.action != HOLD])
def test_the_report_says_it_in_the_same_words(action: Action) -> None:
    names = Names(SPEECH.titles)
    for target in SPEECH.titles:
        phrase = verb_phrase(action.action, action.label, names.the(target))
        assert SPEECH.phrase(action, target) == phrase
        assert SPEECH.does(target, phrase) == names.deed(target, phrase)
