"""What packages of others bring in: what is faulty is left out and named, and harms nobody else."""

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from realpolitik.sim.scenario.errors import Place, ScenarioError, refusal, unknown
from realpolitik.sim.scenario.vocabulary import Vocabulary, vocabulary
from tests.scenario.packages import ACTOR, install

OURS = set(vocabulary().actors)
WEIGHT = "Weight(-0.15, -0.4, 0.1)"
PARTS = "weight=Weight(-0.15, -0.4, 0.1), why"
SHOCK = """
from typing import Literal
from realpolitik.sim.engine.shocks import Shock

class Truce(Shock):
    kind: Literal["truce"]

    def apply(self, world, where):
        pass
"""

# What is wrong → module of the package, and what must be told.
MODULES = {
    "raises": ("raise RuntimeError('licence expired')", "licence expired"),
    "leaves": ("raise SystemExit(3)", "SystemExit: 3"),
    "mute": ("class Mute(Exception):\n    __str__ = None\nraise Mute", "Mute"),
    "syntax": ("def", "SyntaxError"),
    "import": ("import no_such_module_at_all", "no_such_module_at_all"),
    "attribute": ("", "Turkey"),
    "no_class": ("Turkey = 3", "3 is no class"),
    "other_class": ("class Turkey: pass", "StateActor"),
    "code": (ACTOR.replace('code = "TUR"', 'code = "TRK"'), "'TRK'"),
    "no_code": (ACTOR.replace('code = "TUR"', ""), "code is None"),
    "title": (ACTOR.replace('"Turkey"', "None"), "title"),
    "roles_text": (ACTOR.replace('("ISR",)', '"ISR"'), "rivals"),
    "roles_itself": (ACTOR.replace('("ISR",)', '("TUR",)'), "rivals"),
    "action": (ACTOR + "    actions = ('bribe',)\n", "'bribe'"),
    "incentive": (ACTOR.replace("    incentives = (", "    incentives = (7,"), "7"),
    "name": (ACTOR.replace('"quarrel"', '"a.b"'), "'a.b'"),
    "nan": (ACTOR.replace(WEIGHT, "Weight(float('nan'), -0.4, 0.1)"), "TUR.quarrel is nan"),
    "infinite": (ACTOR.replace(WEIGHT, "Weight(0, 0, float('inf'))"), "TUR.quarrel"),
    "outside": (ACTOR.replace(WEIGHT, "Weight(0.5, -0.4, 0.1)"), "TUR.quarrel is 0.5"),
    "upside_down": (ACTOR.replace(WEIGHT, "Weight(0, 0.1, -0.4)"), "0.1 to -0.4"),
    "text": (ACTOR.replace(WEIGHT, "Weight('0', 0, 1)"), "TUR.quarrel"),
    "huge": (ACTOR.replace(WEIGHT, "Weight(0, 0, 1e6)"), "1e+06"),
    "part": (
        ACTOR.replace(PARTS, "parts=(Part('a', Weight(2, 0, 1), 'x'),), why"),
        "TUR.quarrel.a is 2",
    ),
    "twice": (ACTOR.replace("    incentives = (", "    incentives = 2 * ("), "quarrel"),
}
ROWS = {
    "number": "strength,TUR,,no,0.3,strong,0.7,assumed,x",
    "not_a_number": "strength,TUR,,no,0.3,nan,0.7,assumed,x",
    "outside": "strength,TUR,,no,0.3,0.9,0.7,assumed,x",
    "upside_down": "strength,TUR,,no,0.7,0.5,0.3,assumed,x",
    "beyond": "strength,TUR,,no,0.3,0.5,7,assumed,x",
    "quantity": "strenght,TUR,,no,0.3,0.5,0.7,assumed,x",
    "place": "strength,TUR,ISR,no,0.3,0.5,0.7,assumed,x",
    "no_place": "hostility,TUR,,no,0.3,0.5,0.7,assumed,x",
    "itself": "hostility,TUR,TUR,no,0.3,0.5,0.7,assumed,x",
    "both": "hostility,TUR,ISR,perhaps,0.3,0.5,0.7,assumed,x",
    "cells": "hostility,TUR,ISR,yes,0.3",
    "others": "hostility,RUS,IRN,no,0.3,0.5,0.7,assumed,x",
    "twice": "strength,TUR,,no,0,0.1,1,assumed,x\nstrength,TUR,,no,0,0.9,1,assumed,x",
}


def look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Vocabulary, list[str]]:
    """The vocabulary with the packages in that folder, and what is warned of."""
    monkeypatch.syspath_prepend(str(folder))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        words = vocabulary.__wrapped__()
    return words, [str(one.message) for one in caught]


@pytest.mark.parametrize("fault", MODULES)
def test_a_faulty_module_is_left_out_and_named(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, told = MODULES[fault]
    install(tmp_path, f"faulty_{fault}", module)
    words, warned = look(tmp_path, monkeypatch)
    assert set(words.actors) == OURS
    assert len(warned) == 1
    for part in (f"faulty_{fault} 0.1", f"TUR = faulty_{fault}.mod:Turkey", told):
        assert part in warned[0]
        assert part in refusal(words.actors, "TUR")
    assert "\n" not in warned[0]


@pytest.mark.parametrize("fault", ROWS)
def test_a_faulty_table_of_starting_values_is_left_out_with_its_actor(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, f"rows_{fault}", ACTOR, initial=ROWS[fault])
    words, warned = look(tmp_path, monkeypatch)
    assert set(words.actors) == OURS
    assert words.start_values == vocabulary().start_values
    line = 1 + len(ROWS[fault].splitlines())
    assert len(warned) == 1
    assert f"rows_{fault}/initial.csv:{line}: " in warned[0]
    assert f"TUR = rows_{fault}.mod:Turkey" in warned[0]


@pytest.mark.parametrize(("name", "code"), [("one", "T-R"), ("two", "T--R"), ("dot", "T.R")])
def test_a_code_that_would_make_an_address_ambiguous_is_refused(
    name: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ACTOR.replace('code = "TUR"', f'code = "{code}"')
    install(tmp_path, name, module, f"{code} = {{name}}.mod:Turkey")
    words, warned = look(tmp_path, monkeypatch)
    assert set(words.actors) == OURS
    assert len(warned) == 1
    for part in (f"{name} 0.1", f"{code} = {name}.mod:Turkey", "letters, digits and '_' only"):
        assert part in warned[0]


def test_a_sound_package_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "hostility,TUR,ISR,yes,0.2,0.5,0.8,assumed,x"
    install(tmp_path, "sound", ACTOR, initial=row)
    words, warned = look(tmp_path, monkeypatch)
    assert not warned
    assert words.actors["TUR"].title == "Turkey"
    assert words.parameters["initial.hostility.ISR-TUR"].default == 0.5


def test_of_a_sound_and_a_faulty_claim_the_sound_one_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "claims_badly", "raise ValueError", "RUS = {name}.mod:Turkey")
    words, warned = look(tmp_path, monkeypatch)
    assert words.actors["RUS"] is vocabulary().actors["RUS"]
    assert len(warned) == 1


def test_two_sound_claims_to_a_code_are_both_named_when_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one_turkey", "other_turkey"):
        install(tmp_path, name, ACTOR)
    words, warned = look(tmp_path, monkeypatch)
    assert len(warned) == 1
    assert "TUR" not in words.actors
    with pytest.raises(ScenarioError, match=r"one_turkey 0\.1.*other_turkey 0\.1|other.*one"):
        _ = words.actors["TUR"]
    fault = str(unknown(Place("x.yaml", 1, 1), "actor", "TUR", words.actors))
    assert "one_turkey 0.1" in fault
    assert "other_turkey 0.1" in fault


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ("raise OSError('no disk')", "no disk"),
        ("Truce = 3", "3 is no class"),
        (SHOCK.replace('"truce"', '"peace"'), "peace"),
        (SHOCK.replace("apply", "applies"), "apply"),
    ],
)
def test_a_faulty_kind_of_shock_is_left_out_and_named(
    module: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"shock_{abs(hash(module))}"
    install(tmp_path, name, module, "truce = {name}.mod:Truce", group="realpolitik.shocks")
    words, warned = look(tmp_path, monkeypatch)
    assert set(words.shocks) == set(vocabulary().shocks)
    assert len(warned) == 1
    assert told in refusal(words.shocks, "truce")
    assert name in warned[0]


def test_entry_points_that_cannot_be_read_harm_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "scrawled", ACTOR, "TUR without a sign of equality")
    words, warned = look(tmp_path, monkeypatch)
    assert set(words.actors) == OURS
    assert len(warned) == 1
    assert "scrawled 0.1" in warned[0]


def test_ctrl_c_during_an_import_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, "interrupted", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        look(tmp_path, monkeypatch)


SCENARIO = """
title: A short quarrel
question: Who strikes?
start: 2024-08-05
weeks: 2
actors: [RUS, ISR]
shocks:
  - {id: killed, kind: assassination, week: 1, by: ISR, against: RUS}
outcomes:
  height: {measure: highest_rung}
"""


def test_only_what_needs_a_faulty_package_ends_in_its_reason(tmp_path: Path) -> None:
    install(tmp_path, "badpkg", "raise SystemExit('licence expired')")
    (tmp_path / "good.yaml").write_text(SCENARIO, encoding="utf-8")
    needs_actor = SCENARIO.replace("RUS, ISR", "RUS, ISR, TUR")
    (tmp_path / "needs.yaml").write_text(needs_actor, encoding="utf-8")

    def end(*words: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, "-c", "from realpolitik.sim.cli import main; main()", *words],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, [one for one in done.stderr.splitlines() if "badpkg" in one]

    sweep = ("sweep", "good.yaml", "--set", "RUS.israel_ties=0:0.8:0.4", "--worlds", "5")
    for words in (("list", "actors"), (*sweep, "--jobs", "2")):
        code, told = end(*words)
        assert code == 0
        assert len(told) == 1
        assert "licence expired" in told[0]
    code, told = end("run", "needs.yaml")
    assert code == 1
    assert told[-1].startswith("needs.yaml:6:20: actor 'TUR' cannot be used: badpkg 0.1")
