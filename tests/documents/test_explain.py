"""What is said of reasons, on every medium."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from realpolitik.sim.documents import explain
from realpolitik.sim.documents.document import PAGE, SCREEN, Document
from realpolitik.sim.documents.explain import (
    NAMED_BESIDES,
    Explained,
    Meant,
    choice_answer,
    choice_document,
    describe_reasons,
    mean_answer,
    mean_document,
    options,
    reason_columns,
    reasons_section,
)
from realpolitik.sim.documents.html_page import render
from realpolitik.sim.documents.reasons import Inquiry, reason_name
from realpolitik.sim.explain.choice import explain_choice
from realpolitik.sim.explain.ensemble_reasons import explain_ensemble
from realpolitik.sim.explain.probe import Group
from realpolitik.sim.scenario.loading import read_scenario
from realpolitik.sim.scenario.schema import Scenario
from tests.quarrel import TEXT


def scenario(weeks: int = 3) -> Scenario:
    """A quarrel whose title holds markup."""
    text = TEXT.replace("A short quarrel", "A quarrel, told <b>plainly</b>")
    return read_scenario(text.replace("weeks: 3", f"weeks: {weeks}"), "quarrel.yaml")


def inquiry(weeks: int = 3) -> Inquiry:
    return Inquiry(scenario(weeks), 0, "realpolitik explain quarrel.yaml")


def choice(actor: str = "IRN", world: int = 0) -> Explained:
    """One choice."""
    found = explain_choice(scenario(), 0, world, actor)
    return Explained(inquiry(), found, found.main_group())


def mean(action: str = "limited_strike", worlds: int = 20, weeks: int = 3) -> Meant:
    """The mean reasons of Iran."""
    found = explain_ensemble(scenario(weeks), 0, worlds, "IRN", action)
    return Meant(inquiry(weeks), found, "the scenario asks for it")


def test_names_of_states_keep_their_capitals() -> None:
    assert reason_name("us_rivalry", "ukraine") == "US rivalry · Ukraine"
    assert reason_name("war_weariness") == "war weariness"


def test_no_reason_at_all_is_said() -> None:
    assert describe_reasons(terms(-2.0, 0.0, tie=0.01)).startswith("No reason speaks")


def test_what_is_usual_is_no_reason_and_is_told_behind_the_base_rate() -> None:
    told = describe_reasons(terms(-2.0, -0.5, tie=0.3))
    assert told == (
        "Tie (+0.30) speaks for it. Nothing speaks against it. "
        "The base rate adds −2.00, ordinary weeks −0.50."
    )
    assert describe_reasons(terms(-2.0, 0.0, tie=0.3)).endswith("The base rate adds −2.00.")


def terms(base: float, usual: float, **reasons: float) -> pd.DataFrame:
    """The steps of a waterfall."""
    steps = {"base_rate": base, "ordinary_weeks": usual, **reasons}
    steps["total"] = sum(steps.values())
    return pd.DataFrame({"term": [*steps], "log_odds": [*steps.values()]})


# ── One choice ───────────────────────────────────────────────────────────────────────


def test_answer_says_what_was_done_and_how_likely_that_was() -> None:
    found = choice()
    first, second, *_ = choice_answer(found)
    row = found.choice.margin(found.group)
    assert first.startswith(f"In week {found.choice.week} of world 0 Iran ")
    assert f"{100 * row['probability']:.1f}\u00a0%" in first
    assert "base rate adds" in second


def test_what_was_done_besides_is_told_and_what_nearly_was_but_not_that_it_held() -> None:
    found = choice()
    assert len(found.choice.groups) > len(found.deeds) + len(found.near) + 1
    besides = [f"{found.phrase(option)} (" for option in found.deeds["option"]]
    nearly = [f"{found.phrase(option)} (" for option in found.near["runner_up"]]
    told = " ".join(choice_answer(found)[2:])
    assert all(phrase in told for phrase in (*besides[:NAMED_BESIDES], *nearly))
    rest = set(found.choice.margins["option"]) - {*found.deeds["option"]}
    assert not any(f"{found.phrase(option)} (" in told for option in rest)


def test_of_what_was_nearly_done_the_likeliest_three_are_told() -> None:
    found = choice()
    margins = found.margins.assign(action="hold")
    chances = np.linspace(0.3, 0.05, len(margins))
    vars(found)["margins"] = margins.assign(runner_up_probability=chances)
    assert found.near["runner_up_probability"].to_list() == pytest.approx(chances[:3])


def test_only_what_is_toward_one_target_is_told_if_that_is_asked() -> None:
    found = choice()
    toward = replace(found, group=found.choice.main_group("USA"), target="USA")
    assert {group.target for group in toward.told} == {"USA"}
    assert set(toward.margins["target"]) == {"USA"}


def test_there_is_a_chart_for_each_choice_that_is_told_of_the_first_one_first() -> None:
    found = choice()
    assert found.told[0] == found.group
    document = choice_document(found)
    open_to = [n for n, one in enumerate(found.told, 1) if found.choice.weighed(one)[1] >= 0]
    assert list(document.figures()) == [f"reasons-{n}" for n in open_to]
    assert document.sections[0].heading == found.heading(found.group)


@pytest.mark.parametrize(
    ("group", "heading"),
    [
        (Group("USA", "force"), "By force, toward the United States"),
        (Group("USA", "denounce"), "In words: whether Iran denounces the United States"),
        (Group("ISR", "support"), "In words: whether Iran supports Israel in public"),
    ],
)
def test_a_heading_says_what_is_decided_on(group: Group, heading: str) -> None:
    assert choice().heading(group) == heading


def test_every_choice_of_the_week_is_in_a_table_of_the_page() -> None:
    found = choice()
    besides = next(one for one in choice_document(found).sections if one.anchor == "besides")
    (folded,) = besides.body(PAGE)
    (table,) = folded.body  # type: ignore[union-attr]
    done = [row[0] for row in table.cells(PAGE)]  # type: ignore[union-attr]
    others = found.choice.margins["option"].to_list()
    others.remove(found.choice.margin(found.group)["option"])
    assert done == [found.phrase(option) for option in others]


def test_reasons_add_up_to_the_waterfall_and_have_their_source_and_sentence() -> None:
    found = choice()
    rows = found.added(found.group)
    steps = found.terms(found.group).set_index("term")["log_odds"]
    total = rows.loc[rows["part"] == "", "log_odds"].sum()
    before = steps["base_rate"] + steps["ordinary_weeks"]
    assert total == pytest.approx(steps["total"] - before)
    shown = {(row["source"], row["why"]) for row in rows.to_dict("records")}
    assert shown == set(zip(found.weights["source"], found.weights["why"], strict=True))
    assert [column.heading for column in reason_columns()][-2:] == ["Source", "Why"]


def with_closed() -> Explained:
    """A choice from one on in which something was closed."""
    found = choice()
    rows = found.choice.options
    return replace(found, group=found.choice.group_of(rows.loc[~rows["open"], "option"].iloc[0]))


def test_closed_options_come_last_and_are_counted_on_a_terminal() -> None:
    found = with_closed()
    rows = options(found, found.group)
    assert rows["open"].is_monotonic_decreasing
    body = choice_document(found).sections[0].body(SCREEN)
    assert f"{(~rows['open']).sum()} more were closed." in [
        getattr(block, "text", "") for block in body
    ]


def test_what_was_asked_about_but_closed_is_told_to_have_been() -> None:
    found = with_closed()
    closed = options(found, found.group)["option"].iloc[-1]
    asked = replace(found, choice=replace(found.choice, sought=closed))
    assert "was closed to it that week" in choice_answer(asked)[1]
    assert choice_answer(found)[1] in choice_answer(asked)[1]


def test_where_nothing_else_is_open_it_is_said_that_there_was_no_choice() -> None:
    found = choice()
    rows = found.choice.options
    holds, mine = (
        rows["action"] == "hold",
        rows["option"].isin(options(found, found.group)["option"]),
    )
    rows = rows.assign(open=rows["open"] & (~mine | holds), chosen=holds)
    alone = replace(found, choice=replace(found.choice, options=rows))
    section = choice_document(alone).sections[0]
    for medium in (SCREEN, PAGE):
        assert any("there was no choice" in str(block) for block in section.body(medium))
    assert "no other option was open" in choice_answer(alone)[0]


def test_scenario_cannot_put_markup_into_the_page_which_is_the_same_every_time() -> None:
    page = render(choice_document(choice()))
    assert "told <b>plainly</b>" not in page
    assert "told &lt;b&gt;plainly" in page
    assert page == render(choice_document(choice()))


# ── The ensemble ─────────────────────────────────────────────────────────────────────


def test_action_that_was_never_open_is_told_of() -> None:
    assert "nothing to explain" in mean_answer(mean(), [])[0]


def test_page_of_means_says_why_the_action_was_picked_and_has_two_charts_a_target() -> None:
    found = mean()
    document = mean_document(found)
    page = render(document)
    assert found.picked in page
    assert "limited_strike" in document.facts["Action"]
    targets = range(1, 1 + len(found.mean.targets))
    assert list(document.figures()) == [
        f"{kind}-{n}" for n in targets for kind in ("mean", "weeks")
    ]


def test_section_of_the_report_holds_the_likeliest_target() -> None:
    found = mean()
    told, *charts = reasons_section(found).body(PAGE)
    assert f"Picked: {found.picked}." in str(told)
    assert [getattr(chart, "name", "") for chart in charts] == ["mean-1", "weeks-1"]


# ── What a person sees ───────────────────────────────────────────────────────────────


def test_an_answer_that_fails_leaves_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the ink has run out")

    monkeypatch.setattr(explain, "choice_answer", fail)
    monkeypatch.setattr(explain, "mean_answer", fail)
    with pytest.warns(match="the ink has run out"):
        documents = choice_document(choice()), mean_document(mean())
    for document in documents:
        page = render(document)
        assert "the ink has run out" in page
        assert 'class="chart"' in page


def seen(chromium: Any, path: Path, document: Document, *widths: int) -> list[str]:
    """The charts of a page; it looks well at these widths."""
    path.write_text(render(document), encoding="utf-8")
    for width in widths:
        sight = chromium.look(path, width)
        assert sight.faults() == []
    charts: list[str] = sight.seen["charts"]
    return charts


def test_choice_reads_well(chromium: Any, browser: Any, tmp_path: Path) -> None:
    found = choice()
    charts = seen(chromium, tmp_path / "why.html", choice_document(found), *browser.WIDTHS)
    assert charts[0] == "chart-reasons-1"


@pytest.mark.parametrize(
    ("action", "worlds", "weeks"), [("limited_strike", 20, 3), ("show_of_force", 1, 1)]
)
def test_means_read_well(
    chromium: Any, tmp_path: Path, action: str, worlds: int, weeks: int
) -> None:
    found = mean(action, worlds, weeks)
    charts = seen(chromium, tmp_path / "why.html", mean_document(found), 390)
    assert len(charts) == len(found.mean.targets) * (2 if weeks > 1 else 1)
