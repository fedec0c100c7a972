import html.parser
import itertools
import json
import re
from typing import Any

import pandas as pd
import pytest

from realpolitik.sim.report import render_report

ATTACK = '</script><script>window.taken = 1</script><img src=x onerror="window.taken=1">\'&%{x}'


class Page(html.parser.HTMLParser):
    """Tags, headings and links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, *names: str) -> list[dict[str, str | None]]:
        """The attributes of all tags of these names."""
        return [attributes for tag, attributes in self.tags if tag in names]


def page_of(sample: Any) -> Page:
    return Page(render_report(*sample.arguments()))


def spoil(found: Any) -> Any:
    """The same with an attack in every text, but in those that code compares."""
    if isinstance(found, dict):
        kept = {"measure", "scale", "action", "unit", "start", "code", "by", "on", "to", "toward"}
        return {key: each if key in kept else spoil(each) for key, each in found.items()}
    if isinstance(found, list):
        return [spoil(each) for each in found]
    return ATTACK if isinstance(found, str) else found


@pytest.fixture
def spoilt(sample: Any) -> Any:
    """A run in which every text that a scenario or an actor brings is an attack."""
    names = [outcome["name"] for outcome in sample.manifest["outcomes"]]
    sample.manifest = spoil(sample.manifest)
    for outcome, name in zip(sample.manifest["outcomes"], names, strict=True):
        outcome["name"] = f"{name}{ATTACK}"
    sample.runs = sample.runs.rename(columns={name: f"{name}{ATTACK}" for name in names})
    known = sample.weeks["measure"].isin(names)
    sample.weeks["measure"] = sample.weeks["measure"].where(
        ~known, sample.weeks["measure"] + ATTACK
    )
    sample.acts["label"] += ATTACK
    sample.events["label"] += ATTACK
    return sample


def test_same_run_gives_same_bytes(samples: Any) -> None:
    assert render_report(*samples.sample().arguments()) == render_report(
        *samples.sample().arguments()
    )


def test_rendering_leaves_its_input_alone(sample: Any) -> None:
    before = json.dumps(sample.manifest), sample.acts.copy(), sample.weeks.copy()
    render_report(*sample.arguments())
    assert json.dumps(sample.manifest) == before[0]
    pd.testing.assert_frame_equal(sample.acts, before[1])
    pd.testing.assert_frame_equal(sample.weeks, before[2])


def test_nothing_is_loaded_from_anywhere(sample: Any) -> None:
    page = page_of(sample)
    assert not [attributes for _, attributes in page.tags if "src" in attributes]
    assert page.all("link", "iframe", "object", "embed", "base") == []
    outward = {each["href"] for each in page.all("a") if not str(each["href"]).startswith("#")}
    assert outward == {"https://example.org/made-up"}


def test_page_forbids_itself_the_network(sample: Any) -> None:
    policy = next(each for each in page_of(sample).all("meta") if "http-equiv" in each)
    assert str(policy["content"]).startswith("default-src 'none';")


def test_plotly_is_embedded_once_without_upload_or_logo(sample: Any) -> None:
    text = render_report(*sample.arguments())
    assert text.count("plotly.js v") == 1
    own = text[text.index("</head>") :]
    assert own.count('"showSendToCloud": false') == own.count("Plotly.newPlot(") > 5
    assert own.count('"displaylogo": false') == own.count("Plotly.newPlot(")


def test_page_says_its_language_and_title(sample: Any) -> None:
    page = page_of(sample)
    assert page.all("html") == [{"lang": "en"}]
    assert "<title>A quarrel between Arcadia and the Boroughs – realpolitik</title>" in (
        render_report(*sample.arguments())
    )


def test_headings_are_in_order(sample: Any) -> None:
    levels = [int(tag[1]) for tag, _ in page_of(sample).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_ids_are_unique(sample: Any) -> None:
    ids = [attributes["id"] for _, attributes in page_of(sample).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_each_chart_has_a_title_words_for_the_blind_and_a_table(sample: Any) -> None:
    page = page_of(sample)
    charts = [each for each in page.all("div") if each.get("class") == "plotly-graph-div"]
    described = [each for each in page.all("div") if each.get("role") == "img"]
    assert len(charts) == len(described) == len(page.all("figure")) == 7
    assert all(len(str(each["aria-label"])) > 40 for each in described)
    text = render_report(*sample.arguments())
    assert all("<table>" in part.split("</figure>")[0] for part in text.split("<figure ")[1:])


@pytest.mark.parametrize(
    "said",
    [
        "A model, not a forecast.",
        "realpolitik run made_up --worlds 1000 --seed 7",
        "0123456789abcdef" * 4,
        "9 of them (22 %) are grounded",
        "31 are assumed",
        "Arcadia: 1 weight, 1 of them assumed",
        "python 3.12.1",
        "AAA.b_enmity",
        "World 7 is told",
    ],
)
def test_report_says(sample: Any, said: str) -> None:
    assert said in render_report(*sample.arguments())


def test_text_of_a_scenario_cannot_become_markup(samples: Any, spoilt: Any) -> None:
    clean, attacked = page_of(samples.sample()), page_of(spoilt)
    assert len(attacked.all("script")) == len(clean.all("script"))
    assert attacked.all("img") == []
    assert "<script>window" not in render_report(*spoilt.arguments())


def test_text_of_a_scenario_is_harmless_in_a_browser(
    spoilt: Any, chromium: Any, tmp_path: Any
) -> None:
    path = tmp_path / "report.html"
    path.write_text(render_report(*spoilt.arguments()), encoding="utf-8")
    sight = chromium.look(path, width=1280)
    assert chromium.evaluate("typeof window.taken") == "undefined"
    assert (sight.errors, sight.requests, sight.seen["undrawn"]) == ([], [], [])
