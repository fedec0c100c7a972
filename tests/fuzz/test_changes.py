"""Files changed at random, and files just within and just beyond the limits of the reader."""

import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from realpolitik.sim.scenario.errors import ScenarioError
from realpolitik.sim.scenario.json_schema import json_schema
from realpolitik.sim.scenario.loading import load_scenario, read_scenario, shipped_scenarios
from realpolitik.sim.scenario.nodes import plain
from realpolitik.sim.scenario.reader import read_tree
from realpolitik.sim.scenario.serialise import dump_scenario
from tests.fuzz.changes import changed
from tests.fuzz.fuzz_reader import outcome_of, seeds
from tests.offenders import each

ROOT = Path(__file__).parents[2]
SHIPPED = {name: load_scenario(name) for name in shipped_scenarios()}
VARIANTS = [f"{name}#{variant}" for name, one in SHIPPED.items() for variant in one.variants]
WRITTEN_OUT = {name: dump_scenario(load_scenario(name)) for name in (*SHIPPED, *VARIANTS)}
FILES = [*seeds(), *(text.encode() for text in WRITTEN_OUT.values())]
SCHEMA = Draft202012Validator(json_schema(), format_checker=FormatChecker())
HEAD = "title: A title\nquestion: A question?\nstart: 2024-08-05\nactors: [RUS, USA]\n"


def reason(text: str | bytes) -> str:
    """The one fault of a text."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, "x.yaml")
    (only,) = caught.value.faults
    return only.problem


# ── Changes at random ────────────────────────────────────────────────────────────────


@each("text", WRITTEN_OUT.values())
def test_a_scenario_that_is_written_out_stands_alone(text: str) -> None:
    assert not re.search("^(extends|variants):", text, re.MULTILINE)
    assert outcome_of(text.encode()) == "scenario"


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FILES), st.integers(0, 2**32))
def test_a_changed_file_is_a_scenario_or_has_faults(file: bytes, seed: int) -> None:
    assert outcome_of(changed(file, Random(seed), FILES)) in {"scenario", "faults"}


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FILES), st.integers(0, 2**32))
def test_what_the_reader_accepts_the_schema_accepts(file: bytes, seed: int) -> None:
    data = changed(file, Random(seed), FILES)
    if outcome_of(data) == "scenario":
        assert SCHEMA.is_valid(plain(read_tree(data, "x.yaml")[0]))


@given(st.integers(0, 2**32))
@settings(max_examples=20, deadline=None)
def test_a_seed_always_gives_the_same_change(seed: int) -> None:
    once, again = (changed(FILES[0], Random(seed), FILES) for _ in range(2))
    assert once == again


def test_the_fuzzer_tells_how_many_inputs_it_has_tried() -> None:
    command = [sys.executable, "-m", "tests.fuzz.fuzz_reader", "--blind", "--seconds", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert " inputs at random, seed 0: " in done.stdout


# ── Limits ───────────────────────────────────────────────────────────────────────────


def padded(size: int) -> bytes:
    """A scenario of that many bytes."""
    return (HEAD + "#" + "x" * (size - len(HEAD) - 1)).encode()


def test_a_megabyte_is_read_and_a_byte_more_is_not() -> None:
    assert outcome_of(padded(1_000_000)) == "scenario"
    assert reason(padded(1_000_001)) == "the file is too large"


def aliased(nodes: int) -> str:
    """A small file with that many values once its aliases are written out."""
    once = ", ".join("x" * 99)  # with its list a hundred
    often = ", ".join(["*once"] * 497)
    rest = ", ".join("x" * (nodes - 498 * 100 - 6))  # the whole, three keys, and two lists
    return f"once: &once [{once}]\noften: [{often}]\nrest: [{rest}]\n"


def test_fifty_thousand_values_are_read_and_one_more_is_not() -> None:
    assert read_tree(aliased(50_000), "x.yaml")[1] == []
    assert reason(aliased(50_001)) == "too many values once aliases are written out"


def test_forty_levels_are_read_and_one_more_is_not() -> None:
    assert read_tree("[" * 40 + "]" * 40, "x.yaml")[1] == []
    assert reason("[" * 41 + "]" * 41) == "nested too deeply"


@pytest.mark.parametrize("levels", [2, 9, 30])
def test_aliases_of_aliases_are_counted_before_they_are_written_out(levels: int) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 100)}]" for n in range(1, levels + 1)]
    assert reason("\n".join(lines)) == "too many values once aliases are written out"
