"""The wheel holds all it needs: installed elsewhere, it runs the main scenario by its name."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE_DIR: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "tool"
]["setuptools"]["package-dir"]
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", ".*")


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; fails the test with what it said on stderr."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the source, where no earlier build can leak into it."""
    source = tmp_path_factory.mktemp("source")
    for folder in PACKAGE_DIR.values():
        shutil.copytree(ROOT / folder, source / folder, ignore=NOT_SHIPPED)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    made = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
    run(
        *pip,
        "wheel",
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        made,
        ".",
        cwd=source,
    )
    (built,) = made.glob("realpolitik-*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts folder of a new environment that holds the wheel and, of ours, nothing else.

    The libraries it depends on are lent by the environment of the tests: a path in a .pth file
    makes them visible, but not the .pth files beside them, so not the editable install.
    """
    home = tmp_path_factory.mktemp("elsewhere")
    venv.create(home, with_pip=False, symlinks=True)
    bin_folder = home / "bin"
    pip = (sys.executable, "-m", "pip", "--python", bin_folder / "python")
    run(*pip, "install", "--no-index", "--no-deps", "--no-compile", wheel, cwd=home)
    site = run(
        bin_folder / "python", "-c", "import sysconfig as s; print(s.get_path('purelib'))", cwd=home
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site.strip(), "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return bin_folder


def test_wheel_holds_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        f"{package.replace('.', '/')}/{path.relative_to(ROOT / folder).as_posix()}"
        for package, folder in PACKAGE_DIR.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert inside == expected


@pytest.mark.parametrize("package", PACKAGE_DIR)
def test_packages_are_read_from_the_wheel(package: str, elsewhere: Path, tmp_path: Path) -> None:
    script = f"import {package} as package; print(package.__file__)"
    file = Path(run(elsewhere / "python", "-c", script, cwd=tmp_path).strip())
    assert file.is_relative_to(elsewhere.parent)


def test_main_scenario_runs_by_name_from_any_folder(elsewhere: Path, tmp_path: Path) -> None:
    options = ("--worlds", "20", "--no-progress", "--json")
    printed = run(elsewhere / "realpolitik", "run", "haniyeh_2024", *options, cwd=tmp_path)
    answer = json.loads(printed)
    assert answer["worlds"] == 20
    assert "strike_on_israel" in answer["outcomes"]
