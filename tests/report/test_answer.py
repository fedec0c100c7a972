from typing import Any

from realpolitik.sim.report.run.answer import answer, words_ahead
from realpolitik.sim.report.run.page import read_run
from realpolitik.sim.report.run.records import Run


def test_first_sentence_says_share_interval_and_record(run: Run) -> None:
    assert answer(run)[0].startswith(
        "In 63 of 100 worlds Arcadia strikes the United Boroughs within 26 weeks (60 to 66); "
        "the record of like cases says 57 of 100."
    )


def test_first_paragraph_says_when(run: Run) -> None:
    assert "by week 2 in half of the worlds and by week 3 in nineteen of twenty" in answer(run)[0]


def test_timing_of_another_act_is_not_taken_for_the_strikes(sample: Any) -> None:
    timing = next(each for each in sample.manifest["outcomes"] if each["name"] == "weeks_to")
    timing["action"] = "sanction"
    assert "nineteen of twenty" not in answer(read_run(*sample.arguments()))[0]


def test_second_paragraph_says_how_far_it_goes(run: Run) -> None:
    said = answer(run)[1]
    assert "Arcadia makes a major strike on the United Boroughs in 12 of 100 worlds;" in said
    assert "full-scale war breaks out in 20 (record: 19 of 100)" in said
    assert "great powers clash in none of 1,000 worlds (record: never)" in said
    assert "climbs to rung 6 of 10 (limited direct strike)" in said
    assert "calms down again in 80 of 100 worlds, in half of those by week 14" in said


def test_third_paragraph_says_who_helps_in_word_and_deed(run: Run) -> None:
    said = answer(run)[2]
    assert "Doria sends offensive arms to Arcadia in 6 of 100 worlds." in said
    assert "does for Arcadia is words in 40 of 100 worlds, cover in 20 and shields in 15." in said
    assert "Doria’s words side with Arcadia more than the deeds do in 97 of 100 worlds." in said


def test_unknown_measure_is_said_by_its_label(sample: Any) -> None:
    first = sample.manifest["outcomes"][0]
    first |= {"measure": "third_party", "label": "Ports are closed"}
    run = read_run(*sample.arguments())
    assert answer(run)[0].startswith("In 63 of 100 worlds “Ports are closed” holds")


def test_action_that_never_happened_is_still_named(sample: Any) -> None:
    arms = next(each for each in sample.manifest["outcomes"] if each["name"] == "arms")
    arms |= {"action": "blow_up_bridge", "mean": 0.0}
    said = " ".join(answer(read_run(*sample.arguments())))
    assert "Doria does “blow up bridge” toward Arcadia in none of 1,000 worlds" in said


def test_nothing_measured_is_said_plainly(sample: Any) -> None:
    sample.manifest["outcomes"] = []
    assert answer(read_run(*sample.arguments())) == [
        "No outcome has a value: nothing was measured, or it never came."
    ]


def test_words_ahead_counts_worlds(run: Run) -> None:
    public, material = run.having("public_alignment")[0], run.having("material_alignment")[0]
    assert words_ahead(run, public, material) == 0.97
