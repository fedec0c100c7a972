"""Expected behaviour: paired ensembles in which one thing is changed; intervals must exclude 0."""

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import simulate
from realpolitik.sim.engine.actions import number_of
from realpolitik.sim.engine.shocks import SetQuantity
from realpolitik.sim.engine.world import Array
from realpolitik.sim.model import EscalationModel
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.stats.intervals import share

WORLDS, SEED, BLOCK = 2048, 8, 1024
HALF_YEAR = 26  # weeks
ARMS = "russian_offensive_arms_to_iran"


@pytest.fixture(scope="module")
def base(haniyeh: Scenario) -> pd.DataFrame:
    """The main scenario as it is."""
    return simulate(haniyeh, WORLDS, SEED).runs


@pytest.fixture(scope="module")
def spared(haniyeh: Scenario) -> Scenario:
    """The main scenario without the killing."""
    shocks = tuple(shock for shock in haniyeh.shocks if shock.id != "haniyeh_killed")
    return haniyeh.model_copy(update={"shocks": shocks})


@pytest.fixture(scope="module")
def no_israel(haniyeh: Scenario) -> pd.DataFrame:
    """Without ties of Russia to Israel."""
    return simulate(haniyeh, WORLDS, SEED, {"RUS.israel_ties": 0.0}).runs


@pytest.fixture(scope="module")
def no_saudi(haniyeh: Scenario) -> pd.DataFrame:
    """Without ties of Russia to Saudi Arabia."""
    return simulate(haniyeh, WORLDS, SEED, {"RUS.saudi_ties": 0.0}).runs


@pytest.fixture(scope="module")
def deaf(haniyeh: Scenario) -> pd.DataFrame:
    """With an Iran that heeds no advice."""
    return simulate(haniyeh, WORLDS, SEED, {"IRN.heeded_advice": 0.0}).runs


def interval(one: pd.DataFrame, other: pd.DataFrame, name: str) -> tuple[float, float]:
    """95 % interval of the mean paired difference of an outcome."""
    difference = (one[name] - other[name]).to_numpy()
    reach = 1.96 * difference.std(ddof=1) / np.sqrt(len(difference))
    return difference.mean() - reach, difference.mean() + reach


def rises(one: pd.DataFrame, other: pd.DataFrame, name: str = ARMS) -> bool:
    """Whether the outcome is surely higher in `one`."""
    return interval(one, other, name)[0] > 0


def test_without_ties_to_israel_russia_sends_more_arms(
    no_israel: pd.DataFrame, base: pd.DataFrame
) -> None:
    assert rises(no_israel, base)


def test_without_saudi_ties_russia_sends_more_arms(
    no_saudi: pd.DataFrame, base: pd.DataFrame
) -> None:
    assert rises(no_saudi, base)


def test_without_both_it_sends_more_than_without_either(
    haniyeh: Scenario, no_israel: pd.DataFrame, no_saudi: pd.DataFrame
) -> None:
    neither = {"RUS.israel_ties": 0.0, "RUS.saudi_ties": 0.0}
    both = simulate(haniyeh, WORLDS, SEED, neither).runs
    assert rises(both, no_israel)
    assert rises(both, no_saudi)


def test_without_dependence_on_iran_it_sends_fewer(haniyeh: Scenario, base: pd.DataFrame) -> None:
    assert rises(base, simulate(haniyeh, WORLDS, SEED, {"RUS.iran_dependence": 0.0}).runs)


def test_without_us_aid_to_ukraine_it_sends_fewer(haniyeh: Scenario, base: pd.DataFrame) -> None:
    """No standing flow, no new aircraft, and nothing sent later."""
    shocks = tuple(shock for shock in haniyeh.shocks if shock.id != "f16_for_ukraine")
    flows = {"flow": {"USA-UKR": 0.0}}
    no_aid = haniyeh.model_copy(update={"shocks": shocks, "initial": flows})
    stopped = {"USA.ukraine_commitment": 0.0}
    assert rises(base, simulate(no_aid, WORLDS, SEED, stopped).runs)


def test_under_an_embargo_it_sends_next_to_none(haniyeh: Scenario, base: pd.DataFrame) -> None:
    embargo = SetQuantity(
        kind="set", id="un_embargo", week=1, quantity="embargo", of="IRN", value=1
    )
    barred = haniyeh.model_copy(update={"shocks": (*haniyeh.shocks, embargo)})
    runs = simulate(barred, WORLDS, SEED).runs
    assert rises(base, runs)
    assert runs[ARMS].mean() < 0.01


def test_without_the_killing_iran_strikes_less(spared: Scenario, base: pd.DataFrame) -> None:
    assert rises(base, simulate(spared, WORLDS, SEED).runs, "strike_on_israel")


def test_unheeded_advice_costs_lives_in_greater_proportion_than_it_brings_strikes(
    deaf: pd.DataFrame, base: pd.DataFrame
) -> None:
    rng = np.random.default_rng(0)
    ratios = []
    for _ in range(1000):  # paired bootstrap of the difference of the two ratios
        picked = rng.integers(0, WORLDS, WORLDS)
        ratios.append(
            np.subtract(
                *(
                    deaf[name].to_numpy()[picked].mean() / base[name].to_numpy()[picked].mean()
                    for name in ("israeli_civilian_deaths", "strike_on_israel")
                )
            )
        )
    assert np.quantile(ratios, 0.025) > 0


def test_unheeded_advice_turns_limited_strikes_into_major_ones(
    deaf: pd.DataFrame, base: pd.DataFrame
) -> None:
    assert rises(deaf, base, "major_strike_on_israel")


def test_words_run_ahead_of_deeds_in_nine_worlds_of_ten(base: pd.DataFrame) -> None:
    ahead = base["russia_public_alignment"] > base["russia_material_alignment"]
    assert ahead.mean() >= 0.9


def test_an_automatic_ally_does_arm(haniyeh: Scenario) -> None:
    ally = {
        "RUS.israel_ties": 0.0,
        "RUS.saudi_ties": 0.0,
        "RUS.transactional_leverage": 0.0,
        "RUS.iran_partner": 0.45,
        "RUS.us_rivalry": -0.5,
    }
    assert simulate(haniyeh, 500, SEED, ally).runs[ARMS].mean() >= 0.8


def test_russian_arms_and_intelligence_reach_the_strikes(
    haniyeh: Scenario, base: pd.DataFrame
) -> None:
    """Where Iran gets more from Russia, fear of an answer falls, and strikes rise."""
    gifted = haniyeh.model_copy(
        update={"initial": {"capability": {"IRN": 1.0}, "air_defence": {"IRN": 0.9}}}
    )
    assert rises(simulate(gifted, WORLDS, SEED).runs, base, "strike_on_israel")


# ── What a killing leaves behind, and how wars end ───────────────────────────────────


SPEAKERS, KILLER = ("IRN", "RUS", "HEZ", "HOU"), "ISR"
"""The one on whose soil it was, and its partners."""


@pytest.fixture(scope="module")
def words_if_killed(haniyeh: Scenario) -> Array:
    """Hostile words after the killing."""
    return hostile_words(haniyeh)


@pytest.fixture(scope="module")
def words_if_spared(spared: Scenario) -> Array:
    """Hostile words in the same weeks of the same worlds without it."""
    return hostile_words(spared)


def hostile_words(scenario: Scenario, weeks: int = 4) -> Array:
    """Whether each speaker denounced or threatened the killer in each of the first weeks.

    (weeks, speakers, W), 0 or 1.
    """
    model = EscalationModel(scenario, BLOCK, rng=SEED)
    killer, speakers = model.world.index[KILLER], [model.world.index[one] for one in SPEAKERS]
    said = np.zeros((weeks, model.world.actors, BLOCK))
    hostile = [number_of(action) for action in ("denounce", "threaten")]
    for week in said:
        model.step()
        deeds = model.happened.deeds
        deeds = deeds.where((deeds.target == killer) & np.isin(deeds.action, hostile))
        week[deeds.actor, deeds.world] = 1
    return said[:, speakers]


def odds_ratio(one: Array, other: Array) -> tuple[float, float]:
    """95 % interval of the odds of words against those of others, speaker by speaker.

    Mantel and Haenszel's common odds ratio, with the paired bootstrap over worlds.
    """
    rng = np.random.default_rng(0)
    picks = (rng.integers(0, BLOCK, BLOCK) for _ in range(1000))
    ratios = [_common_odds_ratio(one[..., picked], other[..., picked]) for picked in picks]
    low, high = np.quantile(ratios, [0.025, 0.975])
    return low, high


def _common_odds_ratio(one: Array, other: Array) -> float:
    said, others = (words.mean(axis=(0, 2)) for words in (one, other))
    ratio: float = (said * (1 - others)).sum() / (others * (1 - said)).sum()
    return ratio


def test_a_killing_at_least_doubles_the_odds_of_hostile_words(
    words_if_killed: Array, words_if_spared: Array
) -> None:
    assert odds_ratio(words_if_killed[:2], words_if_spared[:2])[0] >= 2


def test_without_a_killing_the_odds_of_hostile_words_do_not_double(words_if_spared: Array) -> None:
    assert odds_ratio(words_if_spared[2:], words_if_spared[:2])[1] < 2


def test_most_full_scale_wars_end_within_half_a_year() -> None:
    """Of those that come in the first half of a year."""
    model, began = EscalationModel("year_after", BLOCK, rng=SEED), np.full(BLOCK, np.inf)
    while model.running:
        model.step()
        at_war = model.outcome("full_scale_war") == 1
        began[at_war & np.isinf(began)] = model.week
    ended = model.outcome("weeks_to_end_of_war")
    early = began <= HALF_YEAR
    over = (ended - began)[early] <= HALF_YEAR
    assert share(int(over.sum()), int(early.sum())).low >= 0.5


@pytest.mark.parametrize("pair", [("EUR", "RUS"), ("IRN", "SAU"), ("ISR", "RUS")])
def test_a_pair_that_scolds_each_other_every_week_does_not_climb_by_it(
    no_shock: Scenario, pair: tuple[str, str]
) -> None:
    alone = no_shock.model_copy(update={"actors": pair, "deals": (), "outcomes": {}})
    often, seldom = (rungs(alone, scolding) for scolding in (0.95, 0.05))
    climb = often - seldom
    assert climb.mean() + 1.96 * climb.std(ddof=1) / np.sqrt(BLOCK) < 0.25
    assert often.mean() < 2


def rungs(scenario: Scenario, scolding: float) -> Array:
    """Where two stand in the end, of whom each denounces the other so often as a rule: (W,)."""
    one, other = scenario.actors
    rates = {f"rate.{one}-{other}.denounce": scolding, f"rate.{other}-{one}.denounce": scolding}
    model = EscalationModel(scenario, BLOCK, rng=SEED, bounded=False, parameters=rates)
    return model.run().world.rung[:, 0, 1]
