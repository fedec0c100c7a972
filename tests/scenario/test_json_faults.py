"""Which bad files the JSON Schema rejects: all but those whose fault no schema can see."""

from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.json_schema import json_schema
from realpolitik.sim.scenario.nodes import plain
from realpolitik.sim.scenario.reader import read_tree
from tests.offenders import each

FOLDER = Path(__file__).parents[1] / "bad_scenarios"
BAD = {file.stem: file for file in sorted(FOLDER.glob("*.yaml"))}
VALIDATOR = Draft202012Validator(json_schema(), format_checker=FormatChecker())

# Bad files with nothing wrong that a schema could see, and why it cannot.
UNSEEN = {
    "actors that the list of actors does not have": {
        "actor_left_out_at_start",
        "actor_left_out_in_deal",
        "actor_left_out_in_outcome",
        "actor_left_out_in_shock",
    },
    "two names that are the same, in different entries": {"deal_twice", "shock_twice"},
    "two names that are the same, under different keys": {
        "killer_and_victim_are_one",
        "parties_of_a_deal_are_one",
    },
    "a day or a week that is to lie between two others": {
        "election_after_the_end",
        "episode_date_after_the_end",
        "shock_after_the_end",
        "shock_before_the_start",
    },
    "a name that is to stand elsewhere in the file": {
        "episode_of_an_unknown_outcome",
        "expects_an_unknown_outcome",
        "unknown_deal",
        "unknown_number_of_a_shock",
        "when_of_an_unknown_outcome",
    },
    "what another part of the file says of an outcome": {
        "episode_grade_for_a_yes_or_no",
        "episode_of_an_outcome_in_weeks",
        "episode_yes_for_a_grade",
    },
    "what is in another file, or whether there is one": {
        "drop_of_an_unknown_shock",
        "expects_a_file_outside",
        "expects_an_unknown_scenario",
        "expects_an_unknown_variant",
        "extends_what_lies_outside",
        "outcome_taken_away_that_is_not_there",
        "parameter_taken_away_that_is_not_there",
        "shock_of_another_kind_without_its_keys",
        "shock_retimed_after_the_end",
        "variant_that_drops_what_is_not_there",
        "when_the_outcome_was_taken_away",
    },
    "a number that is to lie above, below or between others": {
        "lever_range_too_wide",
        "lever_range_turned_round",
        "setting_beside_its_range",
        "setting_range_turned_round",
        "week_of_a_shock_with_a_fraction",
    },
    "how the values are written, of which nothing is left once they are read": {
        "escaped_control_character",
        "key_twice",
        "list_as_key",
        "merge_key",
        "number_as_key",
        "tag_of_python",
    },
    "the text itself, which the reader refuses before there are values": {
        "alias_inside_itself",
        "alias_without_anchor",
        "billion_laughs",
        "colon_in_text",
        "directive",
        "empty_but_for_a_comment",
        "escape_code_in_text",
        "key_without_colon",
        "nested_too_deeply",
        "not_utf8",
        "nul_byte",
        "tab_for_indentation",
        "text_that_begins_with_at",
        "text_that_turns_direction",
        "two_documents",
        "unclosed_brace",
        "unclosed_bracket",
        "unclosed_quotation",
        "unknown_escape",
        "wrong_bracket",
        "wrong_indentation",
    },
}


def rejects(file: Path) -> bool:
    """Whether there are values, and the schema finds a fault in them."""
    try:
        values = plain(read_tree(file.read_bytes(), file.name)[0])
    except ScenarioError:
        return False
    return not VALIDATOR.is_valid(values)


@each("file", BAD.values())
def test_it_rejects_bad_files_but_for_faults_it_cannot_see(file: Path) -> None:
    assert rejects(file) != any(file.stem in names for names in UNSEEN.values())


def test_what_is_listed_as_unseen_is_there_and_listed_once() -> None:
    names = [name for names in UNSEEN.values() for name in names]
    assert len(names) == len(set(names))
    assert set(names) <= BAD.keys()
