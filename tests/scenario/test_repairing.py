"""What is misspelt is told of once, with what was meant, and hides nothing else."""

import pytest

from realpolitik.sim.experiments.plan_file import read_study
from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.loading import read_scenario

SCENARIO = """\
title: A quarrel
question: Does Iran strike?
start: 2024-08-05
actors: [IRN, ISR]
shocks:
  - {id: k, kind: assassination, week: 1, by: ISR, against: IRN}
outcomes:
  s: {measure: direct_strike, by: IRN, target: ISR}
"""
STUDY = """\
title: A study
question: Does it matter?
scenario: no_shock
vary: {RUS.israel_ties: {low: 0, high: 0.4}}
points: 2
"""


def faults_of(text: str, read: object = read_scenario) -> list[str]:
    """The faults, each without the name of the file."""
    assert callable(read)
    with pytest.raises(ScenarioError) as caught:
        read(text, "x.yaml")
    return [line.removeprefix("x.yaml:") for line in str(caught.value).splitlines()]


MISSPELT = [
    ("measure:", "mesure:", ["8:7: unknown key 'mesure'; did you mean 'measure'?"]),
    ("kind:", "Kind:", ["6:13: unknown key 'Kind'; did you mean 'kind'?"]),
    ("id: k", "Id: k", ["6:6: unknown key 'Id'; did you mean 'id'?"]),
    ("target:", "targt:", ["8:40: unknown key 'targt'; did you mean 'target'?"]),
    ("title:", "titel:", ["1:1: unknown key 'titel'; did you mean 'title'?"]),
    ("outcomes:", "outcome:", ["7:1: unknown key 'outcome'; did you mean 'outcomes'?"]),
    ("assassination", "assasination", ["6:19: unknown kind of shock 'assasination'; did you"]),
    ("[IRN,", "[irn,", ["4:10: unknown actor 'irn'; did you mean 'IRN'?"]),
    ("[IRN, ISR]", "[Iran, ISR]", ["4:10: unknown actor 'Iran'; did you mean 'IRN'?"]),
]
LOOK_ALIKE = [
    (
        "measure:",
        "\u201cmeasure\u201d:",
        ["8:7: unknown key '\u201cmeasure\u201d' (it holds U+201C"],
    ),
    (
        "measure: ",
        "measure\uff1a",
        ["8:7: the key is 'measure\uff1adirect_strike' (it holds U+FF1A"],
    ),
    ("measure: ", "measure:", ["8:7: the key is 'measure:direct_strike'; expected a colon and a"]),
    ("title: ", "title\uff1a", ["1:6: no ordinary mark (it holds U+FF1A, fullwidth colon)"]),
    ("title: ", "title:\xa0", ["1:7: no ordinary mark (it holds U+00A0, no-break space)"]),
    ("by: IRN", "by: IRN\xa0", ["8:35: unknown actor 'IRN\\xa0' (it holds U+00A0, no-break"]),
    ("by: IRN", "by: \u0406RN", ["8:35: unknown actor '\u0406RN' (it holds U+0406, cyrillic"]),
    (
        "measure:",
        "me\u200basure:",
        ["8:7: unknown key 'me\\u200basure' (it holds U+200B, zero width"],
    ),
    (
        "measure:",
        "m\u0435asure:",
        ["8:7: unknown key 'm\u0435asure' (it holds U+0435, cyrillic small"],
    ),
    ("  s:", "\xa0\xa0s:", ["8:1: no ordinary space before a key (it holds U+00A0"]),
    (
        "start:",
        "weeks: 26\xa0\nstart:",
        ["3:8: weeks is '26\\xa0' (it holds U+00A0, no-break space)"],
    ),
]
DAYS = [
    ("2024-02-30", "but February 2024 has 29 days"),
    ("2024-13-01", "but there is no month 13"),
    ("30.02.2024", "but February 2024 has 29 days"),
    ("2024/08/05", "expected year-month-day: 2024-08-05"),
    ("08/30/2024", "expected year-month-day"),
    ("2024-8-5", "expected year-month-day: 2024-08-05"),
    ("1066-10-14", "from 1700 to 2199"),
]
NESTED = [
    (
        "parameters: {RUS: {israel_ties: 0.3}}",
        "'RUS' holds a mapping; expected one key: RUS.israel_ties",
    ),
    ("parameters: {RUS: {isreal_ties: 0.3}}", "unknown parameter 'RUS.isreal_ties'; did you mean"),
    ("initial: {hostility: {IRN: {ISR: 0.9}}}", "'IRN' holds a mapping; expected one key: IRN-ISR"),
]


@pytest.mark.parametrize(("old", "new", "told"), MISSPELT + LOOK_ALIKE)
def test_a_misspelt_word_is_named_with_what_was_meant_and_nothing_else_is_faulted(
    old: str, new: str, told: list[str]
) -> None:
    found = faults_of(SCENARIO.replace(old, new, 1))
    assert [one[: len(t)] for one, t in zip(found, told, strict=True)] == told


def test_all_faults_are_told_of_at_once_also_under_misspelt_keys() -> None:
    text = SCENARIO.replace("kind: assassination", "Kind: assasination").replace(
        "by: IRN", "bye: IRM"
    )
    assert [one.partition(";")[0] for one in faults_of(text)] == [
        "6:13: unknown key 'Kind'",
        "6:19: unknown kind of shock 'assasination'",
        "8:31: unknown key 'bye'",
        "8:36: unknown actor 'IRM'",
    ]


def test_a_file_whose_extends_is_misspelt_lacks_nothing_else() -> None:
    assert faults_of("extend: no_shock\ntitle: X\n") == [
        "1:1: unknown key 'extend'; did you mean 'extends'?"
    ]


@pytest.mark.parametrize(("day", "told"), DAYS)
def test_an_impossible_day_is_named_as_such(day: str, told: str) -> None:
    [found] = faults_of(SCENARIO.replace("2024-08-05", day))
    assert found.startswith(f"3:8: the date is '{day}'")
    assert told in found


@pytest.mark.parametrize(("line", "told"), NESTED)
def test_a_nested_parameter_is_told_its_address(line: str, told: str) -> None:
    [found] = faults_of(f"{SCENARIO}{line}\n")
    assert told in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title", "Title", "1:1: unknown key 'Title'; did you mean 'title'?"),
        ("vary", "very", "4:1: unknown key 'very'; did you mean 'vary'?"),
        ("low:", "lwo:", "4:26: unknown key 'lwo'; did you mean 'low'?"),
        ("RUS.israel_ties", "RUS.israel_tie", "4:8: unknown parameter 'RUS.israel_tie'; did"),
        (
            "{RUS.israel_ties:",
            "{RUS: {israel_ties:",
            "4:14: 'RUS' holds a mapping; expected one key",
        ),
        (
            "points:",
            "\u201cpoints\u201d:",
            "5:1: unknown key '\u201cpoints\u201d' (it holds U+201C",
        ),
    ],
)
def test_a_study_is_read_in_the_same_way(old: str, new: str, told: str) -> None:
    text = STUDY.replace(old, new, 1)
    text = text.replace("0.4}}", "0.4}}}") if "{RUS: {" in text else text
    [found] = faults_of(text, read_study)
    assert found.startswith(told)


@pytest.mark.parametrize("weeks", ["26", "26.0", "2.6e1", "1e1", "'1e1'"])
def test_a_whole_number_may_be_written_as_people_and_yaml_1_1_write_it(weeks: str) -> None:
    text = f"{SCENARIO}weeks: {weeks}\n"
    assert read_scenario(text, "x.yaml").weeks == float(weeks.strip("'"))
