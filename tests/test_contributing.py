"""The worked examples of CONTRIBUTING are taken from the page and run."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"
FENCE = re.compile(r"^`([\w./]+)`\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAMPLER = re.compile(
    r"^## How to add a sampler\n.*?^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
SWEEP = """
import sys
from realpolitik.sim.experiments import samplers
exec(sys.stdin.read(), vars(samplers))
from realpolitik.sim.cli import main
sys.argv = ['realpolitik', *sys.argv[1:]]
main()
"""
SCRIPT = """
import json
from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.scenario.vocabulary import vocabulary
plain = simulate(load_scenario('turkey_2024.yaml'), 200, 1).runs
friendly = {'TUR.israel_quarrel': 0.1, 'world.precision': 15}
changed = simulate(load_scenario('turkey_2024.yaml'), 200, 1, friendly).runs
print(json.dumps({
    'known': 'TUR' in vocabulary().actors,
    'address': 'initial.hostility.TUR-ISR' in vocabulary().parameters,
    'denounces': plain['turkey_denounces'].mean(),
    'sanctions': plain['turkey_sanctions'].mean(),
    'fewer': changed['turkey_sanctions'].mean(),
}))
"""
CHART = """
import json
import pandas as pd
from realpolitik.sim.charts.style import words_of
from first_strikes import first_strikes
rows = [('Iran', 4.0, 3.0, 6.0), ('Israel', 2.0, 1.0, 5.0)]
figure = first_strikes(pd.DataFrame(rows, columns=['actor', 'median', 'q25', 'q75']), 300)
(dots,) = figure.data
words = words_of(figure)
print(json.dumps({
    'title': words.title,
    'caption': words.caption,
    'alt': words.alt,
    'weeks': list(dots.x),
    'above': list(dots.error_x.array),
    'rows': [note.text for note in figure.layout.annotations],
}))
"""

OPTION = """
from click.testing import CliRunner
from counting import count
print(CliRunner().invoke(count, ['--worlds', '1e3', '--twice']).output, end='')
"""
INCENTIVE = """
import json
from turkey_actor.standing import Standing
from turkey_actor.turkey import Turkey
from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.engine.parameters import Weight
proud = Standing(weight=Weight(0.10, 0.0, 0.30, 'assumed'), why='It leads by speaking up.')
Turkey.incentives = (*Turkey.incentives, proud)
scenario = load_scenario('turkey_2024.yaml')
runs = [simulate(scenario, 200, 1, {'TUR.standing': weight}).runs for weight in (0.0, 0.3)]
print(json.dumps([one['turkey_sanctions'].mean() for one in runs]))
"""
ACTION = """
import csv, json
from realpolitik.sim.engine import tables

read = tables.read_table

def with_new(package, name):
    rows = read(package, name)
    if name != 'actions.csv':
        return rows
    with open('expel_diplomats.csv', encoding='utf-8') as file:
        return *rows, *(tables.Row(cells, 'page') for cells in csv.DictReader(file))

tables.read_table = with_new
from turkey_actor.turkey import Turkey
from realpolitik.sim import load_scenario, simulate
from realpolitik.sim.documents.run_story import TELLING
from realpolitik.sim.engine.actions import verb_phrase
Turkey.actions = (*Turkey.actions, 'expel_diplomats')
acts = simulate(load_scenario('turkey_2024.yaml'), 200, 1).acts
done = acts[acts['action'] == 'expel_diplomats']
print(json.dumps({
    'who': sorted(set(done['actor'])),
    'often': float(done['per_world'].sum()),
    'said': verb_phrase('expel_diplomats', 'expels diplomats', 'Israel'),
    'told': 'expel_diplomats' in TELLING,
}))
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's files, installed the way `pip` would leave them."""
    home = tmp_path_factory.mktemp("turkey")
    files = dict(FENCE.findall(PAGE.read_text(encoding="utf-8")))
    for name, text in files.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    (home / "turkey_actor" / "__init__.py").touch()
    installed = home / "turkey_actor-0.1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: turkey-actor\nVersion: 0.1\n")
    points = "[realpolitik.actors]\nTUR = turkey_actor.turkey:Turkey\n"
    (installed / "entry_points.txt").write_text(points)
    return home


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


def test_the_example_has_the_files_it_speaks_of(package: Path) -> None:
    found = {path.name for path in package.rglob("*") if path.is_file()}
    assert {"turkey.py", "initial.csv", "pyproject.toml", "turkey_2024.yaml"} <= found
    points = (package / "pyproject.toml").read_text(encoding="utf-8")
    assert 'TUR = "turkey_actor.turkey:Turkey"' in points


def test_the_new_state_takes_part_and_its_weights_matter(package: Path) -> None:
    done = python(package, "-c", SCRIPT)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["known"]
    assert seen["address"]
    assert seen["denounces"] > 0.9
    assert seen["fewer"] < seen["sanctions"]


def test_the_new_state_keeps_the_contract(package: Path) -> None:
    tests = Path(__file__).parent / "agents" / "test_actors.py"
    ini = Path(__file__).parents[1] / "pyproject.toml"
    options = ("-q", "-p", "no:cacheprovider", "-c", str(ini), "-k", "TUR")
    done = python(package, "-m", "pytest", *options, str(tests))
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def test_the_new_chart_states_its_finding_with_n_and_intervals(package: Path) -> None:
    done = python(package, "-c", CHART)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["weeks"] == [2, 4]
    assert seen["above"] == [3, 2]
    assert seen["rows"] == ["Israel <b>week 2</b>", "Iran <b>week 4</b>"]
    assert seen["title"].startswith("Israel strikes first, in week 2")
    assert "300 worlds" in seen["caption"]
    assert "Iran in week 4" in seen["alt"]


def printed_by(home: Path, script: str) -> str:
    """What a script prints in the folder of the example."""
    done = python(home, "-c", script)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_option_is_read_as_those_of_every_verb(package: Path) -> None:
    assert printed_by(package, OPTION) == "2,000 worlds\n"


def test_the_incentive_moves_what_it_is_about(package: Path) -> None:
    without, at_most = json.loads(printed_by(package, INCENTIVE))
    assert without < at_most


def test_the_action_needs_no_more_than_its_row(package: Path) -> None:
    seen = json.loads(printed_by(package, ACTION))
    assert {"TUR", "RUS"} <= set(seen["who"])
    assert seen["often"] > 0.1
    assert seen["said"] == "expels diplomats of Israel"
    assert seen["told"]


def test_the_new_sampler_is_known_to_command_folder_analysis_and_page(tmp_path: Path) -> None:
    example = SAMPLER.findall(PAGE.read_text(encoding="utf-8"))[0]
    words = "sweep no_shock --set RUS.israel_ties --sampler halton --points 25 --worlds 2"
    done = subprocess.run(
        [sys.executable, "-c", SWEEP, *words.split(), "--no-progress", "--out", "study", "--json"],
        input=example,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert len({row["point"] for row in told["tables"]["summary"]}) == 25
    asked = json.loads((tmp_path / "study" / "study.json").read_text(encoding="utf-8"))
    assert (asked["sampler"], asked["points"]) == ("halton", 25)
    page = (tmp_path / "study" / "study.html").read_text(encoding="utf-8")
    assert "scattered evenly over the ranges (Halton sequence)" in page
