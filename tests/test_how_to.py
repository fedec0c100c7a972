"""The worked example of the how-to page is taken from the page and run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from realpolitik.sim.engine.measures import MEASURES
from realpolitik.sim.scenario.vocabulary import vocabulary

PAGE = Path(__file__).parents[1] / "docs" / "how-to" / "write-a-scenario.md"
TEXT = PAGE.read_text(encoding="utf-8")
FENCE = re.compile(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WELL = ("corridor.yaml", "every_kind.yaml", "late.yaml")
POINTS = {"ARM": "caucasus.actors:Armenia", "AZE": "caucasus.actors:Azerbaijan"}
SCRIPT = """
import json
import numpy as np
from realpolitik.sim import EscalationModel, load_scenario, simulate

names = ('corridor.yaml', 'corridor.yaml#no_drones', 'corridor.yaml#calm_street',
         'every_kind.yaml', 'late.yaml', 'late.yaml#later_still')
scenarios = {name: load_scenario(name) for name in names}
seen = {'runs': {name: simulate(one, 100, 1).runs.mean(numeric_only=True).to_dict()
                 for name, one in scenarios.items()}}
seen['shocks'] = {name: [shock.id for shock in one.shocks] for name, one in scenarios.items()}
seen['kinds'] = [shock.kind for shock in scenarios['every_kind.yaml'].shocks]
seen['titles'] = {name: one.title for name, one in scenarios.items()}
seen['outcomes'] = {name: list(one.outcomes) for name, one in scenarios.items()}
model, deeds = EscalationModel(scenarios['corridor.yaml'], 100, rng=1), {'ARM': 0, 'AZE': 0}
seen['gap'] = 0.0
while model.running:
    model.step()
    week = model.happened.deeds
    for actor in model.actors:
        if actor.code in deeds:
            deeds[actor.code] += int((week.actor == model.codes.index(actor.code)).sum())
            total = sum(actor.contributions().values())
            seen['gap'] = max(seen['gap'], float(np.abs(total - actor.utility()).max()))
seen['deeds'] = deeds
print(json.dumps(seen))
"""


COMMANDS = """
import json
import sys
from click.testing import CliRunner
from realpolitik.sim.cli.commands import cli

done = [CliRunner().invoke(cli, line.split()) for line in sys.argv[1:]]
print(json.dumps([(one.exit_code, one.stderr) for one in done]))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the page, installed the way `pip` would leave them."""
    home = tmp_path_factory.mktemp("caucasus")
    for name, text in FENCE.findall(TEXT):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    (home / "caucasus" / "__init__.py").touch()
    installed = home / "caucasus-0.1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: caucasus\nVersion: 0.1\n")
    points = "".join(f"{code} = {place}\n" for code, place in POINTS.items())
    (installed / "entry_points.txt").write_text(f"[realpolitik.actors]\n{points}")
    return home


@pytest.fixture(scope="module")
def seen(package: Path) -> dict[str, Any]:
    """What the scenarios of the page come to."""
    done = python(package, "-c", SCRIPT)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def python(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the folder of the example, which it can import from."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=home,
        env=os.environ | {"PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def realpolitik(home: Path, *lines: str) -> list[tuple[int, str]]:
    """Exit code and complaints of commands, run one after the other in the folder."""
    done = python(home, "-c", COMMANDS, *lines)
    assert done.returncode == 0, done.stderr
    return [(code, told) for code, told in json.loads(done.stdout)]


def test_the_page_has_the_files_it_speaks_of(package: Path) -> None:
    files = {path.name for path in package.rglob("*") if path.is_file()}
    assert {"actors.py", "initial.csv", "pyproject.toml", "compare.py", *WELL} <= files
    project = (package / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f'{code} = "{place}"' in project for code, place in POINTS.items())


def test_links_of_the_page_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)", TEXT):
        assert (PAGE.parent / target).exists(), target


def test_new_actors_act_and_give_their_reasons(seen: dict[str, Any]) -> None:
    assert seen["deeds"]["ARM"] > 100
    assert seen["deeds"]["AZE"] > 100
    assert seen["gap"] < 1e-12


def test_the_question_has_an_answer_and_a_variant_another(seen: dict[str, Any]) -> None:
    main, calm = seen["runs"]["corridor.yaml"], seen["runs"]["corridor.yaml#calm_street"]
    assert 0.1 < main["azerbaijan_strikes"] < 0.95
    assert calm["azerbaijan_strikes"] < main["azerbaijan_strikes"]
    assert main["transit_deals"] > 0


def test_the_file_on_top_turns_out_as_it_expects(seen: dict[str, Any]) -> None:
    late, main = seen["runs"]["late.yaml"], seen["runs"]["corridor.yaml"]
    assert 0 < late["azerbaijan_strikes"] < main["azerbaijan_strikes"]


def test_changes_are_made_by_the_rules_that_the_page_states(seen: dict[str, Any]) -> None:
    every = ["border_attack", "iranian_exercise", "drones", "mediation"]
    assert seen["shocks"]["corridor.yaml"] == every
    assert seen["shocks"]["corridor.yaml#no_drones"] == [id_ for id_ in every if id_ != "drones"]
    assert seen["shocks"]["late.yaml#later_still"] == every
    assert seen["titles"]["corridor.yaml#calm_street"].endswith("without the public anger")
    assert "armenia_threatens" not in seen["outcomes"]["late.yaml"]


def test_the_page_shows_every_kind_of_shock_and_names_every_measure(seen: dict[str, Any]) -> None:
    assert set(seen["kinds"]) == set(vocabulary().shocks)
    assert [name for name in MEASURES if f"`{name}`" not in TEXT] == []


def test_the_commands_of_the_page_do_as_it_says_and_each_fault_is_told_with_its_place(
    package: Path,
) -> None:
    commands = re.findall(r"^\$ realpolitik (.*)$", TEXT, re.MULTILINE)
    assert len(commands) > 6
    whole = f"validate {' '.join(WELL)}"
    done = realpolitik(package, whole, "validate faulty.yaml", *commands)
    told = dict(zip((whole, "validate faulty.yaml", *commands), done, strict=True))
    assert {line: one for line, one in told.items() if one[0] != ("faulty" in line)} == {}
    shown = re.findall(r"^faulty\.yaml:.*$", TEXT, re.MULTILINE)
    assert len(shown) == 6
    complaints = told["validate faulty.yaml"][1].splitlines()
    assert shown == [line for line in complaints if line.startswith("faulty.yaml:")]


def test_the_comparison_runs(package: Path) -> None:
    done = python(package, "compare.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("difference") == 3


def test_new_actors_keep_the_contract(package: Path) -> None:
    tests = Path(__file__).parent / "agents" / "test_actors.py"
    ini = Path(__file__).parents[1] / "pyproject.toml"
    options = ("-q", "-p", "no:cacheprovider", "-c", str(ini), "-k", "ARM or AZE")
    done = python(package, "-m", "pytest", *options, str(tests))
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
