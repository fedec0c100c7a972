"""What numbers come from: all values and code that can move a world, and no more."""

import dataclasses
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from realpolitik.agents.hezbollah import Hezbollah
from realpolitik.agents.russia import Russia
from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.engine.actor import StateActor
from realpolitik.sim.experiments import origin
from realpolitik.sim.experiments.manifest import configuration_hash
from realpolitik.sim.experiments.origin import (
    changed_origin,
    digests_of_class,
    engine_digests,
    origin_of,
    other_versions,
)
from realpolitik.sim.scenario.schema import Scenario
from realpolitik.sim.scenario.vocabulary import vocabulary

ACTOR = '''"""A state of a third party."""

from realpolitik.sim.engine.actor import StateActor
{imports}


class Turkey(StateActor):
    code = "TUR"
'''


@pytest.fixture
def other_ties(monkeypatch: pytest.MonkeyPatch) -> float:
    """A vocabulary in which one weight of Russia has another default."""
    words = vocabulary()
    address = next(name for name in words.parameters if name.startswith("RUS.israel_ties."))
    moved = dataclasses.replace(words.parameters[address], default=0.015625)
    changed = {**words.parameters, address: moved}
    monkeypatch.setitem(words.__dict__, "parameters", changed)
    return moved.default


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package of a third party with an actor."""
    home = tmp_path / "turkey_of_tests"
    home.mkdir()
    (home / "__init__.py").write_text("")
    (home / "moods.py").write_text("MOOD = 1\n")
    (home / "other.py").write_text("OTHER = 1\n")
    (home / "turkey.py").write_text(ACTOR.format(imports="from .moods import MOOD"))
    monkeypatch.syspath_prepend(str(tmp_path))
    yield home
    for name in [name for name in sys.modules if name.startswith(home.name)]:
        del sys.modules[name]


def turkey(home: Path) -> type[StateActor]:
    """The actor, as the package has it now."""
    for name in [name for name in sys.modules if name.startswith(home.name)]:
        del sys.modules[name]
    origin._content.cache_clear()
    origin._with_imports.cache_clear()
    importlib.invalidate_caches()
    found: type[StateActor] = importlib.import_module(f"{home.name}.turkey").Turkey
    return found


# ── Values ───────────────────────────────────────────────────────────────────────────


def test_every_value_is_that_of_the_scenario(haniyeh: Scenario) -> None:
    values = origin_of(haniyeh.with_parameters({"RUS.israel_ties": 0.0}))["values"]
    assert values["RUS.israel_ties"] == 0
    assert values["world.precision"] == vocabulary().parameters["world.precision"].default
    assert len(values) > 200


def test_actors_that_take_no_part_have_no_part_in_it() -> None:
    whole = load_scenario("haniyeh_2024")
    few = whole.model_copy(update={"actors": ("IRN", "ISR")})
    found = origin_of(few)
    assert {name for name in found["code"] if name.startswith("agents/")} == {
        *("agents/__init__.py", "agents/iran.py", "agents/israel.py"),
    }
    assert not [name for name in found["values"] if "RUS" in name]


def test_another_default_makes_another_hash_and_is_named(
    haniyeh: Scenario, other_ties: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = simulate(haniyeh, 4, 0)
    monkeypatch.undo()
    then = simulate(haniyeh, 4, 0)
    assert configuration_hash(now) != configuration_hash(then)
    told = changed_origin(then.origin, now.origin)
    assert any(line.endswith(f" there, {other_ties} now") for line in told)
    assert not any("code" in line for line in told)


def test_values_that_agree_in_twelve_digits_are_one(haniyeh: Scenario) -> None:
    found = origin_of(haniyeh)
    nearly = {name: value * (1 + 1e-15) for name, value in found["values"].items()}
    assert changed_origin(found, {**found, "values": nearly}) == []


def test_what_a_scenario_sets_itself_may_be_left_aside(haniyeh: Scenario) -> None:
    one = origin_of(haniyeh)
    other = origin_of(haniyeh.with_parameters({"RUS.israel_ties": 0.0}))
    assert changed_origin(one, other)[0].startswith("RUS.israel_ties: ")
    assert changed_origin(one, other, ["RUS.israel_ties"]) == []


# ── Code ─────────────────────────────────────────────────────────────────────────────


def test_engine_model_and_tables_count() -> None:
    found = engine_digests()
    assert {"sim/model.py", "sim/engine/choice.py", "sim/engine/actions.csv"} <= set(found)
    assert {"sim/engine/incentives/ledger.py", "sim/engine/shocks/arms.py"} <= set(found)
    assert not [name for name in found if "sources" in name or "constants" in name]


def test_what_an_actor_imports_beside_it_counts_and_what_it_does_not_import_does_not() -> None:
    assert set(digests_of_class(Hezbollah)) == {
        *("agents/__init__.py", "agents/hezbollah.py", "agents/movements.py"),
    }
    assert set(digests_of_class(Russia)) == {"agents/__init__.py", "agents/russia.py"}


@pytest.mark.parametrize("name", ["turkey.py", "moods.py", "__init__.py"])
def test_a_line_of_a_third_party_that_changes_is_noticed(package: Path, name: str) -> None:
    before = digests_of_class(turkey(package))
    assert set(before) == {
        f"{package.name}/{one}" for one in ("__init__.py", "moods.py", "turkey.py")
    }
    (package / name).write_text((package / name).read_text() + "\nMORE = 2\n")
    after = digests_of_class(turkey(package))
    assert [one for one in before if before[one] != after[one]] == [f"{package.name}/{name}"]


def test_line_ends_and_files_that_are_not_imported_are_no_matter(package: Path) -> None:
    before = digests_of_class(turkey(package))
    for path in package.glob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (package / "other.py").write_text("OTHER = 2\n")
    assert digests_of_class(turkey(package)) == before


def test_a_class_that_lies_in_no_file_is_left_out() -> None:
    made = type("Made", (StateActor,), {"code": "MAD", "__module__": "of_a_notebook"})
    assert digests_of_class(made) == {}


def test_code_that_changed_came_or_went_is_named(haniyeh: Scenario) -> None:
    one = origin_of(haniyeh)
    other = {**one, "code": {**one["code"], "agents/iran.py": "0", "turkey/x.py": "1"}}
    del other["code"]["sim/model.py"]
    assert changed_origin(one, other) == [
        "code of agents/iran.py has changed",
        "code of sim/model.py is gone",
        "code of turkey/x.py is new",
    ]
    every = {**one, "code": dict.fromkeys(one["code"], "0")}
    assert (
        changed_origin(one, every)[-1] == f"code of {len(one['code']) - 3} more files has changed"
    )


def test_versions_are_told_where_they_differ() -> None:
    now = origin.versions()
    assert other_versions(now, now) == ""
    there = now | {"python": "3.10.1"}
    assert other_versions(there, now) == f"Python 3.10.1 there, {now['python']} now"
