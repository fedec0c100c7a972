"""The page of a hindcast: what it says, and that it reads well in a browser."""

from pathlib import Path
from typing import Any

import pandas as pd

from realpolitik.sim.report.hindcast_page import render_hindcast

TITLES = {
    "realpolitik": "the article's reading",
    "base_rate": "the plain base rate",
    "uniform": "a uniform forecast",
    "logistic": "a logistic model of three covariates",
}
NUMBERS = {
    "n": 20,
    "crises": 9,
    "rps": 0.3,
    "log_score": 0.9,
    "skill": -0.2,
    "rps_difference": 0.05,
    "rps_difference_low": -0.1,
    "rps_difference_high": 0.2,
    "bayes_factor": 0.25,
    "bayes_low": 0.1,
    "bayes_high": 0.6,
}


def about() -> dict[str, Any]:
    episode = {
        "name": "ban",
        "title": "A <script>ban</script>",
        "date": "2010-09-22",
        "observed": "no",
        "certainty": 0.95,
        "in_article": True,
        "crisis": "Sanctions",
        "base_rate_of": "arms_in_crises, borrowed",
        "source": "A paper",
        "note": "",
    }
    return {
        "version": "1.2.3",
        "worlds": 1000,
        "seed": 0,
        "verdict": ["The simulator does not beat the plain base rate.", "A caution."],
        "reference": "base_rate",
        "notes": ["Of a file only this is used."],
        "without_record": ["A gift"],
        "titles": TITLES,
        "episodes": [episode, {**episode, "name": "gift", "observed": "yes"}],
    }


def tables() -> dict[str, pd.DataFrame]:
    pairs = [(name, cases) for name in TITLES for cases in ("article", "omitted", "all")]
    summary = pd.DataFrame(pairs, columns=["hypothesis", "cases"]).assign(**NUMBERS)
    bins = pd.DataFrame(
        [(name, 0.0, 0.2, 0.1, 0.5, 4) for name in TITLES],
        columns=["hypothesis", "low", "high", "forecast", "observed", "n"],
    )
    forecasts = pd.DataFrame(
        [
            (episode, name, category, chance)
            for episode in ("ban", "gift")
            for name in TITLES
            for category, chance in (("no", 0.9), ("yes", 0.1))
        ],
        columns=["episode", "hypothesis", "category", "probability"],
    )
    return {"summary": summary, "calibration": bins, "forecasts": forecasts}


def test_it_says_the_verdict_first_and_every_number() -> None:
    page = render_hindcast(about(), tables())
    body = page[page.index("<main>") :]
    assert body.index("does not beat the plain base rate") < body.index('<h2 id="h-scores">')
    assert "90.0\u00a0%" in body
    assert "10.0\u00a0%" in body
    assert "A paper" in body
    assert "0.1 to 0.6" in body


def test_it_says_what_base_rates_are_of_and_where_there_is_none() -> None:
    page = render_hindcast(about(), tables())
    assert "arms_in_crises, borrowed" in page
    assert "the base rate is taken as even: A gift." in page
    assert "Of a file only this is used." in page


def test_texts_of_episodes_are_no_markup() -> None:
    assert "<script>ban" not in render_hindcast(about(), tables())


def test_the_same_input_gives_the_same_page() -> None:
    assert render_hindcast(about(), tables()) == render_hindcast(about(), tables())


def test_it_reads_well_on_a_desk_and_on_a_telephone(
    browser: Any, chromium: Any, tmp_path: Path
) -> None:
    path = tmp_path / "hindcast.html"
    path.write_text(render_hindcast(about(), tables()), encoding="utf-8")
    for width in browser.WIDTHS:
        assert chromium.look(path, width).faults() == []


def test_numbers_that_do_not_exist_are_a_dash() -> None:
    found = tables()
    for missing in ("rps_difference_low", "rps_difference_high", "bayes_low", "bayes_high"):
        found["summary"][missing] = float("nan")
    page = render_hindcast(about(), found)
    assert "Cases of too few crises to say who forecasts better" in page
    assert "– to" not in page
    assert "nan" not in page[page.index("<main>") : page.index('<h2 id="h-episodes">')].lower()
