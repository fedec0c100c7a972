"""Where histories part, against a loop that looks at one deed after the other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim import simulate
from realpolitik.sim.comparison.divergence import (
    Ledger,
    Speech,
    doing,
    first_acts_table,
    join,
    of_events,
    part,
    partings_table,
    read_entry,
)
from realpolitik.sim.comparison.sides import observe
from realpolitik.sim.engine.actions import ACTIONS, CHOICES, HOLD, NAMED, Action, verb_phrase
from realpolitik.sim.formatting.names import Names
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary
from tests.offenders import each

CODES = ("IRN", "ISR", "RUS")

ledgers = st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**32 - 1)).map(
    lambda drawn: (
        np.random.default_rng(drawn[2])
        .choice(20, (*drawn[:2], 3, 3, 4), p=[0.81, *[0.19 / 19] * 19])
        .astype(np.int16)
    )
)


def first_difference(one: Ledger, other: Ledger) -> tuple[int, ...]:
    """The parting of a single pair, by looking."""
    for week in range(min(len(one), len(other))):
        for group in np.ndindex(one.shape[1:]):
            before, after = one[week][group], other[week][group]
            if before != after:
                return week + 1, *group, int(before), int(after)
    return 0, 0, 0, 0, 0, 0


@given(ledgers, ledgers)
def test_partings_are_those_of_a_loop(one: Ledger, other: Ledger) -> None:
    found = part(one, other)
    worlds = min(len(one), len(other))
    looked = [first_difference(one[world], other[world]) for world in range(worlds)]
    columns = vars(found).values()
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == looked


@given(ledgers)
def test_a_history_never_parts_from_itself(ledger: Ledger) -> None:
    assert part(ledger, ledger).week.sum() == 0
    assert len(first_acts_table("x", part(ledger, ledger), CODES, Speech({}))) == 0


@given(ledgers, ledgers)
def test_swapping_leaves_the_weeks_and_swaps_what_was_done(one: Ledger, other: Ledger) -> None:
    there, back = part(one, other), part(other, one)
    assert np.array_equal(there.week, back.week)
    assert np.array_equal(there.before, back.after)


@given(ledgers, ledgers)
def test_the_tables_count_every_pair_once(one: Ledger, other: Ledger) -> None:
    found = part(one, other)
    weeks = partings_table("x", found, 5)
    assert weeks["week"].tolist() == [0, 1, 2, 3, 4, 5]
    assert weeks["worlds"].sum() == len(found)
    acts = first_acts_table("x", found, CODES, Speech({}))
    assert acts["worlds"].sum() == (found.week > 0).sum()
    assert acts["worlds"].is_monotonic_decreasing
    assert acts["share"].sum() == pytest.approx((found.week > 0).mean())


def test_without_weeks_nothing_parts() -> None:
    nothing = np.zeros((4, 0, 3, 3, 4), np.int16)
    assert part(nothing, nothing).week.tolist() == [0, 0, 0, 0]


def test_blocks_are_put_one_behind_the_other() -> None:
    one = np.zeros((2, 1, 3, 3, 4), np.int16)
    other = one.copy()
    other[1, 0, 2, 1, 3] = 7
    both = join([part(one, other), part(one, one)])
    assert both.week.tolist() == [0, 1, 0, 0]
    assert both.after.tolist() == [0, 7, 0, 0]


def test_a_ledger_holds_what_the_events_tell(haniyeh: Scenario) -> None:
    codes = tuple(sorted(haniyeh.actors))
    seen = observe(haniyeh, 3, 0, 30, codes, lambda week: None)
    events = simulate(haniyeh, 30, 3).events
    assert np.array_equal(seen.ledger, of_events(events, 30, haniyeh.weeks, codes))
    assert (seen.ledger > 0).sum() == len(events) == seen.block.deeds.sum()
    for row in events.sample(40, random_state=1).to_dict("records"):
        choice = CHOICES.index(NAMED[row["action"]].choice)
        pair = map(codes.index, (row["actor"], row["on"]))
        entry = seen.ledger[row["world"], row["week"] - 1, *pair, choice]
        assert read_entry(int(entry), choice).action == row["action"]


def test_an_action_of_another_version_is_refused(haniyeh: Scenario) -> None:
    events = simulate(haniyeh, 3, 1).events.replace({"action": {"support": "applaud"}})
    with pytest.raises(ValueError, match="applaud"):
        of_events(events, 3, 26, tuple(sorted(haniyeh.actors)))


# ── Deeds in words ─────────────────────────────────────────────────────────────────────


SPEECH = Speech({code: actor.title for code, actor in vocabulary().actors.items()})


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("sends offensive arms to Iran", "sending offensive arms to Iran"),
        ("makes a limited strike", "making a limited strike"),
        ("steps back", "stepping back"),
        ("says nothing of the kind", "saying nothing of the kind"),
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
