"""What is said where the YAML parser stumbles; tests/bad_scenarios has a file a complaint."""

import pytest
import yaml

from realpolitik.sim.scenario.errors import Place
from realpolitik.sim.scenario.syntax import place_of, syntax_fault


def fault_of(text: str, loader: type[yaml.SafeLoader]) -> tuple[int, int, str]:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        yaml.load(text, loader)
    found = syntax_fault(caught.value, text, "x.yaml")
    return found.place.line, found.place.column, found.problem


LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("a: [1, 2\nb: 3\n", 1, "the bracket '[' that opens here is not closed"),
        ('a: "one\n', 1, "the quotation mark that opens here is not closed"),
        ("a: b: c\n", 1, "no ': ' may stand here"),
        ("a: 1\n\tb: 2\n", 2, "a tab; indent with spaces"),
        ("a: @x\n", 1, "text that begins with '@' must stand in quotes"),
        ('a: "\\q"\n', 1, "this backslash is not understood"),
        ("a: 1\n b: 2\n", 2, "no ': ' may stand here"),
    ],
)
def test_both_parsers_complain_alike(
    text: str, line: int, told: str, loader: type[yaml.SafeLoader]
) -> None:
    at, _, problem = fault_of(text, loader)
    assert at == line
    assert problem.startswith(told)


def test_a_wide_colon_is_told_of_where_it_stands() -> None:
    line, column, problem = fault_of("title\uff1a x\nweeks: 3\n", yaml.SafeLoader)
    assert (line, column) == (1, 6)
    assert problem.startswith("no ordinary mark")


def test_a_complaint_without_a_place_is_of_the_first_line() -> None:
    assert place_of(None, "x.yaml") == Place("x.yaml", 1, 1)
