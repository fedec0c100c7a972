"""The browser that draws: one that the system has; none is ever downloaded."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHOICE = "BROWSER_PATH"
"""The environment's own choice, as Kaleido has it."""

ADVICE = f"install one (Debian, Ubuntu: apt-get install chromium), or set {CHOICE} to its path"


class NoBrowserError(Exception):
    """There is no browser to draw with; says what is missing, and how to get it."""


def find_browser() -> Path:
    """The browser that the environment chooses, else the first on the PATH.

    Raises:
        NoBrowserError: there is none, or the environment chooses what cannot be run.
    """
    if chosen := os.environ.get(CHOICE):
        if found := shutil.which(chosen):
            return Path(found)
        raise NoBrowserError(
            f"pictures need Chromium, and {CHOICE}={chosen} is nothing that can be run: "
            f"correct it, or unset it"
        )
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise NoBrowserError(f"pictures need Chromium, and there is none on the PATH: {ADVICE}")
