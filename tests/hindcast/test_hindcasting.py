"""The hindcast as a whole: tables, determinism, rivals from a folder."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.experiments.workers import Serial
from realpolitik.sim.hindcast.forecasts import (
    ARTICLE,
    DOUBT,
    load_rivals,
    log_score,
    ranked_probability_score,
    tempered,
)
from realpolitik.sim.hindcast.hindcasting import Hindcast, hindcast, standing, verdict
from realpolitik.sim.hindcast.scores import FEWEST
from realpolitik.sim.scenario.errors import ScenarioError

TABLES = ("forecasts", "scores", "summary", "against", "questions", "calibration")
NAMES = ["realpolitik", "automatic_ally", "linkage_retaliator", "base_rate", "uniform", "logistic"]


@pytest.fixture(scope="module")
def folder(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found: Path = small.folder_of_three(tmp_path_factory.mktemp("episodes"))
    return found


@pytest.fixture(scope="module")
def found(folder: Path) -> Hindcast:
    return hindcast([folder], worlds=40, seed=3)


def test_every_rival_is_scored_on_every_episode(found: Hindcast) -> None:
    pairs = set(zip(found.scores["episode"], found.scores["hypothesis"], strict=True))
    assert pairs == {(episode, name) for episode in "abc" for name in NAMES}
    assert list(found.titles) == NAMES
    assert found.base == ARTICLE


def test_forecasts_are_distributions_over_the_categories(found: Hindcast) -> None:
    groups = found.forecasts.groupby(["episode", "hypothesis"])["probability"]
    assert np.allclose(groups.sum(), 1)
    sizes = {(str(key[0]), len(rows)) for key, rows in groups}
    assert sizes == {("a", 7), ("b", 2), ("c", 2)}


def test_scores_are_those_of_the_forecasts(found: Hindcast) -> None:
    for _, own in found.scores.iterrows():
        is_own = found.forecasts[["episode", "hypothesis"]] == own[["episode", "hypothesis"]]
        rows = found.forecasts[is_own.all(axis=1)]
        forecast = rows["probability"].to_numpy()
        place = list(rows["category"]).index(own["observed"])
        assert own["rps"] == pytest.approx(ranked_probability_score(forecast, place))
        assert own["log_score"] == pytest.approx(log_score(forecast, place))


def test_a_forecast_is_what_an_ensemble_under_the_reading_gives(
    found: Hindcast, folder: Path
) -> None:
    ally = load_rivals()[1]
    runs = simulate(load_scenario(folder / "a.yaml"), 40, 3, ally.parameters).runs
    shares = np.bincount(runs["help"].astype(int), minlength=7) / 40
    own = found.forecasts.query("episode == 'a' and hypothesis == 'automatic_ally'")
    assert own["probability"].to_numpy() == pytest.approx(tempered(shares))
    assert own["probability"].min() >= DOUBT / 7


def test_an_executor_and_a_second_time_give_the_same(found: Hindcast, folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    with Serial() as executor:
        again = hindcast(
            [folder],
            worlds=40,
            seed=3,
            progress=lambda done, of: steps.append((done, of)),
            executor=executor,
        )
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(found, name), getattr(again, name))
    assert again.verdict == found.verdict
    assert steps == [(done, 9) for done in range(1, 10)]


def test_an_episode_scores_the_same_alone_and_in_company(found: Hindcast, folder: Path) -> None:
    alone = hindcast([folder / "b.yaml"], worlds=40, seed=3).scores
    beside = found.scores[found.scores["episode"] == "b"].reset_index(drop=True)
    alone, beside = (one.sort_values("hypothesis", ignore_index=True) for one in (alone, beside))
    pd.testing.assert_frame_equal(alone, beside)


def test_a_folder_of_hypotheses_takes_the_place_of_the_shipped_ones(
    folder: Path, tmp_path: Path
) -> None:
    head = "extends: haniyeh_2024\n"
    for name, value in (("bold", 0), (ARTICLE, 0.31), ("cautious", 0.8)):
        text = f"{head}title: A {name} one\nparameters: {{RUS.israel_ties: {value}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = hindcast([folder / "a.yaml"], worlds=10, hypotheses=tmp_path)
    assert list(found.titles)[:3] == [ARTICLE, "bold", "cautious"]
    assert found.titles["bold"] == "A bold one"
    assert found.titles[ARTICLE] == "A realpolitik one"
    assert found.labels[ARTICLE] == ARTICLE


def test_a_reading_has_the_name_of_a_shipped_one_only_if_it_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "automatic_ally.yaml").write_text(
        "extends: hypotheses/automatic_ally\ntitle: Mine\n", encoding="utf-8"
    )
    (tmp_path / "linkage_retaliator.yaml").write_text(
        "extends: hypotheses/linkage_retaliator\ntitle: Mine\nparameters: {RUS.us_rivalry: 0}\n",
        encoding="utf-8",
    )
    same, other = load_rivals(tmp_path)
    assert (same.called, same.short) == ("an automatic ally of Tehran", "H2 automatic_ally")
    assert (other.called, other.short) == ("Mine", "linkage_retaliator")


def test_what_is_not_used_of_a_hypothesis_is_told(folder: Path, tmp_path: Path) -> None:
    text = "extends: no_shock\nparameters: {RUS.israel_ties: 0}\ninitial: {embargo: {IRN: 1}}\n"
    (tmp_path / "bold.yaml").write_text(text, encoding="utf-8")
    found = hindcast([folder / "a.yaml"], worlds=2, hypotheses=tmp_path)
    assert found.notes == ("bold: of a hypothesis only `parameters` are used, not its `initial`.",)


def test_bayes_factors_are_told_at_other_doubts_too(found: Hindcast) -> None:
    rows = found.against[found.against["n"] > 0]
    apart = rows["bayes_less_doubt"] - rows["bayes_more_doubt"]
    assert apart.abs().gt(1e-6).any()
    assert rows["bayes_less_doubt"].gt(0).all()


def test_shipped_hypotheses_are_the_article_the_ally_and_the_retaliator() -> None:
    assert [rival.name for rival in load_rivals()] == NAMES[:3]
    assert load_rivals()[1].parameters["RUS.israel_ties"] == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.txt", "", "there is no hypothesis"),
        ("uniform.yaml", "extends: no_shock\n", "cannot be called 'uniform'"),
        ("x.yaml", "extends: no_shock\nparameters: {RUS.isreal_ties: 0}\n", "RUS.israel_ties"),
        ("x.yaml", "extends: no_shock\n", "a hypothesis without parameters"),
    ],
)
def test_bad_hypotheses_are_refused(
    folder: Path, tmp_path: Path, name: str, text: str, told: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError, match=told):
        hindcast([folder], worlds=1, hypotheses=tmp_path)


def test_hypotheses_that_are_not_there_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="cannot be read"):
        hindcast([folder], worlds=1, hypotheses=tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("worlds", "seed", "error"),
    [(0, 0, "worlds must be at least 1"), (1, -1, "seed must be at least 0")],
)
def test_impossible_numbers_are_refused(folder: Path, worlds: int, seed: int, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        hindcast([folder], worlds=worlds, seed=seed)


def test_cases_without_a_base_rate_are_named(found: Hindcast) -> None:
    assert found.without_record == ("c",)
    assert found.references["c"] == "none: even"


# ── Triggers ───────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def raided(small: Any, tmp_path_factory: pytest.TempPathFactory) -> Hindcast:
    """Two triggers, the answer to the second of which is doubted."""
    folder = tmp_path_factory.mktemp("triggers")
    later = small.trigger_text(start="2020-06-01", first="2020-06-02", more=", second: never")
    (folder / "a.yaml").write_text(small.trigger_text(), encoding="utf-8")
    (folder / "b.yaml").write_text(later, encoding="utf-8")
    return hindcast([folder], worlds=10)


def test_each_question_and_window_has_a_line_of_its_own(raided: Hindcast) -> None:
    one, eight = raided.questions.to_dict("records")
    assert (one["question"], one["weeks"], one["n"], one["yes"]) == ("victim_strikes", 1, 2, 1)
    assert eight["weeks"] == 8
    scores = raided.scores[
        raided.scores["episode"].isin(["a/victim_strikes/8", "b/victim_strikes/8"])
    ]
    means = scores.groupby("hypothesis")["rps"].mean()
    assert eight["rps"] == pytest.approx(means[ARTICLE])
    assert eight["rps_difference"] == pytest.approx(means[ARTICLE] - means["base_rate"])


def test_scores_are_told_by_the_other_coding_too(raided: Hindcast, found: Hindcast) -> None:
    assert found.other_coding is None
    assert raided.other_coding is not None
    for table, observed in ((raided.against, [0, 1]), (raided.other_coding, [0, 0])):
        row = table[(table["cases"] == "all") & (table["rival"] == "uniform")].iloc[0]
        chances = raided.forecasts.query("hypothesis == @ARTICLE and category == 'yes'")
        rps = np.mean(
            [
                (one - came) ** 2
                for one, came in zip(chances["probability"], np.repeat(observed, 2), strict=True)
            ]
        )
        assert row["rps_difference"] == pytest.approx(rps - 0.25)


# ── The verdict in words ───────────────────────────────────────────────────────────


ALLY, BASE, EVEN = "automatic_ally", "base_rate", "uniform"
TITLES = {"realpolitik": "the article's reading", ALLY: "an ally", BASE: "", EVEN: ""}
AHEAD = {
    "crises": 9,
    "skill": 0.3,
    "rps_difference": -0.1,
    "rps_difference_low": -0.2,
    "rps_difference_high": -0.05,
    "bayes_factor": 12.0,
    "bayes_low": 4.0,
    "bayes_high": 36.0,
    "bayes_least": 6.0,
    "least_without": "April",
    "bayes_most": 20.0,
    "most_without": "June",
    "bayes_less_doubt": 13.0,
    "bayes_more_doubt": 11.0,
}
BEHIND = {"rps_difference": 0.2, "rps_difference_low": 0.1, "rps_difference_high": 0.3}


def table(**changes: dict[str, Any]) -> pd.DataFrame:
    """The article's reading against three rivals, ahead of all; `all` of one may be changed."""
    rows = []
    for rival in (ALLY, BASE, EVEN):
        for cases, n in (("article", 2), ("omitted", 30)):
            few = {"crises": 2, "bayes_low": float("nan")} if cases == "article" else {}
            rows.append({"rival": rival, "cases": cases, "n": n, **AHEAD, **few})
        rows.append({"rival": rival, "cases": "all", "n": 32, **AHEAD, **changes.get(rival, {})})
    return pd.DataFrame(rows)


def sentences(found: pd.DataFrame, titles: dict[str, str] = TITLES) -> str:
    return "\n".join(verdict(found, titles))


def duels(*factors: tuple[float, float, float]) -> pd.DataFrame:
    """Least, whole and greatest factor over each rival."""
    return pd.DataFrame(
        {
            "bayes_least": least,
            "bayes_factor": factor,
            "bayes_most": most,
            "least_without": f"April {place}",
            "most_without": f"June {place}",
        }
        for place, (least, factor, most) in enumerate(factors)
    )


@pytest.mark.parametrize(
    ("factors", "told"),
    [
        ([(3.0, 9.0, 9.0), (40.0, 100.0, 200.0)], "supported"),
        ([(2.9, 9.0, 9.0), (40.0, 100.0, 200.0)], "ahead, but that hangs on one crisis (April 0)"),
        ([(40.0, 100.0, 200.0), (1.0, 2.9, 9.0)], "undecided"),
        ([(0.1, 0.2, 0.3), (40.0, 100.0, 200.0)], "contradicted"),
        ([(40.0, 100.0, 200.0), (0.1, 0.2, 0.4)], "behind, but that hangs on one crisis (June 1)"),
        ([(0.5, 1.0, 2.0)], "undecided"),
    ],
)
def test_a_word_holds_only_if_it_holds_whichever_crisis_is_left_out(
    factors: list[tuple[float, float, float]], told: str
) -> None:
    assert standing(duels(*factors)) == told


def test_it_says_on_which_cases_the_reading_is_supported_and_where_they_are_too_few() -> None:
    told = sentences(table(automatic_ally={"bayes_factor": 1.0, "bayes_least": 0.5}))
    assert (
        "the article's reading is supported on the 30 that it leaves out and undecided on all 32, "
        "while the 2 cases that the article tells of (2 crises) are too few to say"
    ) in told
    assert "Over an ally its Bayes factor is 12 (article), 12 (omitted; 95 % interval 4" in told


def test_another_base_than_the_articles_goes_by_its_own_name() -> None:
    titles = {"mine": "blind to Israel", **{name: TITLES[name] for name in (ALLY, BASE, EVEN)}}
    told = sentences(table(), titles)
    assert "Set against the other readings of Russia, blind to Israel is supported" in told
    assert "the article's reading" not in told


def test_factors_at_other_doubts_are_told() -> None:
    assert "a doubt of .001 instead of .01 makes it 13, one of .05 11" in sentences(table())


def test_what_is_not_beaten_is_said_plainly() -> None:
    ahead = {"rps_difference": -0.01, "rps_difference_high": 0.02}
    told = sentences(
        table(base_rate={**BEHIND, "bayes_least": 0.1, "bayes_most": 0.3}, uniform=ahead)
    )
    assert "The simulator does not beat the plain base rate (mean RPS 0.200 higher" in told
    assert "contradicted on all 32" in told
    assert "ahead of a uniform forecast, but by no more than chance may explain" in told
    assert "has not been shown to beat it" in told


def test_what_is_beaten_is_said_as_plainly() -> None:
    assert (
        "The simulator beats the plain base rate (mean RPS 0.100 lower, 95 % interval of the "
        "difference −0.200 to −0.050; skill 0.30)"
    ) in sentences(table())


def test_sets_without_cases_are_left_out() -> None:
    found = table()
    found.loc[found["cases"] == "article", ["n", "crises"]] = 0
    told = sentences(found)
    assert "(article" not in told
    assert "the 0" not in told


@pytest.mark.parametrize(
    ("n", "crises", "told"),
    [
        (1, 1, "One case is too few to say who forecasts better"),
        (2, 2, "2 cases, of 2 crises, are too few to say who forecasts better"),
        (40, 1, "40 cases, of 1 crisis, are too few to say who forecasts better"),
    ],
)
def test_of_few_crises_nothing_is_said_but_that_they_are_few(
    n: int, crises: int, told: str
) -> None:
    assert crises < FEWEST
    found = table()
    found.loc[found["cases"] == "all", ["n", "crises"]] = n, crises
    said = sentences(found)
    assert said.startswith(told)
    for word in ("supported", "contradicted", "undecided", "beat", "Bayes"):
        assert word not in said
