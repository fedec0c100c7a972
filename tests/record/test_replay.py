"""Replay: the state that follows from what was done, and what was foreseen before it."""

from collections.abc import Mapping

import numpy as np
import pytest

from realpolitik.sim.engine.world import QUANTITIES, Array
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.record.replay import Replay, Told, replay, told_acts
from realpolitik.sim.record.weekly import Record
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.made_up_record import FIRST, QUIET, drawn_record, quiet, record_of

ACTS = [(1, "IRN", "ISR", "threaten"), (2, "USA", "RUS", "denounce"), (5, "USA", "RUS", "sanction")]
SHOCKS = """
shocks:
  - {id: dated, kind: assassination, date: DAY, by: ISR, against: IRN, pressure: 0.9}
  - {id: undated, kind: assassination, week: 2, by: RUS, against: USA, pressure: 0.9}
"""


class WithoutNoise(EscalationModel):
    """Chance decides what is chosen, and nothing else."""

    def draw(self, *_name: str) -> Array:
        """½."""
        return np.full(self.world.worlds, 0.5)

    def draw_dyads(self, *_name: object, **_which: object) -> Array:
        """½."""
        return np.full(self.world.rung.shape, 0.5, order="F")


def weeks(number: int) -> Record:
    """So many weeks in which somebody does something."""
    return record_of([(0, "IRN", "ISR", "threaten"), (0, "USA", "RUS", "denounce")], range(number))


def test_replay_of_what_the_model_drew_gives_its_own_state_where_nothing_else_is_drawn() -> None:
    model = WithoutNoise(quiet().model_copy(update={"weeks": 12, "start": FIRST}), rng=4)
    chosen: list[list[Array]] = [[] for _ in model.actors]
    for _ in range(12):
        model.step()
        for actor, kept in zip(model.actors, chosen, strict=True):
            kept.append(actor.chosen[0].copy())
    again = Replay(quiet(), weeks(12))
    again.told = [
        Told(one.options, np.array(of)) for one, of in zip(again.told, chosen, strict=True)
    ]
    for _ in again.rows:
        again.apply_shocks()
        again.take()
    for name in QUANTITIES:
        np.testing.assert_array_equal(getattr(again.world, name), getattr(model.world, name), name)
    assert np.array_equal(again.world.recent, model.world.recent)


def test_an_act_of_the_record_is_chosen_in_its_week_and_all_else_is_held() -> None:
    (spell,) = replay(quiet(), record_of(ACTS))
    taken = {
        (week, one.actor.code, one.actor.options.actions()[option].action)
        for one in spell.actors
        for week, options in enumerate(one.told.chosen)
        for option in options[~np.isin(options, one.actor.options.holds)]
    }
    assert taken == {(week, of, action) for week, of, _, action in ACTS}


def test_a_hole_of_one_week_keeps_the_spell_and_repeats_the_week_before_it() -> None:
    record = record_of(ACTS, [0, 1, 2, 4, 5])
    (spell,) = replay(quiet(), record)
    assert all(len(one.weights) == 5 for one in spell.actors)
    assert Replay(quiet(), record).rows.tolist() == [0, 1, 2, 2, 3, 4]


def test_a_long_hole_begins_anew() -> None:
    record = record_of(ACTS, [0, 1, 2, 3, 5, 20, 21, 22, 23, 24, 25])
    spells = replay(quiet(), record)
    assert [len(spell.record.weeks) for spell in spells] == [5, 6]


def test_a_spell_in_which_memories_only_fill_is_not_replayed() -> None:
    record = record_of(ACTS, [0, 1, 2, 5, 20, 21, 22, 23, 24, 25])
    assert [len(spell.record.weeks) for spell in replay(quiet(), record)] == [6]
    assert replay(quiet(), weeks(4)) == []


def test_probabilities_of_a_choice_add_up_to_one() -> None:
    (spell,) = replay(quiet(), drawn_record(quiet(), 6, 1))
    for one in spell.actors:
        starts = [group.start for group in one.actor.options.groups]
        sums = np.add.reduceat(one.probabilities, starts, axis=1)
        np.testing.assert_allclose(sums, 1)


def test_what_is_foreseen_of_a_week_does_not_depend_on_it() -> None:
    one, other = (record_of([*ACTS, act]) for act in [(7, "ISR", "IRN", "denounce"), ACTS[0]])
    known = told_acts(quiet(), one)
    (first,), (second,) = (replay(quiet(), record, told=known) for record in (one, other))
    for before, after in zip(first.actors, second.actors, strict=True):
        assert np.array_equal(before.weights[:8], after.weights[:8])
    assert any(
        not np.array_equal(before.weights[8:], after.weights[8:])
        for before, after in zip(first.actors, second.actors, strict=True)
    )


def pressure(scenario: Scenario) -> Mapping[tuple[str, str], float]:
    """Pressure on Iran by Israel and on the United States by Russia, at the end."""
    (spell,) = replay(scenario, weeks(5))
    index, found = spell.world.index, spell.world.pressure[0]
    pairs = (("IRN", "ISR"), ("USA", "RUS"))
    return {(a, b): float(found[index[a], index[b]]) for a, b in pairs}


def test_a_shock_happens_on_its_date_and_without_one_it_does_not() -> None:
    text = QUIET.replace("outcomes:", SHOCKS.strip() + "\noutcomes:")
    told = pressure(read_scenario(text.replace("DAY", "2021-01-12"), "quiet.yaml"))
    assert told["IRN", "ISR"] > 0.3
    assert told["USA", "RUS"] == pytest.approx(pressure(quiet())["USA", "RUS"])
